#include "simulation/program/sweep.hpp"

#include "simulation/harness/changes.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace albatross::simulation {
namespace {

constexpr std::uint64_t repeat_every = 100;

void run_one(std::uint64_t seed, SweepResult& result) {
  const Verdict verdict = run_seed(seed, false);
  ++result.seeds;
  result.sum.add(verdict);
  if (!verdict.complaints.empty()) result.failed.push_back(seed);
  if (seed % repeat_every != 0) return;
  ++result.repeated;
  if (run_seed(seed, false).trace != verdict.trace) result.unstable.push_back(seed);
}

/// A line for each number: its group, its name, itself.
std::string to_text(const SweepResult& result) {
  std::ostringstream out;
  out << "seeds\t\t" << result.seeds << "\nrepeated\t\t" << result.repeated << "\nruns\t\t"
      << result.sum.runs << "\nkills\t\t" << result.sum.kills << "\ncancellations\t\t"
      << result.sum.cancellations << "\ncalls\t\t" << result.sum.calls << "\n";
  for (const auto& [kind, count] : result.sum.faults)
    out << "fault\t" << kind << "\t" << count << "\n";
  for (const auto& [path, count] : result.sum.paths)
    out << "path\t" << path << "\t" << count << "\n";
  for (const std::uint64_t seed : result.failed)
    out << "failed\t\t" << seed << "\n";
  for (const std::uint64_t seed : result.unstable)
    out << "unstable\t\t" << seed << "\n";
  return out.str();
}

void add_line(const std::string& line, SweepResult& result) {
  const auto first = line.find('\t');
  const auto second = line.find('\t', first + 1);
  if (second == std::string::npos) throw std::runtime_error("a worker wrote nonsense: " + line);
  const std::string group = line.substr(0, first);
  const std::string name = line.substr(first + 1, second - first - 1);
  const std::uint64_t number = std::stoull(line.substr(second + 1));
  if (group == "seeds") result.seeds += number;
  if (group == "repeated") result.repeated += number;
  if (group == "runs") result.sum.runs += number;
  if (group == "kills") result.sum.kills += number;
  if (group == "cancellations") result.sum.cancellations += number;
  if (group == "calls") result.sum.calls += number;
  if (group == "fault") result.sum.faults[name] += number;
  if (group == "path") result.sum.paths[name] += number;
  if (group == "failed") result.failed.push_back(number);
  if (group == "unstable") result.unstable.push_back(number);
}

struct Worker {
  pid_t process = -1;
  int output = -1;
};

/// Every `jobs`-th seed in a process of its own, which writes its numbers when it is done.
Worker start(std::uint64_t first, std::uint64_t end, unsigned jobs) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe for a worker");
  Worker worker;
  worker.output = ends[0];
  worker.process = ::fork();
  if (worker.process < 0) throw std::runtime_error("a worker could not be started");
  if (worker.process > 0) {
    ::close(ends[1]);
    return worker;
  }
  SweepResult result;
  for (std::uint64_t seed = first; seed < end; seed += jobs)
    run_one(seed, result);
  const std::string text = to_text(result);
  const bool written =
      ::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
  std::_Exit(written ? 0 : 1);
}

std::string read_all(int file) {
  std::string out;
  std::array<char, 4096> part{};
  for (ssize_t size = 0; (size = ::read(file, part.data(), part.size())) > 0;)
    out.append(part.data(), static_cast<std::size_t>(size));
  ::close(file);
  return out;
}

}  // namespace

Verdict run_seed(std::uint64_t seed, bool keep_log) {
  return seed % 16 == 15 ? run_changing_scenario(seed) : run_scenario(seed, keep_log);
}

SweepResult sweep(std::uint64_t first, std::uint64_t seeds, unsigned jobs) {
  SweepResult result;
  std::vector<Worker> workers;
  for (unsigned job = 0; job < jobs; ++job)
    workers.push_back(start(first + job, first + seeds, jobs));
  for (const Worker& worker : workers) {
    std::istringstream lines(read_all(worker.output));
    for (std::string line; std::getline(lines, line);)
      add_line(line, result);
    int status = 0;
    ::waitpid(worker.process, &status, 0);
    if (status != 0) throw std::runtime_error("a worker died");
  }
  std::sort(result.failed.begin(), result.failed.end());
  return result;
}

}  // namespace albatross::simulation
