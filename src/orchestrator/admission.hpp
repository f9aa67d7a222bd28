#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/rate_limits.hpp"
#include "albatross/orchestrator/stack.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/state/record.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace albatross {

/// How many calls of the narrow limits a run is going to make: by action.
using CallEstimate = std::map<std::string, double>;

/// Of a deploy: what the file asks for and is not recorded yet. Pure.
CallEstimate calls_of_deploy(const Stack& stack, const std::vector<ResourceRecord>& known);
/// Of the removal of all that is recorded. Pure.
CallEstimate calls_of_removal(const std::vector<ResourceRecord>& going);

/// Lets the runs of one deployer begin only as fast as the account's request limits take their
/// calls. Without it hundreds of stacks would begin at once, and most of each one's time would be
/// spent in the queue for one narrow limit (AWS creates a load balancer every five seconds), beyond
/// every timeout and with instances running meanwhile. Single-threaded.
class Admission {
 public:
  /// `caller` must outlive it. A caller without limits of its own lets everybody in at once.
  explicit Admission(ApiCaller& caller);

  /// Returns when the run may begin: first come, first served. Honours cancellation.
  /// @param on_wait told once, before a wait that one would notice, how long it is at least
  Task<> enter(CallEstimate calls, std::function<void(Duration)> on_wait);

 private:
  /// Calls that were let in and those that time has made room for.
  struct Bucket {
    double tokens = 0;
    TimePoint filled_at{};
  };
  /// How long until nothing is owed for any of these, and the real limits have no long queue.
  Duration wait_for(const CallEstimate& calls);
  void let_in(const CallEstimate& calls);
  Bucket& bucket(const std::string& action);

  ApiCaller& caller_;
  std::shared_ptr<ApiRateLimits> limits_;
  std::map<std::string, Bucket> buckets_;
  /// One at a time asks.
  Semaphore door_{1};
};

}  // namespace albatross
