// deploy_with_progress STACK_FILE STATE_DB: deploys a stack from a program, with progress.
// deploy_with_progress --destroy NAME STATE_DB: takes it down again.
//
// Ctrl-C stops it safely: what was sent is answered and recorded, and the next run goes on.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <albatross/clients/default_credentials.hpp>
#include <albatross/http/beast_transport.hpp>
#include <albatross/orchestrator/deployer.hpp>
#include <albatross/orchestrator/stack_file.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace {

using namespace albatross;

/// The progress callback: called for everything that happens, in order, on the executor of the run.
/// It must not block; a program with a window posts the event to it.
void show(const Event& event) {
  const double at = std::chrono::duration<double>(event.elapsed).count();
  switch (event.type) {
    case EventType::resource_created:
    case EventType::resource_ready:
    case EventType::resource_gone:
      std::printf("%6.1fs  %-28s %s\n", at, event.node.c_str(), to_string(event.type).data());
      break;
    case EventType::waiting:
      std::printf("%6.1fs  %-28s %s %s\n", at, event.node.c_str(), event.state.c_str(),
                  event.detail.c_str());
      break;
    case EventType::retrying:
      std::printf("%6.1fs  %-28s again, because of %s\n", at, event.node.c_str(),
                  event.state.c_str());
      break;
    default:
      break;  // there are more: include/albatross/orchestrator/event.hpp
  }
}

/// What a deployment needs, put together once. The order matters: each refers to those above it.
struct Aws {
  explicit Aws(const std::string& state_db, const std::string& region)
      : config(with_region(region)),
        transport(clock),
        credentials(
            make_default_credentials(CredentialsContext(clock, entropy, transport), config)),
        caller(clock, entropy, transport, *credentials, caller_options(config)),
        store(state_db),
        deployer(caller, store, entropy, "deploy_with_progress") {}

  static AwsConfig with_region(const std::string& region) {
    ConfigOverrides overrides;
    overrides.region = region;
    return load_aws_config(system_environment(), system_file_reader(), overrides);
  }

  static ApiCaller::Options caller_options(const AwsConfig& config) {
    ApiCaller::Options options;
    options.region = config.region;
    options.endpoints = config.endpoints;
    options.retry = config.retry;
    return options;
  }

  SystemClock clock;
  SystemEntropy entropy;
  AwsConfig config;
  http::BeastTransport transport;
  std::unique_ptr<CredentialsProvider> credentials;
  ApiCaller caller;
  SqliteStore store;
  Deployer deployer;
};

/// Runs one operation to its end; the first SIGINT or SIGTERM cancels it.
RunResult run_until_done(boost::asio::io_context& context, Task<RunResult> operation) {
  boost::asio::cancellation_signal cancel;
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](const boost::system::error_code& failed, int) {
    if (!failed) cancel.emit(boost::asio::cancellation_type::terminal);
  });

  std::optional<RunResult> result;
  std::exception_ptr error;
  boost::asio::co_spawn(context, std::move(operation),
                        boost::asio::bind_cancellation_slot(
                            cancel.slot(), [&](std::exception_ptr failure, RunResult outcome) {
                              error = failure;
                              result = std::move(outcome);
                              signals.cancel();
                            }));
  context.run();
  if (error) std::rethrow_exception(error);
  return std::move(*result);
}

int report(const RunResult& result) {
  for (const auto& [name, value] : result.stack.outputs) {
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && !result.resources.empty())
      std::printf("%s: %s\n", name.c_str(), text->c_str());
  }
  if (result.failure) std::fprintf(stderr, "%s\n", result.failure->text().c_str());
  for (const Leftover& left : result.left)
    std::fprintf(stderr, "left behind: %s %s\n", left.resource.node.c_str(),
                 left.resource.id.c_str());
  if (result.outcome == Outcome::interrupted)
    std::fprintf(stderr, "interrupted; run the same again to go on\n");
  return result.outcome == Outcome::done ? 0 : 1;
}

int deploy(const std::string& file, const std::string& state_db) {
  boost::asio::io_context context{1};
  Stack stack = load_stack(file);
  Aws aws(state_db, stack.region);
  stack.region = aws.config.region;
  return report(run_until_done(context, aws.deployer.deploy(std::move(stack), show)));
}

int destroy(const std::string& name, const std::string& state_db) {
  boost::asio::io_context context{1};
  Aws aws(state_db, "");
  return report(run_until_done(context, aws.deployer.destroy(name, show)));
}

}  // namespace

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  try {
    if (argc == 4 && first == "--destroy") return destroy(argv[2], argv[3]);
    if (argc == 3) return deploy(first, argv[2]);
  } catch (const SpecError& wrong) {
    std::fprintf(stderr, "%s", wrong.rendered().c_str());
    return 2;
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "%s\n", failed.what());
    return 1;
  }
  std::fprintf(stderr,
               "usage: deploy_with_progress STACK_FILE STATE_DB\n"
               "       deploy_with_progress --destroy NAME STATE_DB\n");
  return 2;
}
