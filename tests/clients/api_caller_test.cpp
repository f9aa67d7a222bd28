#include "albatross/clients/api_caller.hpp"

#include "albatross/sigv4/verifier.hpp"

#include "support/fake_transport.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace albatross {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::answer;
using test::FakeTransport;
using test::run_virtual;

Credentials keys(std::string id, std::string token = "") {
  return {std::move(id), Secret("very-secret-key"), Secret(std::move(token))};
}

/// Hands out one after the other; each invalidate() moves on to the next.
class Rotating final : public CredentialsProvider {
 public:
  explicit Rotating(std::vector<Credentials> all) : all_(std::move(all)) {}
  Task<ResolvedCredentials> resolve(Deadline) override {
    ResolvedCredentials resolved;
    resolved.credentials = all_[at_];
    co_return resolved;
  }
  void invalidate() override {
    ++invalidated;
    if (at_ + 1 < all_.size()) ++at_;
  }
  int invalidated = 0;

 private:
  std::vector<Credentials> all_;
  std::size_t at_ = 0;
};

std::string ec2_error(const std::string& code, const std::string& message = "m") {
  return "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message +
         "</Message></Error></Errors><RequestID>req-1</RequestID></Response>";
}

std::string http_date(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<seconds>(time - day)};
  static const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  std::snprintf(text, sizeof text, "Thu, %02u %s %04d %02d:%02d:%02d GMT",
                static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

/// Everything a call needs, under virtual time.
struct Bench {
  explicit Bench(VirtualClock& virtual_clock, std::vector<Credentials> credentials = {keys("AK")})
      : clock(virtual_clock), transport(virtual_clock), provider(std::move(credentials)) {
    options.region = "eu-west-1";
  }

  Task<std::optional<ApiError>> error_of(ApiRequest request, CallOptions call = CallOptions()) {
    ApiCaller caller(clock, entropy, transport, provider, options);
    std::optional<ApiError> error;
    try {
      response = co_await caller.call(std::move(request), std::move(call));
    } catch (const ApiError& caught) {
      error = caught;
    }
    co_return error;
  }

  VirtualClock& clock;
  SeededEntropy entropy{1};
  FakeTransport transport;
  Rotating provider;
  ApiCaller::Options options;
  http::Response response;
};

ApiRequest reading() {
  ApiRequest request;
  request.service = Service::ec2;
  request.action = "DescribeVpcs";
  request.content_type = "application/x-www-form-urlencoded; charset=utf-8";
  request.body = "Action=DescribeVpcs&Version=2016-11-15";
  request.idempotent = true;
  return request;
}

ApiRequest creating() {
  ApiRequest request = reading();
  request.action = "CreateVpc";
  request.body = "Action=CreateVpc&Version=2016-11-15";
  request.idempotent = false;
  return request;
}

sigv4::Verification check(const http::Request& request, WallTime now) {
  static const Credentials known[] = {keys("AK"), keys("AK2", "token/2")};
  std::vector<sigv4::HeaderView> headers;
  const std::string host = request.origin.authority();
  headers.push_back({"Host", host});
  for (const auto& header : request.headers)
    headers.push_back({header.name, header.value});
  sigv4::RequestView view;
  view.method = request.method;
  const std::string_view target = request.target;
  view.path = target.substr(0, target.find('?'));
  if (target.find('?') != target.npos) view.query = target.substr(target.find('?') + 1);
  view.headers = headers;
  view.body = request.body;
  const auto find = [](std::string_view id) -> const Credentials* {
    for (const Credentials& one : known) {
      if (one.access_key_id == id) return &one;
    }
    return nullptr;
  };
  return sigv4::verify(view, find, now);
}

TEST(ApiCaller, SendsASignedRequestToTheRegionsEndpoint) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock, {keys("AK2", "token/2")});
    bench.transport.then(200, "<ok/>");
    const auto error = co_await bench.error_of(reading());
    CO_ASSERT_FALSE(error.has_value());
    EXPECT_EQ(bench.response.body, "<ok/>");
    const http::Request& sent = bench.transport.requests().at(0);
    EXPECT_EQ(sent.origin.url(), "https://ec2.eu-west-1.amazonaws.com");
    EXPECT_EQ(sent.body, reading().body);
    const auto verified = check(sent, clock.wall());
    EXPECT_EQ(verified.verdict, sigv4::Verdict::valid) << verified.detail;
    EXPECT_EQ(verified.region, "eu-west-1");
    EXPECT_EQ(verified.service, "ec2");
    EXPECT_EQ(sent.headers.find("x-amz-security-token"), "token/2");
  });
}

