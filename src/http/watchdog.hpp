#pragma once

#include "albatross/runtime/deadline.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <list>
#include <memory>

namespace albatross::http {

class Connection;

/// Closes connections whose exchange has run out of time.
///
/// One sleeping timer serves all exchanges, and stays when one follows upon another, so that
/// watching an exchange costs a list node instead of a timer and two coroutines. It ends, and with
/// it the work it means to the executor, one turn after the last exchange.
class Watchdog {
 public:
  explicit Watchdog(Clock& clock);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  class State;

  /// Watches one exchange for as long as it lives.
  class Watch {
   public:
    Watch(Watchdog& dog, Deadline deadline, Connection& connection);
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();

    /// The deadline passed, and the connection was closed for it.
    bool expired() const { return expired_; }

   private:
    friend class State;
    std::shared_ptr<State> state_;
    TimePoint at_;
    Connection& connection_;
    bool expired_ = false;
    Watch* previous_ = nullptr;
    Watch* next_ = nullptr;
  };

 private:
  std::shared_ptr<State> state_;
};

}  // namespace albatross::http
