#include "clients/credentials_bench.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross {
namespace {

using std::chrono::minutes;
using test::CredentialsBench;
using test::resolve;
using test::run_virtual;

ConfigOverrides named(std::string profile) {
  ConfigOverrides overrides;
  overrides.profile = std::move(profile);
  return overrides;
}

void set_environment_keys(CredentialsBench& bench) {
  bench.machine.variables["AWS_ACCESS_KEY_ID"] = "env";
  bench.machine.variables["AWS_SECRET_ACCESS_KEY"] = "env-secret";
}

TEST(DefaultCredentials, EnvironmentComesFirst) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    set_environment_keys(bench);
    bench.machine.variables["AWS_SESSION_TOKEN"] = "token";
    bench.set_credentials("[default]\naws_access_key_id = file\naws_secret_access_key = s\n");
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "env");
    EXPECT_EQ(outcome.resolved.credentials.secret_access_key.reveal(), "env-secret");
    EXPECT_EQ(outcome.resolved.credentials.session_token.reveal(), "token");
    EXPECT_EQ(outcome.resolved.source, "environment");
  });
}

TEST(DefaultCredentials, TheFormerNameOfTheSessionTokenCounts) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    set_environment_keys(bench);
    bench.machine.variables["AWS_SECURITY_TOKEN"] = "old";
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.resolved.credentials.session_token.reveal(), "old");
  });
}

TEST(DefaultCredentials, HalfASetOfKeysIsAnErrorAndNotSkipped) {
  for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}) {
    run_virtual([name](VirtualClock& clock) -> Task<> {
      CredentialsBench bench(clock);
      bench.machine.variables[name] = "x";
      bench.set_credentials("[default]\naws_access_key_id = file\naws_secret_access_key = s\n");
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_TRUE(outcome.says("is not set, though its companion is")) << outcome.error;
    });
  }
}

TEST(DefaultCredentials, ExpiredEnvironmentCredentialsAreSaidToBe) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    set_environment_keys(bench);
    bench.machine.variables["AWS_CREDENTIAL_EXPIRATION"] = test::iso(clock.wall() + minutes{1});
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "env");
    EXPECT_EQ(outcome.resolved.expires_at, clock.wall() + minutes{1});
    co_await clock.sleep_for(minutes(2));
    outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("expired at")) << outcome.error;
  });
}

TEST(DefaultCredentials, AProfileNamedByAFlagBeatsTheEnvironment) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    set_environment_keys(bench);
    bench.set_credentials("[dev]\naws_access_key_id = file\naws_secret_access_key = s\n");
    auto chain = bench.chain(named("dev"));
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "file");
    EXPECT_EQ(outcome.resolved.source, "profile dev in /home/u/.aws/credentials");
    bench.machine.variables["AWS_PROFILE"] = "dev";  // a variable does not
    chain = bench.chain();
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "env");
  });
}

TEST(DefaultCredentials, OrderWithinAProfileIsAwss) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\naws_access_key_id = config\naws_secret_access_key = s\n");
    auto chain = bench.chain();
    auto outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "config");

    bench.set_config(
        "[default]\naws_access_key_id = config\naws_secret_access_key = s\n"
        "credential_process = helper\n");
    CredentialsContext context = bench.context();
    context.run_process = [](std::vector<std::string> words, Deadline) -> Task<ProcessResult> {
      ProcessResult result;
      result.output =
          R"({"Version":1,"AccessKeyId":")" + words.at(0) + R"(","SecretAccessKey":"s"})";
      co_return result;
    };
    chain = bench.chain(context);
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "helper");

    bench.set_credentials("[default]\naws_access_key_id = file\naws_secret_access_key = s\n");
    chain = bench.chain(context);
    outcome = co_await resolve(*chain);
    EXPECT_EQ(outcome.id(), "file");
  });
}

