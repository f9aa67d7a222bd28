#include "clients/credentials_bench.hpp"
#include "clients/sha1.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace albatross {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::minutes;
using test::answer;
using test::CredentialsBench;
using test::iso;
using test::resolve;
using test::run_virtual;

TEST(Sha1, AgreesWithTheStandardsExamples) {
  EXPECT_EQ(sha1_hex(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(sha1_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
  EXPECT_EQ(sha1_hex(std::string(1'000'000, 'a')), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

constexpr const char* profile =
    "[profile work]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev & Ops\n"
    "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n";

std::string token_file() {
  return "/home/u/.aws/sso/cache/" + sha1_hex("corp") + ".json";
}

json stored(WallTime expires) {
  return {{"accessToken", "access-1"},
          {"expiresAt", iso(expires)},
          {"region", "eu-west-1"},
          {"clientId", "client"},
          {"clientSecret", "hidden"},
          {"refreshToken", "refresh-1"},
          {"startUrl", "https://corp.awsapps.com/start"}};
}

std::string role_answer(VirtualClock& clock, const std::string& id) {
  const auto expires = std::chrono::duration_cast<std::chrono::milliseconds>(
      (clock.wall() + hours{1}).time_since_epoch());
  return json{{"roleCredentials",
               {{"accessKeyId", id},
                {"secretAccessKey", "s"},
                {"sessionToken", "t"},
                {"expiration", expires.count()}}}}
      .dump();
}

struct Bench : CredentialsBench {
  explicit Bench(VirtualClock& virtual_clock) : CredentialsBench(virtual_clock) {
    set_config(profile);
    machine.variables["AWS_PROFILE"] = "work";
    machine.files[token_file()] = stored(virtual_clock.wall() + hours{8}).dump();
  }
};

TEST(SsoCredentials, RoleIsAskedForWithTheStoredToken) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.transport.then(200, role_answer(clock, "sso"));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    CO_ASSERT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.id(), "sso");
    EXPECT_EQ(outcome.resolved.expires_at, clock.wall() + hours{1});
    const http::Request& sent = bench.transport.requests().at(0);
    EXPECT_EQ(sent.origin.url(), "https://portal.sso.eu-west-1.amazonaws.com");
    EXPECT_EQ(sent.target,
              "/federation/credentials?role_name=Dev%20%26%20Ops&account_id=123456789012");
    EXPECT_EQ(sent.headers.find("x-amz-sso_bearer_token"), "access-1");
  });
}

TEST(SsoCredentials, TheOlderFormIsKeptUnderItsStartUrl) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.set_config(
        "[profile work]\nsso_start_url = https://old/start\nsso_region = us-east-1\n"
        "sso_account_id = 1\nsso_role_name = r\n");
    json token = stored(clock.wall() + minutes{5});  // would be refreshed if it had a session
    bench.machine.files["/home/u/.aws/sso/cache/" + sha1_hex("https://old/start") + ".json"] =
        token.dump();
    bench.transport.then(200, role_answer(clock, "old"));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "old");
    EXPECT_EQ(bench.transport.requests().size(), 1U);
  });
}

TEST(SsoCredentials, ATokenAboutToExpireIsRefreshedAndStored) {
  for (const auto left : {minutes{10}, minutes{-10}}) {
    run_virtual([left](VirtualClock& clock) -> Task<> {
      Bench bench(clock);
      bench.machine.files[token_file()] = stored(clock.wall() + left).dump();
      bench.transport
          .then(200, R"({"accessToken":"access-2","expiresIn":28800,"refreshToken":"refresh-2"})")
          .then(200, role_answer(clock, "sso"));
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      CO_ASSERT_EQ(outcome.error, "");
      const http::Request& refresh = bench.transport.requests().at(0);
      EXPECT_EQ(refresh.origin.url() + refresh.target,
                "https://oidc.eu-west-1.amazonaws.com/token");
      const json asked = json::parse(refresh.body);
      EXPECT_EQ(asked["grantType"], "refresh_token");
      EXPECT_EQ(asked["refreshToken"], "refresh-1");
      EXPECT_EQ(asked["clientSecret"], "hidden");
      EXPECT_EQ(bench.transport.requests().at(1).headers.find("x-amz-sso_bearer_token"),
                "access-2");
      const json file = json::parse(bench.machine.files[token_file()]);
      EXPECT_EQ(file["accessToken"], "access-2");
      EXPECT_EQ(file["refreshToken"], "refresh-2");
      EXPECT_EQ(file["expiresAt"], iso(clock.wall() + hours{8}));
      EXPECT_EQ(file["startUrl"], "https://corp.awsapps.com/start");
    });
  }
}

