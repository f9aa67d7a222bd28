// Stacks that use what other people made: it is the same before and after.
#include "sim/world.hpp"
#include "support/aws_view.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace albatross {
namespace {

using test::ask;
using test::SimulatedRun;
using test::stack_of;

/// Somebody's own stack, from whose resources the tests borrow.
constexpr const char* owner = R"(
name: owner
storage: {efs: true}
instances: {count: 2, type: t3.small}
services:
  web: {port: 8080}
  api: {port: 9090, route: {paths: ["/api/*"]}}
load_balancer: {listeners: [{port: 80, default_service: web}]}
)";

class Reuse : public testing::Test {
 protected:
  void SetUp() override {
    const RunResult up = run_.deploy(stack_of(owner));
    ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
    before_ = everything();
  }

  /// Deploys, and deploys again without a change.
  void deploy(const std::string& text) {
    const RunResult up = run_.deploy(stack_of(text));
    ASSERT_EQ(up.outcome, Outcome::done) << (up.failure ? up.failure->text() : "");
    const auto calls = run_.cloud.total_calls();
    const RunResult again = run_.deploy(stack_of(text));
    ASSERT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
    EXPECT_EQ(test::changes_since(run_, calls), (std::map<std::string, int>{}));
  }
  void expect_untouched_after_destroy(const std::string& name) {
    const RunResult down = run_.destroy(name);
    EXPECT_EQ(down.outcome, Outcome::done) << (down.failure ? down.failure->text() : "");
    EXPECT_EQ(everything(), before_);
  }
  std::string refusal(const std::string& text) {
    const auto calls = run_.cloud.total_calls();
    const RunResult refused = run_.deploy(stack_of(text));
    EXPECT_EQ(refused.outcome, Outcome::failed);
    EXPECT_EQ(test::changes_since(run_, calls), (std::map<std::string, int>{}));
    return refused.failure ? refused.failure->code : "";
  }

  const sim::World& world() const { return std::as_const(run_.cloud).world(); }
  std::vector<std::string> ids(const std::string& type) {
    std::vector<std::string> out;
    for (const sim::Item& item : run_.inventory(type))
      out.push_back(item.id);
    return out;
  }
  std::string group_named(const std::string& name) {
    for (const sim::Item& item : run_.inventory("security-group")) {
      if (item.name == name) return item.id;
    }
    throw std::runtime_error("no group " + name);
  }

  /// The inventory, and what it does not tell of the things that are reused.
  std::string everything() {
    std::ostringstream out;
    for (const sim::Item& item : run_.inventory()) {
      out << item.type << ' ' << item.id << ' ' << item.name << ' ' << item.state;
      for (const auto& [key, value] : item.tags)
        out << ' ' << key << '=' << value;
      out << '\n';
    }
    for (const auto& [arn, balancer] : world().load_balancers) {
      if (balancer.deleted_at) continue;
      for (const auto& [key, value] : balancer.attributes)
        out << arn << ' ' << key << '=' << value << '\n';
      for (const std::string& group : balancer.groups)
        out << arn << ' ' << group << '\n';
    }
    for (const auto& [arn, rule] : world().rules)
      out << arn << ' ' << rule.priority << ' ' << rule.conditions.size() << ' '
          << rule.actions.at(0).type << '\n';
    for (const auto& [id, interface] : world().interfaces) {
      for (const std::string& group : interface.groups)
        out << id << ' ' << group << '\n';
    }
    return out.str();
  }

  SimulatedRun run_;
  std::string before_;
};

TEST_F(Reuse, ALoadBalancerByNameGetsListenersRulesAndTargetGroupsOnly) {
  deploy(R"(
name: guest
instances: {count: 1, type: t3.small}
services:
  site: {port: 8080, route: {hosts: [guest.example.com]}}
  admin: {port: 9090}
load_balancer:
  existing: owner-alb
  listeners:
    - {port: 80, existing: true}
    - {port: 8081, default_service: admin}
)");
  EXPECT_EQ(ids("load-balancer").size(), 1U);
  EXPECT_EQ(ids("listener").size(), 2U);
  int guests = 0;
  for (const auto& [arn, rule] : world().rules) {
    const auto stack = rule.tags.find(tag_stack);
    if (stack == rule.tags.end() || stack->second != "guest") continue;
    ++guests;
    const bool shared = world().listeners.at(rule.listener).port == 80;
    EXPECT_EQ(rule.priority, shared ? 20 : 10) << "10 is the owner's on the shared listener";
  }
  EXPECT_EQ(guests, 2) << "one on each listener";
  expect_untouched_after_destroy("guest");
}

