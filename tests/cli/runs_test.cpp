#include "cli/events.hpp"
#include "cli/history_text.hpp"
#include "cli/runs/event_lines.hpp"
#include "cli/runs/run_archive.hpp"
#include "cli/trace.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>

namespace albatross::cli {
namespace {

namespace fs = std::filesystem;
using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

/// A folder of its own, gone with the test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "albatross-runs-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

RunHeader header_of(const std::string& stack) {
  RunHeader header;
  header.run = 7;
  header.stack = stack;
  header.doing = "deploy";
  header.region = "us-east-1";
  header.by = "alice on build-3";
  header.version = "1.2.3";
  header.at = WallTime{std::chrono::seconds{1767323045}};
  return header;
}

std::string stream_of(const RunHeader& header, const std::vector<Event>& events) {
  std::string text = header_line(header);
  for (const Event& event : events)
    text += event_line(event);
  return text;
}

/// A deployment in which AWS throttles once, and its removal.
struct WholeLife {
  WholeLife() {
    run.cloud.faults().load_json(
        R"({"rules": [{"kind": "throttle", "action": "RunInstances", "times": 1}]})");
    up = run.deploy(stack_of(two_service_stack));
    deployed = run.events;
    run.events.clear();
    down = run.destroy("shop");
    destroyed = run.events;
  }
  SimulatedRun run;
  RunResult up;
  RunResult down;
  std::vector<Event> deployed;
  std::vector<Event> destroyed;
};

TEST(EventLines, EveryEventOfARealRunComesBackAsItWas) {
  const WholeLife life;
  ASSERT_EQ(life.up.outcome, Outcome::done);
  for (const auto* events : {&life.deployed, &life.destroyed}) {
    const std::string text = stream_of(header_of("shop"), *events);
    const RunRecord record = read_run(text);
    ASSERT_EQ(record.events.size(), events->size());
    EXPECT_EQ(stream_of(header_of("shop"), record.events), [&] {
      std::vector<Event> expected = *events;
      for (Event& event : expected)
        event.at = header_of("shop").at +
                   std::chrono::duration_cast<WallTime::duration>(
                       std::chrono::duration_cast<std::chrono::milliseconds>(event.elapsed));
      return stream_of(header_of("shop"), expected);
    }());
  }
  EXPECT_EQ(read_run(stream_of(header_of("shop"), {})).header.by, "alice on build-3");
}

TEST(EventLines, EachLineIsOneObjectWithATypeAndTheFirstSaysTheFormat) {
  const WholeLife life;
  std::istringstream lines(stream_of(header_of("shop"), life.deployed) +
                           ending_line(ending_of(life.up, ExitCode::done, Duration{}), "web"));
  std::set<std::string> types;
  std::size_t count = 0;
  nlohmann::json last;
  for (std::string line; std::getline(lines, line); ++count) {
    last = nlohmann::json::parse(line);
    types.insert(last.at("type"));
    if (count == 0) {
      EXPECT_EQ(last.at("type"), "run");
      EXPECT_EQ(last.at("format"), 1);
    }
  }
  EXPECT_EQ(count, life.deployed.size() + 2);
  for (const char* type : {"run_started", "plan_ready", "resource_started", "resource_created",
                           "waiting", "retrying", "resource_ready", "run_finished", "result"}) {
    EXPECT_TRUE(types.contains(type)) << type;
  }
  EXPECT_EQ(last.at("type"), "result");
  EXPECT_EQ(last.at("outcome"), "done");
  const std::string dns = last.at("dns_name");
  EXPECT_NE(dns.find(".elb."), std::string::npos);
  EXPECT_EQ(last.at("urls").at("web").at(0), "http://" + dns + "/");
}

TEST(EventLines, TheEndingComesBackWithFailureAndLeftovers) {
  RunResult result;
  result.outcome = Outcome::left_behind;
  Leftover left;
  left.resource.node = "vpc";
  left.resource.id = "vpc-1";
  left.failure.code = "DependencyViolation";
  left.failure.hint = "Remove what uses it.";
  result.left.push_back(left);
  result.failure = left.failure;
  result.receipt = Receipt{{"EC2"}, {"EFS: denied"}, {{"vpc", "vpc-1", "vpc", "used", "aws x"}}};
  result.warnings = {"another zone was taken"};
  result.stack.outputs["url.web"] = std::vector<std::string>{"http://a/", "http://b/"};
  const RunEnding ending = ending_of(result, ExitCode::left_behind, std::chrono::seconds{3});
  const RunRecord record = read_run(ending_line(ending, "web"));
  ASSERT_TRUE(record.ending);
  EXPECT_EQ(record.ending->exit_code, ExitCode::left_behind);
  EXPECT_EQ(record.ending->elapsed, std::chrono::seconds{3});
  ASSERT_EQ(record.ending->left.size(), 1U);
  EXPECT_EQ(record.ending->left[0].failure.hint, "Remove what uses it.");
  EXPECT_EQ(record.ending->failure->code, "DependencyViolation");
  ASSERT_TRUE(record.ending->receipt);
  EXPECT_EQ(record.ending->receipt->checked, std::vector<std::string>{"EC2"});
  EXPECT_EQ(record.ending->receipt->unchecked, std::vector<std::string>{"EFS: denied"});
  ASSERT_EQ(record.ending->receipt->remnants.size(), 1U);
  EXPECT_EQ(record.ending->receipt->remnants[0].command, "aws x");
  EXPECT_EQ(record.ending->warnings, result.warnings);
  ASSERT_EQ(record.ending->urls.size(), 2U);
  EXPECT_EQ(record.ending->urls[1].second, "http://b/");
}

TEST(EventLines, ALineThatWasCutOffAndWhatIsNotKnownArePassedOver) {
  EventScript script;
  script.run("deploy").at(1).made(Step::network, "vpc", "vpc-1");
  const std::string whole = stream_of(header_of("web"), script.events());
  for (const std::size_t cut : {whole.size() - 1, whole.size() - 5, whole.size() - 60}) {
    EXPECT_LE(read_run(whole.substr(0, cut)).events.size(), script.events().size());
    EXPECT_GE(read_run(whole.substr(0, cut)).events.size(), script.events().size() - 1);
  }
  const RunRecord absurd = read_run(
      "{\"type\":\"run\",\"run\":1e300,\"unix_ms\":-1e300}\n"
      "{\"type\":\"waiting\",\"t\":1e300,\"targets\":[{\"port\":1e99}],\"pause\":\"x\"}\n");
  EXPECT_EQ(absurd.events.size(), 1U);
  const RunRecord record =
      read_run(whole + "{\"type\":\"of_the_future\",\"t\":5}\n[1]\nnot json\n");
  EXPECT_EQ(record.events.size(), script.events().size());
  EXPECT_FALSE(record.ending);
}

TEST(RunArchive, KeepsTheLastRunsOfAStackForTheOwnerOnly) {
  const Folder folder;
  const RunArchive archive(folder.path() + "/runs");
  for (int i = 1; i <= 23; ++i) {
    const auto writer = archive.begin("web");
    EXPECT_EQ(writer->run(), i);
    writer->append("line " + std::to_string(i) + "\n");
  }
  const std::vector<int> runs = archive.runs("web");
  ASSERT_EQ(runs.size(), RunArchive::kept_runs);
  EXPECT_EQ(runs.front(), 4);
  EXPECT_EQ(runs.back(), 23);
  EXPECT_EQ(archive.text("web", 23), "line 23\n");
  EXPECT_EQ(archive.stacks(), std::vector<std::string>{"web"});
  for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
    const auto open = entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(open, fs::perms::none) << entry.path();
  }
}

TEST(RunArchive, TellsARunThatGoesOnFromOneThatWasCutOff) {
  const Folder folder;
  const RunArchive archive(folder.path());
  auto writer = archive.begin("web");
  EXPECT_TRUE(archive.is_under_way("web", 1));
  writer.reset();
  EXPECT_FALSE(archive.is_under_way("web", 1));
}

TEST(RunArchive, NoNameLeadsOutOfTheFolder) {
  const Folder folder;
  fs::create_directories(folder.path() + "/other");
  const RunArchive archive(folder.path() + "/runs");
  for (const char* name : {"../other", "..", ".", "", "a/b"}) {
    EXPECT_TRUE(archive.runs(name).empty()) << name;
    EXPECT_THROW(archive.begin(name), StateError) << name;
  }
}

TEST(HistoryText, SaysOfEachRunHowItEndedTheLastFirst) {
  RunRecord done;
  done.header = header_of("web");
  done.ending = ending_of(RunResult{}, ExitCode::done, std::chrono::seconds{174});
  RunRecord failed = done;
  failed.header.run = 8;
  Failure failure;
  failure.code = "TooManyLoadBalancers";
  failed.ending = ending_of(failure, ExitCode::failed, std::chrono::seconds{5});
  RunRecord cut = done;
  cut.header.run = 9;
  cut.header.doing = "destroy";
  cut.ending.reset();
  EXPECT_EQ(history_text({done, failed, cut}, false, TextStyle{}),
            "RUN  WHEN                  WHAT     TOOK   OUTCOME                        WHO\n"
            "9    2026-01-02 03:04:05Z  destroy  -      cut off                        alice on "
            "build-3\n"
            "8    2026-01-02 03:04:05Z  deploy   5.0s   failed (TooManyLoadBalancers)  alice on "
            "build-3\n"
            "7    2026-01-02 03:04:05Z  deploy   2m54s  done                           alice on "
            "build-3\n");
}

TEST(Trace, SlicesNestAndCoverTheRun) {
  const WholeLife life;
  const Timeline timeline = timeline_of(life.deployed);
  const auto trace = nlohmann::json::parse(chrome_trace(timeline));
  std::map<std::pair<int, int>, std::vector<std::pair<std::int64_t, std::int64_t>>> tracks;
  std::set<std::string> names;
  std::int64_t critical = 0;
  for (const auto& event : trace.at("traceEvents")) {
    if (event.at("ph") == "M") {
      if (event.at("name") == "process_name") names.insert(event.at("args").at("name"));
      continue;
    }
    EXPECT_GE(event.at("ts").get<std::int64_t>(), 0);
    if (event.at("ph") != "X") continue;
    const std::int64_t from = event.at("ts");
    const std::int64_t length = event.at("dur");
    EXPECT_GE(length, 0);
    if (event.at("pid") == 1) critical += length;
    auto& open = tracks[{event.at("pid"), event.at("tid")}];
    while (!open.empty() && open.back().second <= from)
      open.pop_back();
    if (!open.empty()) {
      EXPECT_LE(from + length, open.back().second) << event;
    }
    open.emplace_back(from, from + length);
  }
  for (const char* step : {"Creating ALB...", "Launching instances...", "Preparing network..."})
    EXPECT_TRUE(names.contains(step)) << step;
  EXPECT_EQ(critical,
            std::chrono::duration_cast<std::chrono::microseconds>(timeline.total).count());
  EXPECT_NE(chrome_trace(timeline).find("\"cat\":\"retry\""), std::string::npos);
}

}  // namespace
}  // namespace albatross::cli
