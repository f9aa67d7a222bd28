#include "albatross/clients/default_credentials.hpp"

#include "clients/credentials/container_credentials.hpp"
#include "clients/credentials/credentials_chain.hpp"
#include "clients/credentials/instance_metadata.hpp"
#include "clients/credentials/profile_sources.hpp"
#include "clients/credentials/static_sources.hpp"
#include "clients/shared_config.hpp"
#include "clients/text.hpp"

#include <utility>
#include <vector>

namespace albatross {
namespace {

using Provider = std::unique_ptr<CredentialsProvider>;

bool metadata_is_disabled(const CredentialsContext& context) {
  return lower_case(context.environment("AWS_EC2_METADATA_DISABLED").value_or("")) == "true";
}

/// Goes through the chain in AWS's order, up to the first source that is configured.
class ChainBuilder {
 public:
  ChainBuilder(SharedContext context, const AwsConfig& config)
      : context_(std::move(context)),
        config_(config),
        make_(context_, config),
        profile_(config.files->find_profile(config.profile)) {}

  std::vector<CredentialsSource> build() {
    add_environment();
    add_of_profile("assumed role", "has no role_arn",
                   [this] { return make_.assumed_role(*profile_); });
    add_web_identity();
    add_of_profile("SSO", "has no sso_session", [this] { return make_.sso(*profile_); });
    add("credentials file", absence_of_keys(true), [this] {
      return profile_ == nullptr ? nullptr : keys_of(profile_->credentials, profile_->name);
    });
    add_login();
    add_of_profile("credential_process", "has no credential_process",
                   [this] { return make_.process(*profile_); });
    add("config file", absence_of_keys(false), [this] {
      return profile_ == nullptr ? nullptr : keys_of(profile_->config, profile_->name);
    });
    add("container", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and …_FULL_URI are not set",
        [this] { return make_.container(); });
    add_instance();
    return std::move(sources_);
  }

 private:
  /// A source that is configured wrongly fails when it is used: its error then stands among those
  /// of the chain.
  template <class Make>
  void add(std::string name, std::string absence, Make make) {
    if (found_) return;
    CredentialsSource source;
    source.name = std::move(name);
    source.absence = std::move(absence);
    try {
      source.provider = make();
    } catch (const ConfigError& error) {
      source.provider = std::make_unique<FailingCredentials>(error.what());
    }
    found_ = source.provider != nullptr;
    sources_.push_back(std::move(source));
  }

  template <class Make>
  void add_of_profile(std::string name, const std::string& lacks, Make make) {
    if (profile_ == nullptr) {
      add(std::move(name), "there is no profile '" + config_.profile + "'",
          [] { return Provider(); });
    } else {
      add(std::move(name), "profile '" + config_.profile + "' " + lacks, make);
    }
  }

  void add_environment() {
    if (config_.profile_is_explicit) {
      add("environment", "not looked at, because a profile was named", [] { return Provider(); });
      return;
    }
    add("environment", "AWS_ACCESS_KEY_ID is not set", [this]() -> Provider {
      if (!EnvironmentCredentials::configured(context_->environment)) return nullptr;
      return std::make_unique<EnvironmentCredentials>(context_->clock, context_->environment);
    });
  }

  void add_web_identity() {
    add("web identity", "AWS_WEB_IDENTITY_TOKEN_FILE is not set", [this]() -> Provider {
      if (Provider found = make_.web_identity_of_environment()) return found;
      return profile_ == nullptr ? nullptr : make_.web_identity(*profile_);
    });
  }

  /// The sessions of `aws login` are of a form of their own.
  void add_login() {
    if (profile_ == nullptr || profile_->get("login_session").empty()) return;
    add("aws login", "", [this]() -> Provider {
      return std::make_unique<FailingCredentials>(
          "sessions of 'aws login' cannot be read here: give the profile credential_process = aws "
          "configure export-credentials --profile " +
          config_.profile);
    });
  }

  void add_instance() {
    if (metadata_is_disabled(*context_)) {
      add("instance metadata", "AWS_EC2_METADATA_DISABLED is set", [] { return Provider(); });
    } else {
      add("instance metadata", "", [this] { return make_.instance(profile_); });
    }
  }

  std::string absence_of_keys(bool credentials_file) const {
    const SharedConfig& files = *config_.files;
    const std::string& path = credentials_file ? files.credentials_path : files.config_path;
    const bool exists = credentials_file ? files.credentials_exist : files.config_exists;
    if (path.empty()) return "HOME is not set";
    if (!exists) return path + " does not exist";
    return "profile '" + config_.profile + "' has no aws_access_key_id in " + path;
  }

  SharedContext context_;
  const AwsConfig& config_;
  ProfileSources make_;
  const ConfigProfile* profile_;
  std::vector<CredentialsSource> sources_;
  bool found_ = false;
};

}  // namespace

CredentialsContext::CredentialsContext(Clock& the_clock, Entropy& the_entropy,
                                       http::Transport& the_transport)
    : clock(the_clock),
      entropy(the_entropy),
      transport(the_transport),
      environment(system_environment()),
      read_file(system_file_reader()),
      write_private_file(system_private_file_writer()),
      run_process(system_process_runner(the_clock)) {}

std::unique_ptr<CredentialsProvider> make_default_credentials(CredentialsContext context,
                                                              AwsConfig config) {
  auto shared = std::make_shared<const CredentialsContext>(std::move(context));
  return std::make_unique<CredentialsChain>(ChainBuilder(std::move(shared), config).build());
}

Task<std::string> find_instance_region(CredentialsContext context, AwsConfig config,
                                       Deadline deadline) {
  if (metadata_is_disabled(context)) co_return std::string();
  auto shared = std::make_shared<const CredentialsContext>(std::move(context));
  const ConfigProfile* const profile = config.files->find_profile(config.profile);
  InstanceMetadata metadata(shared, metadata_settings(shared->environment, profile));
  std::string region;
  try {
    auto text = co_await metadata.get("/latest/meta-data/placement/region", deadline);
    if (text) region = std::string(trimmed(*text));
  } catch (const CredentialsError&) {
    region.clear();  // not on EC2, or not to be told
  }
  co_return region;
}

}  // namespace albatross
