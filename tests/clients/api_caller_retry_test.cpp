#include "albatross/clients/api_caller.hpp"

#include "clients/caller_bench.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace albatross {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using namespace test;

TEST(ApiCallerRetries, ThrottlingIsAlwaysRetriedAndEachAttemptSignedAfresh) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.transport.then(503, ec2_error("RequestLimitExceeded"))
        .then(503, ec2_error("RequestLimitExceeded"))
        .then([&clock](const http::Request& request) {
          EXPECT_EQ(check(request, clock.wall()).verdict, sigv4::Verdict::valid);
          EXPECT_EQ(check(request, clock.wall()).signed_at,
                    std::chrono::floor<seconds>(clock.wall()));
          return answer(200);
        });
    std::vector<RetryNotice> notices;
    CallOptions options;
    options.on_retry = [&](const RetryNotice& notice) { notices.push_back(notice); };
    const TimePoint start = clock.now();
    const auto error = co_await bench.error_of(creating(), std::move(options));
    EXPECT_FALSE(error.has_value());
    CO_ASSERT_EQ(notices.size(), 2U);
    EXPECT_EQ(notices[0].code, "RequestLimitExceeded");
    EXPECT_EQ(notices[0].attempt, 1);
    EXPECT_EQ(notices[1].attempt, 2);
    EXPECT_LE(notices[0].pause, seconds{1});
    EXPECT_LE(notices[1].pause, seconds{2});
    EXPECT_EQ(clock.now() - start, notices[0].pause + notices[1].pause);
  });
}

TEST(ApiCallerRetries, GivesUpAfterTheLastAttempt) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.retry.max_attempts = 4;
    bench.transport.otherwise(
        [](const http::Request&) { return answer(503, ec2_error("Unavailable")); });
    const auto error = co_await bench.error_of(reading());
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->details().attempts, 4);
    EXPECT_EQ(bench.transport.requests().size(), 4U);
  });
}

TEST(ApiCallerRetries, ServerErrorIsNotRepeatedWhenItMayHaveTakenEffect) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.transport.then(500, ec2_error("InternalError"));
    const auto error = co_await bench.error_of(creating());
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(bench.transport.requests().size(), 1U);
    EXPECT_TRUE(error->details().may_have_taken_effect);
    EXPECT_EQ(error->error_class(), ErrorClass::transient);
  });
}

TEST(ApiCallerRetries, LostAnswerIsNotRepeatedButAFailedConnectionIs) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench lost(clock);
    lost.transport.then_fail(http::TransportErrorKind::closed, true);
    const auto error = co_await lost.error_of(creating());
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), "Network.closed");
    EXPECT_TRUE(error->details().may_have_taken_effect);
    EXPECT_EQ(lost.transport.requests().size(), 1U);

    Bench refused(clock);
    refused.transport.then_fail(http::TransportErrorKind::connect, false).then(200);
    const auto none = co_await refused.error_of(creating());
    EXPECT_FALSE(none.has_value());
    EXPECT_EQ(refused.transport.requests().size(), 2U);
  });
}

TEST(ApiCallerRetries, IdempotentCallSucceedsThoughAnyOneAttemptIsLost) {
  for (const auto kind : {http::TransportErrorKind::resolve, http::TransportErrorKind::connect,
                          http::TransportErrorKind::tls, http::TransportErrorKind::timeout,
                          http::TransportErrorKind::closed, http::TransportErrorKind::malformed}) {
    for (std::size_t step = 0; step < 2; ++step) {
      run_virtual([=](VirtualClock& clock) -> Task<> {
        Bench bench(clock);
        bench.transport.then(500, ec2_error("InternalError")).then(200, "done");
        bench.transport.fail_at(step, kind, true);
        const auto error = co_await bench.error_of(reading());
        EXPECT_FALSE(error.has_value());
        EXPECT_EQ(bench.response.body, "done");
        EXPECT_EQ(bench.transport.requests().size(), 3U);
      });
    }
  }
}

TEST(ApiCallerRetries, EffectOfAnEarlierAttemptIsNotForgotten) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    ApiRequest request = creating();
    request.idempotent = true;  // it carries a token
    bench.transport.then_fail(http::TransportErrorKind::timeout, true)
        .then(500, ec2_error("InsufficientInstanceCapacity"));
    const auto error = co_await bench.error_of(std::move(request));
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->error_class(), ErrorClass::capacity);
    EXPECT_TRUE(error->details().may_have_taken_effect);
    EXPECT_EQ(error->details().attempts, 2);
  });
}

TEST(ApiCallerRetries, FinalErrorsAreNotRepeated) {
  for (const char* code : {"InvalidParameterValue", "VpcLimitExceeded", "InvalidVpcID.NotFound",
                           "DependencyViolation", "UnauthorizedOperation", "AuthFailure"}) {
    run_virtual([=](VirtualClock& clock) -> Task<> {
      Bench bench(clock);
      bench.transport.then(400, ec2_error(code));
      const auto error = co_await bench.error_of(reading());
      EXPECT_TRUE(error.has_value());
      EXPECT_EQ(bench.transport.requests().size(), 1U) << code;
    });
  }
}

