#pragma once

#include "albatross/runtime/concurrency.hpp"

#include "http/recording/tape.hpp"

#include <cstddef>
#include <optional>
#include <set>

namespace albatross::http {

/// How far a replay is from the point at which the recorded program was told to stop.
class InterruptionPoint {
 public:
  explicit InterruptionPoint(const Recording& recording);

  bool is_ahead() const { return place_ && !passed_.is_open(); }
  /// Since the session began.
  Duration at() const { return place_ ? place_->at : Duration::max(); }

  /// What happens to the exchanges of the recording.
  void sent(std::size_t number);
  void ended(std::size_t number);
  /// Whether the request must wait: it was sent later, or never. Only when somebody waits for the
  /// interruption.
  bool holds(const Tape& tape, const Tape::Sent& sent) const;

  /// Waits until all that had been sent and had ended before has.
  Task<> reached();
  /// The program is told now.
  void pass() { passed_.open(); }
  Task<> passed() { return passed_.wait(); }

 private:
  void open_if_reached();

  std::optional<RecordedInterruption> place_;
  /// Numbers of what is still to be sent, and to end.
  std::set<std::size_t> to_send_;
  std::set<std::size_t> to_end_;
  bool awaited_ = false;
  Gate reached_;
  Gate passed_;
};

}  // namespace albatross::http
