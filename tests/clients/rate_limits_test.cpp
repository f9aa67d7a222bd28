#include "albatross/clients/rate_limits.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "clients/adaptive_rate.hpp"
#include "clients/caller_bench.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace albatross {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using namespace test;

TEST(ApiClassBuckets, AreThoseThatAwsPublishes) {
  const auto limit = [](Service service, const char* action, bool narrowed = true) {
    return api_class(service, action, narrowed).limit;
  };
  EXPECT_EQ(limit(Service::ec2, "RunInstances"), (RateLimit{5, 2}));
  EXPECT_EQ(limit(Service::ec2, "TerminateInstances"), (RateLimit{100, 5}));
  EXPECT_EQ(limit(Service::ec2, "CreateVpc"), (RateLimit{50, 5}));
  EXPECT_EQ(limit(Service::ec2, "DescribeInstances"), (RateLimit{100, 20}));
  EXPECT_EQ(limit(Service::ec2, "DescribeInstances", false), (RateLimit{50, 10}));
  EXPECT_EQ(limit(Service::ec2, "DescribeVpcs", false), (RateLimit{100, 20}));
  EXPECT_EQ(limit(Service::elbv2, "CreateLoadBalancer"), (RateLimit{10, 0.2}));
  EXPECT_EQ(limit(Service::elbv2, "RegisterTargets"), (RateLimit{20, 4}));
  EXPECT_EQ(limit(Service::elbv2, "CreateRule"), (RateLimit{20, 3}));
  EXPECT_EQ(limit(Service::elbv2, "DescribeTargetHealth"), (RateLimit{200, 50}));
  EXPECT_EQ(limit(Service::iam, "CreateRole").burst, 0);
}

TEST(ApiRateLimitBuckets, LetABurstGoAndThenSpaceCallsEvenly) {
  ApiRateLimits limits;
  const TimePoint now{seconds{100}};
  const auto take = [&](TimePoint at) {
    return limits.take("eu-west-1", Service::ec2, "RunInstances", true, at);
  };
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(take(now), Duration::zero());
  EXPECT_EQ(take(now), milliseconds{500});
  EXPECT_EQ(take(now), milliseconds{1000});
  EXPECT_EQ(take(now + milliseconds{1000}), milliseconds{500});
  EXPECT_EQ(take(now + seconds{60}), Duration::zero());
}

TEST(ApiRateLimitBuckets, RegionsActionsAndClassesAreSeparate) {
  ApiRateLimits limits;
  const TimePoint now{};
  const auto take = [&](const char* region, Service service, const char* action) {
    return limits.take(region, service, action, true, now);
  };
  for (int i = 0; i < 5; ++i)
    take("eu-west-1", Service::ec2, "RunInstances");
  EXPECT_GT(take("eu-west-1", Service::ec2, "RunInstances"), Duration::zero());
  EXPECT_EQ(take("us-east-1", Service::ec2, "RunInstances"), Duration::zero());
  EXPECT_EQ(take("eu-west-1", Service::ec2, "CreateVpc"), Duration::zero());
  // Of ELBv2 one class shares a bucket.
  for (int i = 0; i < 10; ++i)
    take("eu-west-1", Service::elbv2, "CreateLoadBalancer");
  EXPECT_EQ(take("eu-west-1", Service::elbv2, "SetSubnets"), seconds{5});
  EXPECT_EQ(take("eu-west-1", Service::elbv2, "CreateRule"), Duration::zero());
}

TEST(ApiRateLimitBuckets, ATokenGivenBackServesAnother) {
  ApiRateLimits limits;
  const TimePoint now{};
  for (int i = 0; i < 6; ++i)
    limits.take("r", Service::ec2, "RunInstances", true, now);
  limits.give_back("r", Service::ec2, "RunInstances", true);
  EXPECT_EQ(limits.take("r", Service::ec2, "RunInstances", true, now), milliseconds{500});
  limits.give_back("r", Service::ec2, "NeverTaken", true);
  limits.give_back("r", Service::iam, "CreateRole", true);
}

Task<> call(ApiCaller& caller, ApiRequest request, Deadline deadline, std::string& error) {
  try {
    co_await caller.call(std::move(request), CallOptions(deadline));
  } catch (const ApiError& caught) {
    error = caught.code();
  }
}

ApiRequest launching() {
  ApiRequest request = creating();
  request.action = "RunInstances";
  return request;
}

