#pragma once

#include "albatross/runtime/task.hpp"

#include <memory>

namespace albatross {

/// One operation that several coroutines wait for. It is nobody's child: who stops waiting leaves
/// the others undisturbed, and only when the last one has left is it cancelled. Single-threaded.
class SharedTask {
 public:
  /// Takes the operation; it starts with the first wait(). What it refers to must live as long as
  /// anybody waits.
  explicit SharedTask(Task<> op);
  SharedTask(const SharedTask&) = delete;
  SharedTask& operator=(const SharedTask&) = delete;
  ~SharedTask();

  /// Returns, or throws, when the operation does, to each of those who wait. A waiter that is
  /// cancelled throws operation_aborted; the last to leave that way cancels the operation and sees
  /// it end first.
  Task<> wait();
  /// False once it has ended, or was given up by all.
  bool goes_on() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace albatross
