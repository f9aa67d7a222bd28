#include "clients/credentials_bench.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::answer;
using test::CredentialsBench;
using test::iso;
using test::resolve;
using test::run_virtual;

constexpr const char* with_keys =
    "[base]\naws_access_key_id = base\naws_secret_access_key = base-secret\n";

http::Response session(const std::string& action, const std::string& id, WallTime expiration) {
  return answer(200, "<" + action + "Response><" + action +
                         "Result><AssumedRoleUser><AssumedRoleId>A:b</AssumedRoleId><Arn>arn</Arn>"
                         "</AssumedRoleUser><Credentials><AccessKeyId>" +
                         id + "</AccessKeyId><SecretAccessKey>s-" + id +
                         "</SecretAccessKey><SessionToken>t-" + id + "</SessionToken><Expiration>" +
                         iso(expiration) + "</Expiration></Credentials></" + action + "Result></" +
                         action + "Response>");
}

http::Response refusal(int status, const std::string& code, const std::string& message) {
  return answer(status, "<ErrorResponse><Error><Type>Sender</Type><Code>" + code +
                            "</Code><Message>" + message +
                            "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
}

bool holds(const http::Request& request, const std::string& text) {
  return request.body.find(text) != std::string::npos;
}

bool signed_by(const http::Request& request, const std::string& id) {
  const auto authorization = request.headers.find("authorization");
  return authorization && authorization->find("Credential=" + id + "/") != std::string_view::npos;
}

TEST(AssumedRole, IsAssumedWithTheSourceProfilesKeysAndAllSettings) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config(
        "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n"
        "external_id = ext\nduration_seconds = 1800\nrole_session_name = me\n");
    bench.set_credentials(with_keys);
    bench.transport.then(session("AssumeRole", "role", clock.wall() + hours{1}));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    CO_ASSERT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.id(), "role");
    EXPECT_EQ(outcome.resolved.credentials.session_token.reveal(), "t-role");
    EXPECT_EQ(outcome.resolved.source, "role arn:aws:iam::1:role/r (profile default)");
    const http::Request& sent = bench.transport.requests().at(0);
    EXPECT_EQ(sent.origin.host, "sts.eu-west-1.amazonaws.com");
    EXPECT_TRUE(signed_by(sent, "base"));
    for (const char* part : {"Action=AssumeRole&", "RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr",
                             "ExternalId=ext", "DurationSeconds=1800", "RoleSessionName=me"}) {
      EXPECT_TRUE(holds(sent, part)) << part << "\n" << sent.body;
    }
  });
}

TEST(AssumedRole, IsKeptAndRefreshedAheadOfItsExpiry) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\nrole_arn = r\nsource_profile = base\n");
    bench.set_credentials(with_keys);
    bench.transport.then(session("AssumeRole", "one", clock.wall() + hours{1}));
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "one");
    co_await clock.sleep_for(minutes(46));
    bench.transport.then(session("AssumeRole", "two", clock.wall() + hours{1}));
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "two");
    EXPECT_EQ(bench.transport.requests().size(), 2U);
    chain->invalidate();
    bench.transport.then(session("AssumeRole", "three", clock.wall() + hours{1}));
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "three");
  });
}

TEST(AssumedRole, DefaultSessionNameTellsWhoAndWhen) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\nrole_arn = r\nsource_profile = base\n");
    bench.set_credentials(with_keys);
    bench.transport.then(session("AssumeRole", "one", clock.wall() + hours{1}));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(holds(bench.transport.requests().at(0), "RoleSessionName=albatross-1767225600"));
    EXPECT_EQ(bench.transport.requests().at(0).origin.host, "sts.us-east-1.amazonaws.com");
  });
}

TEST(AssumedRole, RolesAreChained) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config(
        "[default]\nrole_arn = top\nsource_profile = middle\n"
        "[profile middle]\nrole_arn = mid\nsource_profile = base\n");
    bench.set_credentials(with_keys);
    bench.transport.then(session("AssumeRole", "mid", clock.wall() + hours{1}))
        .then(session("AssumeRole", "top", clock.wall() + hours{1}));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "top");
    EXPECT_TRUE(signed_by(bench.transport.requests().at(0), "base"));
    EXPECT_TRUE(holds(bench.transport.requests().at(0), "RoleArn=mid"));
    EXPECT_TRUE(signed_by(bench.transport.requests().at(1), "mid"));
    EXPECT_TRUE(holds(bench.transport.requests().at(1), "RoleArn=top"));
  });
}

TEST(AssumedRole, AProfileMayBeItsOwnSourceWhenItHasKeys) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config(
        "[default]\nrole_arn = r\nsource_profile = default\naws_access_key_id = own\n"
        "aws_secret_access_key = s\n");
    bench.transport.then(session("AssumeRole", "role", clock.wall() + hours{1}));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "role");
    EXPECT_TRUE(signed_by(bench.transport.requests().at(0), "own"));
  });
}

TEST(AssumedRole, SourceMayBeTheEnvironment) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[profile p]\nrole_arn = r\ncredential_source = Environment\n");
    bench.machine.variables["AWS_ACCESS_KEY_ID"] = "env";
    bench.machine.variables["AWS_SECRET_ACCESS_KEY"] = "s";
    bench.transport.then(session("AssumeRole", "role", clock.wall() + hours{1}));
    ConfigOverrides overrides;
    overrides.profile = "p";
    auto chain = bench.chain(overrides);
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "role");
    EXPECT_TRUE(signed_by(bench.transport.requests().at(0), "env"));
  });
}

