#include "cli/report/report_page.hpp"

#include "cli/report/sections.hpp"
#include "support/simulated_run.hpp"

#include <gtest/gtest.h>

namespace albatross::cli {
namespace {

using test::SimulatedRun;
using test::stack_of;
using test::two_service_stack;

RunRecord record_of(const SimulatedRun& run, const RunResult& result, ExitCode code) {
  RunRecord record;
  record.header.run = 3;
  record.header.stack = "shop";
  record.header.doing = "deploy";
  record.header.region = "us-east-1";
  record.header.by = "alice on build-3";
  record.events = run.events;
  record.ending = ending_of(result, code, run.events.back().elapsed);
  return record;
}

bool contains(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}

TEST(ReportPage, TellsAWholeDeployment) {
  SimulatedRun run;
  run.cloud.faults().load_json(
      R"({"rules": [{"kind": "throttle", "action": "RunInstances", "times": 1}]})");
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::done);
  const std::string page = report_page(record_of(run, up, ExitCode::done));
  for (const char* part :
       {"Deploying shop to us-east-1", "pill good\">done", "Critical path", "Creating ALB...",
        "class=\"bar crit\"", "class=\"tick\"", "Calls that were tried again", "provisioning",
        "Targets' health over time", "web app.0:8080", "http://shop-alb-", "There now"}) {
    EXPECT_TRUE(contains(page, part)) << part;
  }
  EXPECT_FALSE(contains(page, "hunter2"));
}

TEST(ReportPage, NeedsNothingFromElsewhere) {
  SimulatedRun run;
  const RunResult up = run.deploy(stack_of(two_service_stack));
  const std::string page = report_page(record_of(run, up, ExitCode::done));
  for (const char* part : {"<script", "<link", "src=", "@import", "url(", "http-equiv=\"refresh"})
    EXPECT_FALSE(contains(page, part)) << part;
  EXPECT_TRUE(contains(page, "default-src 'none'"));
  EXPECT_TRUE(contains(page, "prefers-color-scheme:dark"));
  EXPECT_TRUE(contains(page, "@media print"));
}

TEST(ReportPage, SaysErrorsInFullAndWhatIsLeft) {
  SimulatedRun run;
  run.cloud.faults().load_json(
      R"({"rules": [{"kind": "api_error", "action": "CreateLoadBalancer", "code": "TooManyLoadBalancers",
          "message": "The maximum number of load balancers has been reached", "times": 50}]})");
  const RunResult up = run.deploy(stack_of(two_service_stack));
  ASSERT_EQ(up.outcome, Outcome::failed);
  const std::string page = report_page(record_of(run, up, ExitCode::failed));
  for (const std::string& part :
       {std::string("What went wrong first"), std::string("TooManyLoadBalancers"),
        std::string("The maximum number of load balancers has been reached"),
        up.failure->request_id, std::string("class=\"hint\""), std::string("bar crit failed"),
        std::string("pill bad\">failed (TooManyLoadBalancers)")}) {
    EXPECT_TRUE(contains(page, part)) << part;
  }
}

TEST(ReportPage, TheReceiptOfARemovalSaysWhatWasCheckedAndHowToRemoveTheRest) {
  RunRecord record;
  record.ending = RunEnding{};
  record.ending->receipt = Receipt{{"EC2", "EFS"}, {}, {}};
  EXPECT_TRUE(
      contains(report_page(record), "Checked by tag and record in EC2, EFS: nothing is left"));
  record.ending->receipt->remnants.push_back(
      {"security-group", "sg-1", "", "still used", "aws ec2 delete-security-group"});
  record.ending->receipt->unchecked.push_back("ELB: AccessDenied");
  const std::string page = report_page(record);
  for (const char* part : {"Left behind", "sg-1", "aws ec2 delete-security-group",
                           "Could not be checked: ELB: AccessDenied"})
    EXPECT_TRUE(contains(page, part)) << part;
}

TEST(ReportPage, WhatAwsSaysIsNeverMarkup) {
  RunRecord record;
  record.header.stack = "<b>web</b>";
  Event event;
  event.type = EventType::waiting;
  event.node = "x\"><script>alert(1)</script>";
  event.state = "<img src=x onerror=alert(1)>";
  event.detail = "a & b";
  record.events.push_back(event);
  RunEnding ending;
  ending.urls.emplace_back("web", "javascript:alert(1)");
  record.ending = ending;
  const std::string page = report_page(record);
  for (const char* part : {"<script", "<img", "<b>web", "javascript:"})
    EXPECT_FALSE(contains(page, part)) << part;
  EXPECT_TRUE(contains(page, "a &amp; b"));
}

TEST(ReportPage, ARunThatWasCutOffIsTold) {
  SimulatedRun run;
  const RunResult up = run.deploy(stack_of(two_service_stack));
  RunRecord record = record_of(run, up, ExitCode::done);
  record.ending.reset();
  record.events.resize(record.events.size() / 2);
  const std::string page = report_page(record);
  EXPECT_TRUE(contains(page, "ended without a word"));
  EXPECT_TRUE(contains(page, "not ready yet"));
  EXPECT_TRUE(contains(report_page(RunRecord{}), "All 0 events"));
}

TEST(ReportPage, AThousandEventsStayBelowAMegabyte) {
  SimulatedRun run;
  const RunResult up = run.deploy(stack_of(two_service_stack));
  RunRecord record = record_of(run, up, ExitCode::done);
  const std::vector<Event> some = record.events;
  while (record.events.size() < 1000)
    record.events.insert(record.events.end(), some.begin(), some.end());
  EXPECT_LT(report_page(record).size(), 1000000U);
}

TEST(ReportPage, TheAxisHasRoundMarksAndNotTooMany) {
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  EXPECT_EQ(tick_of(milliseconds{700}), milliseconds{100});
  EXPECT_EQ(tick_of(seconds{174}), seconds{30});
  EXPECT_EQ(tick_of(seconds{3600}), std::chrono::minutes{10});
  for (const int total : {1, 7, 60, 100, 1000, 10000, 100000})
    EXPECT_LE(seconds{total} / tick_of(seconds{total}), 8) << total;
}

}  // namespace
}  // namespace albatross::cli