TEST(DefaultCredentials, ErrorTellsOfEverySourceWhyItGaveNothing) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\nregion = eu-west-1\n");
    bench.transport.otherwise([](const http::Request& request) -> http::Response {
      throw http::TransportError(http::TransportErrorKind::timeout, request.origin, "no route",
                                 true);
    });
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    for (const char* line :
         {"environment: AWS_ACCESS_KEY_ID is not set",
          "assumed role: profile 'default' has no role_arn",
          "web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set",
          "SSO: profile 'default' has no sso_session",
          "credentials file: /home/u/.aws/credentials does not exist",
          "credential_process: profile 'default' has no credential_process",
          "config file: profile 'default' has no aws_access_key_id in /home/u/.aws/config",
          "container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "instance metadata: no answer from http://169.254.169.254"}) {
      EXPECT_TRUE(outcome.says(line)) << line << "\n\n" << outcome.error;
    }
  });
}

TEST(DefaultCredentials, NothingIsSentWhenInstanceMetadataIsDisabled) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.machine.variables["AWS_EC2_METADATA_DISABLED"] = "TRUE";
    bench.machine.variables.erase("HOME");
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_TRUE(outcome.says("instance metadata: AWS_EC2_METADATA_DISABLED is set"));
    EXPECT_TRUE(outcome.says("there is no profile 'default'"));
    EXPECT_TRUE(outcome.says("credentials file: HOME is not set")) << outcome.error;
    EXPECT_TRUE(bench.transport.requests().empty());
    chain->invalidate();
  });
}

TEST(DefaultCredentials, MisconfiguredSourceIsAnErrorWithFileAndLineAndNotSkipped) {
  struct Case {
    const char* config;
    const char* error;
  };
  for (const Case one : {
           Case{"[default]\naws_access_key_id = a\n",
                "config:1: profile 'default' has no aws_secret"},
           Case{"[default]\nrole_arn = r\n", "config:2: profile 'default' needs source_profile or"},
           Case{"[default]\nrole_arn = r\nsource_profile = x\ncredential_source = Environment\n",
                "only one of"},
           Case{"[default]\nrole_arn = r\nsource_profile = nobody\n",
                "config:3: there is no profile 'nobody'"},
           Case{"[default]\nrole_arn = r\nsource_profile = x\n[profile x]\n",
                "config:3: profile 'x' has no credentials"},
           Case{"[default]\nrole_arn = r\ncredential_source = Magic\n",
                "config:3: credential_source"},
           Case{"[default]\nrole_arn = r\ncredential_source = EcsContainer\n", "no container"},
           Case{"[default]\nrole_arn = r\nsource_profile = a\n[profile a]\nrole_arn = s\n"
                "source_profile = default\n",
                "default -> a -> default"},
           Case{"[default]\nrole_arn = r\nsource_profile = default\n", "default -> default"},
           Case{"[default]\nrole_arn = r\ncredential_source = Environment\nduration_seconds = 60\n",
                "config:4: duration_seconds is '60'"},
           Case{"[default]\nweb_identity_token_file = /t\n",
                "config:2: profile 'default' has web_id"},
           Case{"[default]\nsso_session = s\n", "config:2: there is no section [sso-session s]"},
           Case{"[default]\nsso_start_url = u\nsso_region = r\nsso_account_id = 1\n",
                "lacks sso_role_name"},
           Case{"[default]\nlogin_session = x\n", "aws configure export-credentials"},
       }) {
    run_virtual([one](VirtualClock& clock) -> Task<> {
      CredentialsBench bench(clock);
      bench.set_config(one.config);
      auto chain = bench.chain();
      const auto outcome = co_await resolve(*chain);
      EXPECT_TRUE(outcome.says(one.error)) << one.error << "\n\n" << outcome.error;
      EXPECT_TRUE(bench.transport.requests().empty());
    });
  }
}

TEST(DefaultCredentials, NoSecretIsInAnyError) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    CredentialsBench bench(clock);
    bench.set_config("[default]\naws_secret_access_key = hidden-secret\n");
    auto chain = bench.chain();
    const auto outcome = co_await resolve(*chain);
    EXPECT_FALSE(outcome.error.empty());
    EXPECT_FALSE(outcome.says("hidden-secret"));
  });
}

}  // namespace
}  // namespace albatross
