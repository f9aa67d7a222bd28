#include "albatross/orchestrator/policy.hpp"

#include "albatross/orchestrator/session.hpp"

#include "orchestrator/policy_table.hpp"
#include "support/simulated_run.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace albatross {
namespace {

using Json = nlohmann::json;
using test::SimulatedRun;
using test::stack_of;

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Json policy_of(const Stack& stack, PolicyPurpose purpose) {
  return Json::parse(least_privilege_policy(stack, purpose));
}

std::set<std::string> actions_of(const Json& policy) {
  std::set<std::string> out;
  for (const Json& statement : policy.at("Statement"))
    for (const Json& action : statement.at("Action"))
      out.insert(action);
  return out;
}

/// The prefix of a service's actions in policies.
std::string prefix_of(const std::string& service) {
  if (service == "elbv2") return "elasticloadbalancing";
  if (service == "efs") return "elasticfilesystem";
  return service;
}

/// What was called after call number `since`, as policies name it.
std::set<std::string> called(const SimulatedRun& run, std::uint64_t since) {
  std::set<std::string> out;
  for (const sim::CallRecord& call : run.cloud.calls()) {
    if (call.number > since) out.insert(prefix_of(call.service) + ":" + call.action);
  }
  return out;
}

std::vector<std::string> missing(const std::set<std::string>& wanted,
                                 const std::set<std::string>& there) {
  std::vector<std::string> out;
  std::set_difference(wanted.begin(), wanted.end(), there.begin(), there.end(),
                      std::back_inserter(out));
  return out;
}

const Json* statement_with(const Json& policy, const std::string& action,
                           const std::string& condition) {
  for (const Json& statement : policy.at("Statement")) {
    const Json& actions = statement.at("Action");
    const bool named = std::find(actions.begin(), actions.end(), action) != actions.end();
    const std::string text = statement.value("Condition", Json::object()).dump();
    if (named && text.find(condition) != std::string::npos) return &statement;
  }
  return nullptr;
}

constexpr const char* everything = R"(
name: shop
network: {vpc: create}
storage: {efs: true}
instances: {count: 2, type: t3.small, root_volume_gib: 20, ssh_from: [10.0.0.0/8]}
services:
  web: {port: 8080, health: {path: /health}}
  api: {port: 9090, health: {path: /ready}, route: {paths: ["/api/*"]}}
load_balancer: true
)";

std::vector<Stack> stacks() {
  std::vector<Stack> out{stack_of(everything), stack_of("{name: bare, instances: {count: 1}}")};
  for (const char* name : {"web", "ai-stack", "https"})
    out.push_back(load_stack(test::source_dir() + "/examples/" + name + ".yaml"));
  return out;
}

TEST(Policy, CoversEveryCallOfDeployAndDestroy) {
  for (const Stack& stack : stacks()) {
    SCOPED_TRACE(stack.name);
    SimulatedRun run;
    const RunResult up = run.deploy(stack);
    EXPECT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
    const auto deploy = actions_of(policy_of(stack, PolicyPurpose::deploy));
    EXPECT_EQ(missing(called(run, 0), deploy), std::vector<std::string>());
    const std::uint64_t before = run.cloud.total_calls();

    const RunResult down = run.destroy(stack.name);
    EXPECT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
    const auto destroy = actions_of(policy_of(stack, PolicyPurpose::destroy));
    EXPECT_EQ(missing(called(run, before), destroy), std::vector<std::string>());
  }
}

TEST(Policy, CoversAChangeThatReplacesAndRepairs) {
  SimulatedRun run;
  run.deploy(stack_of(everything));
  Stack changed = stack_of(everything);
  changed.instances.count = 1;
  changed.instances.type = "t3.medium";
  changed.services.front().port = 8081;
  changed.services.back().route.paths = {"/v2/*"};
  changed.tags["team"] = "a";
  const RunResult again = run.deploy(changed);
  EXPECT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
  const auto deploy = actions_of(policy_of(changed, PolicyPurpose::deploy));
  EXPECT_EQ(missing(called(run, 0), deploy), std::vector<std::string>());
}

/// What AWS asks for without a call of that name: see the table.
const std::set<std::string> implied{
    "iam:PassRole",           "iam:CreateServiceLinkedRole", "iam:TagRole",
    "iam:TagInstanceProfile", "ec2:CreateNetworkInterface",  "ec2:ModifyNetworkInterfaceAttribute"};

TEST(Policy, HasNoActionThatThisProgramCannotCall) {
  std::string clients;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() + "/src/clients"))
    if (entry.is_regular_file()) clients += contents(entry.path());
  for (const Permission& permission : all_permissions()) {
    const std::string action(permission.action);
    if (implied.contains(action)) continue;
    const std::string name = action.substr(action.find(':') + 1);
    EXPECT_NE(clients.find("\"" + name + "\""), std::string::npos) << action;
  }
}

