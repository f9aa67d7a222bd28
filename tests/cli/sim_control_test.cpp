#include "cli/sim_control.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include "cli/error_report.hpp"
#include "cli/fault_file.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <fstream>

namespace albatross::cli {
namespace {

SimControlOptions asking(SimControl what) {
  SimControlOptions options;
  options.what = what;
  return options;
}

TEST(SimControl, AsksTheControlEndpoint) {
  EXPECT_EQ(control_request(asking(SimControl::state), "").target, "/_albatross/state");
  EXPECT_EQ(control_request(asking(SimControl::reset), "").method, "POST");
  SimControlOptions time = asking(SimControl::time);
  time.advance_seconds = 90;
  time.speed = 0;
  EXPECT_EQ(nlohmann::json::parse(control_request(time, "").body),
            nlohmann::json::parse(R"({"advance": 90, "scale": 0})"));
}

TEST(SimControl, AFaultFileReplacesAddsOrIsForgotten) {
  SimControlOptions faults = asking(SimControl::faults);
  EXPECT_EQ(control_request(faults, "").method, "GET");
  faults.clear = true;
  EXPECT_EQ(control_request(faults, "").method, "DELETE");
  faults.clear = false;
  faults.faults_file = "f.json";
  const auto replacing = control_request(faults, "{}");
  EXPECT_EQ(replacing.method + " " + replacing.body, "PUT {}");
  faults.add = true;
  EXPECT_EQ(control_request(faults, "{}").method, "POST");
}

TEST(SimControl, StopsOnePortOrAll) {
  SimControlOptions service = asking(SimControl::service);
  service.instance = "web.0";
  service.service = ServiceChange::stop;
  EXPECT_EQ(nlohmann::json::parse(control_request(service, "").body),
            nlohmann::json::parse(R"({"instance": "web.0", "listening": false, "hangs": false})"));
  service.service = ServiceChange::start;
  service.port = 8080;
  service.status = 503;
  EXPECT_EQ(nlohmann::json::parse(control_request(service, "").body),
            nlohmann::json::parse(R"({"instance": "web.0", "listening": true, "hangs": false,
                                      "port": 8080, "status": 503})"));
}

TEST(SimControl, SaysTheAnswerInWords) {
  const TextStyle plain;
  EXPECT_EQ(control_text(asking(SimControl::time), R"({"advanced": 600, "scale": 20})", plain),
            "It is 10m00s later; time passes 20 times as fast as here.\n");
  EXPECT_EQ(control_text(asking(SimControl::time), R"({"advanced": 0, "scale": 0.0})", plain),
            "Time stands still.\n");
  EXPECT_EQ(control_text(asking(SimControl::service),
                         R"({"instance": "i-1", "port": null, "listening": false, "hangs": false,
                             "status": 200})",
                         plain),
            "i-1, all ports refuses connections.\n");
  EXPECT_EQ(control_text(asking(SimControl::faults),
                         R"({"rules": [{"kind": "throttle", "action": "Run*", "hits": 2}],
                             "at_random": true})",
                         plain),
            "throttle  hit 2 times  action Run*\nFaults at random are on.\n");
  EXPECT_EQ(control_text(asking(SimControl::faults), R"({"rules": [], "at_random": false})", plain),
            "No fault rules.\n");
}

TEST(SimControl, ListsWhatExistsAndWhereItAnswers) {
  const std::string text = control_text(asking(SimControl::state), R"({
    "region": "us-east-1", "account": "1", "total_calls": 3, "fault_rules": 0, "time_scale": 1,
    "endpoints": [{"load_balancer": "web-alb", "url": "http://web:8080/"}],
    "instance_ports": [{"instance": "i-1", "port": 80, "url": "http://127.64.0.1:80/"}],
    "targets": [{"target_group": "web", "target": "i-1", "port": 80, "state": "unhealthy",
                 "reason": "Target.Timeout", "description": "Request timed out"}],
    "items": [{"type": "vpc", "id": "vpc-1", "name": "", "state": "available"}]})",
                                        TextStyle{});
  EXPECT_EQ(text,
            "Region us-east-1, account 1, 3 calls, 0 fault rules; time passes as it does here.\n"
            "\nAnswers on this machine\n  web-alb  http://web:8080/\n"
            "  i-1:80   http://127.64.0.1:80/\n"
            "\nTargets\n  web  i-1:80  unhealthy  Target.Timeout  Request timed out\n"
            "\nResources\n  vpc  vpc-1    available\n");
}

TEST(SimControl, KnowsWhatIsNoSimulator) {
  EXPECT_THROW(control_text(asking(SimControl::state), "<html>", TextStyle{}),
               std::invalid_argument);
  EXPECT_EQ(control_refusal(R"({"error": "there is no instance i-0"})"),
            "there is no instance i-0");
  EXPECT_EQ(control_refusal("<html>"), "this is no simulator's control endpoint");
}

TEST(FaultFile, ABadOneIsReportedWithItsPlaces) {
  const std::string path = testing::TempDir() + "faults.json";
  std::ofstream(path) << "{\"rules\": [\n  {\"kind\": \"throtle\"}]}";
  try {
    read_fault_file(path);
    ADD_FAILURE();
  } catch (const SpecError&) {
    const std::string text = error_text(describe_error(std::current_exception()));
    EXPECT_EQ(text.substr(0, text.find("; kinds")),
              path + ":2:12: rules[0].kind: 'throtle' is no kind of fault");
  }
  std::remove(path.c_str());
  EXPECT_THROW(read_fault_file(path), UsageError);
}

}  // namespace
}  // namespace albatross::cli
