#include "albatross/runtime/concurrency.hpp"

#include "runtime/parking.hpp"

#include <utility>

namespace albatross {

struct Gate::State {
  bool open = false;
  detail::WaitLine waiters;
};

Gate::Gate() : state_(std::make_unique<State>()) {}
Gate::Gate(Gate&&) noexcept = default;
Gate& Gate::operator=(Gate&&) noexcept = default;
Gate::~Gate() = default;

void Gate::open() {
  state_->open = true;
  state_->waiters.wake_all();
}

void Gate::close() {
  state_->open = false;
}

bool Gate::is_open() const {
  return state_->open;
}

Task<> Gate::wait() {
  if (!state_->open) co_await state_->waiters.wait();
}

struct Semaphore::State {
  std::size_t free = 0;
  detail::WaitLine waiters;
};

Semaphore::Semaphore(std::size_t slots) : state_(std::make_unique<State>()) {
  state_->free = slots;
}
Semaphore::Semaphore(Semaphore&&) noexcept = default;
Semaphore::~Semaphore() = default;

Task<> Semaphore::acquire() {
  if (state_->free > 0) {
    --state_->free;
    co_return;
  }
  co_await state_->waiters.wait();
}

void Semaphore::release() {
  // The slot goes straight to who has waited longest; nobody can snatch it in between.
  if (!state_->waiters.wake_one()) ++state_->free;
}

std::size_t Semaphore::available() const {
  return state_->free;
}

}  // namespace albatross
