#include "albatross/clients/credentials_provider.hpp"
#include "albatross/state/store.hpp"

#include "cli/error_report.hpp"
#include "cli/json_output.hpp"
#include "cli/sim_text.hpp"
#include "cli/status_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross::cli {
namespace {

template <class Error>
ErrorReport report_of(Error error) {
  return describe_error(std::make_exception_ptr(std::move(error)));
}

ApiError api_error(const std::string& code, ErrorClass error_class) {
  ApiError::Details details;
  details.service = Service::ec2;
  details.action = "DescribeVpcs";
  details.code = code;
  details.message = "AWS was not able to validate the provided access credentials";
  details.request_id = "r-1";
  details.error_class = error_class;
  return ApiError(details);
}

TEST(Errors, HaveTheirExitCodes) {
  EXPECT_EQ(report_of(SpecError({{"a.yaml", 1, 2, "no"}})).exit_code, ExitCode::usage);
  EXPECT_EQ(report_of(UsageError("no region")).exit_code, ExitCode::usage);
  EXPECT_EQ(report_of(LockedError("web", "deploy by pid 1")).exit_code, ExitCode::locked);
  EXPECT_EQ(report_of(CredentialsError("none")).exit_code, ExitCode::access);
  EXPECT_EQ(report_of(StateError("disk")).exit_code, ExitCode::failed);
  EXPECT_EQ(report_of(api_error("AuthFailure", ErrorClass::credentials)).exit_code,
            ExitCode::access);
  EXPECT_EQ(report_of(api_error("Internal", ErrorClass::transient)).exit_code, ExitCode::failed);
}

TEST(Errors, OfAwsKeepTheirCodeAndRequestId) {
  const std::string text = error_text(report_of(api_error("AuthFailure", ErrorClass::credentials)));
  EXPECT_NE(text.find("DescribeVpcs: AuthFailure: AWS was not able"), std::string::npos) << text;
  EXPECT_NE(text.find("request  r-1"), std::string::npos);
}

TEST(Errors, OfAStackFileAreAllThereWithTheirPlaces) {
  const ErrorReport report =
      report_of(SpecError({{"a.yaml", 3, 5, "one"}, {"a.yaml", 4, 1, "two"}}));
  EXPECT_EQ(error_text(report), "a.yaml:3:5: one\na.yaml:4:1: two\n");
  const auto document = nlohmann::json::parse(problems_json("validate", report.problems));
  EXPECT_EQ(document["exit_code"], 2);
  EXPECT_EQ(document["problems"][1]["line"], 4);
}

TEST(Errors, OfCredentialsListWhatWasTriedLineByLine) {
  const std::string text = error_text(report_of(CredentialsError("none found\nenvironment: no")));
  EXPECT_EQ(text.substr(0, text.find("  hint")), "albatross: none found\n  environment: no\n");
}

TEST(Summary, SaysInOneParagraphWhatWouldBeBuilt) {
  Stack stack;
  stack.name = "web";
  stack.tier = 2;
  stack.instances.count = 2;
  stack.instances.type = "t3.small";
  stack.services.resize(1);
  stack.services[0].name = "site";
  stack.load_balancer.enabled = true;
  stack.load_balancer.name = "web-alb";
  stack.load_balancer.listeners.resize(1);
  EXPECT_EQ(stack_summary(stack),
            "web (tier 2): 2 t3.small instances in the default VPC, 1 service (site:80), an "
            "internet-facing load balancer (web-alb, HTTP:80) in front of them; 2 targets in 1 "
            "target group.");
}

TEST(SimText, TheExportsCanBeTakenOverByAShell) {
  Credentials key{sim::default_access_key_id, Secret(sim::default_secret_access_key), Secret()};
  const std::string banner =
      sim_banner({"http://127.0.0.1:4566", 1, true}, sim::CloudOptions{}, key, TextStyle{});
  EXPECT_NE(banner.find("\nexport AWS_ENDPOINT_URL=http://127.0.0.1:4566\n"), std::string::npos);
  EXPECT_NE(banner.find("\nexport AWS_ACCESS_KEY_ID=AKIAALBATROSSEXAMPLE\n"), std::string::npos);
  EXPECT_NE(banner.find("\nexport AWS_REGION=us-east-1\n"), std::string::npos);
  EXPECT_NE(banner.find("delays are realistic."), std::string::npos);
}

TEST(SimText, SaysHowTimeIsScaled) {
  sim::CloudOptions cloud;
  cloud.times.caller_seconds_divisor = 50;
  const std::string banner =
      sim_banner({"http://x", 2.5, false}, cloud, Credentials{}, TextStyle{});
  EXPECT_NE(banner.find("50 times shorter than real ones, and time runs 2.5 times as fast."),
            std::string::npos)
      << banner;
}

TEST(SimText, ACallIsOneLineWithItsErrorAndInjectedFault) {
  sim::CallRecord call;
  call.service = "ec2";
  call.action = "RunInstances";
  call.parameters = "InstanceType=t3.small";
  call.status = 503;
  call.error_code = "RequestLimitExceeded";
  call.error_message = "Request limit\nexceeded.";
  call.fault = "throttle";
  EXPECT_EQ(call_line(call, std::chrono::milliseconds{1500}, std::chrono::microseconds{1200},
                      TextStyle{}),
            "   1.5s  503  ec2 RunInstances               InstanceType=t3.small  "
            "RequestLimitExceeded: Request limit exceeded.  [injected: throttle]  1.2 ms");
}

TEST(SimText, TheReceiptComparesWhatTheAccountHolds) {
  const std::vector<sim::Item> before{{"vpc", "vpc-1", "", "available", {}}};
  std::vector<sim::Item> after = before;
  EXPECT_EQ(sim_receipt(before, after, 60, TextStyle{}),
            "Answered 60 calls. The account holds what it held at the start.\n");
  after.push_back({"instance", "i-1", "web", "running", {}});
  EXPECT_EQ(sim_receipt(before, after, 1, TextStyle{}),
            "Answered 1 call. The account does not hold what it held at the start.\n"
            "Added\n  instance  i-1  web  running\n");
}

}  // namespace
}  // namespace albatross::cli
