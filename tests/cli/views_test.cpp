#include "cli/events.hpp"
#include "cli/live_frame.hpp"
#include "cli/live_view.hpp"
#include "cli/plain_view.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace albatross::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A deployment caught while the load balancer comes up and one target does not answer.
EventScript half_way() {
  EventScript s;
  s.run("deploy").plan({3, 2, 0, 2, 1, 1, 1, 1});
  s.at(0.2).made(Step::network, "vpc", "vpc-0a1b2c3d4e5f60718");
  s.at(1.2).made(Step::network, "subnet.a", "subnet-0a1b2c3d4e5f60718");
  s.at(1.3).made(Step::network, "subnet.b", "subnet-0b1b2c3d4e5f60718");
  s.at(1.4).made(Step::security_groups, "security_group.alb", "sg-0a1b2c3d4e5f60718");
  s.at(2.3).made(Step::security_groups, "security_group.app", "sg-0b1b2c3d4e5f60718");
  s.at(2.4).node(EventType::resource_started, Step::instances, "instance.app.0");
  s.node(EventType::resource_created, Step::instances, "instance.app.0", "i-0a1b2c3d4e5f60718");
  s.node(EventType::waiting, Step::instances, "instance.app.0", "", "pending");
  s.at(2.5).made(Step::instances, "instance.app.1", "i-0b1b2c3d4e5f60718");
  s.at(2.6).node(EventType::resource_started, Step::load_balancer, "load_balancer");
  s.node(EventType::resource_created, Step::load_balancer, "load_balancer",
         "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web-alb/50dc6c49");
  s.node(EventType::waiting, Step::load_balancer, "load_balancer", "", "provisioning");
  s.at(3).node(EventType::resource_started, Step::health, "target_health.n8n");
  s.at(9).health({target("n8n", 0, "healthy"),
                  target("n8n", 1, "unhealthy", "Target.Timeout", "Request timed out")});
  return s;
}

ProgressModel model_of(const EventScript& script) {
  ProgressModel model;
  for (const Event& event : script.events())
    model.apply(event);
  return model;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines)
    out += line + "\n";
  return out;
}

TEST(LiveFrame, ShowsEachStepWithWhatItHasAndWaitsForAtEightyColumns) {
  const TextStyle style{false, true, 80};
  const std::string expected =
      R"(Deploying web to us-east-1 (11 resources)
 ✔ Preparing network...           vpc-0a1b2c3d4e5f60718, 2 subnets         1.1s
 ✔ Creating security groups...    alb sg-0a1b…, app sg-0b1b…               0.9s
 ◐ Launching instances...         app.0 i-0a1b… pending, app.1 i-0b1b…     8.0s
 ◐ Creating ALB...                web-alb provisioning                     7.8s
 · Creating target groups...
 · Registering instances...
 ◐ Waiting for healthy targets... n8n 1/2                                  7.4s
      n8n  app.1 i-0123…:5678  unhealthy  Target.Timeout: Request timed out
   6 of 11 ready, 10.4s so far (Ctrl-C stops safely)
)";
  const auto frame =
      live_frame(model_of(half_way()), "Deploying web to us-east-1", milliseconds{10400}, style, 0);
  EXPECT_EQ(joined(frame), expected);
}

TEST(LiveFrame, FallsBackToAsciiWhereTheLocaleHasNoUnicode) {
  const TextStyle style{false, false, 80};
  const auto frame =
      live_frame(model_of(half_way()), "Deploying web", milliseconds{10400}, style, 0);
  for (const std::string& line : frame) {
    for (const char c : line)
      EXPECT_LT(static_cast<unsigned char>(c), 0x80U) << line;
  }
}

TEST(LiveFrame, NoLineIsWiderThanTheTerminalAndTheFrameIsNeverTallerThanIt) {
  const ProgressModel model = model_of(half_way());
  for (const std::size_t width : {20U, 40U, 60U, 80U, 120U, 200U}) {
    for (const std::size_t height : {3U, 6U, 9U, 40U}) {
      const TextStyle style{true, true, width};
      const auto frame = live_frame(model, "Deploying web", seconds{10}, style, height);
      EXPECT_LE(frame.size(), height);
      for (const std::string& line : frame)
        EXPECT_LT(display_width(line), std::max(width, std::size_t{21})) << line;
    }
  }
}

TEST(LiveFrame, KeepsWhatIsUnderWayWhenThereIsRoomForLittle) {
  const TextStyle style{false, false, 80};
  const auto frame =
      live_frame(model_of(half_way()), "Deploying web", milliseconds{10400}, style, 5);
  ASSERT_EQ(frame.size(), 5U);
  EXPECT_NE(frame[1].find("Launching instances..."), std::string::npos);
  EXPECT_NE(frame[2].find("Creating ALB..."), std::string::npos);
  EXPECT_NE(frame[3].find("Waiting for healthy"), std::string::npos);
}

TEST(LiveFrame, ShowsRollbackBeneathWhatWasBuilt) {
  EventScript script = half_way();
  script.at(20).failed(Step::load_balancer, "load_balancer", "InvalidSubnet", "too few addresses");
  script.whole(EventType::rollback_started, "the instances stay");
  script.node(EventType::resource_destroying, Step::target_groups, "target_group.n8n");
  script.at(21).whole(EventType::run_finished);
  const auto frame = joined(
      live_frame(model_of(script), "Deploying web", seconds{21}, TextStyle{false, true, 80}, 0));
  EXPECT_NE(frame.find(" ✖ Creating ALB..."), std::string::npos) << frame;
  EXPECT_NE(frame.find("load_balancer  InvalidSubnet: too few addresses"), std::string::npos);
  EXPECT_NE(frame.find("Rolling back: the instances stay"), std::string::npos);
  EXPECT_NE(frame.find("Deleting target groups..."), std::string::npos);
  EXPECT_EQ(frame.find("so far"), std::string::npos) << "the run is over";
}

