#include "albatross/runtime/virtual_clock.hpp"

#include "runtime/parking.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <memory>

namespace albatross {

namespace asio = boost::asio;
using boost::system::error_code;

VirtualClock::VirtualClock(asio::io_context& context, WallTime wall_start)
    : context_(context), wall_start_(wall_start) {}

VirtualClock::~VirtualClock() = default;

WallTime VirtualClock::wall() const {
  return wall_start_ +
         std::chrono::duration_cast<WallTime::duration>(now_.time_since_epoch() + skew_);
}

Task<> VirtualClock::sleep_until(TimePoint at) {
  return detail::park([this, at](detail::Parked parked) {
    // A sleep into the past is one turn long, behind everybody who is due already.
    const Key key{std::max(at, now_), sequence_++};
    auto slot = parked.slot();
    sleepers_.emplace(key,
                      [kept = std::make_shared<detail::Parked>(std::move(parked))](bool cancelled) {
                        error_code error;
                        if (cancelled) {
                          error = asio::error::operation_aborted;
                        } else {
                          kept->slot().clear();
                        }
                        kept->resume(error);
                      });
    if (!slot.is_connected()) return;
    slot.assign([this, key](asio::cancellation_type) {
      const auto sleeper = sleepers_.extract(key);
      if (!sleeper.empty()) sleeper.mapped()(true);
    });
  });
}

void VirtualClock::drive() {
  drive_until(TimePoint::max());
}

void VirtualClock::drive_until(TimePoint limit) {
  for (;;) {
    context_.restart();
    context_.poll();
    if (sleepers_.empty()) break;
    const TimePoint next = sleepers_.begin()->first.first;
    // A sleeper due at the end of time waits only to be cancelled.
    if (next > limit || next == TimePoint::max()) break;
    now_ = std::max(now_, next);
    const auto sleeper = sleepers_.extract(sleepers_.begin());
    sleeper.mapped()(false);
  }
  if (limit != TimePoint::max()) now_ = std::max(now_, limit);
}

}  // namespace albatross