TEST_F(Reuse, ALoadBalancerByArnGivesItsVpcAndItsAddress) {
  deploy(R"(
name: guest
instances: {count: 1, type: t3.small}
services: {site: {port: 8080}}
load_balancer:
  existing: )" +
         ids("load-balancer").at(0) + R"(
  listeners: [{port: 8081}]
)");
  EXPECT_EQ(ids("load-balancer").size(), 1U);
  expect_untouched_after_destroy("guest");
}

TEST_F(Reuse, AListenerThatIsThereIsNotTakenOver) {
  const std::string stack = R"(
name: guest
instances: {count: 1, type: t3.small}
services: {site: {port: 8080}}
load_balancer: {existing: owner-alb, listeners: [{port: 80}]}
)";
  EXPECT_EQ(refusal(stack), "PortTaken");
}

TEST_F(Reuse, AListenerThatIsNotThereIsMissed) {
  EXPECT_EQ(refusal(R"(
name: guest
instances: {count: 1, type: t3.small}
services: {site: {port: 8080, route: {paths: [/a]}}}
load_balancer: {existing: owner-alb, listeners: [{port: 81, existing: true}]}
)"),
            "NoSuchListener");
}

TEST_F(Reuse, ALoadBalancerThatIsNotThereIsMissed) {
  EXPECT_EQ(refusal(R"(
name: guest
instances: {count: 1, type: t3.small}
services: {site: {port: 8080}}
load_balancer: {existing: nobodys, listeners: [{port: 80}]}
)"),
            "NotFound");
}

TEST_F(Reuse, InstancesByIdAreOnlySentRequests) {
  // Their groups let the owner's load balancer in, so the guest's gets the same group.
  deploy(R"(
name: guest
instances: {existing: [)" +
         ids("instance").at(0) + ", " + ids("instance").at(1) + R"(]}
services: {site: {port: 8080}}
load_balancer: {security_groups: [)" +
         group_named("owner-alb") + R"(]}
)");
  EXPECT_EQ(ids("instance").size(), 2U);
  EXPECT_EQ(run_.succeeded("RunInstances"), 2U) << "the owner's";
  expect_untouched_after_destroy("guest");
}

TEST_F(Reuse, InstancesByTagAreFound) {
  deploy(R"(
name: guest
instances: {existing: {Name: owner/instance.app.1}}
services: {site: {port: 8080}}
load_balancer: {security_groups: [)" +
         group_named("owner-alb") + R"(]}
)");
  int targets = 0;
  for (const sim::Item& target : run_.inventory("target"))
    targets += target.name == "guest-site" ? 1 : 0;
  EXPECT_EQ(targets, 1);
  expect_untouched_after_destroy("guest");
}

TEST_F(Reuse, TagsThatNobodyHasAreMissed) {
  EXPECT_EQ(refusal("name: guest\ninstances: {existing: {Role: nobody}}\n"
                    "services: {site: {port: 80}}\nload_balancer: true\n"),
            "NoInstances");
}

TEST_F(Reuse, SecurityGroupsKeepTheirRules) {
  deploy(R"(
name: guest
instances: {count: 1, type: t3.small, security_groups: [)" +
         group_named("owner-app") + R"(]}
services: {site: {port: 8080}}
load_balancer: {security_groups: [)" +
         group_named("owner-alb") + R"(]}
)");
  expect_untouched_after_destroy("guest");
}

TEST_F(Reuse, AFileSystemKeepsItsMountTargetsAndLosesThoseThatWereAdded) {
  // The owner has mount targets in two zones, the guest lives in one of them and in a third.
  const auto file_system = ids("file-system").at(0);
  const std::string text = R"(
name: guest
network: {zones: [us-east-1b, us-east-1c]}
storage: {efs: )" + file_system +
                           R"(}
instances: {count: 2, type: t3.small}
services: {site: {port: 8080}}
)";
  deploy(text);
  EXPECT_EQ(ids("file-system").size(), 1U);
  EXPECT_EQ(ids("mount-target").size(), 3U);
  expect_untouched_after_destroy("guest");
}

TEST_F(Reuse, AVpcAndSubnetsStayAsTheyAre) {
  const auto subnets = ids("subnet");
  ASSERT_GE(subnets.size(), 2U);
  deploy("name: guest\nnetwork: {subnets: [" + subnets[0] + ", " + subnets[1] +
         "]}\ninstances: {count: 1, type: t3.small}\nservices: {site: {port: 8080}}\n"
         "load_balancer: {scheme: internal}\n");
  expect_untouched_after_destroy("guest");
}

}  // namespace
}  // namespace albatross