TEST(SsoCredentials, AValidTokenServesWhenItsRefreshFails) {
  for (const int status : {400, 500}) {
    run_virtual([status](VirtualClock& clock) -> Task<> {
      Bench bench(clock);
      bench.machine.files[token_file()] = stored(clock.wall() + minutes{10}).dump();
      bench.transport.then(status);
      if (status == 500) bench.transport.then(status);
      bench.transport.then(200, role_answer(clock, "sso"));
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_EQ(outcome.id(), "sso");
      EXPECT_EQ(bench.transport.requests().back().headers.find("x-amz-sso_bearer_token"),
                "access-1");
    });
  }
}

TEST(SsoCredentials, ALoginIsAskedForWheneverOnlyThatHelps) {
  struct Case {
    const char* what;
    std::string file;
    int status;
  };
  run_virtual([](VirtualClock& clock) -> Task<> {
    json no_refresh = stored(clock.wall() - hours{1});
    no_refresh.erase("refreshToken");
    json unregistered = stored(clock.wall() - hours{1});
    unregistered["registrationExpiresAt"] = iso(clock.wall() - hours{1});
    const std::vector<Case> cases{{"there is no SSO login", "", 0},
                                  {"is damaged", "{", 0},
                                  {"has expired", no_refresh.dump(), 0},
                                  {"has expired", unregistered.dump(), 0},
                                  {"is not accepted", stored(clock.wall() + hours{1}).dump(), 401}};
    for (const Case& one : cases) {
      Bench bench(clock);
      bench.machine.files[token_file()] = one.file;
      if (one.file.empty()) bench.machine.files.erase(token_file());
      if (one.status != 0) bench.transport.then(one.status);
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_TRUE(outcome.says(one.what)) << one.what << "\n" << outcome.error;
      EXPECT_TRUE(outcome.says("aws sso login --profile work")) << outcome.error;
      EXPECT_FALSE(outcome.says("hidden"));
    }
  });
}

TEST(SsoCredentials, ARoleThatIsNotGivenIsNamed) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.transport.then(403);
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("no access to the role Dev & Ops of account 123456789012"));
  });
}

TEST(SsoCredentials, AnswersThatMakeNoSenseAreNamed) {
  for (const char* body : {"", "[]", "{}", R"({"roleCredentials":{}})",
                           R"({"roleCredentials":{"accessKeyId":"a","secretAccessKey":"hidden",
                               "sessionToken":"t","expiration":"soon"}})"}) {
    run_virtual([body](VirtualClock& clock) -> Task<> {
      Bench bench(clock);
      bench.transport.then(200, body);
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_TRUE(outcome.says("the SSO service's answer has no")) << outcome.error;
      EXPECT_FALSE(outcome.says("hidden"));
    });
  }
}

TEST(SsoCredentials, EndpointsCanBeReplaced) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.machine.variables["AWS_ENDPOINT_URL_SSO"] = "http://127.0.0.1:1";
    bench.transport.then(200, role_answer(clock, "sso"));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(bench.transport.requests().at(0).origin.url(), "http://127.0.0.1:1");
  });
}

}  // namespace
}  // namespace albatross
