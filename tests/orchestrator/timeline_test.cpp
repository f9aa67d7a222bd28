#include "albatross/orchestrator/timeline.hpp"

#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace albatross {
namespace {

using std::chrono::seconds;
using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

Event event(EventType type, int at, const std::string& node = {}, const std::string& state = {}) {
  Event out;
  out.type = type;
  out.elapsed = seconds{at};
  out.stack = "web";
  out.node = node;
  out.state = state;
  return out;
}

Event started(int at, const std::string& node, std::vector<Dependency> dependencies) {
  Event out = event(EventType::resource_started, at, node);
  out.dependencies = std::move(dependencies);
  return out;
}

Event destroying(int at, const std::string& node, std::vector<Dependency> dependencies) {
  Event out = started(at, node, std::move(dependencies));
  out.type = EventType::resource_destroying;
  return out;
}

/// "node reached@until", in order.
std::vector<std::string> path_of(const Timeline& timeline) {
  std::vector<std::string> out;
  for (const PathPiece& piece : timeline.critical_path) {
    const std::string name = piece.span ? timeline.spans[*piece.span].node : "before";
    out.push_back(
        name + " " + std::string(piece.reached) + "@" +
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(piece.until).count()));
  }
  return out;
}

TEST(Timeline, TheCriticalPathFollowsTheMilestonesThatCameLast) {
  Event run = event(EventType::run_started, 0);
  run.detail = "deploy";
  const std::vector<Event> events{
      run,
      started(1, "vpc", {}),
      event(EventType::resource_created, 2, "vpc"),
      event(EventType::resource_ready, 9, "vpc"),
      started(2, "instance", {{"vpc", Milestone::created}}),
      event(EventType::resource_created, 3, "instance"),
      started(9, "balancer", {{"vpc", Milestone::ready}, {"instance", Milestone::created}}),
      event(EventType::resource_created, 10, "balancer"),
      event(EventType::resource_ready, 30, "instance"),
      event(EventType::resource_ready, 50, "balancer"),
      started(50, "health", {{"instance", Milestone::ready}, {"balancer", Milestone::ready}}),
      event(EventType::resource_ready, 60, "health"),
      event(EventType::run_finished, 60, "", "ready"),
  };
  const Timeline timeline = timeline_of(events);
  const std::vector<std::string> expected{"before ready@1", "vpc ready@9", "balancer ready@50",
                                          "health ready@60"};
  EXPECT_EQ(path_of(timeline), expected);
  EXPECT_EQ(timeline.total, seconds{60});
  EXPECT_EQ(timeline.state, "ready");
  EXPECT_FALSE(timeline.is_critical(1)) << "the instance was waited for by nobody";
}

TEST(Timeline, ARollbackIsPartOfThePathBehindWhatFailed) {
  const std::vector<Event> events{
      started(0, "group", {}),
      event(EventType::resource_created, 1, "group"),
      event(EventType::resource_ready, 1, "group"),
      started(1, "balancer", {{"group", Milestone::created}}),
      started(2, "cancelled with it", {}),
      event(EventType::resource_failed, 20, "balancer"),
      event(EventType::rollback_started, 21),
      destroying(21, "group", {}),
      event(EventType::resource_gone, 25, "group"),
  };
  const std::vector<std::string> expected{"group created@1", "balancer failed@20", "group gone@25"};
  const Timeline timeline = timeline_of(events);
  EXPECT_EQ(path_of(timeline), expected);
  ASSERT_EQ(timeline.spans.size(), 4U);
  EXPECT_TRUE(timeline.spans[3].removal);
  EXPECT_EQ(timeline.spans[2].ended, seconds{21}) << "when it was given up";
  EXPECT_EQ(timeline.spans[1].end, SpanEnd::failed);
}

TEST(Timeline, ARunThatWasCutOffEndsWhereItsEventsEnd) {
  const std::vector<Event> events{
      started(0, "balancer", {}),
      event(EventType::resource_created, 1, "balancer"),
      event(EventType::waiting, 5, "balancer", "provisioning"),
      event(EventType::waiting, 15, "balancer", "provisioning"),
      started(17, "group", {}),
  };
  const Timeline timeline = timeline_of(events);
  ASSERT_EQ(timeline.spans.size(), 2U);
  EXPECT_EQ(timeline.spans[0].end, SpanEnd::unfinished);
  EXPECT_EQ(timeline.spans[0].ended, seconds{17});
  ASSERT_EQ(timeline.spans[0].waits.size(), 1U) << "the same word twice is one wait";
  EXPECT_EQ(timeline.spans[0].waits[0].until, seconds{17});
  EXPECT_EQ(timeline.state, "");
}

TEST(Timeline, ThePathOfARealDeploymentIsItsWholeTimeWithoutGaps) {
  SimulatedRun run;
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::done);
  const std::vector<Event> deploy = run.events;
  const Timeline timeline = timeline_of(deploy);
  ASSERT_FALSE(timeline.critical_path.empty());
  Duration at{};
  std::set<std::string> nodes;
  for (const PathPiece& piece : timeline.critical_path) {
    EXPECT_EQ(piece.from, at);
    EXPECT_LE(piece.from, piece.until);
    at = piece.until;
    if (piece.span) nodes.insert(timeline.spans[*piece.span].node);
  }
  EXPECT_EQ(at, timeline.total);
  EXPECT_TRUE(nodes.contains("load_balancer")) << "it takes longest";
  EXPECT_EQ(timeline.spans[*timeline.critical_path.back().span].kind, "target_health");
  EXPECT_EQ(timeline.account.size(), 12U);
  EXPECT_EQ(timeline.targets.size(), 4U);
  for (const TargetHistory& history : timeline.targets) {
    EXPECT_EQ(history.states.back().state, "healthy") << history.target.service;
  }
}

TEST(Timeline, EveryNodeTellsWhatItWaitedForAndThatWasReached) {
  SimulatedRun run;
  run.deploy(stack_of(two_service_stack));
  run.destroy("shop");
  std::set<std::string> with_id;
  std::set<std::string> ready;
  std::set<std::string> gone;
  std::size_t told = 0;
  for (const Event& event : run.events) {
    for (const Dependency& dependency : event.dependencies) {
      ++told;
      if (event.type == EventType::resource_destroying) {
        EXPECT_TRUE(gone.contains(dependency.node)) << event.node << " after " << dependency.node;
      } else {
        const auto& reached = dependency.milestone == Milestone::ready ? ready : with_id;
        EXPECT_TRUE(reached.contains(dependency.node)) << event.node << " " << dependency.node;
      }
    }
    if (event.type == EventType::resource_created) with_id.insert(event.node);
    if (event.type == EventType::resource_ready) ready.insert(event.node);
    if (event.type == EventType::resource_gone || event.type == EventType::resource_kept) {
      gone.insert(event.node);
    }
  }
  EXPECT_GT(told, 40U);
}

}  // namespace
}  // namespace albatross
