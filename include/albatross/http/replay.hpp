#pragma once

#include "albatross/http/exchange_rules.hpp"
#include "albatross/http/recording.hpp"
#include "albatross/http/transport.hpp"
#include "albatross/runtime/clock.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace albatross::http {

/// A request that the recording has no answer to. No TransportError: nobody is to try again.
class ReplayMismatch : public std::runtime_error {
 public:
  /// How the request does not fit.
  enum class Kind : std::uint8_t {
    different,     ///< no recorded request says the same
    out_of_order,  ///< a recorded request that came long before has not been sent
    ended,         ///< the recording ends before this exchange did
  };

  /// what() is the summary.
  ReplayMismatch(Kind kind, const std::string& summary, std::string diff);
  /// How the request does not fit.
  Kind kind() const { return kind_; }
  /// A unified diff of the closest recorded request and the one that was sent; for out_of_order the
  /// requests that are missing. Redacted, ends in a line feed; may be empty.
  const std::string& diff() const { return diff_; }

 private:
  Kind kind_;
  std::string diff_;
};

/// How requests are matched with a recording, and when answers come.
struct ReplayOptions {
  ReplayOptions() {}

  /// When a request counts as a recorded one.
  enum class Matching : std::uint8_t {
    /// Every request says exactly what a recorded one said, and they come in the recorded order.
    strict,
    /// The same operation with the same distinguishing members; order does not count.
    by_operation,
  };
  /// When an answer comes.
  enum class Pace : std::uint8_t {
    /// Each answer comes at the instant at which it came when it was recorded, counted from the
    /// first request: so answers have the recorded order, and whatever depends on it is the same.
    recorded,
    /// Each answer takes as long as it took.
    durations,
    /// At once.
    none,
  };

  Matching matching = Matching::strict;
  Pace pace = Pace::recorded;
  /// Strict matching: a request may come before recorded ones that were answered less than this
  /// before it was sent, for their order may have been chance. Those that were answered earlier
  /// must have been sent.
  Duration order_slack = std::chrono::milliseconds{500};
  /// Matching by operation: a read that was recorded and is asked more often than it was recorded
  /// gets its last answer again.
  bool repeat_reads = false;
};

/// Answers from a recording, in the place of the network.
///
/// Times are the given clock's: under a VirtualClock a recorded ten-minute run takes milliseconds.
/// A deadline that comes before the recorded answer is a timeout, as it would be on the wire;
/// recorded failures are thrown as TransportError; an exchange whose caller did not wait waits for
/// its deadline or cancellation. Requests are redacted by the rules before they are compared, so
/// what differs from run to run (signatures, dates, tokens) is named in one place.
/// Among recorded requests that say the same, the first that is left is taken.
///
/// The clock and the rules must outlive it. Single-threaded.
class ReplayTransport final : public Transport {
 public:
  /// Answers from that recording; its time begins with the first request.
  ReplayTransport(Recording recording, ExchangeRules& rules, Clock& clock,
                  ReplayOptions options = ReplayOptions());
  ~ReplayTransport() override;

  /// @throws ReplayMismatch; TransportError as recorded
  Task<Response> send(Request request, Deadline deadline) override;

  /// The recorded program was told to stop, and until_interrupted() has not said so yet.
  bool interruption_ahead() const;
  /// Ends when the program is to be told to stop again: between the same exchanges. What had been
  /// sent and answered before has been then, what is there to do about it is done, and what is sent
  /// later is held until then: a caller that gives up when it is told to stop has not sent it.
  /// Times decide nothing; but a program that asks for something else than the recorded one is told
  /// order_slack after the recorded instant. Needs a VirtualClock. Waits for ever (cancellation is
  /// honoured) when no interruption is ahead. To be awaited by one at a time.
  Task<> until_interrupted();

  /// Recorded exchanges that nobody has asked for (so far), by number.
  std::vector<const RecordedExchange*> unused() const;
  /// "12 ec2 DescribeVpcs": a line each; empty when all were used.
  std::string unused_text() const;
  /// The first request that had no answer.
  const std::optional<ReplayMismatch>& mismatch() const;
  /// Requests that were sent so far, answered or not.
  std::size_t requests() const;

 private:
  struct State;
  class Ending;
  std::shared_ptr<State> state_;
};

}  // namespace albatross::http
