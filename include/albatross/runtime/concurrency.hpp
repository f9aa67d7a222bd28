#pragma once

#include "albatross/runtime/deadline.hpp"
#include "albatross/runtime/task.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace albatross {

/// A deadline passed. Says nothing of what was being done: whoever knows wraps it.
class DeadlineExceeded : public std::runtime_error {
 public:
  DeadlineExceeded() : std::runtime_error("deadline exceeded") {}
};

/// True when the exception is the cancellation of an asynchronous wait (operation_aborted). Such an
/// error is never retryable and never a finding: it passes through.
bool is_cancellation(const std::exception_ptr& error) noexcept;

/// True once cancellation was asked of the calling coroutine. Only of use where the coroutine has
/// turned throw_if_cancelled off: otherwise a cancelled coroutine's next await throws
/// operation_aborted before it starts, and so does awaiting this.
Task<bool> cancellation_requested();

/// `co_await ignore_cancellation();` is the first statement of cleanup that must run even though
/// this coroutine was cancelled: it forgets the cancellation (also for the callers further up) and
/// lets in no other, where any other await would throw at once. Give the cleanup a deadline, and
/// rethrow the original error at its end.
inline auto ignore_cancellation() {
  return boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
}

/// Runs `op`; at the deadline cancels it, waits for it to unwind, and throws DeadlineExceeded. When
/// the operation still comes to an outcome of its own (a result, or an error that is not the
/// cancellation), that outcome wins: nothing is discarded. Cancellation from outside passes through
/// to `op`. `op` is started even when the deadline has passed, up to its first wait. A deadline of
/// never() costs nothing; any other two coroutine frames and a timer.
Task<> with_deadline(Clock& clock, Task<> op, Deadline deadline);

/// Runs `op` out of reach of a cancellation of the caller that arrives meanwhile: for a mutation
/// that is to be sent. The cancellation is seen at the caller's next await. Where the caller may
/// have been cancelled already, as in cleanup, use ignore_cancellation(): this would not even
/// start. Bound it by a deadline of its own.
Task<> shielded(Task<> op);

/// Runs all at once. When one throws, the others are cancelled, all are waited for, and the first
/// failure (in time, not in position) is thrown. Cancellation from outside reaches all of them.
/// O(n) coroutine frames; unbounded concurrency, so bound the vector.
Task<> when_all(std::vector<Task<>> tasks);

namespace detail {
template <class T>
Task<> store_result(Task<T> op, std::optional<T>& result) {
  auto value = co_await std::move(op);
  result.emplace(std::move(value));
}
}  // namespace detail

/// The same for an operation with a result; a result that is there in time is never lost.
template <class T>
Task<T> with_deadline(Clock& clock, Task<T> op, Deadline deadline) requires(!std::is_void_v<T>) {
  std::optional<T> result;
  auto stored = detail::store_result<T>(std::move(op), result);
  co_await with_deadline(clock, std::move(stored), deadline);
  co_return std::move(*result);
}

/// The same for an operation with a result.
template <class T>
Task<T> shielded(Task<T> op) requires(!std::is_void_v<T>) {
  std::optional<T> result;
  auto stored = detail::store_result<T>(std::move(op), result);
  co_await shielded(std::move(stored));
  co_return std::move(*result);
}

/// A condition that coroutines wait for, once or again: open() wakes every waiter; waiting on an
/// open gate returns at once. Single-threaded. Waiters must be gone before it is destroyed.
class Gate {
 public:
  Gate();
  Gate(Gate&&) noexcept;
  Gate& operator=(Gate&&) noexcept;
  ~Gate();

  /// Wakes every waiter, in a later turn, and lets through whoever comes.
  void open();
  /// Whoever comes from now on waits.
  void close();
  /// Would wait() return at once?
  bool is_open() const;
  /// Returns when open. Honours cancellation.
  Task<> wait();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Counts slots: at most `slots` holders at a time, first come first served.
class Semaphore {
 public:
  /// All `slots` are free.
  explicit Semaphore(std::size_t slots);
  Semaphore(Semaphore&&) noexcept;
  ~Semaphore();

  /// Returns when a slot is taken. Honours cancellation (then no slot is taken).
  Task<> acquire();
  /// Gives one slot back; it goes to whoever has waited for longest.
  void release();
  /// Slots that are free now.
  std::size_t available() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A nursery: children started with spawn() run on the executor of the coroutine that created the
/// group, and join() waits for all. The first failure cancels the rest and is thrown by join().
/// When the joiner is cancelled it cancels the children, still waits for them, and then throws.
/// The destructor aborts the program if children remain: always join. Single-threaded.
///
/// Where the parent awaits anything else between spawn() and join(), use run(): a cancelled
/// parent's next await throws at once, and that await may be the join.
class TaskGroup {
 public:
  /// Must be awaited in the coroutine that will join.
  static Task<TaskGroup> create();
  /// Runs `body` as the first child of a new group and joins, whatever happens: the body may spawn
  /// siblings, await, throw and be cancelled. Throws what join() throws. What the body refers to
  /// must outlive the run; the group it is given lives until all children are gone.
  static Task<> run(std::function<Task<>(TaskGroup&)> body);

  TaskGroup(TaskGroup&&) noexcept;
  TaskGroup& operator=(TaskGroup&&) = delete;
  ~TaskGroup();

  /// Starts a child in a later turn. In a group that is cancelled or has failed the child is
  /// dropped without having run.
  void spawn(Task<> child);
  /// Cancels every child; they are still to be joined. Children that end by this cancellation are
  /// no failure: join() then returns.
  void cancel();
  /// True after cancel(), and after the first failure.
  bool cancelled() const;
  /// Children that have not ended.
  std::size_t size() const;
  /// Returns when every child has ended; see the class for failures and cancellation.
  Task<> join();

 private:
  struct State;
  explicit TaskGroup(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace albatross
