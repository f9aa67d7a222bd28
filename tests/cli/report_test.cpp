#include "cli/events.hpp"
#include "cli/json_output.hpp"
#include "cli/report_text.hpp"
#include "cli/status_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross::cli {
namespace {

using std::chrono::seconds;

const TextStyle wide{false, false, 100};

ResourceRecord record(const std::string& node, const std::string& id,
                      Provenance provenance = Provenance::created) {
  ResourceRecord out;
  out.stack = "web";
  out.node = node;
  out.kind = node.substr(0, node.find('.'));
  out.id = id;
  out.status = RecordStatus::ready;
  out.provenance = provenance;
  return out;
}

RunResult deployed() {
  RunResult result;
  result.stack.name = "web";
  result.stack.region = "us-east-1";
  result.stack.account = "123456789012";
  result.stack.state = StackState::ready;
  result.stack.outputs["dns_name"] = "web-alb-1.us-east-1.elb.amazonaws.com";
  result.stack.outputs["url.n8n"] = "http://web-alb-1.us-east-1.elb.amazonaws.com/";
  result.stack.outputs["url.api"] = std::vector<std::string>{"http://10.0.0.1:80/"};
  result.resources = {record("instance.app.0", "i-1"), record("vpc", "vpc-1", Provenance::reused)};
  return result;
}

RunResult failed() {
  RunResult result = deployed();
  result.outcome = Outcome::failed;
  result.removed = {record("load_balancer", "arn:x")};
  Failure failure;
  failure.doing = "creating load_balancer";
  failure.node = "load_balancer";
  failure.resource = "web-alb";
  failure.code = "InvalidSubnet";
  failure.message = "Not enough IP space available in subnet-1";
  failure.request_id = "f1e2";
  failure.hint = "Free some addresses.";
  result.failure = failure;
  return result;
}

ReportContext context() {
  ReportContext out;
  out.elapsed = seconds{174};
  out.changes = 3;
  out.deploy_command = "albatross deploy web.yaml";
  out.destroy_command = "albatross destroy web";
  out.report_command = "albatross report web --run 7";
  return out;
}

TEST(DeployReport, EndsWithTheDnsNameAndAUrlForEachService) {
  EXPECT_EQ(deploy_report(deployed(), context(), wide),
            R"(Ready in 2m54s   http://web-alb-1.us-east-1.elb.amazonaws.com

  api  http://10.0.0.1:80/
  n8n  http://web-alb-1.us-east-1.elb.amazonaws.com/
)");
}

TEST(DeployReport, SaysThatThereWasNothingToChange) {
  ReportContext unchanged = context();
  unchanged.changes = 0;
  EXPECT_NE(deploy_report(deployed(), unchanged, wide).find("Ready in 2m54s, nothing to change"),
            std::string::npos);
}

TEST(DeployReport, AFailureSaysTheCauseWhatIsLeftAndWhatToType) {
  EXPECT_EQ(deploy_report(failed(), context(), wide), R"(Deploying web failed after 2m54s
  while     creating load_balancer
  resource  web-alb
  error     InvalidSubnet: Not enough IP space available in subnet-1
  request   f1e2
  hint      Free some addresses.

Removed again (1)
  load_balancer

Still there (1)
  instance.app.0

To try again:
  albatross deploy web.yaml
To remove what is there:
  albatross destroy web
To see the whole run as a page:
  albatross report web --run 7
)");
}

TEST(DestroyReport, AFailureSaysTheCauseWhatIsLeftAndWhatToType) {
  RunResult result = failed();
  result.outcome = Outcome::left_behind;
  result.left = {{record("vpc", "vpc-1"), *result.failure}};
  const std::string text = destroy_report(result, context(), wide);
  for (const char* part :
       {"while     creating load_balancer", "resource  web-alb",
        "error     InvalidSubnet: ", "request   f1e2", "hint      Free some addresses.",
        "Left behind: 1 resource", "To try again:\n  albatross destroy web\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(DeployReport, NamesEveryUnhealthyTargetWithStateReasonAndDescription) {
  RunResult result = failed();
  result.failure->targets = {
      target("n8n", 1, "unhealthy", "Target.Timeout", "Request timed out"),
      target("qdrant", 0, "unhealthy", "Target.ResponseCodeMismatch", "[500]")};
  TextStyle wider = wide;
  wider.width = 120;
  const std::string text = deploy_report(result, context(), wider);
  EXPECT_NE(text.find("  n8n      app.1     i-0123456789abcdef1  5678  unhealthy  "
                      "Target.Timeout: Request timed out\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("Target.ResponseCodeMismatch: [500]"), std::string::npos);
  const std::string narrow = deploy_report(result, context(), TextStyle{false, false, 60});
  EXPECT_NE(narrow.find("  n8n     app.1 i-0123..:5678  unhealthy\n"
                        "    Target.Timeout: Request timed out\n"),
            std::string::npos)
      << narrow;
}

TEST(DeployReport, WhatCouldNotBeRemovedIsListedWithItsReason) {
  RunResult result = failed();
  result.outcome = Outcome::left_behind;
  Failure why;
  why.code = "DependencyViolation";
  why.message = "has a dependent object";
  result.left = {{record("security_group.alb", "sg-1"), why}};
  const std::string text = deploy_report(result, context(), wide);
  EXPECT_NE(text.find("Left behind: 1 resource that should be gone\n"
                      "  security_group.alb  sg-1  DependencyViolation: has a dependent object\n"),
            std::string::npos)
      << text;
}

TEST(DeployReport, AnInterruptionSaysHowToGoOn) {
  RunResult result = deployed();
  result.outcome = Outcome::interrupted;
  const std::string text = deploy_report(result, context(), wide);
  EXPECT_NE(text.find("To go on:\n  albatross deploy web.yaml\n"), std::string::npos) << text;
  EXPECT_NE(text.find("albatross destroy web\n"), std::string::npos);
}

TEST(DestroyReport, IsAReceiptOfWhatWentAndWhatStayed) {
  ReportContext gone = context();
  gone.removed = {"load_balancer", "instance.app.0"};
  gone.kept = {"vpc"};
  EXPECT_EQ(destroy_report(deployed(), gone, wide),
            R"(Destroyed web in 2m54s; nothing of it is left

Removed (2)
  load_balancer, instance.app.0
Not touched, because not created by this stack (1)
  vpc
)");
}

TEST(ExitCodes, FollowTheOutcomeAndItsCause) {
  RunResult result = failed();
  EXPECT_EQ(exit_code_of(result), ExitCode::failed);
  result.failure->access_denied = true;
  EXPECT_EQ(exit_code_of(result), ExitCode::access);
  result.outcome = Outcome::left_behind;
  EXPECT_EQ(exit_code_of(result), ExitCode::left_behind);
  result.outcome = Outcome::interrupted;
  EXPECT_EQ(exit_code_of(result), ExitCode::interrupted);
  EXPECT_EQ(exit_code_of(deployed()), ExitCode::done);
}

TEST(Json, ADeployDocumentHasAllItsMembersWhateverHappened) {
  const auto good =
      nlohmann::json::parse(run_json("deploy", deployed(), ExitCode::done, seconds{174}));
  const auto bad =
      nlohmann::json::parse(run_json("deploy", failed(), ExitCode::failed, seconds{2}));
  for (const auto& [key, value] : good.items())
    EXPECT_TRUE(bad.contains(key)) << key;
  EXPECT_EQ(good["outcome"], "done");
  EXPECT_EQ(good["elapsed_seconds"], 174.0);
  EXPECT_EQ(good["dns_name"], "web-alb-1.us-east-1.elb.amazonaws.com");
  EXPECT_EQ(good["urls"]["api"][0], "http://10.0.0.1:80/");
  EXPECT_TRUE(good["failure"].is_null());
  EXPECT_EQ(good["resources"][1]["created_by_stack"], false);
  EXPECT_EQ(bad["failure"]["code"], "InvalidSubnet");
  EXPECT_EQ(bad["failure"]["request_id"], "f1e2");
  EXPECT_EQ(bad["removed"][0]["node"], "load_balancer");
}

TEST(Json, BytesThatAreNotUtf8DoNotBreakTheDocument) {
  RunResult result = failed();
  result.failure->message = "bad \xff byte";
  const std::string text = run_json("deploy", result, ExitCode::failed, seconds{1});
  EXPECT_TRUE(nlohmann::json::accept(text));
}

TEST(Status, ShowsWhatAwsSaysOfEachResourceAndTarget) {
  StackStatus status;
  status.stack = deployed().stack;
  status.resources = {{record("instance.app.0", "i-1"), "running", ""},
                      {record("vpc", "vpc-1", Provenance::reused), "available", ""},
                      {record("security_group.alb", "sg-1"), "gone", ""}};
  status.targets = {target("n8n", 0, "unhealthy", "Target.Timeout", "Request timed out")};
  const std::string text = status_text(status, WallTime{seconds{300}}, wide);
  EXPECT_EQ(text, R"(web  ready  us-east-1  account 123456789012  changed 5m ago
http://web-alb-1.us-east-1.elb.amazonaws.com

SERVICE  URL
api      http://10.0.0.1:80/
n8n      http://web-alb-1.us-east-1.elb.amazonaws.com/

RESOURCE            ID     STATE      DETAIL
instance.app.0      i-1    running
vpc                 vpc-1  available  not created by this stack
security_group.alb  sg-1   gone

SERVICE  INSTANCE                   PORT  HEALTH     REASON
n8n      app.0 i-0123456789abcdef0  5678  unhealthy  Target.Timeout: Request timed out
)");
}

TEST(Status, ForWatchingTargetsStandFirstAndIdsGiveWay) {
  StackStatus status;
  status.stack = deployed().stack;
  status.resources = {{record("instance.app.0", "i-1"), "running", ""}};
  status.targets = {target("n8n", 0, "healthy")};
  EXPECT_EQ(watch_text(status, WallTime{seconds{300}}, TextStyle{false, false, 60}),
            R"(web  ready  us-east-1  account 123456789012  changed 5m ago
http://web-alb-1.us-east-1.elb.amazonaws.com

SERVICE  INSTANCE                   PORT  HEALTH   REASON
n8n      app.0 i-0123456789abcdef0  5678  healthy

RESOURCE        STATE    DETAIL
instance.app.0  running
)");
}

TEST(List, HasALineForEachStackOrSaysThatThereIsNone) {
  EXPECT_EQ(list_text({}, WallTime{}, wide), "No stacks.\n");
  EXPECT_EQ(list_text({deployed().stack}, WallTime{seconds{300}}, wide),
            "STACK  STATE  REGION     AGE  DNS NAME\n"
            "web    ready  us-east-1  5m   web-alb-1.us-east-1.elb.amazonaws.com\n");
}

}  // namespace
}  // namespace albatross::cli
