#include "account.hpp"

#include "sim/core/form.hpp"

#include <nlohmann/json.hpp>

namespace albatross::sim::test {
namespace {

constexpr const char* image = "ami-0a1b2c3d4e5f60001";

CloudOptions unsigned_calls(CloudOptions options) {
  options.verify_signatures = false;
  return options;
}

WallTime wall_at(TimePoint now) {
  const auto since = std::chrono::duration_cast<WallTime::duration>(now.time_since_epoch());
  return WallTime{std::chrono::seconds{1'767'225'600}} + since;
}

void collect(const pugi::xml_node& node, const std::vector<std::string>& path, std::size_t at,
             std::vector<std::string>& found) {
  for (const auto& child : node.children()) {
    if (child.name() == path[at]) {
      if (at + 1 == path.size()) {
        found.emplace_back(child.text().get());
      } else {
        collect(child, path, at + 1, found);
      }
    }
    if (at == 0) collect(child, path, 0, found);
  }
}

}  // namespace

std::string Answer::code() const {
  if (response.status < 400) return {};
  if (const auto type = response.headers.find("x-amzn-errortype")) {
    return std::string(type->substr(0, type->find(':')));
  }
  const auto json = nlohmann::json::parse(response.body, nullptr, false);
  if (json.is_object()) {
    const std::string type = json.value("__type", "");
    return type.substr(type.find('#') + 1);
  }
  return text("Error/Code");
}

std::string Answer::message() const {
  const auto json = nlohmann::json::parse(response.body, nullptr, false);
  if (json.is_object()) return json.value("message", json.value("Message", ""));
  return text("Error/Message");
}

std::vector<std::string> Answer::texts(std::string_view path) const {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  std::vector<std::string> found;
  collect(*xml, parts, 0, found);
  return found;
}

std::string Answer::text(std::string_view path) const {
  const auto found = texts(path);
  return found.empty() ? std::string() : found.front();
}

http::Request form_request(const std::string& signing, const std::string& version,
                           const std::string& action, const Params& params) {
  http::Request request;
  request.method = "POST";
  request.origin.host = signing + ".us-east-1.amazonaws.com";
  request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = "Action=" + action + "&Version=" + version;
  for (const auto& [key, value] : params) {
    request.body += "&" + key + "=" + percent_encode(value);
  }
  return request;
}

Account::Account(CloudOptions options) : cloud(unsigned_calls(std::move(options))) {}

Answer Account::send(http::Request request) {
  Answer answer;
  answer.response = cloud.handle(request, now, wall_at(now));
  answer.xml->load_buffer(answer.response.body.data(), answer.response.body.size());
  return answer;
}

Answer Account::query(const std::string& signing, const std::string& version,
                      const std::string& action, const Params& params) {
  return send(form_request(signing, version, action, params));
}

Answer Account::ec2(const std::string& action, const Params& params) {
  return query("ec2", "2016-11-15", action, params);
}
Answer Account::elb(const std::string& action, const Params& params) {
  return query("elasticloadbalancing", "2015-12-01", action, params);
}
Answer Account::iam(const std::string& action, const Params& params) {
  return query("iam", "2010-05-08", action, params);
}
Answer Account::sts(const std::string& action, const Params& params) {
  return query("sts", "2011-06-15", action, params);
}

Answer Account::efs(const std::string& method, const std::string& path, const std::string& body) {
  http::Request request;
  request.method = method;
  request.origin.host = "elasticfilesystem.us-east-1.amazonaws.com";
  request.target = "/2015-02-01/" + path;
  request.body = body;
  return send(std::move(request));
}

Answer Account::json(const std::string& signing, const std::string& target,
                     const std::string& body) {
  http::Request request;
  request.method = "POST";
  request.origin.host = signing + ".us-east-1.amazonaws.com";
  request.headers.add("X-Amz-Target", target);
  request.body = body;
  return send(std::move(request));
}

Answer Account::ssm(const std::string& action, const std::string& body) {
  return json("ssm", "AmazonSSM." + action, body);
}
Answer Account::acm(const std::string& action, const std::string& body) {
  return json("acm", "CertificateManager." + action, body);
}
Answer Account::dynamodb(const std::string& action, const std::string& body) {
  return json("dynamodb", "DynamoDB_20120810." + action, body);
}
Answer Account::quotas(const std::string& action, const std::string& body) {
  return json("servicequotas", "ServiceQuotasV20190624." + action, body);
}

std::string Account::state_of(std::string_view id) {
  for (const Item& item : inventory()) {
    if (item.id == id) return item.state;
  }
  return "gone";
}

std::string Account::default_vpc() {
  const auto answer =
      ec2("DescribeVpcs", {{"Filter.1.Name", "is-default"}, {"Filter.1.Value.1", "true"}});
  return answer.text("vpcSet/item/vpcId");
}

std::vector<std::string> Account::default_subnets() {
  std::vector<std::string> ids;
  for (const char* zone : {"us-east-1a", "us-east-1b", "us-east-1c"}) {
    const auto answer = ec2("DescribeSubnets", {{"Filter.1.Name", "availability-zone"},
                                                {"Filter.1.Value.1", zone},
                                                {"Filter.2.Name", "default-for-az"},
                                                {"Filter.2.Value.1", "true"}});
    ids.push_back(answer.text("subnetSet/item/subnetId"));
  }
  return ids;
}

std::string Account::default_group() {
  const auto answer = ec2("DescribeSecurityGroups",
                          {{"Filter.1.Name", "group-name"}, {"Filter.1.Value.1", "default"}});
  return answer.text("securityGroupInfo/item/groupId");
}

std::string Account::group(const std::string& name, int port) {
  const auto made =
      ec2("CreateSecurityGroup",
          {{"GroupName", name}, {"GroupDescription", name}, {"VpcId", default_vpc()}});
  const std::string id = made.text("groupId");
  ec2("AuthorizeSecurityGroupIngress", {{"GroupId", id},
                                        {"IpPermissions.1.IpProtocol", "tcp"},
                                        {"IpPermissions.1.FromPort", std::to_string(port)},
                                        {"IpPermissions.1.ToPort", std::to_string(port)},
                                        {"IpPermissions.1.IpRanges.1.CidrIp", "0.0.0.0/0"}});
  return id;
}

std::string Account::launch(const std::string& subnet, const std::string& group_id) {
  const auto made = ec2("RunInstances", {{"ImageId", image},
                                         {"InstanceType", "t3.micro"},
                                         {"MinCount", "1"},
                                         {"MaxCount", "1"},
                                         {"SubnetId", subnet},
                                         {"SecurityGroupId.1", group_id}});
  return made.text("instancesSet/item/instanceId");
}

Stack build_stack(Account& account) {
  Stack stack;
  const auto subnets = account.default_subnets();
  stack.subnet_a = subnets[0];
  stack.subnet_b = subnets[1];
  stack.alb_group = account.group("alb", 80);
  stack.app_group = account.group("app", 8080);
  stack.instance = account.launch(stack.subnet_a, stack.app_group);
  stack.load_balancer =
      account
          .elb("CreateLoadBalancer", {{"Name", "demo"},
                                      {"Subnets.member.1", stack.subnet_a},
                                      {"Subnets.member.2", stack.subnet_b},
                                      {"SecurityGroups.member.1", stack.alb_group}})
          .text("LoadBalancers/member/LoadBalancerArn");
  stack.target_group = account
                           .elb("CreateTargetGroup", {{"Name", "demo"},
                                                      {"Protocol", "HTTP"},
                                                      {"Port", "8080"},
                                                      {"VpcId", account.default_vpc()},
                                                      {"HealthyThresholdCount", "2"},
                                                      {"UnhealthyThresholdCount", "3"}})
                           .text("TargetGroups/member/TargetGroupArn");
  stack.listener =
      account
          .elb("CreateListener", {{"LoadBalancerArn", stack.load_balancer},
                                  {"Protocol", "HTTP"},
                                  {"Port", "80"},
                                  {"DefaultActions.member.1.Type", "forward"},
                                  {"DefaultActions.member.1.TargetGroupArn", stack.target_group}})
          .text("Listeners/member/ListenerArn");
  account.pass(12s);
  account.elb("RegisterTargets",
              {{"TargetGroupArn", stack.target_group}, {"Targets.member.1.Id", stack.instance}});
  return stack;
}

std::string target_state(Account& account, const Stack& stack) {
  return account.elb("DescribeTargetHealth", {{"TargetGroupArn", stack.target_group}})
      .text("TargetHealth/State");
}

std::string target_reason(Account& account, const Stack& stack) {
  return account.elb("DescribeTargetHealth", {{"TargetGroupArn", stack.target_group}})
      .text("TargetHealth/Reason");
}

}  // namespace albatross::sim::test
