#include "cli/events.hpp"
#include "cli/fleet/fleet_frame.hpp"
#include "cli/fleet/fleet_log.hpp"
#include "cli/fleet/fleet_report.hpp"
#include "cli/fleet/member.hpp"
#include "support/lines.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace albatross::cli {
namespace {

using std::chrono::seconds;
using test::joined;

MemberEnd ready(const std::string& stack) {
  MemberEnd end;
  end.doing = "deploy";
  end.stack = stack;
  end.result.emplace();
  end.result->stack.name = stack;
  end.result->stack.state = StackState::ready;
  end.result->stack.outputs["dns_name"] = stack + ".elb.example";
  end.exit_code = ExitCode::done;
  end.context.elapsed = seconds{130};
  return end;
}

MemberEnd failed(const std::string& stack, Outcome outcome, const std::string& code) {
  MemberEnd end = ready(stack);
  end.result->outcome = outcome;
  end.result->stack.state = StackState::rolled_back;
  end.result->stack.outputs.clear();
  end.result->failure.emplace();
  end.result->failure->code = code;
  end.result->failure->message = "no";
  end.exit_code = exit_code_of(*end.result);
  end.context.deploy_command = "albatross deploy " + stack + ".yaml";
  return end;
}

MemberEnd locked(const std::string& stack) {
  MemberEnd end;
  end.doing = "deploy";
  end.stack = stack;
  end.error = describe_error(std::make_exception_ptr(LockedError(stack, "deploy by pid 1")));
  end.exit_code = end.error->exit_code;
  return end;
}

TEST(Fleet, TellsTheWorstThatHappenedToAnyOfThem) {
  EXPECT_EQ(worst_of({ready("a"), ready("b")}), ExitCode::done);
  EXPECT_EQ(worst_of({ready("a"), failed("b", Outcome::interrupted, "")}), ExitCode::interrupted);
  EXPECT_EQ(worst_of({locked("a"), failed("b", Outcome::interrupted, "")}), ExitCode::locked);
  EXPECT_EQ(worst_of({locked("a"), failed("b", Outcome::failed, "X"), ready("c")}),
            ExitCode::failed);
  EXPECT_EQ(worst_of({failed("a", Outcome::left_behind, "X"), failed("b", Outcome::failed, "Y")}),
            ExitCode::left_behind);
}

TEST(Fleet, RefusesAStackThatIsNamedTwice) {
  EXPECT_NO_THROW(refuse_twins({"a", "b"}));
  EXPECT_THROW(refuse_twins({"a", "b", "a"}), UsageError);
}

TEST(Fleet, SaysHowEachEndedInOneLine) {
  const TextStyle plain;
  EXPECT_EQ(ending_text(ready("a"), plain), "ready  http://a.elb.example");
  EXPECT_EQ(ending_text(failed("a", Outcome::failed, "Timeout"), plain),
            "failed, rolled back: Timeout: no");
  EXPECT_EQ(ending_text(failed("a", Outcome::interrupted, ""), plain), "interrupted");
  EXPECT_TRUE(ending_text(locked("a"), plain).starts_with("locked: Locked: "));
  MemberEnd never;
  never.stack = "a";
  EXPECT_EQ(ending_text(never, plain), "not begun");
}

TEST(FleetLog, NamesTheStackInEachLine) {
  std::ostringstream out;
  FleetLog log(out, {}, {{"deploy", "web", "us-east-1"}, {"deploy", "storage", "us-east-1"}});
  EventScript script;
  script.run("deploy").at(2).made(Step::network, "vpc", "vpc-1");
  log.on_event(0, script.events()[0]);
  log.on_event(1, script.events()[0]);
  for (std::size_t i = 1; i < script.events().size(); ++i)
    log.on_event(1, script.events()[i]);
  log.ended(0, failed("web", Outcome::failed, "Timeout"));
  EXPECT_EQ(out.str(),
            "   0.0s  web      Deploying web to us-east-1\n"
            "   0.0s  storage  Deploying storage to us-east-1\n"
            "   2.0s  storage  Preparing network...\n"
            "   2.0s  storage    vpc: created vpc-1\n"
            "  2m10s  web      failed, rolled back: Timeout: no\n");
}

FleetRow row(const std::string& stack, StepPhase phase) {
  FleetRow out;
  out.stack = stack;
  out.phase = phase;
  out.now = seconds{62};
  return out;
}

TEST(FleetFrame, HasALineForEachStack) {
  EventScript script;
  script.run("deploy").plan({2, 0, 0, 0, 1, 0, 0, 0});
  script.at(1).made(Step::network, "vpc", "vpc-1");
  script.node(EventType::resource_started, Step::load_balancer, "load_balancer");
  std::vector<FleetRow> rows{row("web", StepPhase::done), row("shop", StepPhase::active),
                             row("late", StepPhase::active), row("last", StepPhase::pending)};
  rows[0].ending = "ready  http://web.elb.example";
  for (const Event& event : script.events())
    rows[1].model.apply(event);
  rows[2].queued = "other stacks use up the account's request limits";
  const auto frame = fleet_frame(rows, "Deploying 4 stacks", seconds{70}, {false, true, 80}, 0);
  EXPECT_EQ(joined(frame),
            "Deploying 4 stacks\n"
            " ✔ web           ready  http://web.elb.example                            1m02s\n"
            " ◑ shop     1/3  Creating ALB... load_balancer                            1m02s\n"
            " ◑ late          other stacks use up the account's request limits         1m02s\n"
            " · last\n"
            "   1 done, 2 under way, 1 waiting, 1m10s so far (Ctrl-C stops safely)\n");
}

TEST(FleetFrame, KeepsWhatFailedOrGoesOnWhereThereIsNoRoomForAll) {
  std::vector<FleetRow> rows;
  for (int i = 0; i < 20; ++i)
    rows.push_back(
        row("stack-" + std::to_string(i), i < 12 ? StepPhase::done : StepPhase::pending));
  rows[3].phase = StepPhase::active;
  rows[15].phase = StepPhase::failed;
  for (const std::size_t height : {6U, 9U, 22U, 23U}) {
    const auto frame = fleet_frame(rows, "Deploying", seconds{1}, {false, false, 60}, height);
    EXPECT_LE(frame.size(), height);
    const std::string text = joined(frame);
    EXPECT_NE(text.find(" stack-3 "), std::string::npos) << text;
    EXPECT_NE(text.find(" stack-15 "), std::string::npos) << text;
  }
  const auto frame = fleet_frame(rows, "Deploying", seconds{1}, {false, false, 60}, 6);
  EXPECT_NE(joined(frame).find("and 17 more: 10 done, 7 waiting"), std::string::npos)
      << joined(frame);
}

TEST(FleetReport, TellsInFullWhatIsNotDoneAndListsAll) {
  const std::vector<MemberEnd> ends{ready("web"), failed("shop", Outcome::failed, "Timeout"),
                                    locked("late")};
  FleetContext context;
  context.elapsed = seconds{140};
  context.next_command = "albatross deploy shop.yaml late.yaml";
  const std::string text = fleet_report(ends, context, {});
  EXPECT_EQ(text.find("Deploying web"), std::string::npos) << text;
  EXPECT_NE(text.find("Deploying shop failed after 2m10s"), std::string::npos) << text;
  EXPECT_NE(text.find("late: albatross: "), std::string::npos) << text;
  const std::string table =
      "STACK  STATE                TIME   DNS NAME\n"
      "web    ready                2m10s  web.elb.example\n"
      "shop   failed, rolled back  2m10s\n"
      "late   locked               0.0s\n"
      "\n1 of 3 ready in 2m20s\n"
      "To go on with what is not done:\n  albatross deploy shop.yaml late.yaml\n";
  EXPECT_TRUE(text.ends_with(table)) << text;
}

TEST(FleetReport, IsOneDocumentWithAllOfThem) {
  const std::vector<MemberEnd> ends{ready("web"), locked("late")};
  const auto document = nlohmann::json::parse(fleet_json("deploy", ends, {}));
  EXPECT_EQ(document["command"], "deploy");
  EXPECT_EQ(document["exit_code"], 6);
  ASSERT_EQ(document["stacks"].size(), 2U);
  EXPECT_EQ(document["stacks"][0]["stack"]["name"], "web");
  EXPECT_EQ(document["stacks"][0]["dns_name"], "web.elb.example");
  EXPECT_EQ(document["stacks"][0]["outcome"], "done");
  EXPECT_EQ(document["stacks"][1]["stack"]["name"], "late");
  EXPECT_EQ(document["stacks"][1]["exit_code"], 6);
  EXPECT_EQ(document["stacks"][1]["failure"]["code"], "Locked");
}

}  // namespace
}  // namespace albatross::cli
