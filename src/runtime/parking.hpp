#pragma once

#include "albatross/runtime/task.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <functional>
#include <list>
#include <memory>

namespace albatross::detail {

/// A suspended coroutine, waiting for somebody to resume it, once. Dropping it instead destroys the
/// coroutine (an executor that is shut down does that).
class Parked {
 public:
  struct Coroutine {
    virtual ~Coroutine() = default;
    virtual boost::asio::cancellation_slot slot() const = 0;
    virtual void post(std::unique_ptr<Coroutine> self, boost::system::error_code error) = 0;
  };

  Parked() = default;
  explicit Parked(std::unique_ptr<Coroutine> coroutine) : coroutine_(std::move(coroutine)) {}

  explicit operator bool() const { return coroutine_ != nullptr; }
  /// Where the keeper learns that the coroutine was cancelled; may be unconnected.
  boost::asio::cancellation_slot slot() const { return coroutine_->slot(); }
  /// Resumes it in a later turn of its own executor: it returns from park(), or throws `error`.
  /// Leaves this empty.
  void resume(boost::system::error_code error = {});

 private:
  std::unique_ptr<Coroutine> coroutine_;
};

/// Suspends the awaiting coroutine and gives it to `keep`, which must neither resume it before it
/// returns nor throw.
Task<> park(std::function<void(Parked)> keep);

/// `op` in a form that is safe to co_spawn with a cancellation slot. The last step of a spawned
/// coroutine that has never suspended is an await of Asio's own; after a cancellation that await
/// would throw, past the completion handler and out of the executor's run().
Task<> spawnable(Task<> op);

/// Coroutines that wait in line. Not thread-safe.
class WaitLine {
 public:
  /// Returns when woken; throws operation_aborted when cancelled while in line.
  Task<> wait();
  /// Wakes the one that has waited longest; false when nobody waits. From then on its cancellation
  /// comes too late: it has been woken.
  bool wake_one();
  void wake_all();
  std::size_t size() const { return line_.size(); }

 private:
  std::list<Parked> line_;
};

/// Where a coroutine waits for its children. Cancelling the coroutine does not end the wait, it
/// only calls `on_cancel`: who has children must see them end.
class ParentWait {
 public:
  /// Returns after resume(). The awaiting coroutine must have throw_if_cancelled off.
  Task<> wait(std::function<void()> on_cancel);
  void resume();

 private:
  Parked parked_;
};

}  // namespace albatross::detail