TEST(ApiCaller, SignsPathPrefixQueryAndJsonTarget) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.endpoints.url = "http://127.0.0.1:4566/aws";
    bench.transport.then(200).then(200);
    ApiRequest efs = reading();
    efs.service = Service::efs;
    efs.method = "GET";
    efs.target = "/2015-02-01/file-systems?MaxItems=10&CreationToken=a%20b";
    efs.content_type.clear();
    efs.body.clear();
    auto error = co_await bench.error_of(std::move(efs));
    CO_ASSERT_FALSE(error.has_value());
    ApiRequest ssm = reading();
    ssm.service = Service::ssm;
    ssm.action = "GetParameter";
    ssm.content_type = "application/x-amz-json-1.1";
    ssm.body = "{}";
    error = co_await bench.error_of(std::move(ssm));
    CO_ASSERT_FALSE(error.has_value());
    const auto& sent = bench.transport.requests();
    EXPECT_EQ(sent[0].target, "/aws/2015-02-01/file-systems?MaxItems=10&CreationToken=a%20b");
    EXPECT_FALSE(sent[0].headers.find("content-type"));
    EXPECT_EQ(check(sent[0], clock.wall()).verdict, sigv4::Verdict::valid);
    EXPECT_EQ(sent[1].headers.find("x-amz-target"), "AmazonSSM.GetParameter");
    EXPECT_EQ(check(sent[1], clock.wall()).verdict, sigv4::Verdict::valid);
  });
}

TEST(ApiCaller, UnsignedCallsNeedNoCredentials) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.transport.then(200);
    ApiRequest request = reading();
    request.service = Service::sts;
    request.action = "AssumeRoleWithWebIdentity";
    request.sign = false;
    const auto error = co_await bench.error_of(std::move(request));
    EXPECT_FALSE(error.has_value());
    EXPECT_FALSE(bench.transport.requests().at(0).headers.find("authorization"));
  });
}

TEST(ApiCaller, ErrorCarriesAllThatIsKnown) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    http::Headers headers{{"Date", http_date(clock.wall() + seconds{3})}};
    bench.transport.then(answer(400, ec2_error("VpcLimitExceeded", "limit"), headers));
    const auto error = co_await bench.error_of(creating());
    CO_ASSERT_TRUE(error.has_value());
    const ApiError::Details& details = error->details();
    EXPECT_EQ(details.service, Service::ec2);
    EXPECT_EQ(details.action, "CreateVpc");
    EXPECT_EQ(details.code, "VpcLimitExceeded");
    EXPECT_EQ(details.message, "limit");
    EXPECT_EQ(details.request_id, "req-1");
    EXPECT_EQ(details.http_status, 400);
    EXPECT_EQ(details.error_class, ErrorClass::quota);
    EXPECT_FALSE(details.may_have_taken_effect);
    EXPECT_EQ(details.attempts, 1);
    EXPECT_EQ(details.clock_offset_seconds, 3);
    EXPECT_FALSE(details.clock_corrected);
  });
}

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
        co_await bench.error_of(reading(), CallOptions(Deadline::after(clock, seconds{5})));
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
        co_await bench.error_of(reading(), CallOptions(Deadline::after(clock, minutes{10})));
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
  test::Root root(context, body());
  clock.drive_until(clock.now() + seconds{30});
  EXPECT_FALSE(root.done());
  root.cancel();
  clock.drive();
  EXPECT_TRUE(root.done());
  EXPECT_THROW(root.rethrow(), boost::system::system_error);
}

/// A server with its own clock that verifies signatures as EC2 does.
FakeTransport::Answer strict_server(VirtualClock& clock, Duration ahead) {
  return [&clock, ahead](const http::Request& request) {
    const WallTime now = clock.wall() + std::chrono::duration_cast<WallTime::duration>(ahead);
    const http::Headers headers{{"Date", http_date(now)}};
    const auto verdict = check(request, now).verdict;
    if (verdict == sigv4::Verdict::valid) return answer(200, "ok", headers);
    return answer(401, ec2_error("AuthFailure"), headers);
  };
}

