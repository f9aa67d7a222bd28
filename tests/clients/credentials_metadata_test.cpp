#include "clients/credentials_bench.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::answer;
using test::credentials_json;
using test::CredentialsBench;
using test::iso;
using test::resolve;
using test::run_virtual;

std::string container_answer(VirtualClock& clock, const std::string& id) {
  return credentials_json(id, "Token", iso(clock.wall() + hours{6}));
}

TEST(ContainerCredentials, RelativeUriIsAskedAtTheTaskEndpoint) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.machine.variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/credentials/1";
    bench.transport.then(200, container_answer(clock, "task"));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    CO_ASSERT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.id(), "task");
    EXPECT_EQ(outcome.resolved.credentials.session_token.reveal(), "t-task");
    EXPECT_EQ(outcome.resolved.expires_at, clock.wall() + hours{6});
    const http::Request& sent = bench.transport.requests().at(0);
    EXPECT_EQ(sent.origin.url() + sent.target, "http://169.254.170.2/v2/credentials/1");
    EXPECT_FALSE(sent.headers.find("authorization"));
  });
}

TEST(ContainerCredentials, TokenFileIsReadAnewAndBeatsTheVariable) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.machine.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://169.254.170.23/v1/c";
    bench.machine.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "variable";
    bench.transport.otherwise(
        [&](const http::Request&) { return answer(200, container_answer(clock, "pod")); });
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(bench.transport.requests().at(0).headers.find("authorization"), "variable");
    bench.machine.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/token";
    for (const char* token : {"first", "second"}) {
      bench.machine.files["/token"] = std::string(token) + "\n";
      chain->invalidate();
      outcome = co_await resolve(*chain);
      EXPECT_EQ(bench.transport.requests().back().headers.find("authorization"), token);
    }
  });
}

TEST(ContainerCredentials, PlainHttpToOtherHostsIsRefused) {
  for (const char* url : {"http://example.com/c", "http://169.254.170.3/c", "http://127.evil.test/",
                          "ftp://127.0.0.1/c", "nonsense"}) {
    run_virtual([url](VirtualClock& clock) -> Task<> {
      CredentialsBench bench(clock);
      bench.machine.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = url;
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_FALSE(outcome.error.empty()) << url;
      EXPECT_TRUE(bench.transport.requests().empty()) << url;
    });
  }
  for (const char* url : {"https://example.com/c", "http://127.0.0.1:8080/c", "http://localhost/c",
                          "http://[fd00:ec2::23]/c"}) {
    run_virtual([url](VirtualClock& clock) -> Task<> {
      CredentialsBench bench(clock);
      bench.machine.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = url;
      bench.transport.then(200, container_answer(clock, "ok"));
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_EQ(outcome.id(), "ok") << url;
    });
  }
}

TEST(ContainerCredentials, TokenWithALineBreakIsRefused) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.machine.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://127.0.0.1/c";
    bench.machine.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "a\r\nX-Evil: b";
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("line break")) << outcome.error;
    EXPECT_TRUE(bench.transport.requests().empty());
  });
}

TEST(ContainerCredentials, ServerErrorsAreTriedThreeTimesOneSecondApart) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.machine.variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/c";
    bench.transport.then(500)
        .then_fail(http::TransportErrorKind::connect, false)
        .then(200, container_answer(clock, "ok"));
    auto chain = bench.chain();
    const TimePoint start = clock.now();
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "ok");
    EXPECT_EQ(clock.now() - start, seconds{2});
    chain->invalidate();
    bench.transport.then(503).then(503).then(503);
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("status 503")) << outcome.error;
  });
}

