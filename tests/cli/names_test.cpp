#include "cli/events.hpp"
#include "cli/node_text.hpp"
#include "cli/step_summary.hpp"

#include <gtest/gtest.h>

namespace albatross::cli {
namespace {

TEST(Names, ArnsAreShownByWhatPeopleGaveThem) {
  const std::string elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
  EXPECT_EQ(short_id(elb + "loadbalancer/app/web-alb/50dc6c495c0c9188"), "web-alb");
  EXPECT_EQ(short_id(elb + "targetgroup/web-n8n/73e2d6bc24d8a067"), "web-n8n");
  EXPECT_EQ(short_id(elb + "listener/app/web-alb/50dc/f2f7"), "listener/app/web-alb/50dc/f2f7");
  EXPECT_EQ(short_id("i-0123456789abcdef0"), "i-0123456789abcdef0");
  EXPECT_EQ(short_id("arn:odd"), "arn:odd");
}

TEST(Names, ArnsWithinATextAreShortened) {
  EXPECT_EQ(
      with_short_arns("Target group 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/n8n/"
                      "73e2' is in use"),
      "Target group 'n8n' is in use");
  EXPECT_EQ(with_short_arns("no arn here"), "no arn here");
}

TEST(Names, OnlyAwsIdsAreAbbreviated) {
  EXPECT_EQ(abbreviated("i-0123456789abcdef0", true), "i-0123…");
  EXPECT_EQ(abbreviated("fs-0123456789abcdef0", false), "fs-0123..");
  EXPECT_EQ(abbreviated("web-alb", true), "web-alb");
  EXPECT_EQ(abbreviated("my-deadbeef-app", true), "my-deadbeef-app");
}

TEST(Names, ANodesLabelIsWhatTellsItFromOthersOfItsKind) {
  EXPECT_EQ(label("instance.app.0"), "app.0");
  EXPECT_EQ(label("load_balancer"), "");
}

StepProgress instances(int count, NodePhase phase, const std::string& state) {
  StepProgress step;
  step.step = Step::instances;
  for (int i = 0; i < count; ++i) {
    NodeProgress node;
    node.node = "instance.app." + std::to_string(i);
    node.kind = "instance";
    node.id = "i-0123456789abcdef" + std::to_string(i);
    node.state = state;
    node.phase = phase;
    step.nodes.push_back(node);
  }
  return step;
}

TEST(Summary, UsesTheLongestFormThatFits) {
  const StepProgress step = instances(3, NodePhase::ready, "running");
  const TextStyle style{false, true, 0};
  EXPECT_EQ(summarise(step, {}, 100, style),
            "app.0 i-0123456789abcdef0, app.1 i-0123456789abcdef1, app.2 i-0123456789abcdef2 "
            "running");
  EXPECT_EQ(summarise(step, {}, 60, style), "app.0 i-0123…, app.1 i-0123…, app.2 i-0123… running");
  EXPECT_EQ(summarise(step, {}, 36, style), "app.0, app.1, app.2 running");
  EXPECT_EQ(summarise(step, {}, 17, style), "app.0, app.1, +1");
  EXPECT_EQ(summarise(step, {}, 4, style), "app…");
}

TEST(Summary, WhatIsUnderWayShowsItsOwnState) {
  EXPECT_EQ(summarise(instances(1, NodePhase::working, "pending"), {}, 60, TextStyle{}),
            "app.0 i-0123456789abcdef0 pending");
}

TEST(Summary, UninterestingResourcesShowOnlyWhileTheyAreAwaited) {
  StepProgress step;
  NodeProgress role;
  role.node = "role";
  role.kind = "role";
  role.id = "web-role";
  step.nodes.push_back(role);
  EXPECT_EQ(summarise(step, {}, 60, TextStyle{}), "role");
  step.nodes[0].phase = NodePhase::ready;
  EXPECT_EQ(summarise(step, {}, 60, TextStyle{}), "");
}

TEST(Summary, HealthIsCountedByService) {
  StepProgress step;
  step.step = Step::health;
  const std::vector<TargetState> targets{target("n8n", 0, "healthy"), target("n8n", 1, "initial"),
                                         target("qdrant", 0, "healthy")};
  EXPECT_EQ(summarise(step, targets, 60, TextStyle{false, true, 0}), "n8n 1/2 · qdrant 1/1");
}

}  // namespace
}  // namespace albatross::cli