TEST(AssumedRole, MfaCodeIsAskedForOrItsLackExplained) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\nrole_arn = r\nsource_profile = base\nmfa_serial = device\n");
    bench.set_credentials(with_keys);
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("needs a code of the MFA device device")) << outcome.error;
    CredentialsContext context = bench.context();
    context.ask_mfa_code = [](const std::string& serial) { return serial + "-123456"; };
    bench.transport.then(session("AssumeRole", "role", clock.wall() + hours{1}));
    chain = bench.chain(context);
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "role");
    EXPECT_TRUE(holds(bench.transport.requests().at(0), "SerialNumber=device"));
    EXPECT_TRUE(holds(bench.transport.requests().at(0), "TokenCode=device-123456"));
  });
}

TEST(AssumedRole, RefusalNamesTheRoleAndWhatToDo) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\nrole_arn = arn:r\nsource_profile = base\n");
    bench.set_credentials(with_keys);
    bench.transport.then(refusal(403, "AccessDenied", "not authorized to perform: sts:AssumeRole"));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("the role arn:r was not assumed")) << outcome.error;
    EXPECT_TRUE(outcome.says("trust policy")) << outcome.error;
    EXPECT_FALSE(outcome.says("base-secret"));
  });
}

TEST(AssumedRole, AnyOneLostExchangeOfAChainIsRepeated) {
  for (const auto kind : {http::TransportErrorKind::connect, http::TransportErrorKind::timeout,
                          http::TransportErrorKind::closed}) {
    for (std::size_t step = 0; step < 2; ++step) {
      run_virtual([=](VirtualClock& clock) -> Task<> {
        CredentialsBench bench(clock);
        bench.set_config(
            "[default]\nrole_arn = top\nsource_profile = middle\n"
            "[profile middle]\nrole_arn = mid\nsource_profile = base\n");
        bench.set_credentials(with_keys);
        bench.transport.then(session("AssumeRole", "mid", clock.wall() + hours{1}))
            .then(session("AssumeRole", "top", clock.wall() + hours{1}));
        bench.transport.fail_at(step, kind, true);
        auto chain = bench.chain();
        const auto outcome = co_await resolve(*chain);
        EXPECT_EQ(outcome.error, "");
        EXPECT_EQ(outcome.id(), "top");
        EXPECT_EQ(bench.transport.requests().size(), 3U);
      });
    }
  }
}

CredentialsBench& with_web_identity(CredentialsBench& bench) {
  bench.machine.variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/token";
  bench.machine.variables["AWS_ROLE_ARN"] = "arn:w";
  bench.machine.variables["AWS_REGION"] = "eu-west-1";
  bench.machine.files["/token"] = "jwt-1\n";
  return bench;
}

TEST(WebIdentity, TokenOfTheFileIsExchangedUnsignedAndReadAnewEachTime) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    with_web_identity(bench).machine.variables["AWS_ROLE_SESSION_NAME"] = "pod";
    bench.transport.then(session("AssumeRoleWithWebIdentity", "one", clock.wall() + hours{1}));
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    CO_ASSERT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.id(), "one");
    const http::Request first = bench.transport.requests().at(0);
    EXPECT_EQ(first.origin.host, "sts.eu-west-1.amazonaws.com");
    EXPECT_FALSE(first.headers.find("authorization"));
    EXPECT_TRUE(holds(first, "WebIdentityToken=jwt-1"));
    EXPECT_FALSE(holds(first, "jwt-1%0A"));
    EXPECT_TRUE(holds(first, "RoleSessionName=pod"));
    bench.machine.files["/token"] = "jwt-2";
    co_await clock.sleep_for(minutes(51));
    bench.transport.then(session("AssumeRoleWithWebIdentity", "two", clock.wall() + hours{1}));
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "two");
    EXPECT_TRUE(holds(bench.transport.requests().at(1), "WebIdentityToken=jwt-2"));
  });
}

TEST(WebIdentity, OfAProfileIsUsed) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\nrole_arn = arn:p\nweb_identity_token_file = /token\n");
    bench.machine.files["/token"] = "jwt";
    bench.transport.then(session("AssumeRoleWithWebIdentity", "one", clock.wall() + hours{1}));
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "one");
  });
}

TEST(WebIdentity, InvalidTokenIsTriedThreeTimes) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    with_web_identity(bench);
    const auto invalid = refusal(400, "InvalidIdentityToken", "Couldn't retrieve verification key");
    bench.transport.then(invalid).then(invalid).then(
        session("AssumeRoleWithWebIdentity", "one", clock.wall() + hours{1}));
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "one");
    chain->invalidate();
    bench.transport.then(invalid).then(invalid).then(invalid);
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("InvalidIdentityToken")) << outcome.error;
    EXPECT_FALSE(outcome.says("jwt-1"));
  });
}

TEST(WebIdentity, MissingPartsAreNamed) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    with_web_identity(bench).machine.files.erase("/token");
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("the token file /token does not exist")) << outcome.error;
    bench.machine.files["/token"] = "\n";
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("is empty")) << outcome.error;
    bench.machine.unreadable.insert("/token");
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("cannot be read: permission denied")) << outcome.error;
    bench.machine.variables.erase("AWS_ROLE_ARN");
    chain = bench.chain();
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("AWS_ROLE_ARN is not")) << outcome.error;
  });
}

}  // namespace
}  // namespace albatross
