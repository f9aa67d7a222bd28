// An intent whose answer was lost, and whose instance has ended by itself before anybody looked.
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

using test::SimulatedRun;
using test::stack_of;

constexpr const char* one_instance = R"(
name: shop
instances: {count: 1, type: t3.small}
services: {web: {port: 8080}}
)";

TEST(SpentToken, AnInstanceThatEndedBeforeItWasRecordedIsLaunchedAnewUnderAnotherToken) {
  SimulatedRun run;
  const Stack stack = stack_of(one_instance);
  const RunResult up = run.deploy(stack);
  ASSERT_EQ(up.outcome, Outcome::done);
  std::string token;
  for (ResourceRecord record : up.resources) {
    if (record.kind != "instance") continue;
    const std::string id = record.id;
    token = record.token;
    ASSERT_FALSE(token.empty());
    record.id.clear();
    record.outputs.clear();
    record.status = RecordStatus::intended;
    const SimulatedRun::Act act = [&](AwsClients& aws) -> Task<> {
      co_await run.store.put_resource(record);
      ec2::TerminateInstancesRequest request;
      request.instance_ids = {id};
      co_await aws.ec2.terminate_instances(std::move(request));
      co_await run.clock.sleep_for(std::chrono::minutes{5});
    };
    run.meanwhile(act);
  }

  const RunResult again = run.deploy(stack);

  ASSERT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
  EXPECT_EQ(run.succeeded("RunInstances"), 2U);
  for (const ResourceRecord& record : again.resources) {
    if (record.kind != "instance") continue;
    EXPECT_NE(record.token, token);
  }
}

TEST(SpentToken, OneThatWasUsedForAnotherLaunchIsReplaced) {
  SimulatedRun run;
  Stack stack = stack_of(one_instance);
  const RunResult up = run.deploy(stack);
  ASSERT_EQ(up.outcome, Outcome::done);
  // As if its answer had been lost, and somebody had ended it; and then the file changes.
  for (ResourceRecord record : up.resources) {
    if (record.kind != "instance") continue;
    const std::string id = record.id;
    record.id.clear();
    record.outputs.clear();
    record.status = RecordStatus::intended;
    const SimulatedRun::Act act = [&](AwsClients& aws) -> Task<> {
      co_await run.store.put_resource(record);
      ec2::TerminateInstancesRequest request;
      request.instance_ids = {id};
      co_await aws.ec2.terminate_instances(std::move(request));
      co_await run.clock.sleep_for(std::chrono::minutes{5});
    };
    run.meanwhile(act);
  }
  stack.instances.type = "t3.medium";

  const RunResult again = run.deploy(stack);

  ASSERT_EQ(again.outcome, Outcome::done) << (again.failure ? again.failure->text() : "");
  EXPECT_EQ(run.succeeded("RunInstances"), 2U);
}

}  // namespace
}  // namespace albatross
