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
      co_await clock.sleep_for(minutes(30));
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