TEST(ClockSkew, IsCorrectedFromTheServersDateAndRemembered) {
  for (const Duration ahead : {Duration(minutes{60}), Duration(minutes{-60})}) {
    run_virtual([ahead](VirtualClock& clock) -> Task<> {
      Bench bench(clock);
      bench.transport.otherwise(strict_server(clock, ahead));
      ApiCaller caller(clock, bench.entropy, bench.transport, bench.provider, bench.options);
      auto first = co_await caller.call(creating(), CallOptions());
      EXPECT_EQ(first.body, "ok");
      EXPECT_EQ(bench.transport.requests().size(), 2U);
      co_await clock.sleep_for(minutes{30});
      auto second = co_await caller.call(creating(), CallOptions());
      EXPECT_EQ(second.body, "ok");
      EXPECT_EQ(bench.transport.requests().size(), 3U);
    });
  }
}

TEST(ClockSkew, IsCorrectedEvenWhenOnlyOneAttemptIsAllowed) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.retry.max_attempts = 1;
    bench.transport.otherwise(strict_server(clock, minutes{10}));
    const auto error = co_await bench.error_of(creating());
    EXPECT_FALSE(error.has_value());
  });
}

TEST(ClockSkew, WrongSecretWithAWrongClockFailsAfterOneCorrection) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock, {Credentials{"AK", Secret("wrong"), Secret()}});
    bench.transport.otherwise(strict_server(clock, minutes{10}));
    const auto error = co_await bench.error_of(creating());
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->error_class(), ErrorClass::credentials);
    EXPECT_EQ(bench.transport.requests().size(), 2U);
    EXPECT_TRUE(error->details().clock_corrected);
    EXPECT_EQ(error->details().clock_offset_seconds, 600);
    const std::string hint = hint_for(error->details());
    EXPECT_NE(hint.find("secret access key"), std::string::npos) << hint;
  });
}

TEST(ClockSkew, SmallDifferencesAreNotTheCause) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock, {Credentials{"AK", Secret("wrong"), Secret()}});
    bench.transport.otherwise(strict_server(clock, seconds{200}));
    const auto error = co_await bench.error_of(creating());
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(bench.transport.requests().size(), 1U);
    EXPECT_EQ(error->details().clock_offset_seconds, 200);
  });
}

TEST(ExpiredCredentials, AreRefreshedAndTheCallRepeatedOnce) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock, {keys("AK"), keys("AK2", "token/2")});
    bench.transport.then(400, ec2_error("RequestExpired")).then([&](const http::Request& request) {
      EXPECT_EQ(check(request, clock.wall()).access_key_id, "AK2");
      return answer(200);
    });
    const auto error = co_await bench.error_of(creating());
    EXPECT_FALSE(error.has_value());
    EXPECT_EQ(bench.provider.invalidated, 1);
  });
}

TEST(ExpiredCredentials, OfEndlessKindAreNotTriedAgain) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.transport.then(400, ec2_error("RequestExpired"));
    const auto error = co_await bench.error_of(reading());
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->error_class(), ErrorClass::expired);
    EXPECT_EQ(bench.transport.requests().size(), 1U);
  });
}

TEST(ExpiredCredentials, RefreshDoesNotLoop) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock, {keys("AK"), keys("AK2", "token/2"), keys("AK3")});
    bench.transport.otherwise(
        [](const http::Request&) { return answer(400, ec2_error("ExpiredToken")); });
    const auto error = co_await bench.error_of(reading());
    CO_ASSERT_TRUE(error.has_value());
    EXPECT_EQ(bench.transport.requests().size(), 2U);
    EXPECT_EQ(bench.provider.invalidated, 1);
  });
}

TEST(ApiCaller, NoSecretIsInAnyError) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock, {keys("AK2", "token/2")});
    bench.transport.then(403, "<html>forbidden</html>");
    const auto error = co_await bench.error_of(reading());
    CO_ASSERT_TRUE(error.has_value());
    const std::string text = error->what() + hint_for(error->details());
    EXPECT_EQ(text.find("very-secret-key"), std::string::npos);
    EXPECT_EQ(text.find("token/2"), std::string::npos);
  });
}

TEST(ApiCaller, ARegionThatFitsNoEndpointIsRefusedBeforeAnythingIsSent) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.options.region = "eu west";
    bool refused = false;
    try {
      co_await bench.error_of(reading());
    } catch (const std::invalid_argument&) {
      refused = true;
    }
    EXPECT_TRUE(refused);
    EXPECT_TRUE(bench.transport.requests().empty());
  });
}

}  // namespace
}  // namespace albatross
