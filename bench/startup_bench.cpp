// What it costs to start, beside a C program that does one SHA-256.
#include "figures.hpp"

#include <cerrno>
#include <fcntl.h>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

extern char** environ;

namespace albatross::bench {
namespace {

/// Runs a program from start to end, its output going nowhere.
class Program {
 public:
  explicit Program(std::vector<std::string> words) : words_(std::move(words)) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { posix_spawn_file_actions_destroy(&actions_); }

  void run() {
    std::vector<char*> argv;
    for (std::string& word : words_)
      argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t process = 0;
    if (::posix_spawn(&process, argv.front(), &actions_, nullptr, argv.data(), environ) != 0) {
      throw std::runtime_error("cannot run " + words_.front());
    }
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    if (status != 0) throw std::runtime_error(words_.front() + " " + words_.back() + " failed");
  }

 private:
  std::vector<std::string> words_;
  posix_spawn_file_actions_t actions_{};
};

Figure start(const std::string& name, std::vector<std::string> words, const char* promise) {
  words.insert(words.begin(), ALBATROSS_BINARY);
  Program ours(std::move(words));
  Program reference({ALBATROSS_ONE_SHA256});
  const Times times = interleave([&] { ours.run(); }, [&] { reference.run(); },
                                 {.count = 200, .length = std::chrono::microseconds{1}});
  return {.name = "startup/" + name,
          .value = times.work_ns / 1e6,
          .unit = "ms",
          .against = "a C program that does one SHA-256",
          .reference = times.reference_ns / 1e6,
          .promise = promise};
}

std::vector<Figure> startup() {
  const std::string example = ALBATROSS_SOURCE_DIR "/examples/ai-stack.yaml";
  return {start("version", {"--version"}, "<= 1.50"), start("help", {"--help"}, "<= 2.00"),
          start("validate", {"validate", example}, "<= 2.00"),
          start("completions", {"completion", "bash"}, "<= 2.00")};
}

const bool added = add("startup", startup);

}  // namespace
}  // namespace albatross::bench
