#include "albatross/http/replay.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "http/recording/interruption_point.hpp"
#include "http/recording/tape.hpp"

#include <algorithm>

namespace albatross::http {

ReplayMismatch::ReplayMismatch(Kind kind, const std::string& summary, std::string diff)
    : std::runtime_error(summary), kind_(kind), diff_(std::move(diff)) {}

struct ReplayTransport::State {
  State(Recording recording, ExchangeRules& rules, Clock& the_clock, ReplayOptions the_options)
      : tape(std::move(recording), rules, the_options),
        clock(the_clock),
        options(the_options),
        interruption(tape.recording()) {}

  const RecordedExchange& take(const Tape::Sent& sent) {
    ++requests;
    try {
      const RecordedExchange& exchange = tape.take(sent);
      if (!start) start = clock.now() - exchange.sent;
      interruption.sent(exchange.number);
      return exchange;
    } catch (const ReplayMismatch& found) {
      if (!mismatch) mismatch = found;
      throw;
    }
  }

  /// When the answer is due.
  TimePoint due(const RecordedExchange& exchange) const {
    const TimePoint now = clock.now();
    if (exchange.end == RecordedEnd::cancelled) return TimePoint::max();
    switch (options.pace) {
      case ReplayOptions::Pace::recorded:
        return std::max(now, *start + exchange.ended);
      case ReplayOptions::Pace::durations:
        return now + (exchange.ended - exchange.sent);
      case ReplayOptions::Pace::none:
        break;
    }
    return now;
  }

  Tape tape;
  Clock& clock;
  ReplayOptions options;
  InterruptionPoint interruption;
  /// When the recorded session would have begun.
  std::optional<TimePoint> start;
  std::optional<ReplayMismatch> mismatch;
  std::size_t requests = 0;
};

/// Tells that an exchange has ended, however it did.
class ReplayTransport::Ending {
 public:
  Ending(std::weak_ptr<State> state, std::size_t number)
      : state_(std::move(state)), number_(number) {}
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;
  ~Ending() {
    if (const auto state = state_.lock()) state->interruption.ended(number_);
  }

 private:
  std::weak_ptr<State> state_;
  std::size_t number_;
};

ReplayTransport::ReplayTransport(Recording recording, ExchangeRules& rules, Clock& clock,
                                 ReplayOptions options)
    : state_(std::make_shared<State>(std::move(recording), rules, clock, options)) {}

ReplayTransport::~ReplayTransport() = default;

Task<Response> ReplayTransport::send(Request request, Deadline deadline) {
  State& state = *state_;
  const Origin origin = request.origin;
  const Tape::Sent sent = state.tape.read(std::move(request));
  if (state.interruption.holds(state.tape, sent)) {
    co_await state.interruption.passed();
    // A turn more: whoever is told to stop has heard of it then.
    co_await state.clock.sleep_until(state.clock.now());
  }
  const RecordedExchange& exchange = state.take(sent);
  const Ending ending(state_, exchange.number);
  const TimePoint due = state.due(exchange);
  const TimePoint until = std::min(due, deadline.at());
  co_await state.clock.sleep_until(until);
  if (until < due) {
    throw TransportError(TransportErrorKind::timeout, origin, "no answer within the time limit",
                         true);
  }
  if (exchange.end == RecordedEnd::failure) {
    const RecordedFailure& failure = exchange.failure;
    throw TransportError(failure.kind, origin, failure.detail, failure.may_have_reached_server);
  }
  co_return exchange.response;
}

bool ReplayTransport::interruption_ahead() const {
  return state_->interruption.is_ahead();
}

Task<> ReplayTransport::until_interrupted() {
  State& state = *state_;
  if (!state.interruption.is_ahead()) co_await state.clock.sleep_until(TimePoint::max());
  const Duration slack = state.options.order_slack;
  const Duration at = state.interruption.at();
  const TimePoint began = state.clock.now();
  auto reached = state.interruption.reached();
  try {
    co_await with_deadline(state.clock, std::move(reached), Deadline(began + at + slack));
  } catch (const DeadlineExceeded&) {
    // What is run differs from what was recorded, and its differences will be told.
  }
  // At least a turn: behind all that can run now.
  const TimePoint due = state.start.value_or(began) + at - slack;
  co_await state.clock.sleep_until(std::max(state.clock.now(), due));
  state.interruption.pass();
}

std::vector<const RecordedExchange*> ReplayTransport::unused() const {
  return state_->tape.unused();
}

std::string ReplayTransport::unused_text() const {
  std::string out;
  for (const RecordedExchange* exchange : unused()) {
    out += std::to_string(exchange->number) + " " + exchange->title + "\n";
  }
  return out;
}

const std::optional<ReplayMismatch>& ReplayTransport::mismatch() const {
  return state_->mismatch;
}

std::size_t ReplayTransport::requests() const {
  return state_->requests;
}

}  // namespace albatross::http
