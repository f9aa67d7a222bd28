#include "cli/recording/session_recorder.hpp"

#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/version.hpp"

#include "cli/error_report.hpp"
#include "cli/recording/session.hpp"
#include "cli/text.hpp"

#include <fstream>
#include <iterator>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace albatross::cli {
namespace {

/// A seed whose first id, the deployment's, does not look like an account number: it would be
/// replaced as one.
std::uint64_t choose_seed(Entropy& entropy) {
  for (;;) {
    const std::uint64_t seed = entropy.next();
    const std::string id = SeededEntropy(seed).hex(12);
    if (id.find_first_not_of("0123456789") != std::string::npos) return seed;
  }
}

/// The variables that lead a later run to the same settings.
std::string environment_text(const AwsConfig& config) {
  std::string out = "AWS_REGION=" + config.region + "\n";
  out += std::string("AWS_RETRY_MODE=") +
         (config.retry.mode == RetryMode::adaptive ? "adaptive" : "standard") + "\n";
  out += "AWS_MAX_ATTEMPTS=" + std::to_string(config.retry.max_attempts) + "\n";
  if (!config.endpoints.url.empty()) out += "AWS_ENDPOINT_URL=" + config.endpoints.url + "\n";
  for (const auto& [service, url] : config.endpoints.service_urls) {
    out += "AWS_ENDPOINT_URL_" + std::string(info(service).environment_id) + "=" + url + "\n";
  }
  if (config.endpoints.use_fips) out += "AWS_USE_FIPS_ENDPOINT=true\n";
  if (config.endpoints.use_dual_stack) out += "AWS_USE_DUALSTACK_ENDPOINT=true\n";
  out.pop_back();
  return out;
}

}  // namespace

/// Notes each time that other credentials come, and why none came; the secrets themselves are made
/// known to the rules.
class SessionRecorder::Provider final : public CredentialsProvider {
 public:
  Provider(std::unique_ptr<CredentialsProvider> real, AwsExchangeRules& rules,
           http::Recorder& recorder)
      : real_(std::move(real)), rules_(rules), recorder_(recorder) {}

  Task<ResolvedCredentials> resolve(Deadline deadline) override {
    try {
      ResolvedCredentials found = co_await real_->resolve(deadline);
      note(found);
      co_return found;
    } catch (const CredentialsError& none) {
      recorder_.note(note::no_credentials, none.what());
      throw;
    }
  }

  void invalidate() override { real_->invalidate(); }

 private:
  void note(const ResolvedCredentials& found) {
    const Credentials& credentials = found.credentials;
    if (credentials.access_key_id == last_key_) return;
    last_key_ = credentials.access_key_id;
    rules_.add_secret(credentials.secret_access_key.reveal());
    rules_.add_secret(credentials.session_token.reveal());
    recorder_.note(note::credentials, found.source);
  }

  std::unique_ptr<CredentialsProvider> real_;
  AwsExchangeRules& rules_;
  http::Recorder& recorder_;
  std::string last_key_;
};

/// Hands on the status of an answer and nothing else.
class SessionRecorder::StatusOnly final : public http::Transport {
 public:
  explicit StatusOnly(http::Transport& real) : real_(real) {}

  Task<http::Response> send(http::Request request, Deadline deadline) override {
    auto sent = real_.send(std::move(request), deadline);
    http::Response response = co_await std::move(sent);
    response.headers = http::Headers();
    response.body.clear();
    co_return response;
  }

 private:
  http::Transport& real_;
};

