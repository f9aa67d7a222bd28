#pragma once

#include "sim/core/error.hpp"
#include "sim/core/form.hpp"
#include "sim/core/xml.hpp"
#include "sim/world.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim {

enum class Protocol { ec2, query, rest_json, json };

struct Service {
  const char* name;     // ours, as in FaultRule::service
  const char* signing;  // in the credential scope
  Protocol protocol;
  const char* version;
  const char* xmlns;
};

/// The service of that signing name; null when it is not simulated.
const Service* service_signed_as(std::string_view signing);
const Service* service_named(std::string_view name);

/// Who calls.
struct Caller {
  std::string access_key_id;
  std::string arn;
  std::string user_id;
};

/// One call on its way through a handler. Handlers read `params` (or `body`), write the members of
/// the answer to `out` (or `json`), and throw ApiError to refuse.
struct Call {
  World& world;
  const Caller& caller;
  TimePoint now;
  WallTime wall;
  const Form* form = nullptr;
  Param params = {};
  std::string_view method = {};
  std::string_view body = {};
  Xml out = {};
  std::string json = {};
  int status = 200;
};

using Handler = void (*)(Call&);

struct Action {
  const char* name;
  Handler run;
  /// Something that a load balancer's health checks would notice may change.
  bool touches_health = false;
};

/// The actions of a service, each list from the file that implements them.
std::span<const std::span<const Action>> ec2_actions();
std::span<const std::span<const Action>> elbv2_actions();
std::span<const std::span<const Action>> iam_actions();
std::span<const std::span<const Action>> sts_actions();
std::span<const std::span<const Action>> ssm_actions();
std::span<const std::span<const Action>> acm_actions();
std::span<const std::span<const Action>> dynamodb_actions();
std::span<const std::span<const Action>> service_quota_actions();
/// Null when there is none of that name.
const Action* find_action(const Service& service, std::string_view name);

/// EFS: every action there is, sorted.
std::vector<std::string_view> efs_action_names();
/// All actions that are simulated, by service (ours, as in FaultRule::service).
const std::map<std::string, std::set<std::string>>& simulated_actions();

/// EFS: the action that method and path stand for; empty when none does.
std::string_view efs_action(std::string_view method, std::string_view target);
/// Runs it; path and query are read from `target`, the method from the call.
void efs_run(Call& call, std::string_view action, std::string_view target);
bool efs_touches_health(std::string_view action);

}  // namespace albatross::sim
