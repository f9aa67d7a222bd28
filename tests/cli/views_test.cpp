#include "cli/events.hpp"
#include "cli/frame_painter.hpp"
#include "cli/live_frame.hpp"
#include "cli/live_view.hpp"
#include "cli/plain_view.hpp"
#include "support/lines.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace albatross::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::joined;

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

/// Earlier runs of the same kind; the load balancer took from 110 to 150 seconds.
Expectations usual_expectations() {
  Expectations out;
  out.building[static_cast<std::size_t>(Step::load_balancer)] =
      UsualTime{seconds{110}, seconds{150}, seconds{160}};
  out.total = seconds{200};
  return out;
}

TEST(LiveFrame, SaysHowLongTheRunAndWhatIsUnderWayUsuallyTake) {
  const TextStyle style{false, true, 80};
  const auto frame = live_frame(model_of(half_way()), "Deploying web to us-east-1",
                                milliseconds{10400}, style, 0, usual_expectations());
  EXPECT_EQ(frame[0], "Deploying web to us-east-1 (11 resources, about 3m20s)");
  EXPECT_EQ(frame[5], "      usually 1m50s–2m30s");
  EXPECT_EQ(frame.back(), "   6 of 11 ready, 10.4s of about 3m20s (Ctrl-C stops safely)");
}

TEST(LiveFrame, PutsTheUsualTimeBesideTheStepWhereThereIsRoom) {
  const TextStyle style{false, true, 120};
  const auto frame = live_frame(model_of(half_way()), "Deploying web", milliseconds{10400}, style,
                                0, usual_expectations());
  EXPECT_TRUE(frame[4].ends_with("7.8s   usually 1m50s–2m30s")) << frame[4];
}

TEST(LiveFrame, WarnsOfAStepThatIsSlowerThanTheSlowestTwentieth) {
  const TextStyle style{true, true, 80};
  const auto at = [&](int now) {
    return joined(live_frame(model_of(half_way()), "Deploying web", seconds{now}, style, 0,
                             usual_expectations()));
  };
  EXPECT_EQ(at(162).find("slow:"), std::string::npos) << "it began at 2.6 s";
  EXPECT_NE(at(163).find("\x1b[33mslow: usually 1m50s–2m30s"), std::string::npos) << at(163);
}

TEST(LiveFrame, ShowsTargetsAsATableWithWhatToDoAboutThem) {
  EventScript script = half_way();
  TargetState timeout = target("ollama", 0, "unhealthy", "Target.Timeout");
  timeout.port = 11434;
  timeout.hint = "sg-02 has no rule that lets sg-01 reach 11434: add it to services.ollama.port";
  TargetState other = timeout;
  other.instance_node = "instance.app.1";
  other.instance_id = "i-0123456789abcdef1";
  script.at(10).health({timeout, other, target("n8n", 1, "initial")});
  const auto frame = joined(
      live_frame(model_of(script), "Deploying web", seconds{11}, TextStyle{false, true, 80}, 0));
  EXPECT_NE(frame.find(R"(
      n8n     app.1 i-0123456789abcdef1:5678   initial
      ollama  app.0 i-0123456789abcdef0:11434  unhealthy  Target.Timeout
      ollama  app.1 i-0123456789abcdef1:11434  unhealthy  Target.Timeout
        sg-02 has no rule that lets sg-01 reach 11434: add it to
        services.ollama.port
)"),
            std::string::npos)
      << frame;
}

TEST(LiveFrame, FitsFortyColumnsWithReasonsBeneath) {
  const auto frame =
      live_frame(model_of(half_way()), "Deploying web to us-east-1", milliseconds{10400},
                 TextStyle{false, true, 40}, 0, usual_expectations());
  EXPECT_EQ(joined(frame), R"(Deploying web to us-east-1
 ✔ Preparing network...            1.1s
 ✔ Creating security groups...     0.9s
 ◐ Launching instances...          8.0s
 ◐ Creating ALB...                 7.8s
      usually 1m50s–2m30s
 · Creating target groups...
 · Registering instances...
 ◐ Waiting for healthy targets…    7.4s
      n8n  app.1:5678  unhealthy
        Target.Timeout: Request timed
        out
   6 of 11 ready, 10.4s of about 3m20s
)");
}

TEST(FramePainter, GoesBackOverLinesThatANarrowerTerminalHasWrapped) {
  std::ostringstream out;
  FramePainter painter(out);
  painter.paint({std::string(70, 'a'), "short"}, "", {80, 24});
  out.str("");
  painter.paint({"narrow"}, "", {40, 24});
  EXPECT_TRUE(out.str().starts_with("\x1b[?25l\x1b[3A\r\x1b[J")) << "two rows and one";
  out.str("");
  painter.paint({"narrow"}, "", {40, 24});
  EXPECT_EQ(out.str(), "") << "nothing changed";
}

TEST(FramePainter, NeverGoesBackFurtherThanTheScreenIsHigh) {
  std::ostringstream out;
  FramePainter painter(out);
  painter.paint(std::vector<std::string>(20, std::string(70, 'a')), "", {80, 24});
  out.str("");
  painter.paint({"x"}, "", {20, 10});
  EXPECT_NE(out.str().find("\x1b[9A"), std::string::npos);
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

TEST(PlainView, TheHeartbeatSaysWhatIsUsualAndSlowStepsAreSaidOnce) {
  std::ostringstream out;
  PlainView view(out, TextStyle{}, "Deploying web to us-east-1");
  view.expect(usual_expectations());
  const EventScript script = half_way();
  for (const Event& event : script.events())
    view.on_event(event);
  EXPECT_NE(out.str().find("11 resources, about 3m20s\n"), std::string::npos);
  out.str("");
  view.on_tick(seconds{39});
  EXPECT_NE(out.str().find("load_balancer (provisioning, usually 1m50s-2m30s)"), std::string::npos)
      << out.str();
  out.str("");
  view.on_tick(seconds{163});
  view.on_tick(seconds{164});
  const std::string slow =
      "  2m43s  slower than usual: Creating ALB... 2m40s so far, usually 1m50s-2m30s\n";
  EXPECT_EQ(out.str(), slow);
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
