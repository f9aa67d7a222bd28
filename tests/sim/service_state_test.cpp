#include "account.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

/// An account with a healthy target on port 8080.
struct Healthy {
  Healthy() : stack(build_stack(account)) { account.pass(300s); }

  std::string reason_after(std::uint16_t port, const ServiceState& state) {
    EXPECT_EQ(target_state(account, stack), "healthy");
    EXPECT_TRUE(account.cloud.set_service(stack.instance, port, state, account.now));
    account.pass(300s);
    EXPECT_EQ(target_state(account, stack), "unhealthy");
    return target_reason(account, stack);
  }

  Account account;
  Stack stack;
};

TEST(ServiceState, OneThatIsStoppedRefusesChecks) {
  ServiceState stopped;
  stopped.listening = false;
  EXPECT_EQ(Healthy().reason_after(8080, stopped), "Target.FailedHealthChecks");
}

TEST(ServiceState, OneThatHangsLetsThemTimeOut) {
  ServiceState hanging;
  hanging.hangs = true;
  EXPECT_EQ(Healthy().reason_after(8080, hanging), "Target.Timeout");
}

TEST(ServiceState, OneThatAnswersWrongIsToldItsStatus) {
  Healthy healthy;
  ServiceState broken;
  broken.status = 503;
  EXPECT_EQ(healthy.reason_after(0, broken), "Target.ResponseCodeMismatch") << "all ports";
  EXPECT_EQ(
      healthy.account.elb("DescribeTargetHealth", {{"TargetGroupArn", healthy.stack.target_group}})
          .text("TargetHealth/Description"),
      "Health checks failed with these codes: [503]");
  healthy.account.cloud.set_service(healthy.stack.instance, 8080, true, healthy.account.now);
  healthy.account.pass(300s);
  EXPECT_EQ(target_state(healthy.account, healthy.stack), "healthy") << "a port of its own wins";
}

TEST(ServiceState, OfNoInstanceIsNone) {
  Account account;
  EXPECT_FALSE(account.cloud.set_service("i-0", 80, false, account.now));
}

}  // namespace
}  // namespace albatross::sim::test
