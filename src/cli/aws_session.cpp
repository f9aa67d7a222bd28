#include "cli/aws_session.hpp"

#include "albatross/clients/config.hpp"
#include "albatross/clients/default_credentials.hpp"
#include "albatross/http/beast_transport.hpp"
#include "albatross/http/proxy.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/version.hpp"

#include "cli/error_report.hpp"
#include "cli/recording/session_tap.hpp"
#include "cli/text.hpp"

#include <boost/system/system_error.hpp>

#include <exception>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace albatross::cli {
namespace {

ConfigOverrides overrides_of(const GlobalOptions& options, const std::string& region) {
  ConfigOverrides overrides;
  overrides.profile = options.profile;
  overrides.region = region.empty() ? options.region : region;
  overrides.endpoint_url = options.endpoint_url;
  overrides.ca_bundle = options.ca_bundle;
  if (options.use_fips) overrides.use_fips = true;
  if (options.use_dual_stack) overrides.use_dual_stack = true;
  if (!options.retry_mode.empty()) {
    overrides.retry_mode =
        options.retry_mode == "adaptive" ? RetryMode::adaptive : RetryMode::standard;
  }
  if (options.max_attempts > 0) overrides.max_attempts = options.max_attempts;
  return overrides;
}

AwsConfig read_config(const App& app, const std::string& region) {
  const ConfigOverrides overrides = overrides_of(app.global(), region);
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
  // What stands in AWS's place has no limits of AWS's.
  const bool is_aws = config.endpoints.url.empty() && config.endpoints.service_urls.empty();
  if (is_aws) options.rate_limits = std::make_shared<ApiRateLimits>();
  return options;
}

CredentialsContext credentials_context(App& app, http::Transport& transport) {
  CredentialsContext context(app.clock(), app.system_entropy(), transport);
  context.environment = app.environment();
  return context;
}

/// "deploy by pid 4711 on build-3 since 2026-01-02T03:04:05Z", for whoever finds the stack locked.
std::string holder(const std::string& doing, WallTime now) {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch());
  return doing + " by pid " + std::to_string(::getpid()) + " on " + host_name() + " since " +
         utc_text(since.count());
}

/// Where the first calls of a deployment go.
std::set<http::Origin> first_origins(const AwsConfig& config) {
  std::set<http::Origin> origins;
  for (const Service service :
       {Service::sts, Service::ec2, Service::elbv2, Service::efs, Service::service_quotas}) {
    origins.insert(resolve_endpoint(service, config.region, config.endpoints).origin);
  }
  return origins;
}

Task<> connect_if_possible(http::BeastTransport& transport, http::Origin origin) {
  try {
    co_await transport.connect(std::move(origin), Deadline::never());
  } catch (const std::exception&) {
    co_return;  // whatever it is, and a cancellation too: the call that needs it will tell
  }
}

/// Asks what stands in AWS's place as a proxy: one that takes the whole URL in the request line.
class ThroughEndpoint final : public http::Transport {
 public:
  ThroughEndpoint(http::Transport& real, http::Origin endpoint)
      : real_(real), endpoint_(std::move(endpoint)) {}

  Task<http::Response> send(http::Request request, Deadline deadline) override {
    // The name that the route asks for stands in the URL: a proxy looks nowhere else.
    http::Origin asked = request.origin;
    if (const auto named = request.headers.find("Host")) asked.host = *named;
    request.headers.set("Host", asked.authority());
    request.target = asked.url() + request.target;
    request.origin = endpoint_;
    auto sent = real_.send(std::move(request), deadline);
    http::Response response = co_await std::move(sent);
    co_return response;
  }

 private:
  http::Transport& real_;
  http::Origin endpoint_;
};

/// Absent: AWS's own.
std::optional<http::Origin> override_of(const AwsConfig& config) {
  if (!config.endpoints.url.empty()) return http::parse_url(config.endpoints.url).origin;
  const auto balancing = config.endpoints.service_urls.find(Service::elbv2);
  if (balancing == config.endpoints.service_urls.end()) return std::nullopt;
  return http::parse_url(balancing->second).origin;
}

http::Transport& tapped_visitor(const App& app, http::Transport& real) {
  return app.tap() == nullptr ? real : app.tap()->visitor(real);
}

http::Transport& tapped(const App& app, http::Transport& real) {
  return app.tap() == nullptr ? real : app.tap()->transport(real);
}

std::unique_ptr<CredentialsProvider> tapped(const App& app,
                                            std::unique_ptr<CredentialsProvider> real) {
  return app.tap() == nullptr ? std::move(real) : app.tap()->credentials(std::move(real));
}

}  // namespace

struct AwsSession::Parts {
  Parts(App& app, AwsConfig the_config, const std::string& doing)
      : config(std::move(the_config)),
        origins(app.tap() != nullptr && app.tap()->offline() ? std::set<http::Origin>()
                                                             : first_origins(config)),
        connections(app.clock(), transport_options(app, config)),
        transport(tapped(app, connections)),
        endpoint(override_of(config)),
        through_endpoint(connections, endpoint.value_or(http::Origin())),
        visitor(tapped_visitor(
            app, endpoint ? static_cast<http::Transport&>(through_endpoint) : connections)),
        credentials(
            tapped(app, make_default_credentials(credentials_context(app, transport), config))),
        caller(app.clock(), app.entropy(), transport, *credentials, caller_options(config)),
        deployer(caller, app.store(), app.entropy(), holder(doing, app.clock().wall()),
                 app.tap() == nullptr ? LookSharing::on : LookSharing::off) {
    if (app.tap() != nullptr) app.tap()->configured(config);
  }

  AwsConfig config;
  /// Where to connect ahead of need; none when nothing may reach the network.
  std::set<http::Origin> origins;
  http::BeastTransport connections;
  http::Transport& transport;
  std::optional<http::Origin> endpoint;
  ThroughEndpoint through_endpoint;
  http::Transport& visitor;
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

const AwsConfig& AwsSession::config() const {
  return parts_->config;
}

http::Transport& AwsSession::transport() {
  return parts_->transport;
}

Visitors AwsSession::visitors() {
  return [parts = parts_.get()](const http::Origin& origin) -> http::Transport* {
    if (!parts->endpoint) return &parts->visitor;
    const bool here = origin.host.ends_with(".localhost");
    return here && !origin.tls ? &parts->visitor : nullptr;
  };
}

Deployer& AwsSession::deployer() {
  return parts_->deployer;
}

Task<ExitCode> AwsSession::while_connecting(Task<ExitCode> command) {
  std::optional<ExitCode> code;
  auto body = [&](TaskGroup& group) -> Task<> {
    for (const http::Origin& origin : parts_->origins)
      group.spawn(connect_if_possible(parts_->connections, origin));
    code = co_await std::move(command);
    group.cancel();
  };
  try {
    co_await TaskGroup::run(std::move(body));
  } catch (const boost::system::system_error&) {
    // A command that was told to stop ends in order, and says how; its group only knows of the
    // stop.
    if (!code) throw;
  }
  co_return *code;
}

}  // namespace albatross::cli