TEST(Policy, AsksForNothingThatTheFileDoesNotNeed) {
  const auto bare =
      actions_of(policy_of(stack_of("{name: bare, instances: {count: 1}}"), PolicyPurpose::deploy));
  for (const char* action : {"ec2:CreateVpc", "iam:PassRole", "elasticfilesystem:CreateFileSystem",
                             "elasticloadbalancing:CreateLoadBalancer", "ec2:DescribeKeyPairs",
                             "acm:DescribeCertificate"})
    EXPECT_FALSE(bare.contains(action)) << action;
  for (const std::string& action :
       actions_of(policy_of(stack_of(everything), PolicyPurpose::destroy))) {
    EXPECT_EQ(action.find(":Create"), std::string::npos) << action;
    EXPECT_EQ(action.find(":Run"), std::string::npos) << action;
  }
}

TEST(Policy, ConfinesByTagAndPassesOneRoleToEc2Only) {
  Stack stack = stack_of(everything);
  stack.region = "eu-west-1";
  const Json policy = policy_of(stack, PolicyPurpose::deploy);
  EXPECT_EQ(policy.at("Version"), "2012-10-17");
  EXPECT_NE(statement_with(policy, "ec2:TerminateInstances",
                           R"("aws:ResourceTag/albatross:stack":"shop")"),
            nullptr);
  EXPECT_NE(statement_with(policy, "ec2:CreateVpc", R"("aws:RequestTag/albatross:stack":"shop")"),
            nullptr);
  const Json* pass = statement_with(policy, "iam:PassRole", "ec2.amazonaws.com");
  ASSERT_NE(pass, nullptr);
  EXPECT_EQ(pass->at("Resource"), "arn:aws:iam::*:role/shop-eu-west-1-instance");
  // Only reads go without any limit.
  for (const Json& statement : policy.at("Statement")) {
    if (statement.at("Resource") != "*" || statement.contains("Condition")) continue;
    for (const std::string action : statement.at("Action")) {
      const std::string name = action.substr(action.find(':') + 1);
      EXPECT_TRUE(name.starts_with("Describe") || name.starts_with("Get")) << action;
    }
  }
}

TEST(Policy, NamesTheVpcAndThePartitionThatTheFileNames) {
  Stack stack = stack_of("{name: cn, region: cn-north-1, network: {vpc: vpc-0123456789abcdef0}}");
  const std::string text = least_privilege_policy(stack, PolicyPurpose::deploy);
  EXPECT_NE(text.find("arn:aws-cn:ec2:cn-north-1:*:vpc/vpc-0123456789abcdef0"), std::string::npos)
      << text;
  EXPECT_NE(text.find("arn:aws-cn:ssm:cn-north-1::parameter/aws/service/"), std::string::npos)
      << text;
}

std::set<std::string> texts_of(const Json& one_or_several) {
  if (one_or_several.is_string()) return {one_or_several.get<std::string>()};
  return one_or_several.get<std::set<std::string>>();
}

std::map<std::string, std::set<std::string>> conditions_of(const Json& statement) {
  std::map<std::string, std::set<std::string>> out;
  if (!statement.contains("Condition")) return out;
  for (const auto& [key, values] : statement.at("Condition").at("StringEquals").items())
    out[key] = texts_of(values);
  return out;
}

// Statements of several services share one text where that permits nothing more.
TEST(Policy, PermitsNoActionOnMoreThanIsNeeded) {
  const auto service = [](const std::string& action) { return action.substr(0, action.find(':')); };
  using Grant =
      std::tuple<std::string, std::set<std::string>, std::map<std::string, std::set<std::string>>>;
  for (Stack stack : stacks()) {
    stack.region = "ap-southeast-1";
    std::set<Grant> needed;
    for (const NeededPermission& permission : needed_permissions(stack, PolicyPurpose::deploy)) {
      for (const std::string& action : permission.actions)
        needed.emplace(action, permission.resources, permission.conditions);
    }
    std::set<Grant> given;
    const Json policy = policy_of(stack, PolicyPurpose::deploy);
    for (const Json& statement : policy.at("Statement")) {
      for (const std::string& action : texts_of(statement.at("Action"))) {
        std::set<std::string> resources;
        for (const std::string& arn : texts_of(statement.at("Resource"))) {
          if (arn == "*" || arn.find(":" + service(action) + ":") != std::string::npos)
            resources.insert(arn);
        }
        given.emplace(action, resources, conditions_of(statement));
      }
    }
    for (const Grant& grant : given)
      EXPECT_TRUE(needed.contains(grant)) << stack.name << ": " << std::get<0>(grant);
    EXPECT_FALSE(given.empty());
  }
}

TEST(Policy, FitsIntoAManagedPolicy) {
  constexpr std::ptrdiff_t aws_limit = 6144;  // without white space
  for (Stack stack : stacks()) {
    stack.region = "ap-southeast-1";
    const std::string text = least_privilege_policy(stack, PolicyPurpose::deploy);
    const auto size =
        std::count_if(text.begin(), text.end(), [](char c) { return c != ' ' && c != '\n'; });
    EXPECT_LE(size, aws_limit) << stack.name;
  }
}

}  // namespace
}  // namespace albatross
