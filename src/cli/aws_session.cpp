#include "cli/aws_session.hpp"

#include "albatross/clients/config.hpp"
#include "albatross/clients/default_credentials.hpp"
#include "albatross/http/beast_transport.hpp"
#include "albatross/http/proxy.hpp"
#include "albatross/version.hpp"

#include "cli/error_report.hpp"

#include <map>
#include <optional>
#include <stdexcept>
#include <unistd.h>

namespace albatross::cli {
namespace {

AwsConfig read_config(const App& app, const std::string& region) {
  ConfigOverrides overrides;
  overrides.profile = app.global().profile;
  overrides.region = region.empty() ? app.global().region : region;
  overrides.endpoint_url = app.global().endpoint_url;
  AwsConfig config = load_aws_config(app.environment(), system_file_reader(), overrides);
  if (config.region.empty()) {
    throw UsageError(
        "no region: give --region, set AWS_REGION, or put it into the stack file or "
        "the profile");
  }
  return config;
}

http::ProxySettings proxy_settings(const App& app) {
  std::map<std::string, std::string> variables;
  for (const char* name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY",
                           "all_proxy", "NO_PROXY", "no_proxy"}) {
    const std::optional<std::string> value = app.environment()(name);
    if (value) variables.emplace(name, *value);
  }
  return http::proxy_from_environment(variables);
}

http::BeastTransportOptions transport_options(const App& app, const AwsConfig& config) {
  http::BeastTransportOptions options;
  options.ca_bundle = config.ca_bundle;
  options.user_agent = "albatross/" + std::string(version);
  try {
    options.proxy = proxy_settings(app);
  } catch (const std::invalid_argument& wrong) {
    throw UsageError(wrong.what());
  }
  return options;
}

ApiCaller::Options caller_options(const AwsConfig& config) {
  ApiCaller::Options options;
  options.region = config.region;
  options.endpoints = config.endpoints;
  options.retry = config.retry;
  return options;
}

CredentialsContext credentials_context(App& app, http::Transport& transport) {
  CredentialsContext context(app.clock(), app.entropy(), transport);
  context.environment = app.environment();
  return context;
}

/// "deploy by pid 4711 on build-3", for whoever finds the stack locked.
std::string holder(const std::string& doing) {
  return doing + " by pid " + std::to_string(::getpid()) + " on " + host_name();
}

}  // namespace

struct AwsSession::Parts {
  Parts(App& app, const AwsConfig& config, const std::string& doing)
      : transport(app.clock(), transport_options(app, config)),
        credentials(make_default_credentials(credentials_context(app, transport), config)),
        caller(app.clock(), app.entropy(), transport, *credentials, caller_options(config)),
        deployer(caller, app.store(), app.entropy(), holder(doing)) {}

  http::BeastTransport transport;
  std::unique_ptr<CredentialsProvider> credentials;
  ApiCaller caller;
  Deployer deployer;
};

AwsSession::AwsSession(App& app, const std::string& region, const std::string& doing)
    : parts_(std::make_unique<Parts>(app, read_config(app, region), doing)) {}

AwsSession::~AwsSession() = default;

const std::string& AwsSession::region() const {
  return parts_->caller.region();
}

ApiCaller& AwsSession::caller() {
  return parts_->caller;
}

Deployer& AwsSession::deployer() {
  return parts_->deployer;
}

}  // namespace albatross::cli
