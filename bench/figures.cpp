#include "figures.hpp"

#include "registry.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>

namespace {
std::atomic<std::size_t> allocation_count = 0;
}

void* operator new(std::size_t size) {
  allocation_count.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace albatross::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

double nanoseconds(SteadyClock::duration duration) {
  return std::chrono::duration<double, std::nano>(duration).count();
}

double time_calls(const std::function<void()>& work, long calls) {
  const auto start = SteadyClock::now();
  for (long i = 0; i < calls; ++i)
    work();
  return nanoseconds(SteadyClock::now() - start) / static_cast<double>(calls);
}

/// How many calls fill that much time.
long calls_for(const std::function<void()>& work, std::chrono::microseconds length) {
  for (long calls = 1;; calls *= 4) {
    const double each = time_calls(work, calls);
    if (each * static_cast<double>(calls) < nanoseconds(length) / 8) continue;
    return std::max(1L, static_cast<long>(nanoseconds(length) / each));
  }
}

}  // namespace

std::vector<Bench>& registry() {
  static std::vector<Bench> all;
  return all;
}

bool add(std::string name, std::function<std::vector<Figure>()> run) {
  registry().push_back({std::move(name), std::move(run)});
  return true;
}

Times interleave(const std::function<void()>& work, const std::function<void()>& reference,
                 Rounds rounds) {
  const long work_calls = calls_for(work, rounds.length);
  const long reference_calls = calls_for(reference, rounds.length);
  constexpr double never = std::numeric_limits<double>::infinity();
  Times best{never, never};
  for (int i = 0; i < rounds.count; ++i) {
    best.reference_ns = std::min(best.reference_ns, time_calls(reference, reference_calls));
    best.work_ns = std::min(best.work_ns, time_calls(work, work_calls));
  }
  return best;
}

std::size_t allocations() {
  return allocation_count.load(std::memory_order_relaxed);
}

}  // namespace albatross::bench
