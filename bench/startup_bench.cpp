// What it costs to start, beside a C program that does one SHA-256.
#include "figures.hpp"

#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace albatross::bench {
namespace {

/// Runs a program from start to end, its output going nowhere.
class Program {
 public:
  Program(std::string path, std::string argument)
      : path_(std::move(path)), argument_(std::move(argument)) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { posix_spawn_file_actions_destroy(&actions_); }

  void run() {
    char* const argv[] = {path_.data(), argument_.empty() ? nullptr : argument_.data(), nullptr};
    pid_t process = 0;
    if (::posix_spawn(&process, path_.c_str(), &actions_, nullptr, argv, environ) != 0) {
      throw std::runtime_error("cannot run " + path_);
    }
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    if (status != 0) throw std::runtime_error(path_ + " failed");
  }

 private:
  std::string path_;
  std::string argument_;
  posix_spawn_file_actions_t actions_{};
};

std::vector<Figure> startup() {
  Program ours(ALBATROSS_BINARY, "--version");
  Program reference(ALBATROSS_ONE_SHA256, "");
  const Times times = interleave([&] { ours.run(); }, [&] { reference.run(); },
                                 {.count = 200, .length = std::chrono::microseconds{1}});
  return {{.name = "startup/version",
           .value = times.work_ns / 1e6,
           .unit = "ms",
           .against = "a C program that does one SHA-256",
           .reference = times.reference_ns / 1e6,
           .promise = "<= 1.50"}};
}

const bool added = add("startup", startup);

}  // namespace
}  // namespace albatross::bench
