#pragma once

#include "albatross/orchestrator/session.hpp"

#include "support/simulated_run.hpp"

#include <functional>
#include <optional>
#include <stdexcept>

namespace albatross::test {

/// What somebody else does with the same account, through a client of their own: one call.
template <class T>
T ask(SimulatedRun& run, const std::function<Task<T>(AwsClients&)>& question) {
  StaticCredentials provider(run.cloud.credentials());
  ApiCaller::Options options;
  options.region = run.cloud.options().region;
  ApiCaller caller(run.clock, run.entropy, run.transport, provider, options);
  AwsClients aws(caller);
  std::optional<T> answer;
  std::exception_ptr error;
  boost::asio::co_spawn(run.context, question(aws), [&](std::exception_ptr failure, T value) {
    error = failure;
    answer = std::move(value);
  });
  run.clock.drive();
  if (error) std::rethrow_exception(error);
  if (!answer) throw std::runtime_error("the call was not answered");
  return std::move(*answer);
}

/// Actions that change something among the calls since `first`, with how often each was sent.
inline std::map<std::string, int> changes_since(const SimulatedRun& run, std::uint64_t first) {
  std::map<std::string, int> out;
  for (const sim::CallRecord& call : run.cloud.calls()) {
    const bool reads = call.action.starts_with("Describe") || call.action.starts_with("Get") ||
                       call.action.starts_with("List") || call.error_code == "DryRunOperation";
    if (call.number > first && !reads) ++out[call.action];
  }
  return out;
}

}  // namespace albatross::test