TEST(LiveView, RedrawsInPlaceOnlyWhatChangedAndLeavesTheCursorVisible) {
  std::ostringstream out;
  {
    LiveView view(out, TextStyle{false, false, 80}, "Deploying web", [] {
      return TerminalSize{80, 24};
    });
    const EventScript script = half_way();
    for (const Event& event : script.events()) {
      view.on_event(event);
    }
    EXPECT_EQ(out.str(), "") << "events alone do not draw: ticks do";
    view.on_tick(seconds{10});
    const std::size_t first = out.str().size();
    view.on_tick(seconds{10});
    EXPECT_EQ(out.str().size(), first) << "the same frame is not drawn twice";
    view.on_tick(seconds{11});
    EXPECT_NE(out.str().find("\x1b[10A\r"), std::string::npos) << "back to the frame's first line";
  }
  EXPECT_TRUE(out.str().ends_with("\x1b[?25h"));
}

TEST(LiveView, AWarningStaysAboveTheFrame) {
  std::ostringstream out;
  LiveView view(out, TextStyle{false, false, 80}, "Deploying web", [] {
    return TerminalSize{80, 24};
  });
  EventScript script;
  script.run("deploy").whole(EventType::warning, "clock is\x1b[2J off");
  for (const Event& event : script.events())
    view.on_event(event);
  EXPECT_NE(out.str().find("warning: clock is [2J off\x1b[K\nDeploying web"), std::string::npos);
}

std::string plain(const EventScript& script) {
  std::ostringstream out;
  PlainView view(out, TextStyle{}, "Deploying web to us-east-1");
  for (const Event& event : script.events())
    view.on_event(event);
  return out.str();
}

TEST(PlainView, WritesOneLineForEachThingThatHappened) {
  EXPECT_EQ(plain(half_way()), R"(   0.0s  Deploying web to us-east-1
   0.0s  11 resources
   0.2s  Preparing network...
   0.2s    vpc: created vpc-0a1b2c3d4e5f60718
   1.2s    subnet.a: created subnet-0a1b2c3d4e5f60718
   1.3s    subnet.b: created subnet-0b1b2c3d4e5f60718
   1.4s  Creating security groups...
   1.4s    security_group.alb: created sg-0a1b2c3d4e5f60718
   2.3s    security_group.app: created sg-0b1b2c3d4e5f60718
   2.4s  Launching instances...
   2.4s    instance.app.0: created i-0a1b2c3d4e5f60718
   2.4s    instance.app.0: pending
   2.5s    instance.app.1: created i-0b1b2c3d4e5f60718
   2.6s  Creating ALB...
   2.6s    load_balancer: created arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web-alb/50dc6c49
   2.6s    load_balancer: provisioning
   3.0s  Waiting for healthy targets...
   9.0s    target_health.n8n: n8n 1/2 healthy
   9.0s      n8n on i-0123456789abcdef1:5678 unhealthy Target.Timeout: Request timed out
)");
}

TEST(PlainView, SaysNothingTwice) {
  EventScript once = half_way();
  EventScript again = half_way();
  again.at(14).node(EventType::waiting, Step::load_balancer, "load_balancer", "", "provisioning");
  again.health({target("n8n", 0, "healthy"),
                target("n8n", 1, "unhealthy", "Target.Timeout", "Request timed out")});
  EXPECT_EQ(plain(again), plain(once));
}

TEST(PlainView, SaysWhatIsAwaitedWhenNothingHappensForLong) {
  std::ostringstream out;
  PlainView view(out, TextStyle{}, "Deploying web to us-east-1");
  const EventScript script = half_way();
  for (const Event& event : script.events()) {
    view.on_event(event);
  }
  out.str("");
  view.on_tick(seconds{38});
  EXPECT_EQ(out.str(), "") << "the last line is 29 s old";
  view.on_tick(seconds{39});
  view.on_tick(seconds{40});
  EXPECT_EQ(out.str(),
            "  39.0s  still waiting for instance.app.0 (pending), load_balancer (provisioning), "
            "target_health.n8n (n8n 1/2 healthy)\n");
}

TEST(PlainView, LogsRetriesFailuresAndRemovals) {
  EventScript script;
  script.run("destroy").plan({1, 1, 0, 0, 0, 0, 0, 0});
  script.at(1).node(EventType::resource_destroying, Step::security_groups, "security_group.alb");
  script.node(EventType::retrying, Step::security_groups, "security_group.alb", "",
              "DependencyViolation", "DeleteSecurityGroup: DependencyViolation; again in 2.0 s");
  script.at(3).node(EventType::retrying, Step::security_groups, "security_group.alb", "",
                    "DependencyViolation", "DeleteSecurityGroup: again in 4.0 s");
  script.at(9).node(EventType::resource_gone, Step::security_groups, "security_group.alb");
  script.node(EventType::resource_kept, Step::network, "vpc", "vpc-1", "", "not created by it");
  EXPECT_EQ(plain(script), R"(   0.0s  Deploying web to us-east-1
   0.0s  2 resources
   1.0s  Deleting security groups...
   1.0s    security_group.alb: retrying: DeleteSecurityGroup: DependencyViolation; again in 2.0 s
   9.0s    security_group.alb: gone
   9.0s    vpc: kept: not created by it
)");
}

}  // namespace
}  // namespace albatross::cli
