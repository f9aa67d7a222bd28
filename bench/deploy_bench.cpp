// A whole deployment and its removal by the program itself, against an AWS that takes no time but
// for a fixed delay of each answer: beside the critical path, and beside the same calls of boto3.
#include "figures.hpp"
#include "ideal_deployment.hpp"
#include "slow_aws.hpp"
#include "support/instant_cloud.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace albatross::bench {
namespace {

constexpr int rounds = 5;

/// What one process took.
struct Cost {
  double wall_ms = 0;
  double cpu_ms = 0;
  double megabytes = 0;
};

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
}

/// A folder that goes with this object; in memory, where there is such a place: how fast a disk
/// syncs is not what is measured.
class Folder {
 public:
  Folder() {
    const bool memory = std::filesystem::is_directory("/dev/shm");
    std::string name = std::string(memory ? "/dev/shm" : "/tmp") + "/albatross-bench-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::vector<std::string> environment(const Folder& folder, std::uint16_t port) {
  return {"HOME=" + folder.file("home"),
          "PATH=/usr/bin:/bin",
          "AWS_ACCESS_KEY_ID=AKIAALBATROSSEXAMPLE",
          "AWS_SECRET_ACCESS_KEY=albatross/simulator/EXAMPLE/secret+key00",
          "AWS_REGION=us-east-1",
          "AWS_DEFAULT_REGION=us-east-1",
          "AWS_EC2_METADATA_DISABLED=true",
          "AWS_ENDPOINT_URL=http://127.0.0.1:" + std::to_string(port),
          "ALBATROSS_STATE_DIR=" + folder.file("state")};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts)
    out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

/// What a running process has of memory for itself; the program's and libraries' own pages are
/// files'.
double megabytes_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::strtod(line.c_str() + 8, nullptr) / 1024;
  }
  return 0;
}

enum class Watch { nothing, memory };

/// @param watch its memory, which takes looking at it all the time
Cost run(std::vector<std::string> command, std::vector<std::string> variables,
         Watch watch = Watch::nothing) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const auto arguments = pointers(command);
  const auto environ_of_it = pointers(variables);
  pid_t process = 0;
  const auto start = std::chrono::steady_clock::now();
  const int failed = ::posix_spawn(&process, command.front().c_str(), &actions, nullptr,
                                   arguments.data(), environ_of_it.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot run " + command.front());
  int status = 0;
  rusage used{};
  double peak = 0;
  while (::wait4(process, &status, watch == Watch::memory ? WNOHANG : 0, &used) == 0) {
    peak = std::max(peak, megabytes_of(process));
    std::this_thread::sleep_for(std::chrono::microseconds{200});
  }
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  if (status != 0) throw std::runtime_error(command.front() + " " + command[1] + " failed");
  return {wall.count(), milliseconds(used.ru_utime) + milliseconds(used.ru_stime), peak};
}

/// The best of several rounds of each: disturbances only ever add.
struct Best {
  double span_ms = 1e9;
  double added_ms = 1e9;
  double cpu_ms = 1e9;
  double megabytes = 1e9;
  std::uint64_t requests = 0;

  void take(const SlowAws& aws, const Cost& cost) {
    span_ms = std::min(span_ms, aws.span().count());
    added_ms = std::min(added_ms, cost.wall_ms - aws.span().count());
    cpu_ms = std::min(cpu_ms, cost.cpu_ms);
    megabytes = std::min(megabytes, cost.megabytes);
    requests = aws.requests();
  }
};

struct UpAndDown {
  Best up;
  Best down;
};

UpAndDown measure(std::chrono::milliseconds delay, int times, Watch watch = Watch::nothing) {
  UpAndDown out;
  for (int round = 0; round < times; ++round) {
    const Folder folder;
    const std::string file = folder.file("shop.yaml");
    std::ofstream(file) << test::whole_stack;
    SlowAws aws(delay);
    const auto variables = environment(folder, aws.port());
    const Cost up = run({ALBATROSS_BINARY, "deploy", file}, variables, watch);
    out.up.take(aws, up);
    aws.reset();
    const Cost down =
        run({ALBATROSS_BINARY, "destroy", "shop", "--no-drain", "--yes"}, variables, watch);
    out.down.take(aws, down);
  }
  return out;
}

/// The same calls one after another; nothing when boto3 is not there.
double boto3_cpu_ms() {
  const SlowAws aws(std::chrono::milliseconds{0});
  const Folder folder;
  const std::string script = std::string(ALBATROSS_SOURCE_DIR) + "/bench/deploy_boto3.py";
  const auto variables = environment(folder, aws.port());
  double best = 1e9;
  try {
    for (int round = 0; round < 3; ++round)
      best = std::min(best, run({"/usr/bin/python3", script}, variables).cpu_ms);
  } catch (const std::runtime_error& error) {
    std::fprintf(stderr, "deploy: without boto3: %s\n", error.what());
    return 0;
  }
  return best;
}

/// From start to end, in an account that answers at once.
double plan_simulate_ms() {
  const SlowAws aws(std::chrono::milliseconds{0});
  const Folder folder;
  const std::string example = std::string(ALBATROSS_SOURCE_DIR) + "/examples/ai-stack.yaml";
  double best = 1e9;
  for (int round = 0; round < rounds; ++round) {
    const Cost cost =
        run({ALBATROSS_BINARY, "plan", example, "--simulate"}, environment(folder, aws.port()));
    best = std::min(best, cost.wall_ms);
  }
  return best;
}

void add_figures(std::vector<Figure>& out, const std::string& delay, int milliseconds_of_it,
                 const UpAndDown& measured, const RoundTrips& trips, const std::string& promise) {
  const auto figure = [&](const std::string& verb, const Best& best, int count) {
    out.push_back({"deploy/" + verb + "-" + delay, best.span_ms, "ms",
                   std::to_string(count) + " round trips, the critical path (" +
                       std::to_string(best.requests) + " calls)",
                   static_cast<double>(count * milliseconds_of_it), promise});
  };
  figure("up", measured.up, trips.deploy);
  figure("down", measured.down, trips.destroy);
}

std::vector<Figure> figures() {
  const RoundTrips trips = ideal_round_trips();
  const UpAndDown quick = measure(std::chrono::milliseconds{25}, rounds);
  const UpAndDown slow = measure(std::chrono::milliseconds{100}, rounds);
  const UpAndDown watched = measure(std::chrono::milliseconds{25}, 1, Watch::memory);
  std::vector<Figure> out;
  add_figures(out, "25ms", 25, quick, trips, "<= 1.05");
  add_figures(out, "100ms", 100, slow, trips, "<= 1.02");
  out.push_back({"deploy/added", std::max(quick.up.added_ms, quick.down.added_ms), "ms", "", 0,
                 "<= 20 (before the first request and after the last answer)"});
  const double most = std::max(watched.up.megabytes, watched.down.megabytes);
  out.push_back({"deploy/memory", most, "MB", "", 0, "<= 12"});
  out.push_back({"deploy/plan-simulate", plan_simulate_ms(), "ms", "", 0, "<= 100"});
  const double theirs = boto3_cpu_ms();
  if (theirs > 0) {
    out.push_back({"deploy/cpu", quick.up.cpu_ms + quick.down.cpu_ms, "ms",
                   "the same in sequential boto3", theirs, "<= 0.04"});
  }
  return out;
}

const bool added = add("deploy", figures);

}  // namespace
}  // namespace albatross::bench
