// Options of the commands that change a stack, the question after Ctrl-C, and receipts.
#include "cli/commands/removal.hpp"

#include "cli/command_line.hpp"
#include "cli/commands/interruption.hpp"
#include "cli/error_report.hpp"
#include "cli/receipt_text.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace albatross::cli {
namespace {

using namespace std::chrono_literals;

ParsedCommandLine parse(std::vector<const char*> words) {
  words.insert(words.begin(), "albatross");
  return parse_command_line(static_cast<int>(words.size()), words.data());
}

TEST(RemovalOptions, OfDeployAreReadInAnyOrder) {
  const auto parsed =
      parse({"deploy", "--step-timeout", "health=10m", "--on-failure", "keep", "web.yaml",
             "--on-interrupt", "rollback-all", "--step-timeout", "storage=1h", "--timeout", "30m"});
  ASSERT_TRUE(parsed.invocation) << parsed.text;
  const auto options = std::get<DeployOptions>(parsed.invocation->command);
  EXPECT_EQ(options.files, std::vector<std::string>{"web.yaml"});
  EXPECT_EQ(options.on_failure, "keep");
  EXPECT_EQ(options.on_interrupt, InterruptPolicy::rollback_all);
  EXPECT_EQ(options.timeouts.run, "30m");
  EXPECT_EQ(options.timeouts.steps, (std::vector<std::string>{"health=10m", "storage=1h"}));
  EXPECT_EQ(
      deploy_words(options),
      (std::vector<std::string>{"deploy", "web.yaml", "--on-failure", "keep", "--timeout", "30m",
                                "--step-timeout", "health=10m", "--step-timeout", "storage=1h"}));
}

TEST(RemovalOptions, OfRollbackAreReadToo) {
  const auto parsed = parse({"rollback", "web", "--all", "-y"});
  ASSERT_TRUE(parsed.invocation) << parsed.text;
  const auto options = std::get<RollbackOptions>(parsed.invocation->command);
  EXPECT_EQ(options.stacks, std::vector<std::string>{"web"});
  EXPECT_TRUE(options.all);
  EXPECT_TRUE(options.yes);
}

TEST(RemovalOptions, UnknownPoliciesAreRefused) {
  EXPECT_EQ(parse({"deploy", "web.yaml", "--on-failure", "panic"}).exit_code, 2);
  EXPECT_EQ(parse({"deploy", "web.yaml", "--on-interrupt", "ask"}).exit_code, 2);
}

TEST(Interruption, OfAChangeOfAStackThatServesTakesNothingDown) {
  RunResult result;
  ResourceRecord balancer;
  balancer.provenance = Provenance::created;
  balancer.tier = 2;
  result.resources = {balancer};
  EXPECT_EQ(scope_of(InterruptPolicy::rollback_all, result), RollbackScope::everything);
  EXPECT_EQ(scope_of(InterruptPolicy::rollback_load_balancer, result),
            RollbackScope::load_balancer);
  EXPECT_FALSE(scope_of(InterruptPolicy::keep, result).has_value());
  EXPECT_TRUE(may_roll_back(result));
  result.stack.outputs["dns_name"] = "shop-alb-1.elb.amazonaws.com";
  EXPECT_FALSE(scope_of(InterruptPolicy::rollback_all, result).has_value());
  EXPECT_FALSE(scope_of(InterruptPolicy::rollback_load_balancer, result).has_value());
  EXPECT_FALSE(may_roll_back(result)) << "so nobody is asked";
}

TEST(TimeoutOptions, AreStrongerThanTheFile) {
  TimeoutsSpec timeouts;
  timeouts.health = 60s;
  TimeoutOptions options;
  options.run = "1h30m";
  options.steps = {"health=10m", "destroy=45"};
  apply_timeouts(timeouts, options);
  EXPECT_EQ(timeouts.health, 600s);
  EXPECT_EQ(timeouts.destroy, 45s);
  EXPECT_EQ(timeouts.run, 5400s);
}

std::string complaint(const TimeoutOptions& options) {
  TimeoutsSpec timeouts;
  try {
    apply_timeouts(timeouts, options);
  } catch (const UsageError& wrong) {
    return wrong.what();
  }
  return "none";
}

TEST(TimeoutOptions, WhatIsWrongIsSaidInWords) {
  TimeoutOptions options;
  options.steps = {"healthy=10m"};
  EXPECT_NE(complaint(options).find("there is no step 'healthy'; the steps are network, "),
            std::string::npos);
  options.steps = {"health"};
  EXPECT_NE(complaint(options).find("is not STEP=DURATION"), std::string::npos);
  options.steps = {"health=soon"};
  EXPECT_NE(complaint(options).find("'soon' is not a duration such as "), std::string::npos);
  options.steps.clear();
  options.run = "0s";
  EXPECT_NE(complaint(options).find("--timeout: '0s' is not a duration"), std::string::npos);
}

TEST(InterruptionQuestion, OnlyAClearAnswerRemovesAnything) {
  EXPECT_EQ(policy_of_answer("b"), InterruptPolicy::rollback_load_balancer);
  EXPECT_EQ(policy_of_answer("A"), InterruptPolicy::rollback_all);
  for (const char* answer : {"", "k", "all", "y", "?"}) {
    EXPECT_EQ(policy_of_answer(answer), InterruptPolicy::keep) << answer;
  }
}

TEST(ReceiptText, ProvesThatNothingIsLeft) {
  Receipt receipt;
  receipt.checked = {"ELB", "EC2"};
  EXPECT_EQ(receipt_text(receipt, TextStyle{}),
            "\nChecked by tag and record in ELB, EC2: nothing is left that should be gone.\n");
}

TEST(ReceiptText, NamesWhatIsLeftWithACommandForEach) {
  Receipt receipt;
  receipt.checked = {"ELB"};
  receipt.unchecked = {"EFS: AccessDeniedException: no"};
  receipt.remnants = {{"security-group", "sg-1", "security_group.alb",
                       "DependencyViolation: in use",
                       "aws ec2 delete-security-group --group-id sg-1 --region us-east-1"}};
  EXPECT_EQ(receipt_text(receipt, TextStyle{}),
            "\nCould not be checked: EFS: AccessDeniedException: no\n"
            "\nLeft behind: 1 resource that should be gone\n"
            "  security_group.alb  sg-1  DependencyViolation: in use\n"
            "To remove it by hand, in this order:\n"
            "  aws ec2 delete-security-group --group-id sg-1 --region us-east-1\n");
}

}  // namespace
}  // namespace albatross::cli
