#include "cli/progress_model.hpp"

#include "cli/events.hpp"

#include <gtest/gtest.h>

namespace albatross::cli {
namespace {

using std::chrono::seconds;

ProgressModel model_of(const EventScript& script) {
  ProgressModel model;
  for (const Event& event : script.events())
    model.apply(event);
  return model;
}

const StepProgress& building(const ProgressModel& model, Step step) {
  return model.building()[static_cast<std::size_t>(step)];
}

const StepProgress& removing(const ProgressModel& model, Step step) {
  return model.removing()[static_cast<std::size_t>(step)];
}

EventScript deploying() {
  EventScript script;
  script.run("deploy").plan({2, 0, 0, 1, 1, 0, 0, 1});
  return script;
}

TEST(ProgressModel, AStepIsDoneOnlyWhenAllPlannedNodesAreReady) {
  EventScript script = deploying();
  script.at(1).made(Step::network, "vpc", "vpc-1");
  EXPECT_EQ(building(model_of(script), Step::network).phase(), StepPhase::active)
      << "the subnet is still to come";
  script.at(3).made(Step::network, "subnet.a", "subnet-1");
  const ProgressModel model = model_of(script);
  EXPECT_EQ(building(model, Step::network).phase(), StepPhase::done);
  EXPECT_EQ(building(model, Step::network).elapsed(seconds{100}), seconds{2});
  EXPECT_EQ(building(model, Step::instances).phase(), StepPhase::pending);
  EXPECT_EQ(model.settled(), 2);
}

TEST(ProgressModel, RemembersWhatAwsLastSaidAndForgetsATroubleThatPassed) {
  EventScript script = deploying();
  script.node(EventType::resource_started, Step::load_balancer, "load_balancer");
  script.node(EventType::retrying, Step::load_balancer, "load_balancer", "", "Throttling",
              "CreateLoadBalancer: Throttling");
  EXPECT_EQ(building(model_of(script), Step::load_balancer).nodes[0].trouble,
            "CreateLoadBalancer: Throttling");
  script.node(EventType::resource_created, Step::load_balancer, "load_balancer", "arn:x");
  script.node(EventType::waiting, Step::load_balancer, "load_balancer", "", "provisioning");
  const NodeProgress node = building(model_of(script), Step::load_balancer).nodes[0];
  EXPECT_EQ(node.trouble, "");
  EXPECT_EQ(node.id, "arn:x");
  EXPECT_EQ(node.state, "provisioning");
}

TEST(ProgressModel, AFailureMarksItsStepWithAwsWords) {
  EventScript script = deploying();
  script.at(1).failed(Step::load_balancer, "load_balancer", "InvalidSubnet", "too few");
  const ProgressModel model = model_of(script);
  EXPECT_EQ(building(model, Step::load_balancer).phase(), StepPhase::failed);
  EXPECT_EQ(building(model, Step::load_balancer).nodes[0].detail, "InvalidSubnet: too few");
  EXPECT_EQ(model.settled(), 0);
}

TEST(ProgressModel, RollbackIsKeptApartFromWhatWasBuilt) {
  EventScript script = deploying();
  script.made(Step::load_balancer, "load_balancer", "arn:x");
  script.whole(EventType::rollback_started, "the instances stay");
  script.node(EventType::resource_destroying, Step::load_balancer, "load_balancer", "arn:x");
  script.node(EventType::waiting, Step::load_balancer, "load_balancer", "", "deleting");
  const ProgressModel model = model_of(script);
  EXPECT_TRUE(model.rolling_back());
  EXPECT_EQ(building(model, Step::load_balancer).phase(), StepPhase::done);
  EXPECT_EQ(removing(model, Step::load_balancer).phase(), StepPhase::active);
  EXPECT_EQ(removing(model, Step::load_balancer).nodes[0].state, "deleting");
}

TEST(ProgressModel, ARemovalThatFailsIsARemovalStillAndCanSucceedLater) {
  EventScript script;
  script.run("destroy").plan({1, 0, 0, 0, 0, 0, 0, 0});
  script.node(EventType::resource_destroying, Step::network, "vpc", "vpc-1");
  script.failed(Step::network, "vpc", "DependencyViolation", "in use");
  EXPECT_EQ(removing(model_of(script), Step::network).phase(), StepPhase::failed);
  script.node(EventType::resource_destroying, Step::network, "vpc", "vpc-1");
  script.node(EventType::resource_gone, Step::network, "vpc", "vpc-1");
  const ProgressModel model = model_of(script);
  EXPECT_EQ(removing(model, Step::network).phase(), StepPhase::done);
  EXPECT_TRUE(building(model, Step::network).nodes.empty());
  EXPECT_EQ(model.settled(), 1);
}

TEST(ProgressModel, CountsChangesSoThatASecondDeployCanSayThatThereWereNone) {
  EventScript script = deploying();
  script.node(EventType::resource_started, Step::network, "vpc");
  script.node(EventType::resource_adopted, Step::network, "vpc", "vpc-1");
  script.node(EventType::resource_ready, Step::network, "vpc", "vpc-1");
  EXPECT_EQ(model_of(script).changes(), 0);
  script.node(EventType::resource_updated, Step::network, "vpc", "vpc-1", "", "tags");
  EXPECT_EQ(model_of(script).changes(), 1);
}

TEST(ProgressModel, TargetsOfEachServiceAreKeptUntilThatServiceIsToldOfAgain) {
  EventScript script = deploying();
  script.health({target("n8n", 0, "initial"), target("n8n", 1, "initial")});
  script.health({target("qdrant", 0, "unhealthy", "Target.Timeout", "Request timed out")});
  script.health({target("n8n", 0, "healthy"), target("n8n", 1, "initial")});
  const ProgressModel model = model_of(script);
  ASSERT_EQ(model.targets().size(), 3U);
  EXPECT_EQ(model.targets()[0].state, "healthy");
  EXPECT_EQ(model.targets()[1].state, "initial");
  EXPECT_EQ(model.targets()[2].reason, "Target.Timeout");
}

TEST(ProgressModel, AServiceThatIsReadyHasOnlyHealthyTargets) {
  EventScript script = deploying();
  script.health({target("n8n", 0, "initial", "Elb.RegistrationInProgress", "in progress")});
  script.node(EventType::resource_ready, Step::health, "target_health.n8n");
  const ProgressModel model = model_of(script);
  EXPECT_EQ(model.targets()[0].state, "healthy");
  EXPECT_EQ(model.targets()[0].reason, "");
}

}  // namespace
}  // namespace albatross::cli
