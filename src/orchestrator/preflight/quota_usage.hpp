#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/runtime/clock.hpp"

#include "orchestrator/batch.hpp"
#include "orchestrator/preflight/quota_table.hpp"

#include <cstddef>
#include <map>
#include <string_view>

namespace albatross {

struct AwsClients;

/// How much of its quotas the account uses: counted once a minute, however many stacks of the
/// process ask. Somebody else may use more of it at any moment, so an older count is no worse. One
/// for each caller. Single-threaded.
class QuotaUsage {
 public:
  /// Both must outlive it.
  QuotaUsage(AwsClients& aws, Clock& clock) : aws_(aws), clock_(clock) {}

  /// From now on everybody counts for themselves.
  void stop_sharing() { shares_ = false; }

  /// What counts against the quota, in its own unit.
  /// @param everything all pages of what there is, counted anew; else the first 1,000 instances are
  ///   enough (no round trips one after another for who deploys)
  /// @throws ApiError
  Task<std::size_t> of(const QuotaId& quota, bool everything, CallOptions options);

 private:
  struct Count {
    explicit Count(Clock& clock, Batch<std::size_t>::Call call)
        : batch(clock, BatchLimits{}, std::move(call)) {}
    Batch<std::size_t> batch;
    std::size_t used = 0;
    TimePoint counted_at = TimePoint::min();
  };
  Count& count_of(const QuotaId& quota);

  AwsClients& aws_;
  Clock& clock_;
  std::map<std::string_view, Count> counts_;
  bool shares_ = true;
};

}  // namespace albatross
