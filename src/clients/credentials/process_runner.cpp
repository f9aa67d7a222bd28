#include "albatross/clients/process.hpp"
#include "albatross/runtime/concurrency.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace albatross {
namespace {

namespace asio = boost::asio;

constexpr std::size_t most_output = std::size_t{1} << 20U;

[[noreturn]] void fail(const std::string& what, int error) {
  throw std::runtime_error(what + ": " + std::strerror(error));
}

/// A pipe whose ends are closed whatever happens.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) fail("no pipe", errno);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(0);
    close(1);
  }
  int write_end() const { return ends_[1]; }
  int release_read_end() { return std::exchange(ends_[0], -1); }
  void close_write_end() { close(1); }

 private:
  void close(std::size_t i) {
    if (ends_[i] >= 0) ::close(std::exchange(ends_[i], -1));
  }
  std::array<int, 2> ends_{-1, -1};
};

/// A child that is killed and reaped unless it was waited for.
class Child {
 public:
  Child(const std::vector<std::string>& arguments, const Pipe& output, const Pipe& errors) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output.write_end(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.write_end(), STDERR_FILENO);
    const int error = ::posix_spawnp(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
      pid_ = -1;
      fail("cannot be started", error);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

  /// It closed its output, so it is ending: this does not block for long.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

  /// Has it ended? Does not block.
  bool ended(int& exit_code) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return false;
    pid_ = -1;
    exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return true;
  }

 private:
  pid_t pid_ = -1;
};

/// Reads to the end of the stream.
Task<> read_all(asio::posix::stream_descriptor& stream, std::string& text) {
  std::array<char, 4096> block{};
  for (;;) {
    auto [error, count] =
        co_await stream.async_read_some(asio::buffer(block), asio::as_tuple(asio::use_awaitable));
    text.append(block.data(), count);
    if (error == asio::error::eof) co_return;
    if (error) throw boost::system::system_error(error);
    if (text.size() > most_output) throw std::runtime_error("wrote more than 1 MiB");
  }
}

Task<ProcessResult> run_to_end(Clock& clock, std::vector<std::string> arguments) {
  const auto executor = co_await asio::this_coro::executor;
  Pipe output;
  Pipe errors;
  Child child(arguments, output, errors);
  output.close_write_end();
  errors.close_write_end();
  asio::posix::stream_descriptor out(executor, output.release_read_end());
  asio::posix::stream_descriptor err(executor, errors.release_read_end());
  ProcessResult result;
  std::vector<Task<>> readers;
  readers.push_back(read_all(out, result.output));
  readers.push_back(read_all(err, result.errors));
  co_await when_all(std::move(readers));
  // A program may close its output and live on.
  while (!child.ended(result.exit_code)) {
    co_await clock.sleep_for(std::chrono::milliseconds(2));
  }
  co_return result;
}

Task<ProcessResult> run(Clock& clock, std::vector<std::string> arguments, Deadline deadline) {
  bool in_time = true;
  ProcessResult result;
  try {
    auto running = run_to_end(clock, std::move(arguments));
    result = co_await with_deadline(clock, std::move(running), deadline);
  } catch (const DeadlineExceeded&) {
    in_time = false;
  }
  if (!in_time) throw std::runtime_error("did not end in time");
  co_return result;
}

}  // namespace

ProcessRunner system_process_runner(Clock& clock) {
  return [&clock](std::vector<std::string> arguments, Deadline deadline) {
    return run(clock, std::move(arguments), deadline);
  };
}

}  // namespace albatross
