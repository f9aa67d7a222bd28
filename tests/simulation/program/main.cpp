// albatross_simulate: whole deployments under seeded faults and kills, judged by the oracle.
#include "simulation/harness/scenario.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <string>

namespace {

using albatross::simulation::Verdict;

struct Options {
  std::uint64_t seeds = 1000;
  std::uint64_t first = 1;
  bool verbose = false;
};

bool read(const char* text, std::uint64_t& out) {
  const char* end = text + std::strlen(text);
  return std::from_chars(text, end, out).ptr == end;
}

bool parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : "";
    if (name == "--seeds" && read(value, options.seeds)) {
      ++i;
    } else if (name == "--seed" && read(value, options.first)) {
      options.seeds = 1;
      options.verbose = true;
      ++i;
    } else if (name == "--first" && read(value, options.first)) {
      ++i;
    } else {
      return false;
    }
  }
  return true;
}

void print_failure(const Verdict& verdict) {
  std::cout << "seed " << verdict.seed << " FAILED\n";
  for (const std::string& complaint : verdict.complaints)
    std::cout << "  " << complaint << "\n";
  std::cout << "  reproduce with: ./dev simulate --seed " << verdict.seed << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    std::cerr << "usage: albatross_simulate [--seeds N] [--first S] [--seed S]\n";
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  std::size_t failed = 0;
  Verdict sum;
  for (std::uint64_t seed = options.first; seed < options.first + options.seeds; ++seed) {
    const Verdict verdict = albatross::simulation::run_scenario(seed);
    sum.runs += verdict.runs;
    sum.kills += verdict.kills;
    sum.cancellations += verdict.cancellations;
    sum.calls += verdict.calls;
    for (const auto& [kind, count] : verdict.faults)
      sum.faults[kind] += count;
    if (options.verbose) {
      for (const std::string& line : verdict.log)
        std::cout << line << "\n";
    }
    if (!verdict.complaints.empty()) {
      print_failure(verdict);
      ++failed;
    }
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  std::cout << options.seeds << " seeds: " << sum.runs << " runs, " << sum.kills << " killed, "
            << sum.cancellations << " interrupted, " << sum.calls << " calls\nfaults injected:";
  for (const auto& [kind, count] : sum.faults)
    std::cout << " " << kind << " " << count;
  std::cout << "\n"
            << static_cast<double>(options.seeds) / time.count() << " seeds per second\n"
            << options.seeds - failed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}
