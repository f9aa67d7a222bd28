#include "orchestrator/batch.hpp"

#include "albatross/clients/api_error.hpp"
#include "albatross/runtime/concurrency.hpp"

#include <algorithm>

namespace albatross {
namespace {

using Round = BatchRounds::Round;

/// For all who wait: as long as the most patient of them; everybody hears of retries.
CallOptions options_of(const Round& round) {
  TimePoint latest = TimePoint::min();
  for (const CallOptions& watcher : round.watchers)
    latest = std::max(latest, watcher.deadline.at());
  CallOptions out{Deadline(latest)};
  out.on_retry = [&round](const RetryNotice& notice) {
    for (const CallOptions& watcher : round.watchers) {
      if (watcher.on_retry) watcher.on_retry(notice);
    }
  };
  return out;
}

ApiError out_of_time() {
  ApiError::Details details;
  details.code = "Network.timeout";
  details.message = "the deadline passed before the answer came";
  details.error_class = ErrorClass::transient;
  return ApiError(std::move(details));
}

/// On the round's list for as long as it lives.
class Watcher {
 public:
  Watcher(Round& round, CallOptions options)
      : round_(round), place_(round.watchers.insert(round.watchers.end(), std::move(options))) {}
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  ~Watcher() { round_.watchers.erase(place_); }

 private:
  Round& round_;
  BatchRounds::Place place_;
};

}  // namespace

TimePoint BatchRounds::next_turn(bool overflows) {
  const TimePoint now = clock_.now();
  if (last_turn_ == TimePoint::min()) return last_turn_ = now;
  const Duration gap = overflows ? limits_.overflow : limits_.spacing;
  return last_turn_ = std::max(now, last_turn_ + gap);
}

std::shared_ptr<Round> BatchRounds::round_for(const std::string& key, bool patient,
                                              const Make& make, const Send& send) {
  std::shared_ptr<Round> own;
  std::shared_ptr<Round>& round = !shares_ ? own : patient ? patient_ : urgent_;
  const bool open = round && !round->sent && round->call->goes_on();
  if (open && round->keys.contains(key)) return round;
  if (!open || round->keys.size() >= limits_.most) {
    const TimePoint at = shares_ && patient ? next_turn(open) : clock_.now();
    round = make();
    round->call = std::make_unique<SharedTask>(run(*round, at, send));
  }
  round->keys.insert(key);
  return round;
}

Task<> BatchRounds::wait(std::shared_ptr<Round> round, CallOptions options) {
  const Deadline deadline = options.deadline;
  const Watcher watcher(*round, std::move(options));
  bool late = false;
  try {
    auto answered = round->call->wait();
    co_await with_deadline(clock_, std::move(answered), deadline);
  } catch (const DeadlineExceeded&) {
    late = true;
  }
  if (late) throw out_of_time();
}

Task<> BatchRounds::run(Round& round, TimePoint at, Send send) {
  // At the earliest in the next turn: who asks in this one comes along.
  co_await clock_.sleep_until(at);
  round.sent = true;
  auto sent = send(round, options_of(round));
  co_await std::move(sent);
}

}  // namespace albatross