TEST(ContainerCredentials, AnswersThatMakeNoSenseAreNamedNotShown) {
  struct Case {
    int status;
    const char* body;
    const char* error;
  };
  for (const Case one :
       {Case{200, "", "not a JSON object"}, Case{200, "[1]", "not a JSON object"},
        Case{200, R"({"AccessKeyId":"a"})", "has no SecretAccessKey"},
        Case{200, R"({"AccessKeyId":"a","SecretAccessKey":"hidden"})", "Expiration is no time"},
        Case{200, R"({"AccessKeyId":5,"SecretAccessKey":"hidden"})", "has no AccessKeyId"},
        Case{404, "hidden", "status 404"}}) {
    run_virtual([one](VirtualClock& clock) -> Task<> {
      CredentialsBench bench(clock);
      bench.machine.variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/c";
      bench.transport.then(one.status, one.body);
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_TRUE(outcome.says(one.error)) << outcome.error;
      EXPECT_FALSE(outcome.says("hidden"));
    });
  }
}

/// An instance metadata service of version 2.
struct Metadata {
  explicit Metadata(VirtualClock& virtual_clock) : clock(virtual_clock) {}

  http::Response operator()(const http::Request& request) {
    const std::string path = request.target;
    EXPECT_FALSE(request.headers.find("x-forwarded-for"));
    if (path == "/latest/api/token") {
      EXPECT_EQ(request.method, "PUT");
      EXPECT_EQ(request.headers.find("x-aws-ec2-metadata-token-ttl-seconds"), "21600");
      ++tokens;
      return answer(token_status, "token-" + std::to_string(tokens));
    }
    if (request.headers.find("x-aws-ec2-metadata-token") != "token-" + std::to_string(tokens)) {
      return answer(401);
    }
    if (path == "/latest/meta-data/iam/security-credentials/") {
      return role.empty() ? answer(404) : answer(200, role + "\n");
    }
    if (path == "/latest/meta-data/iam/security-credentials/" + role) return answer(200, keys());
    return answer(404);
  }

  std::string keys() {
    ++given;
    return credentials_json("key-" + std::to_string(given), "Token",
                            iso(clock.wall() + expires_in));
  }

  VirtualClock& clock;
  int token_status = 200;
  int tokens = 0;
  int given = 0;
  std::string role = "app";
  std::chrono::seconds expires_in = hours{6};
};

TEST(InstanceCredentials, AreThoseOfTheInstancesRole) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    Metadata metadata(clock);
    bench.transport.otherwise([&](const http::Request& request) { return metadata(request); });
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    CO_ASSERT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.id(), "key-1");
    EXPECT_EQ(outcome.resolved.source, "instance role app");
    EXPECT_EQ(bench.transport.requests().size(), 3U);
    EXPECT_EQ(bench.transport.requests().at(0).origin.url(), "http://169.254.169.254");
    EXPECT_LE(bench.transport.deadlines().at(0).at(), clock.now() + seconds{1});
  });
}

TEST(InstanceCredentials, AnExpiredSessionTokenIsReplacedOnce) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    Metadata metadata(clock);
    bench.transport.otherwise([&](const http::Request& request) { return metadata(request); });
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    ++metadata.tokens;  // the service has forgotten ours
    chain->invalidate();
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "key-2");
    EXPECT_EQ(metadata.tokens, 3);
  });
}

TEST(InstanceCredentials, ThereIsNoFallBackToVersionOne) {
  for (const int status : {403, 404, 405}) {
    run_virtual([status](VirtualClock& clock) -> Task<> {
      CredentialsBench bench(clock);
      Metadata metadata(clock);
      metadata.token_status = status;
      bench.transport.otherwise([&](const http::Request& request) { return metadata(request); });
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_TRUE(outcome.says("hop limit")) << outcome.error;
      EXPECT_EQ(bench.transport.requests().size(), 1U);
    });
  }
}

TEST(InstanceCredentials, WithoutARoleThereAreNone) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    Metadata metadata(clock);
    metadata.role.clear();
    bench.transport.otherwise([&](const http::Request& request) { return metadata(request); });
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("the instance has no role")) << outcome.error;
  });
}

