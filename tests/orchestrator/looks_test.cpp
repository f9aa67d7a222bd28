// What waits look at, and what they share: against a simulated account.
#include "orchestrator/looks.hpp"

#include "albatross/clients/api_error.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "support/instant_cloud.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <array>

namespace albatross {
namespace {

using test::instant_cloud;
using test::SimulatedRun;
using test::stack_of;
using test::whole_stack;

constexpr const char* unknown_instance = "i-0123456789abcdef0";

class LooksAtAStack : public ::testing::Test {
 protected:
  LooksAtAStack() {
    run.deploy(stack_of(whole_stack));
    before = run.cloud.total_calls();
    for (const sim::Item& item : run.inventory("instance"))
      instances.push_back(item.id);
    balancer = run.inventory("load-balancer").front().id;
  }

  /// Actions since the deployment, failed ones marked.
  std::vector<std::string> actions() const {
    std::vector<std::string> out;
    for (const sim::CallRecord& call : run.cloud.calls()) {
      if (call.number > before) out.push_back(call.action + (call.error_code.empty() ? "" : "!"));
    }
    return out;
  }

  SimulatedRun run{instant_cloud()};
  StackIdentity identity;
  std::uint64_t before = 0;
  std::vector<std::string> instances;
  std::string balancer;
};

Task<> look_at_instance(AwsClients& aws, const Session& session, std::string id, bool& found) {
  const auto instance = co_await aws.looks->instance(std::move(id), session);
  found = instance.has_value();
}

Task<> look_at_balancer(AwsClients& aws, const Session& session, std::string arn, bool& found) {
  const auto balancer = co_await aws.looks->load_balancer(std::move(arn), session);
  found = balancer.has_value();
}

TEST_F(LooksAtAStack, OneCallForManyAndAnUnknownIdHurtsNobody) {
  std::array<bool, 3> found{true, true, true};
  run.meanwhile([&](AwsClients& aws) -> Task<> {
    const Session session{aws, identity, CallOptions()};
    std::vector<Task<>> looks;
    looks.push_back(look_at_instance(aws, session, instances[0], found[0]));
    looks.push_back(look_at_instance(aws, session, unknown_instance, found[1]));
    looks.push_back(look_at_instance(aws, session, instances[1], found[2]));
    co_await when_all(std::move(looks));
  });
  EXPECT_EQ(found, (std::array<bool, 3>{true, false, true}));
  EXPECT_EQ(actions(), std::vector<std::string>{"DescribeInstances"});
}

TEST_F(LooksAtAStack, WhereAwsRefusesTheWholeCallAllThereAreAreListed) {
  std::array<bool, 2> found{false, true};
  run.meanwhile([&](AwsClients& aws) -> Task<> {
    const Session session{aws, identity, CallOptions()};
    std::vector<Task<>> looks;
    looks.push_back(look_at_balancer(aws, session, balancer, found[0]));
    looks.push_back(look_at_balancer(aws, session, balancer + "0", found[1]));
    co_await when_all(std::move(looks));
  });
  EXPECT_EQ(found, (std::array<bool, 2>{true, false}));
  EXPECT_EQ(actions(),
            (std::vector<std::string>{"DescribeLoadBalancers!", "DescribeLoadBalancers"}));
}

TEST_F(LooksAtAStack, ThingsThatAreGoneAreNoError) {
  run.meanwhile([&](AwsClients& aws) -> Task<> {
    const Session session{aws, identity, CallOptions()};
    const auto balancer_gone = co_await aws.looks->load_balancer(balancer + "0", session);
    EXPECT_FALSE(balancer_gone.has_value());
    const auto system = co_await aws.looks->file_system("fs-0123456789abcdef0", session);
    EXPECT_FALSE(system.has_value());
    const auto targets = co_await aws.looks->mount_targets_of("fs-0123456789abcdef0", session);
    EXPECT_TRUE(targets.empty());
    const auto rules = co_await aws.looks->rules_of_group("sg-0123456789abcdef0", session);
    EXPECT_TRUE(rules.empty());
    const auto vpc = co_await aws.looks->vpc("vpc-0123456789abcdef0", session);
    EXPECT_FALSE(vpc.has_value());
    const auto subnet = co_await aws.looks->subnet("subnet-0123456789abcdef0", session);
    EXPECT_FALSE(subnet.has_value());
  });
}

Task<> terminate(AwsClients& aws, const Session& session, std::string id, std::string& error) {
  try {
    co_await aws.looks->terminate(std::move(id), session);
  } catch (const ApiError& refused) {
    error = refused.code();
  }
}

TEST_F(LooksAtAStack, InstancesGoTogetherAndAnUnknownOneKeepsNobodyBack) {
  std::array<std::string, 3> errors;
  run.meanwhile([&](AwsClients& aws) -> Task<> {
    const Session session{aws, identity, CallOptions()};
    std::vector<Task<>> both;
    both.push_back(terminate(aws, session, instances[0], errors[0]));
    both.push_back(terminate(aws, session, unknown_instance, errors[1]));
    both.push_back(terminate(aws, session, instances[1], errors[2]));
    co_await when_all(std::move(both));
  });
  EXPECT_EQ(errors, (std::array<std::string, 3>{"", "InvalidInstanceID.NotFound", ""}));
  EXPECT_TRUE(run.inventory("instance").empty());
  EXPECT_EQ(actions().size(), 4U) << "all at once, and then each by itself";
}

TEST_F(LooksAtAStack, AProtectedInstanceKeepsNobodyBackEither) {
  std::array<std::string, 2> errors;
  run.meanwhile([&](AwsClients& aws) -> Task<> {
    ec2::ModifyInstanceAttributeRequest protection;
    protection.instance_id = instances[0];
    protection.disable_api_termination = true;
    co_await aws.ec2.modify_instance_attribute(std::move(protection));
    const Session session{aws, identity, CallOptions()};
    std::vector<Task<>> both;
    both.push_back(terminate(aws, session, instances[0], errors[0]));
    both.push_back(terminate(aws, session, instances[1], errors[1]));
    co_await when_all(std::move(both));
  });
  EXPECT_EQ(errors, (std::array<std::string, 2>{"OperationNotPermitted", ""}));
  EXPECT_EQ(run.inventory("instance").size(), 1U);
}

}  // namespace
}  // namespace albatross