TEST(ApiCallerRateLimits, CallersThatShareThemQueueInsteadOfBeingThrottled) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.rate_limits = std::make_shared<ApiRateLimits>();
    // A server that throttles as EC2 does.
    double tokens = 5;
    TimePoint filled = clock.now();
    bench.transport.otherwise([&](const http::Request&) {
      tokens =
          std::min(5.0, tokens + 2 * std::chrono::duration<double>(clock.now() - filled).count());
      filled = clock.now();
      if (tokens < 0.999) return answer(503, ec2_error("RequestLimitExceeded"));
      tokens -= 1;
      return answer(200);
    });
    ApiCaller one(clock, bench.entropy, bench.transport, bench.provider, bench.options);
    ApiCaller two(clock, bench.entropy, bench.transport, bench.provider, bench.options);
    std::vector<std::string> errors(20);
    std::vector<Task<>> calls;
    for (std::size_t i = 0; i < errors.size(); ++i) {
      calls.push_back(call(i % 2 == 0 ? one : two, launching(), Deadline(), errors[i]));
    }
    const TimePoint start = clock.now();
    co_await when_all(std::move(calls));
    for (const std::string& error : errors)
      EXPECT_EQ(error, "");
    EXPECT_EQ(bench.transport.requests().size(), 20U);  // none was refused
    EXPECT_EQ(clock.now() - start, milliseconds{7500});
  });
}

TEST(ApiCallerRateLimits, ATurnAfterTheDeadlineIsRefusedAtOnceAndLeftToOthers) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.rate_limits = std::make_shared<ApiRateLimits>();
    bench.transport.otherwise([](const http::Request&) { return answer(200); });
    ApiCaller caller(clock, bench.entropy, bench.transport, bench.provider, bench.options);
    std::vector<std::string> errors(6);
    for (int i = 0; i < 5; ++i)
      co_await call(caller, launching(), Deadline(), errors[0]);
    const TimePoint start = clock.now();
    const Deadline soon = Deadline::after(clock, milliseconds(400));
    co_await call(caller, launching(), soon, errors[1]);
    EXPECT_EQ(errors[1], "Client.RateLimit");
    EXPECT_EQ(clock.now(), start);
    EXPECT_EQ(bench.transport.requests().size(), 5U);
    co_await call(caller, launching(), Deadline(), errors[2]);
    EXPECT_EQ(clock.now() - start, milliseconds{500});
  });
}

TEST(AdaptiveRate, FollowsTheCurveThatAwsSpecifies) {
  // By botocore's ClientRateLimiter: an answer every 0.1 s, those of 2.0, 6.0 and 6.2 s throttled.
  const std::vector<std::pair<int, double>> expected{
      {20, 6.988800000}, {21, 7.425018419},  {25, 8.748358663},  {30, 9.634083747},
      {40, 9.984033177}, {50, 10.438648291}, {59, 12.920891052}, {60, 6.999999971},
      {61, 7.436696424}, {62, 5.205687497},  {63, 5.562212342},  {70, 7.067742063},
      {90, 7.869436523}, {120, 20.000000000}};
  AdaptiveRate rate;
  const TimePoint start{};
  rate.take(start);
  auto next = expected.begin();
  for (int i = 1; i <= 120; ++i) {
    const bool throttled = i == 20 || i == 60 || i == 62;
    EXPECT_EQ(rate.limiting(), i > 20);
    rate.record(start + milliseconds{100} * i, throttled);
    if (next == expected.end() || next->first != i) continue;
    EXPECT_NEAR(rate.rate(), next->second, 0.02 * next->second) << i;
    ++next;
  }
  EXPECT_EQ(next, expected.end());
}

TEST(AdaptiveRate, DoesNotLimitUntilSomethingIsThrottled) {
  AdaptiveRate rate;
  const TimePoint now{seconds{5}};
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(rate.take(now), Duration::zero());
    rate.record(now, false);
  }
  rate.give_back();
  EXPECT_FALSE(rate.limiting());
}

TEST(AdaptiveRate, SpacesCallsOnceLimitingAndNeverStops) {
  AdaptiveRate rate;
  TimePoint now{seconds{5}};
  rate.take(now);
  for (int i = 0; i < 50; ++i)
    rate.record(now, true);
  EXPECT_EQ(rate.rate(), 0.5);  // the slowest there is
  const Duration first = rate.take(now);
  const Duration second = rate.take(now);
  EXPECT_EQ(second - first, seconds{2});
  rate.give_back();
  EXPECT_EQ(rate.take(now), second);
}

TEST(AdaptiveMode, SlowsDownTheCallsThatFollowAThrottledOne) {
  for (const RetryMode mode : {RetryMode::standard, RetryMode::adaptive}) {
    run_virtual([mode](VirtualClock& clock) -> Task<> {
      Bench bench(clock);
      bench.options.retry.mode = mode;
      bench.transport.then(503, ec2_error("RequestLimitExceeded"));
      bench.transport.otherwise([](const http::Request&) { return answer(200); });
      ApiCaller caller(clock, bench.entropy, bench.transport, bench.provider, bench.options);
      std::string error;
      const TimePoint start = clock.now();
      for (int i = 0; i < 4; ++i)
        co_await call(caller, reading(), Deadline(), error);
      EXPECT_EQ(error, "");
      const Duration took = clock.now() - start;
      if (mode == RetryMode::standard) {
        EXPECT_LT(took, seconds{1});  // one backoff
      } else {
        EXPECT_GT(took, seconds{2});
      }
    });
  }
}

}  // namespace
}  // namespace albatross
