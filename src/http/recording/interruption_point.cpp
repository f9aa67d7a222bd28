#include "http/recording/interruption_point.hpp"

#include <algorithm>

namespace albatross::http {

InterruptionPoint::InterruptionPoint(const Recording& recording)
    : place_(recording.interruption()) {
  if (!place_) return;
  for (const RecordedExchange& exchange : recording.exchanges) {
    if (exchange.number > place_->sent) continue;
    to_send_.insert(exchange.number);
    const auto& open = place_->open;
    const bool was_open = std::find(open.begin(), open.end(), exchange.number) != open.end();
    if (!was_open) to_end_.insert(exchange.number);
  }
  open_if_reached();
}

void InterruptionPoint::sent(std::size_t number) {
  to_send_.erase(number);
  open_if_reached();
}

void InterruptionPoint::ended(std::size_t number) {
  to_end_.erase(number);
  open_if_reached();
}

bool InterruptionPoint::holds(const Tape& tape, const Tape::Sent& sent) const {
  return awaited_ && is_ahead() && !tape.has_up_to(place_->sent, sent);
}

Task<> InterruptionPoint::reached() {
  awaited_ = true;
  return reached_.wait();
}

void InterruptionPoint::open_if_reached() {
  if (place_ && to_send_.empty() && to_end_.empty()) reached_.open();
}

}  // namespace albatross::http
