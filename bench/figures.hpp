#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

/// Figures: what something costs, beside what it is measured against, taken in the same run. A
/// ratio within one run holds on any machine; a time alone does not.
namespace albatross::bench {

struct Figure {
  std::string name;  ///< "sigv4/sign", as --filter sees it
  double value = 0;
  std::string unit;     ///< "ns"
  std::string against;  ///< what the reference is
  double reference = 0;
  /// What is promised of the ratio, for the reader: "<= 1.20". Nothing judges it here.
  std::string promise;

  /// value / reference, or the value itself where there is nothing to divide by.
  double ratio() const { return reference == 0 ? value : value / reference; }
};

/// Registers a bench, from a namespace-scope constant in a *_bench.cpp:
///   const bool added = bench::add("sigv4", [] { return std::vector{…}; });
/// The function runs when its name, or that of one of its figures, may match the filter. It returns
/// nothing when it cannot run here, after having said why on standard error.
bool add(std::string name, std::function<std::vector<Figure>()> run);

struct Times {
  double work_ns = 0;       ///< of one call, best round
  double reference_ns = 0;  ///< of one call, best round
};

struct Rounds {
  int count = 400;
  /// How long each side of a round lasts: short, so that some round is left alone even on a busy
  /// machine.
  std::chrono::microseconds length{500};
};

/// Times two things in turn, round for round, so that both see the same machine; each one's best
/// round counts, as disturbances only ever add.
Times interleave(const std::function<void()>& work, const std::function<void()>& reference,
                 Rounds rounds = {});

/// Keeps the compiler from dropping a result that nobody uses.
template <typename T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

/// How often operator new was called in this program so far.
std::size_t allocations();

}  // namespace albatross::bench
