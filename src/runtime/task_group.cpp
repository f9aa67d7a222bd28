#include "albatross/runtime/concurrency.hpp"

#include "runtime/parking.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace albatross {

namespace asio = boost::asio;

struct TaskGroup::State {
  explicit State(asio::any_io_executor on) : executor(std::move(on)) {}

  asio::any_io_executor executor;
  std::list<asio::cancellation_signal> children;
  std::exception_ptr first_error;
  bool cancelled = false;
  detail::ParentWait wait;

  void cancel() {
    if (std::exchange(cancelled, true)) return;
    // A child never ends inside emit(), so the list holds still.
    for (auto& child : children)
      child.emit(asio::cancellation_type::terminal);
  }

  void child_done(std::list<asio::cancellation_signal>::iterator child, std::exception_ptr error) {
    children.erase(child);
    // That a cancelled child was cancelled is no news.
    const bool expected = cancelled && is_cancellation(error);
    if (error && !expected && !first_error) first_error = error;
    if (error) cancel();
    if (children.empty()) wait.resume();
  }
};

namespace {

// A turn of its own before the child runs: spawn() never runs the child's code, and a child that
// is cancelled before its first real wait still ends in order.
Task<> in_later_turn(Task<> child) {
  co_await asio::post(asio::use_awaitable);
  co_await std::move(child);
}

}  // namespace

Task<TaskGroup> TaskGroup::create() {
  auto executor = co_await asio::this_coro::executor;
  co_return TaskGroup(std::make_shared<State>(std::move(executor)));
}

Task<> TaskGroup::run(std::function<Task<>(TaskGroup&)> body) {
  auto group = co_await create();
  auto first = body(group);
  group.spawn(std::move(first));
  co_await group.join();
}

TaskGroup::TaskGroup(std::shared_ptr<State> state) : state_(std::move(state)) {}
TaskGroup::TaskGroup(TaskGroup&&) noexcept = default;

TaskGroup::~TaskGroup() {
  if (!state_ || state_->children.empty()) return;
  std::fputs("albatross::TaskGroup destroyed before its children were joined\n", stderr);
  std::abort();
}

void TaskGroup::spawn(Task<> child) {
  if (state_->cancelled) return;
  const auto place = state_->children.emplace(state_->children.end());
  auto done = [state = state_, place](std::exception_ptr error) {
    state->child_done(place, std::move(error));
  };
  asio::co_spawn(state_->executor, in_later_turn(std::move(child)),
                 asio::bind_cancellation_slot(place->slot(), std::move(done)));
}

void TaskGroup::cancel() {
  state_->cancel();
}

bool TaskGroup::cancelled() const {
  return state_->cancelled;
}

std::size_t TaskGroup::size() const {
  return state_->children.size();
}

Task<> TaskGroup::join() {
  const auto state = state_;
  auto on_cancel = [state] { state->cancel(); };
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none) on_cancel();
  while (!state->children.empty()) {
    auto wait = state->wait.wait(on_cancel);
    co_await std::move(wait);
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (state->first_error) std::rethrow_exception(std::exchange(state->first_error, nullptr));
  if (cancellation.cancelled() != asio::cancellation_type::none) {
    throw boost::system::system_error(asio::error::operation_aborted);
  }
}

Task<> when_all(std::vector<Task<>> tasks) {
  auto group = co_await TaskGroup::create();
  for (auto& task : tasks)
    group.spawn(std::move(task));
  co_await group.join();
}

}  // namespace albatross
