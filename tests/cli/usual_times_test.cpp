#include "cli/events.hpp"
#include "cli/expectations.hpp"
#include "cli/runs/times_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace albatross::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

RunTimes run_of(int load_balancer, int total) {
  RunTimes times{"us-east-1", "deploy", "x---x---", {}, seconds{total}};
  times.steps[static_cast<std::size_t>(Step::load_balancer)] = seconds{load_balancer};
  return times;
}

UsualTimes learned(std::initializer_list<int> load_balancer) {
  UsualTimes usual;
  for (const int took : load_balancer)
    usual.add(run_of(took, took + 50));
  return usual;
}

std::optional<UsualTime> of_load_balancer(const UsualTimes& usual,
                                          const std::string& region = "us-east-1") {
  return usual.of_step(region, "deploy", Step::load_balancer);
}

TEST(UsualTimes, ARangeNeedsThreeRunsAndAWarningFive) {
  EXPECT_FALSE(of_load_balancer(learned({110, 150})));
  const auto three = of_load_balancer(learned({110, 150, 130}));
  ASSERT_TRUE(three);
  EXPECT_FALSE(three->slowest);
  const auto five = of_load_balancer(learned({100, 110, 120, 130, 140}));
  ASSERT_TRUE(five);
  EXPECT_EQ(five->from, seconds{104});
  EXPECT_EQ(five->to, seconds{136});
  EXPECT_EQ(five->slowest, seconds{138});
}

TEST(UsualTimes, AreOfOneRegionAndStep) {
  const UsualTimes usual = learned({110, 120, 130});
  EXPECT_FALSE(of_load_balancer(usual, "eu-west-1"));
  EXPECT_FALSE(usual.of_step("us-east-1", "deploy", Step::network));
  EXPECT_FALSE(usual.of_step("us-east-1", "destroy", Step::load_balancer));
  EXPECT_EQ(usual.of_run("us-east-1", "deploy", "x---x---"), seconds{170});
  EXPECT_FALSE(usual.of_run("us-east-1", "deploy", "xxxxxxxx")) << "another kind of stack";
}

TEST(UsualTimes, WhatIsOverAtOnceIsNotWorthAWord) {
  EXPECT_FALSE(of_load_balancer(learned({1, 1, 1})));
}

TEST(UsualTimes, AreSaidRoughly) {
  EXPECT_EQ(rough_text(milliseconds{900}), "1s");
  EXPECT_EQ(rough_text(seconds{59}), "59s");
  EXPECT_EQ(rough_text(seconds{60}), "1m");
  EXPECT_EQ(rough_text(seconds{111}), "1m50s");
  EXPECT_EQ(rough_text(seconds{198}), "3m20s");
  EXPECT_EQ(rough_text(seconds{126}), "2m05s");
  EXPECT_EQ(usual_text({seconds{111}, seconds{148}, {}}, true), "1m50s–2m30s");
  EXPECT_EQ(usual_text({seconds{120}, seconds{121}, {}}, false), "about 2m");
}

/// A deployment of a network and an instance, all of it new.
EventScript whole_deployment() {
  EventScript script;
  script.run("deploy").plan({1, 0, 0, 1, 0, 0, 0, 0});
  script.at(1).made(Step::network, "vpc", "vpc-1");
  script.at(2).node(EventType::resource_started, Step::instances, "instance.app.0");
  script.node(EventType::resource_created, Step::instances, "instance.app.0", "i-1");
  script.at(30).node(EventType::resource_ready, Step::instances, "instance.app.0");
  script.at(31).whole(EventType::run_finished);
  return script;
}

std::optional<RunTimes> times_from(const EventScript& script) {
  ProgressModel model;
  for (const Event& event : script.events())
    model.apply(event);
  return times_of(model, "us-east-1", seconds{31});
}

TEST(UsualTimes, AreLearnedFromRunsThatDidAllOfTheirWork) {
  const auto times = times_from(whole_deployment());
  ASSERT_TRUE(times);
  EXPECT_EQ(times->total, seconds{31});
  EXPECT_EQ(times->shape, "x--x----");
  EXPECT_EQ(times->steps[static_cast<std::size_t>(Step::instances)], seconds{28});
  EXPECT_FALSE(times->steps[static_cast<std::size_t>(Step::load_balancer)]);

  EventScript found;
  found.run("deploy").plan({2, 0, 0, 0, 0, 0, 0, 0});
  found.made(Step::network, "vpc", "vpc-1");
  found.node(EventType::resource_started, Step::network, "subnet.a");
  found.node(EventType::resource_ready, Step::network, "subnet.a");
  found.whole(EventType::run_finished);
  EXPECT_FALSE(times_from(found)) << "the subnet was there already";

  EventScript failed = whole_deployment();
  failed.at(32).failed(Step::instances, "instance.app.0", "Code", "message");
  EXPECT_FALSE(times_from(failed));
}

TEST(UsualTimes, ComeBackFromTheirLine) {
  const auto times = times_from(whole_deployment());
  ASSERT_TRUE(times);
  const auto back = read_times(times_line(*times));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->steps, times->steps);
  EXPECT_EQ(back->total, times->total);
  EXPECT_EQ(back->shape, times->shape);
  EXPECT_FALSE(read_times("not json"));
  EXPECT_FALSE(read_times("{}"));
}

TEST(TimesFile, KeepsTheLastFewHundredRunsForTheOwnerOnly) {
  const std::string path = (fs::temp_directory_path() / "albatross-times-test.ndjson").string();
  fs::remove(path);
  const TimesFile file(path);
  EXPECT_FALSE(of_load_balancer(file.load()));
  for (int i = 0; i < 450; ++i)
    file.add(run_of(100 + i, 200));
  std::ifstream in(path);
  std::size_t lines = 0;
  for (std::string line; std::getline(in, line);)
    ++lines;
  EXPECT_LT(lines, 2 * TimesFile::kept_lines);
  EXPECT_GE(lines, TimesFile::kept_lines);
  const auto usual = of_load_balancer(file.load());
  ASSERT_TRUE(usual);
  EXPECT_GT(usual->from, seconds{300}) << "the first runs are forgotten";
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  fs::remove(path);
}

TEST(Expectations, OfARunAsAWholeOnlyWhenNothingIsThereYet) {
  UsualTimes usual;
  usual.add(*times_from(whole_deployment()));
  ProgressModel fresh;
  ProgressModel known;
  const EventScript script = whole_deployment();
  for (Event event : script.events()) {
    fresh.apply(event);
    event.known = 1;
    known.apply(event);
  }
  EXPECT_EQ(expectations_of(usual, fresh, "us-east-1").total, seconds{31});
  EXPECT_FALSE(expectations_of(usual, known, "us-east-1").total);
}

}  // namespace
}  // namespace albatross::cli
