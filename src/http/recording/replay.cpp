#include "albatross/http/replay.hpp"

#include "http/recording/tape.hpp"

#include <algorithm>

namespace albatross::http {

ReplayMismatch::ReplayMismatch(Kind kind, const std::string& summary, std::string diff)
    : std::runtime_error(summary), kind_(kind), diff_(std::move(diff)) {}

struct ReplayTransport::State {
  State(Recording recording, ExchangeRules& rules, Clock& the_clock, ReplayOptions the_options)
      : tape(std::move(recording), rules, the_options), clock(the_clock), pace(the_options.pace) {}

  const RecordedExchange& take(Request request) {
    ++requests;
    try {
      const RecordedExchange& exchange = tape.take(std::move(request));
      if (!start) start = clock.now() - exchange.sent;
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
    switch (pace) {
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
  ReplayOptions::Pace pace;
  /// When the recorded session would have begun.
  std::optional<TimePoint> start;
  std::optional<ReplayMismatch> mismatch;
  std::size_t requests = 0;
};

ReplayTransport::ReplayTransport(Recording recording, ExchangeRules& rules, Clock& clock,
                                 ReplayOptions options)
    : state_(std::make_unique<State>(std::move(recording), rules, clock, options)) {}

ReplayTransport::~ReplayTransport() = default;

Task<Response> ReplayTransport::send(Request request, Deadline deadline) {
  const Origin origin = request.origin;
  const RecordedExchange& exchange = state_->take(std::move(request));
  const TimePoint due = state_->due(exchange);
  const TimePoint until = std::min(due, deadline.at());
  co_await state_->clock.sleep_until(until);
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