TEST(ApiCallerRetries, NoPauseGoesBeyondTheDeadline) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.retry.max_attempts = 100;
    bench.transport.otherwise(
        [](const http::Request&) { return answer(503, ec2_error("Unavailable")); });
    const TimePoint start = clock.now();
    const auto error =
        co_await bench.error_of(reading(), CallOptions(Deadline::after(clock, seconds(5))));
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), "Unavailable");
    EXPECT_LE(clock.now() - start, seconds{5});
    EXPECT_GT(bench.transport.requests().size(), 1U);
  });
}

TEST(ApiCallerRetries, NothingIsSentAfterTheDeadline) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    const auto error = co_await bench.error_of(creating(), CallOptions(Deadline(clock.now())));
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), "Network.timeout");
    EXPECT_EQ(error->details().attempts, 0);
    EXPECT_FALSE(error->details().may_have_taken_effect);
    EXPECT_TRUE(bench.transport.requests().empty());
  });
}

TEST(ApiCallerRetries, AStalledAttemptLeavesTimeForAnother) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.attempt_timeout = seconds{10};
    bench.transport.then(200);
    const TimePoint start = clock.now();
    const auto error =
        co_await bench.error_of(reading(), CallOptions(Deadline::after(clock, minutes(10))));
    EXPECT_FALSE(error.has_value());
    EXPECT_EQ(bench.transport.deadlines().at(0).at(), start + seconds{10});
  });
}

TEST(ApiCallerRetries, ServersWishForAPauseIsRespectedUpToALimit) {
  struct Case {
    http::Header header;
    Duration least, most;
  };
  const std::vector<Case> cases{{{"Retry-After", "7"}, seconds{7}, seconds{7}},
                                {{"Retry-After", "3600"}, seconds{20}, seconds{20}},
                                {{"x-amz-retry-after", "6500"}, seconds{6}, seconds{7}},
                                {{"Retry-After", "soon"}, seconds{0}, seconds{1}},
                                {{"Retry-After", "-5"}, seconds{0}, seconds{1}}};
  for (const Case& one : cases) {
    run_virtual([one](VirtualClock& clock) -> Task<> {
      Bench bench(clock);
      http::Headers headers;
      headers.add(one.header.name, one.header.value);
      bench.transport.then(answer(503, ec2_error("Unavailable"), headers)).then(200);
      const TimePoint start = clock.now();
      const auto error = co_await bench.error_of(reading());
      EXPECT_FALSE(error.has_value());
      EXPECT_GE(clock.now() - start, one.least) << one.header.value;
      EXPECT_LE(clock.now() - start, one.most) << one.header.value;
    });
  }
}

TEST(ApiCallerRetries, AnEmptyQuotaReportsErrorsAtOnce) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.transport.otherwise(
        [](const http::Request&) { return answer(503, ec2_error("Unavailable")); });
    ApiCaller caller(clock, bench.entropy, bench.transport, bench.provider, bench.options);
    int attempts = 0;
    for (int call = 0; call < 60; ++call) {
      try {
        co_await caller.call(reading(), CallOptions());
      } catch (const ApiError& error) {
        attempts = error.details().attempts;
      }
    }
    EXPECT_EQ(attempts, 1);
    // 500 tokens pay for 100 retries.
    EXPECT_EQ(bench.transport.requests().size(), 60U + 100U);
  });
}

TEST(ApiCallerRetries, ADamagedAnswerIsAskedForAgain) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    ApiRequest request = reading();
    request.service = Service::dynamodb;
    request.action = "GetItem";
    bench.transport.then(answer(200, "{}x", {{"x-amz-crc32", "2745614147"}}))
        .then(answer(200, "{}", {{"x-amz-crc32", "2745614147"}}));
    const auto error = co_await bench.error_of(std::move(request));
    EXPECT_FALSE(error.has_value());
    EXPECT_EQ(bench.response.body, "{}");
    EXPECT_EQ(bench.transport.requests().size(), 2U);
  });
}

TEST(ApiCallerRetries, CancellationPassesThrough) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Bench bench(clock);
  bench.transport.otherwise(
      [](const http::Request&) { return answer(503, ec2_error("Unavailable")); });
  bench.options.retry.max_attempts = 1000;
  ApiCaller caller(clock, bench.entropy, bench.transport, bench.provider, bench.options);
  auto body = [&]() -> Task<> { co_await caller.call(reading(), CallOptions()); };
  Root root(context, body());
  clock.drive_until(clock.now() + seconds{30});
  EXPECT_FALSE(root.done());
  root.cancel();
  clock.drive();
  EXPECT_TRUE(root.done());
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

}  // namespace
}  // namespace albatross
