// A thousand stacks of the example at once through one Deployer, under virtual time, in a simulated
// account that throttles as AWS does: against the time that AWS's limits force, and one stack
// alone.
#include "albatross/orchestrator/stack_file.hpp"

#include "figures.hpp"
#include "support/simulated_fleet.hpp"

#include <algorithm>
#include <iostream>
#include <malloc.h>

namespace albatross::bench {
namespace {

constexpr std::size_t many = 1000;

double heap_bytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

/// How full the heap was, and how many stacks had begun and ended.
struct Sample {
  double heap = 0;
  std::size_t begun = 0;
  std::size_t ended = 0;
};

/// What a stack takes until it has ended, be it queued or worked on, beyond what the simulator and
/// the store keep of it.
double bytes_in_flight(const std::vector<Sample>& samples, double before, double after) {
  const double kept = (after - before) / static_cast<double>(many);
  double most = 0;
  for (const Sample& sample : samples) {
    const std::size_t in_flight = many - sample.ended;
    // Of fewer, what one answer takes while it is read would be most.
    if (in_flight < 100) continue;
    const double beyond = sample.heap - before - kept * static_cast<double>(sample.begun);
    most = std::max(most, beyond / static_cast<double>(in_flight));
  }
  return most;
}

std::vector<Figure> run() {
  const Stack stack = load_stack(ALBATROSS_SOURCE_DIR "/examples/ai-stack.yaml");
  test::SimulatedFleet one;
  one.deploy(stack, 1);
  const double seconds_alone = one.seconds();
  const double calls_alone = static_cast<double>(one.calls().total());
  // Once more under other names would be the first deploy of a warm process.
  double engine_alone = one.engine_seconds();
  for (int i = 0; i < 5; ++i) {
    test::SimulatedFleet again;
    again.deploy(stack, 1);
    engine_alone = std::min(engine_alone, again.engine_seconds());
  }

  test::SimulatedFleet fleet;
  std::vector<Sample> samples;
  std::size_t begun = 0;
  std::size_t ended = 0;
  std::size_t events = 0;
  double sampling = 0;
  const double before = heap_bytes();
  fleet.deploy(stack, many, [&](const Event& event) {
    if (event.type == EventType::plan_ready) ++begun;
    if (event.type == EventType::run_finished) ++ended;
    if (++events % 256 != 0) return;
    const double start = test::LimitWatch::processor_seconds();
    samples.push_back({heap_bytes(), begun, ended});
    sampling += test::LimitWatch::processor_seconds() - start;
  });
  const double after = heap_bytes() - static_cast<double>(samples.capacity() * sizeof(Sample));
  if (fleet.done() != many) {
    std::cerr << "many: " << fleet.failures().size() << " of " << many
              << " failed: " << fleet.failures().front() << "\n";
    return {};
  }
  double refused = 0;
  for (const auto& [call, count] : fleet.calls().throttled) {
    if (call.starts_with("ec2 ") || call.starts_with("elasticloadbalancing ")) {
      refused += static_cast<double>(count);
    }
  }
  for (const auto& [bucket, count] : fleet.calls().exceeded)
    refused += static_cast<double>(count);
  const double each = static_cast<double>(many);
  return {
      {"many/duration", fleet.seconds(), "s virtual", "AWS's limits and one stack",
       fleet.calls().bound() + seconds_alone, "<= 1.10"},
      {"many/beyond_limits", refused, "calls", "", 0, "0"},
      {"many/calls_per_stack", static_cast<double>(fleet.calls().total()) / each, "calls",
       "one alone", calls_alone, "<= 1.05"},
      {"many/cpu_per_stack", (fleet.engine_seconds() - sampling) / each * 1e3, "ms", "one alone",
       engine_alone * 1e3, "<= 1.00"},
      {"many/memory_in_flight", bytes_in_flight(samples, before, after) / 1000, "kB", "", 0,
       "<= 200"},
  };
}

const bool added = add("many", run);

}  // namespace
}  // namespace albatross::bench
