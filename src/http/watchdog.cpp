#include "http/watchdog.hpp"

#include "http/connection.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace albatross::http {

namespace asio = boost::asio;

class Watchdog::State : public std::enable_shared_from_this<State> {
 public:
  explicit State(Clock& clock) : clock_(clock) {}

  void add(Watch& watch) {
    watch.next_ = first_;
    if (first_ != nullptr) first_->previous_ = &watch;
    first_ = &watch;
    if (watch.at_ != TimePoint::max()) arm(watch.at_, watch.connection_.executor());
  }

  void remove(Watch& watch) {
    if (watch.next_ != nullptr) watch.next_->previous_ = watch.previous_;
    (watch.previous_ != nullptr ? watch.previous_->next_ : first_) = watch.next_;
    if (first_ == nullptr) look_back_later();
  }

  void disarm() {
    if (const auto timer = std::exchange(timer_, nullptr)) timer->cancel();
  }

 private:
  /// One sleep of the clock.
  struct Timer : std::enable_shared_from_this<Timer> {
    Timer(TimePoint until, asio::any_io_executor on) : at(until), executor(std::move(on)) {}

    void cancel() {
      // Kept alive for the signal's sake, which may find that the sleep has just ended.
      asio::post(executor, [self = shared_from_this()] {
        self->signal.emit(asio::cancellation_type::terminal);
      });
    }

    TimePoint at;
    asio::any_io_executor executor;
    asio::cancellation_signal signal;
  };

  /// Makes sure that the timer wakes at `at` or before. It is not moved back when deadlines pass
  /// on: it wakes, finds nothing due, and sleeps on.
  void arm(TimePoint at, asio::any_io_executor executor) {
    if (timer_ && timer_->at <= at) return;
    disarm();
    timer_ = std::make_shared<Timer>(at, std::move(executor));
    auto on_wake = [self = shared_from_this(), timer = timer_](const std::exception_ptr&) {
      self->woken(timer);
    };
    asio::co_spawn(timer_->executor, clock_.sleep_until(at),
                   asio::bind_cancellation_slot(timer_->signal.slot(), std::move(on_wake)));
  }

  void woken(const std::shared_ptr<Timer>& timer) {
    if (timer != timer_) return;  // it was cancelled
    timer_ = nullptr;
    const TimePoint now = clock_.now();
    TimePoint next = TimePoint::max();
    for (Watch* watch = first_; watch != nullptr; watch = watch->next_) {
      if (watch->expired_) continue;
      if (watch->at_ > now) {
        next = std::min(next, watch->at_);
        continue;
      }
      watch->expired_ = true;
      watch->connection_.abort();
    }
    if (next != TimePoint::max()) arm(next, timer->executor);
  }

  /// The next exchange usually begins in the turn in which this one ended.
  void look_back_later() {
    if (!timer_ || std::exchange(looking_back_, true)) return;
    asio::post(timer_->executor, [self = shared_from_this()] {
      self->looking_back_ = false;
      if (self->first_ == nullptr) self->disarm();
    });
  }

  Clock& clock_;
  Watch* first_ = nullptr;
  std::shared_ptr<Timer> timer_;
  bool looking_back_ = false;
};

Watchdog::Watchdog(Clock& clock) : state_(std::make_shared<State>(clock)) {}

Watchdog::~Watchdog() {
  state_->disarm();
}

Watchdog::Watch::Watch(Watchdog& dog, Deadline deadline, Connection& connection)
    : state_(dog.state_), at_(deadline.at()), connection_(connection) {
  state_->add(*this);
}

Watchdog::Watch::~Watch() {
  state_->remove(*this);
}

}  // namespace albatross::http