SessionRecorder::SessionRecorder(App& app, const std::string& directory)
    : app_(app), seed_(choose_seed(app.entropy())), entropy_(seed_) {
  const Command& command = app.invocation().command;
  if (!can_be_recorded(command)) {
    throw UsageError("--record: this command makes no calls to AWS");
  }
  if (is_about_several(command)) {
    throw UsageError("--record: a recording is of one stack; name one");
  }
  try {
    recorder_ = std::make_unique<http::Recorder>(directory, rules_, app.clock());
  } catch (const std::runtime_error& refused) {
    throw UsageError(std::string("--record: ") + refused.what());
  }
  const auto now = app.clock().wall().time_since_epoch();
  const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  recorder_->note(note::version, std::string(version));
  recorder_->note(note::command, command_text(app.invocation(), rules_));
  recorder_->note(note::started, std::to_string(now_ms));
  recorder_->note(note::seed, std::to_string(seed_));
  keep_faults_file(command);
  std::optional<Stack> stack;
  const std::string file = stack_file_of(command);
  if (!file.empty()) keep_stack_file(file, stack);
  const bool knows_no_stack = std::holds_alternative<ValidateOptions>(command) ||
                              std::holds_alternative<CallCommandOptions>(command);
  if (knows_no_stack || (!file.empty() && !stack)) return;
  keep_state(stack ? stack->name : stack_of(command), stack ? &*stack : nullptr);
}

SessionRecorder::~SessionRecorder() = default;

void SessionRecorder::keep_stack_file(const std::string& path, std::optional<Stack>& stack) {
  try {
    stack = load_stack(path);
    rules_.add_secret(stack->instances.user_data.reveal());
    recorder_->add_file(stack_file_name, load_shareable_stack(path));
  } catch (const SpecError&) {
    stack.reset();  // the command will say what is wrong with it
  }
}

void SessionRecorder::keep_faults_file(const Command& command) {
  const auto* const plan = std::get_if<PlanOptions>(&command);
  if (plan == nullptr || plan->faults_file.empty() || plan->faults_file == "-") return;
  std::ifstream stream(plan->faults_file, std::ios::binary);
  if (stream) recorder_->add_file(faults_file_name, {std::istreambuf_iterator<char>(stream), {}});
}

void SessionRecorder::keep_state(const std::string& name, const Stack* stack) {
  Snapshot snapshot;
  const auto take = [](Store& store, std::string only, Snapshot& into) -> Task<ExitCode> {
    into = co_await take_snapshot(store, std::move(only));
    co_return ExitCode::done;
  };
  app_.run(take(app_.store(), name, snapshot));
  hide_fingerprints(snapshot, stack);
  recorder_->add_file(state_file_name, snapshot_text(snapshot));
}

void SessionRecorder::configured(const AwsConfig& config) {
  recorder_->note(note::environment, environment_text(config));
}

http::Transport& SessionRecorder::transport(http::Transport& real) {
  transport_ = std::make_unique<http::RecordingTransport>(real, *recorder_);
  return *transport_;
}

http::Transport& SessionRecorder::visitor(http::Transport& real) {
  status_only_ = std::make_unique<StatusOnly>(real);
  visitor_ = std::make_unique<http::RecordingTransport>(*status_only_, *recorder_);
  return *visitor_;
}

std::unique_ptr<CredentialsProvider> SessionRecorder::credentials(
    std::unique_ptr<CredentialsProvider> real) {
  return std::make_unique<Provider>(std::move(real), rules_, *recorder_);
}

void SessionRecorder::interrupted() {
  recorder_->interrupted();
}

void SessionRecorder::answered(const std::string& answer) {
  recorder_->note(note::answer, answer);
}

void SessionRecorder::finish(ExitCode code) {
  recorder_->note(note::exit_code, std::to_string(static_cast<int>(code)));
  recorder_->finish();
  if (!recorder_->problem().empty()) {
    app_.err() << "warning: the recording is not complete: " << recorder_->problem() << std::endl;
  } else if (!app_.global().quiet) {
    app_.err() << "Recorded in " << recorder_->directory() << "; to run it again offline:\n  "
               << shell_word(app_.invocation().program) << " replay "
               << shell_word(recorder_->directory()) << std::endl;
  }
}

}  // namespace albatross::cli
