#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/runtime/clock.hpp"
#include "albatross/runtime/shared_task.hpp"

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace albatross {

/// How looks through one API are gathered.
struct BatchLimits {
  /// Keys of one call.
  std::size_t most = 1;
  /// Between the starts of two calls, so that many waits ask no more often than one does.
  Duration spacing = std::chrono::seconds{1};
  /// Between calls that one would be too small for.
  Duration overflow = std::chrono::milliseconds{100};
};

/// Who waits for whose calls, and when they are sent: what a Batch does whatever it finds.
class BatchRounds {
 public:
  /// One call for many looks.
  struct Round {
    std::set<std::string> keys;
    /// Options of those who wait, at places that do not move.
    std::list<CallOptions> watchers;
    bool sent = false;
    std::unique_ptr<SharedTask> call;
  };
  using Place = std::list<CallOptions>::iterator;
  /// Sends what the round asks for. The round lives as long as anybody waits for it, and so longer
  /// than the call.
  using Send = std::function<Task<>(Round& round, CallOptions options)>;
  using Make = std::function<std::shared_ptr<Round>()>;

  BatchRounds(Clock& clock, BatchLimits limits) : clock_(clock), limits_(limits) {}

  /// From now on each look is a call of its own, sent in the next turn.
  void stop_sharing() { shares_ = false; }

  /// The round that the key's look will be part of: not yet sent, so that what it answers is newer
  /// than the question.
  /// @param patient it keeps the spacing; else it is sent in the next turn
  std::shared_ptr<Round> round_for(const std::string& key, bool patient, const Make& make,
                                   const Send& send);
  /// Until the round's call has ended. @throws what it throws; ApiError "Network.timeout" at the
  /// waiter's own deadline
  Task<> wait(std::shared_ptr<Round> round, CallOptions options);

 private:
  Task<> run(Round& round, TimePoint at, Send send);
  TimePoint next_turn(bool overflows);

  Clock& clock_;
  BatchLimits limits_;
  /// The last round of either sort.
  std::shared_ptr<Round> patient_;
  std::shared_ptr<Round> urgent_;
  TimePoint last_turn_ = TimePoint::min();
  bool shares_ = true;
};

/// Answers many looks with few calls: those that come before the next call is sent share it, each
/// under its own deadline, and each may be cancelled without the others noticing. One for each API
/// of a caller; must outlive its looks. Single-threaded.
template <class Found>
class Batch {
 public:
  using Answers = std::multimap<std::string, Found>;
  /// Looks for all keys at once. A key that AWS does not know must not hurt the others.
  using Call = std::function<Task<Answers>(std::vector<std::string> keys, CallOptions options)>;

  Batch(Clock& clock, BatchLimits limits, Call call)
      : rounds_(clock, limits), call_(std::move(call)) {}

  /// From now on each look is a call of its own.
  void stop_sharing() { rounds_.stop_sharing(); }

  /// What there is under that key.
  /// @param patient waits until the next call may be sent
  Task<std::vector<Found>> look(std::string key, CallOptions options, bool patient) {
    const auto make = [] { return std::make_shared<Round>(); };
    const auto send = [this](BatchRounds::Round& round, CallOptions with) {
      return fill(static_cast<Round&>(round), std::move(with));
    };
    const auto round = std::static_pointer_cast<Round>(rounds_.round_for(key, patient, make, send));
    auto answered = rounds_.wait(round, std::move(options));
    co_await std::move(answered);
    std::vector<Found> out;
    const auto [first, last] = round->answers.equal_range(key);
    for (auto found = first; found != last; ++found)
      out.push_back(found->second);
    co_return out;
  }

 private:
  struct Round : BatchRounds::Round {
    Answers answers;
  };

  Task<> fill(Round& round, CallOptions options) {
    std::vector<std::string> keys(round.keys.begin(), round.keys.end());
    auto call = call_(std::move(keys), std::move(options));
    round.answers = co_await std::move(call);
  }

  BatchRounds rounds_;
  Call call_;
};

}  // namespace albatross
