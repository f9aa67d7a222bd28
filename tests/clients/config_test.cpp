#include "albatross/clients/config.hpp"

#include "support/fake_machine.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross {
namespace {

using test::FakeMachine;

AwsConfig load(const FakeMachine& machine, const ConfigOverrides& overrides = ConfigOverrides()) {
  return load_aws_config(machine.environment(), machine.file_reader(), overrides);
}

std::string error_of(const FakeMachine& machine,
                     const ConfigOverrides& overrides = ConfigOverrides()) {
  try {
    load(machine, overrides);
    return "";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

TEST(AwsConfigOrder, NothingAtAllGivesTheDefaults) {
  const AwsConfig config = load(FakeMachine());
  EXPECT_EQ(config.profile, "default");
  EXPECT_FALSE(config.profile_is_explicit);
  EXPECT_EQ(config.region, "");
  EXPECT_EQ(config.retry.mode, RetryMode::standard);
  EXPECT_EQ(config.retry.max_attempts, 3);
  EXPECT_EQ(config.endpoints.url, "");
  EXPECT_TRUE(config.files);
}

TEST(AwsConfigOrder, RegionFromFlagThenEnvironmentThenProfile) {
  FakeMachine machine;
  machine.files["/home/u/.aws/config"] = "[default]\nregion = from-file-1\n";
  EXPECT_EQ(load(machine).region, "from-file-1");
  machine.variables["AWS_DEFAULT_REGION"] = "from-default-1";
  EXPECT_EQ(load(machine).region, "from-default-1");
  machine.variables["AWS_REGION"] = "from-env-1";
  EXPECT_EQ(load(machine).region, "from-env-1");
  ConfigOverrides overrides;
  overrides.region = "from-flag-1";
  EXPECT_EQ(load(machine, overrides).region, "from-flag-1");
  machine.variables["AWS_REGION"] = "";  // empty is not set
  EXPECT_EQ(load(machine).region, "from-default-1");
}

TEST(AwsConfigOrder, ProfileFromFlagThenEnvironment) {
  FakeMachine machine;
  machine.files["/home/u/.aws/config"] =
      "[profile a]\nregion = a-1\n[profile b]\nregion = b-1\n[profile c]\nregion = c-1\n";
  machine.variables["AWS_DEFAULT_PROFILE"] = "a";
  EXPECT_EQ(load(machine).region, "a-1");
  machine.variables["AWS_PROFILE"] = "b";
  EXPECT_EQ(load(machine).region, "b-1");
  EXPECT_FALSE(load(machine).profile_is_explicit);
  ConfigOverrides overrides;
  overrides.profile = "c";
  EXPECT_EQ(load(machine, overrides).region, "c-1");
  EXPECT_TRUE(load(machine, overrides).profile_is_explicit);
}

TEST(AwsConfigOrder, AProfileInheritsNothingFromDefault) {
  FakeMachine machine;
  machine.files["/home/u/.aws/config"] = "[default]\nregion = d-1\n[profile a]\noutput = x\n";
  machine.variables["AWS_PROFILE"] = "a";
  EXPECT_EQ(load(machine).region, "");
}

TEST(AwsConfigErrors, ANamedProfileThatDoesNotExistIsRefused) {
  FakeMachine machine;
  machine.variables["AWS_PROFILE"] = "prod";
  EXPECT_EQ(error_of(machine),
            "there is no profile 'prod' (AWS_PROFILE) in /home/u/.aws/config or "
            "/home/u/.aws/credentials");
  ConfigOverrides overrides;
  overrides.profile = "dev";
  EXPECT_TRUE(has(error_of(machine, overrides), "'dev' (--profile)"));
}

TEST(AwsConfigOrder, FilesAreWhereTheVariablesSay) {
  FakeMachine machine;
  machine.variables["AWS_CONFIG_FILE"] = "~/mine";
  machine.variables["AWS_SHARED_CREDENTIALS_FILE"] = "/etc/keys";
  machine.files["/home/u/mine"] = "[default]\nregion = mine-1\n";
  machine.files["/etc/keys"] = "[ci]\nregion = keys-1\n";
  EXPECT_EQ(load(machine).region, "mine-1");
  machine.variables["AWS_PROFILE"] = "ci";
  EXPECT_EQ(load(machine).region, "keys-1");
  machine.variables.erase("HOME");
  machine.variables["AWS_CONFIG_FILE"] = "";
  EXPECT_EQ(load(machine).region, "keys-1");
}

TEST(AwsConfigErrors, UnreadableAndBrokenFilesAreNamed) {
  FakeMachine machine;
  machine.unreadable.insert("/home/u/.aws/credentials");
  EXPECT_TRUE(has(error_of(machine), "/home/u/.aws/credentials"));
  FakeMachine broken;
  broken.files["/home/u/.aws/config"] = "[default]\nwhat\n";
  EXPECT_TRUE(has(error_of(broken), "/home/u/.aws/config:2: "));
}

TEST(AwsConfigEndpoints, OrderIsFlagServiceVariableVariableServicesSectionProfile) {
  FakeMachine machine;
  machine.files["/home/u/.aws/config"] =
      "[default]\nregion = eu-west-1\nservices = local\nendpoint_url = http://profile.test\n"
      "[services local]\nec2 =\n  endpoint_url = http://section-ec2.test\n"
      "elastic_load_balancing_v2 =\n  endpoint_url = http://section-elb.test\n";
  const auto host = [&](Service service, const ConfigOverrides& overrides = ConfigOverrides()) {
    return resolve_endpoint(service, "eu-west-1", load(machine, overrides).endpoints).origin.host;
  };
  EXPECT_EQ(host(Service::ec2), "section-ec2.test");
  EXPECT_EQ(host(Service::elbv2), "section-elb.test");
  EXPECT_EQ(host(Service::efs), "profile.test");
  machine.variables["AWS_ENDPOINT_URL"] = "http://variable.test";
  EXPECT_EQ(host(Service::ec2), "variable.test");
  machine.variables["AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2"] = "http://variable-elb.test";
  EXPECT_EQ(host(Service::elbv2), "variable-elb.test");
  EXPECT_EQ(host(Service::efs), "variable.test");
  ConfigOverrides flag;
  flag.endpoint_url = "http://flag.test";
  EXPECT_EQ(host(Service::elbv2, flag), "flag.test");
}

TEST(AwsConfigEndpoints, TheIgnoreSettingLeavesOnlyTheFlag) {
  FakeMachine machine;
  machine.variables["AWS_ENDPOINT_URL"] = "http://variable.test";
  machine.variables["AWS_ENDPOINT_URL_EC2"] = "http://ec2.test";
  machine.variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "TRUE";
  EXPECT_EQ(load(machine).endpoints.url, "");
  EXPECT_TRUE(load(machine).endpoints.service_urls.empty());
  ConfigOverrides flag;
  flag.endpoint_url = "http://flag.test";
  EXPECT_EQ(load(machine, flag).endpoints.url, "http://flag.test");
}

TEST(AwsConfigErrors, AServicesSectionThatDoesNotExistIsRefused) {
  FakeMachine machine;
  machine.files["/home/u/.aws/config"] = "[default]\nservices = local\n";
  EXPECT_EQ(error_of(machine), "/home/u/.aws/config:2: there is no section [services local]");
}

TEST(AwsConfigEndpoints, FipsAndDualStackFromVariableAndProfile) {
  FakeMachine machine;
  machine.files["/home/u/.aws/config"] =
      "[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n";
  EXPECT_TRUE(load(machine).endpoints.use_fips);
  EXPECT_TRUE(load(machine).endpoints.use_dual_stack);
  machine.variables["AWS_USE_FIPS_ENDPOINT"] = "false";
  EXPECT_FALSE(load(machine).endpoints.use_fips);
  ConfigOverrides overrides;
  overrides.use_dual_stack = false;
  EXPECT_FALSE(load(machine, overrides).endpoints.use_dual_stack);
}

TEST(AwsConfigErrors, EndpointsThatCannotWorkAreRefusedAtOnce) {
  FakeMachine machine;
  machine.variables["AWS_REGION"] = "eu-west-1";
  machine.variables["AWS_ENDPOINT_URL"] = "localhost:5000";
  EXPECT_TRUE(has(error_of(machine), "localhost:5000"));
  machine.variables["AWS_ENDPOINT_URL"] = "http://localhost:5000";
  machine.variables["AWS_USE_FIPS_ENDPOINT"] = "true";
  EXPECT_TRUE(has(error_of(machine), "FIPS"));
  FakeMachine region;
  region.variables["AWS_REGION"] = "eu west";
  EXPECT_TRUE(has(error_of(region), "'eu west'"));
}

TEST(AwsConfigRetry, ModeAndAttemptsFromFlagVariableAndProfile) {
  FakeMachine machine;
  machine.files["/home/u/.aws/config"] = "[default]\nretry_mode = adaptive\nmax_attempts = 7\n";
  EXPECT_EQ(load(machine).retry.mode, RetryMode::adaptive);
  EXPECT_EQ(load(machine).retry.max_attempts, 7);
  machine.variables["AWS_RETRY_MODE"] = "standard";
  machine.variables["AWS_MAX_ATTEMPTS"] = "2";
  EXPECT_EQ(load(machine).retry.mode, RetryMode::standard);
  EXPECT_EQ(load(machine).retry.max_attempts, 2);
  ConfigOverrides overrides;
  overrides.max_attempts = 9;
  overrides.retry_mode = RetryMode::adaptive;
  EXPECT_EQ(load(machine, overrides).retry.max_attempts, 9);
  EXPECT_EQ(load(machine, overrides).retry.mode, RetryMode::adaptive);
}

TEST(AwsConfigRetry, LegacyMeansFiveAttempts) {
  FakeMachine machine;
  machine.variables["AWS_RETRY_MODE"] = "legacy";
  EXPECT_EQ(load(machine).retry.mode, RetryMode::standard);
  EXPECT_EQ(load(machine).retry.max_attempts, 5);
}

TEST(AwsConfigErrors, ValuesThatMakeNoSenseNameTheirPlace) {
  FakeMachine machine;
  machine.variables["AWS_MAX_ATTEMPTS"] = "0";
  EXPECT_EQ(error_of(machine), "AWS_MAX_ATTEMPTS is '0', expected a whole number from 1");
  machine.variables["AWS_MAX_ATTEMPTS"] = "3x";
  EXPECT_TRUE(has(error_of(machine), "'3x'"));
  FakeMachine file;
  file.files["/home/u/.aws/config"] = "[default]\nretry_mode = fast\n";
  EXPECT_EQ(error_of(file),
            "/home/u/.aws/config:2: retry_mode is 'fast', expected standard, adaptive or legacy");
  file.files["/home/u/.aws/config"] = "[default]\n\nuse_fips_endpoint = yes\n";
  EXPECT_EQ(error_of(file),
            "/home/u/.aws/config:3: use_fips_endpoint is 'yes', expected true or false");
}

TEST(AwsConfigCaBundle, FromFlagVariableProfileAndRequests) {
  FakeMachine machine;
  machine.variables["REQUESTS_CA_BUNDLE"] = "/requests.pem";
  EXPECT_EQ(load(machine).ca_bundle, "/requests.pem");
  machine.files["/home/u/.aws/config"] = "[default]\nca_bundle = ~/ca.pem\n";
  EXPECT_EQ(load(machine).ca_bundle, "/home/u/ca.pem");
  machine.variables["AWS_CA_BUNDLE"] = "/aws.pem";
  EXPECT_EQ(load(machine).ca_bundle, "/aws.pem");
  ConfigOverrides overrides;
  overrides.ca_bundle = "/flag.pem";
  EXPECT_EQ(load(machine, overrides).ca_bundle, "/flag.pem");
}

TEST(SystemEnvironment, ReadsTheProcess) {
  const Environment environment = system_environment();
  EXPECT_TRUE(environment("PATH"));
  EXPECT_FALSE(environment("ALBATROSS_NO_SUCH_VARIABLE"));
}

}  // namespace
}  // namespace albatross