TEST(InstanceCredentials, ARoleThatGivesNoneIsNamed) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.transport.then(200, "token")
        .then(200, "app")
        .then(200, R"({"Code":"AssumeRoleUnauthorizedAccess"})");
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("AssumeRoleUnauthorizedAccess")) << outcome.error;
  });
}

TEST(InstanceCredentials, ExpiredOnesAreUsedOnWhileTheServiceHasNothingNewer) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    Metadata metadata(clock);
    metadata.expires_in = seconds{-30};
    bench.transport.otherwise([&](const http::Request& request) { return metadata(request); });
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "key-1");
    co_await clock.sleep_for(minutes(16));
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "key-1");
    co_await clock.sleep_for(minutes(10));
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "key-2");
  });
}

TEST(InstanceCredentials, AreUsedOnWhileTheServiceIsSilent) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    Metadata metadata(clock);
    bool silent = false;
    bench.transport.otherwise([&](const http::Request& request) {
      if (silent) {
        throw http::TransportError(http::TransportErrorKind::timeout, request.origin, "x", true);
      }
      return metadata(request);
    });
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    silent = true;
    co_await clock.sleep_for(hours(7));
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.id(), "key-1");
  });
}

TEST(InstanceCredentials, AnyOneLostExchangeIsRepeatedWhenAttemptsAllow) {
  for (std::size_t step = 0; step < 3; ++step) {
    run_virtual([=](VirtualClock& clock) -> Task<> {
      CredentialsBench bench(clock);
      bench.machine.variables["AWS_METADATA_SERVICE_NUM_ATTEMPTS"] = "2";
      Metadata metadata(clock);
      bench.transport.otherwise([&](const http::Request& request) { return metadata(request); });
      bench.transport.fail_at(step, http::TransportErrorKind::closed, true);
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_EQ(outcome.id(), "key-1");
      EXPECT_EQ(bench.transport.requests().size(), 4U);
    });
  }
}

TEST(InstanceRegion, IsAskedOfTheMetadataServiceUnlessDisabledOrAbsent) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    const AwsConfig config =
        load_aws_config(bench.machine.environment(), bench.machine.file_reader());
    bench.transport.then(200, "token").then(200, "eu-north-1\n");
    auto region = co_await find_instance_region(bench.context(), config, Deadline::never());
    EXPECT_EQ(region, "eu-north-1");
    EXPECT_EQ(bench.transport.requests().back().target, "/latest/meta-data/placement/region");
    bench.transport.then_fail(http::TransportErrorKind::timeout, true);
    region = co_await find_instance_region(bench.context(), config, Deadline::never());
    EXPECT_EQ(region, "");
    bench.machine.variables["AWS_EC2_METADATA_DISABLED"] = "true";
    region = co_await find_instance_region(bench.context(), config, Deadline::never());
    EXPECT_EQ(region, "");
  });
}

TEST(InstanceCredentials, EndpointAndPatienceCanBeSet) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    Metadata metadata(clock);
    bench.transport.otherwise([&](const http::Request& request) { return metadata(request); });
    bench.machine.variables["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "IPv6";
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(bench.transport.requests().back().origin.host, "fd00:ec2::254");
    bench.set_config(
        "[default]\nec2_metadata_service_endpoint = http://127.0.0.1:1338/\n"
        "metadata_service_timeout = 5\n");
    chain = bench.chain();
    outcome = co_await resolve(*chain);
    EXPECT_EQ(bench.transport.requests().back().origin.url(), "http://127.0.0.1:1338");
    EXPECT_EQ(bench.transport.deadlines().back().at(), clock.now() + seconds{5});
    bench.machine.variables["AWS_METADATA_SERVICE_TIMEOUT"] = "soon";
    chain = bench.chain();
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("AWS_METADATA_SERVICE_TIMEOUT is 'soon'")) << outcome.error;
    bench.machine.variables["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "IPv5";
    chain = bench.chain();
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("expected IPv4 or IPv6")) << outcome.error;
  });
}

}  // namespace
}  // namespace albatross
