#pragma once

#include "albatross/sim/cloud.hpp"

#include <pugixml.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace albatross::sim::test {

using Params = std::vector<std::pair<std::string, std::string>>;
using namespace std::chrono_literals;

/// One answer, read as XML where it is XML.
struct Answer {
  http::Response response;
  std::shared_ptr<pugi::xml_document> xml = std::make_shared<pugi::xml_document>();

  int status() const { return response.status; }
  /// The error code; empty when the call succeeded.
  std::string code() const;
  std::string message() const;
  /// Text at the end of a path of element names anywhere below the root: "vpc/vpcId".
  std::string text(std::string_view path) const;
  std::vector<std::string> texts(std::string_view path) const;
};

/// A caller of a Cloud that does not check signatures, with a clock of its own.
class Account {
 public:
  explicit Account(CloudOptions options = {});

  Answer ec2(const std::string& action, const Params& params = {});
  Answer elb(const std::string& action, const Params& params = {});
  Answer iam(const std::string& action, const Params& params = {});
  Answer sts(const std::string& action, const Params& params = {});
  Answer efs(const std::string& method, const std::string& path, const std::string& body = "");
  Answer ssm(const std::string& action, const std::string& body);
  Answer acm(const std::string& action, const std::string& body);
  Answer dynamodb(const std::string& action, const std::string& body);
  Answer quotas(const std::string& action, const std::string& body);
  Answer query(const std::string& signing, const std::string& version, const std::string& action,
               const Params& params);
  /// A JSON 1.1 call; `target` is the service's prefix and the action.
  Answer json(const std::string& signing, const std::string& target, const std::string& body);
  Answer send(http::Request request);

  void pass(Duration time) { now += time; }
  std::vector<Item> inventory() { return cloud.inventory(now); }
  std::string state_of(std::string_view id);

  std::string default_vpc();
  std::vector<std::string> default_subnets();
  std::string default_group();
  /// A group that lets this port in from anywhere.
  std::string group(const std::string& name, int port);
  std::string launch(const std::string& subnet, const std::string& group);

  Cloud cloud;
  TimePoint now{std::chrono::hours{1}};
};

http::Request form_request(const std::string& signing, const std::string& version,
                           const std::string& action, const Params& params);

/// An instance behind a load balancer, up to the given step.
struct Stack {
  std::string subnet_a, subnet_b;
  std::string alb_group, app_group;
  std::string instance;
  std::string load_balancer, target_group, listener;
};
Stack build_stack(Account& account);

std::string target_state(Account& account, const Stack& stack);
std::string target_reason(Account& account, const Stack& stack);

}  // namespace albatross::sim::test
