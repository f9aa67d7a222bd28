// albatross_simulate: whole lives of stacks under seeded faults and kills, judged by the oracle.
#include "simulation/harness/scenario.hpp"
#include "simulation/program/sweep.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <string>
#include <thread>

namespace {

using albatross::simulation::rare_paths;
using albatross::simulation::run_seed;
using albatross::simulation::SweepResult;
using albatross::simulation::Verdict;

struct Options {
  std::uint64_t seeds = 1000;
  std::uint64_t first = 1;
  std::uint64_t jobs = std::max(1U, std::thread::hardware_concurrency());
  bool one = false;
};

bool read(const char* text, std::uint64_t& out) {
  const char* end = text + std::strlen(text);
  return *text != '\0' && std::from_chars(text, end, out).ptr == end;
}

bool parse(int argc, char** argv, Options& options) {
  bool seed_given = false;
  bool seeds_given = false;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : "";
    if (name == "--seeds" && read(value, options.seeds)) {
      seeds_given = true;
    } else if (name == "--seed" && read(value, options.first)) {
      seed_given = true;
    } else if (name != "--jobs" || !read(value, options.jobs) || options.jobs == 0) {
      return false;
    }
  }
  options.one = seed_given && !seeds_given;
  return true;
}

/// The seed once more, with everything that happened.
void print_failure(const Verdict& verdict) {
  std::cout << "\nseed " << verdict.seed << (verdict.complaints.empty() ? " passed" : " FAILED")
            << "\n";
  for (const std::string& line : verdict.log)
    std::cout << "    " << line << "\n";
  for (const std::string& complaint : verdict.complaints)
    std::cout << "  wrong: " << complaint << "\n";
  std::cout << "  again: ./dev simulate --seed " << verdict.seed << "\n";
}

void print_counts(const char* title, const std::map<std::string, std::size_t>& counts) {
  std::cout << title;
  const char* separator = " ";
  for (const auto& [name, count] : counts) {
    std::cout << separator << name << " " << count;
    separator = ", ";
  }
  std::cout << "\n";
}

void print(const SweepResult& result, double seconds, std::uint64_t jobs) {
  const Verdict& sum = result.sum;
  std::cout << result.seeds << " seeds: " << sum.runs << " runs, " << sum.kills << " killed, "
            << sum.cancellations << " interrupted, " << sum.calls << " calls\n";
  print_counts("faults injected:", sum.faults);
  print_counts("paths taken:", sum.paths);
  std::cout << result.repeated << " seeds were run twice, " << result.unstable.size()
            << " of them differed\n";
  std::cout << static_cast<std::uint64_t>(static_cast<double>(result.seeds) / seconds)
            << " seeds per second (" << jobs << (jobs == 1 ? " process" : " processes") << ")\n";
}

int run_one(std::uint64_t seed) {
  const Verdict verdict = run_seed(seed, true);
  print_failure(verdict);
  return verdict.complaints.empty() ? 0 : 1;
}

/// Enough seeds to have seen everything must have seen everything.
std::size_t missing_paths(const SweepResult& result) {
  constexpr std::uint64_t enough = 1000;
  std::size_t missing = 0;
  for (const std::string& path : rare_paths()) {
    if (result.seeds < enough || result.sum.paths.contains(path)) continue;
    std::cout << "never happened: " << path << "\n";
    ++missing;
  }
  return missing;
}

int run_many(const Options& options) {
  const auto start = std::chrono::steady_clock::now();  // measures this program, not the simulation
  const SweepResult result = albatross::simulation::sweep(options.first, options.seeds,
                                                          static_cast<unsigned>(options.jobs));
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  constexpr std::size_t shown = 3;
  for (std::size_t i = 0; i < std::min(shown, result.failed.size()); ++i)
    print_failure(run_seed(result.failed[i], true));
  for (std::size_t i = shown; i < result.failed.size(); ++i)
    std::cout << "seed " << result.failed[i] << " FAILED\n";
  for (const std::uint64_t seed : result.unstable)
    std::cout << "seed " << seed << " FAILED: two runs of it differ\n";
  print(result, time.count(), options.jobs);
  const std::size_t failed = result.failed.size() + result.unstable.size() + missing_paths(result);
  std::cout << result.seeds - result.failed.size() << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    std::cerr << "usage: albatross_simulate [--seeds N] [--seed FIRST] [--jobs PROCESSES]\n"
                 "--seed alone: that one, with everything that happens\n";
    return 2;
  }
  try {
    return options.one ? run_one(options.first) : run_many(options);
  } catch (const std::exception& error) {
    std::cerr << "albatross_simulate: " << error.what() << "\n";
    return 1;
  }
}
