#include "sim_process.hpp"

#include "raw_client.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace albatross::bench {
namespace {

constexpr std::chrono::seconds patience{10};

void become_simulator(const std::string& port) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nowhere = ::open("/dev/null", O_RDWR);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  ::execl(ALBATROSS_BINARY, ALBATROSS_BINARY, "sim", "--quiet", "--port", port.c_str(),
          static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

SimProcess::SimProcess() : port_(free_port()) {
  const auto start = std::chrono::steady_clock::now();
  process_ = ::fork();
  if (process_ < 0) throw std::system_error(errno, std::system_category(), "fork");
  if (process_ == 0) become_simulator(std::to_string(port_));
  while (!answers(port_)) {
    if (std::chrono::steady_clock::now() - start > patience) {
      throw std::runtime_error("the simulator did not start");
    }
    ::usleep(100);
  }
  startup_ = std::chrono::steady_clock::now() - start;
}

SimProcess::~SimProcess() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

double SimProcess::megabytes() const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  std::string word;
  while (status >> word) {
    double kilobytes = 0;
    if (word == "VmRSS:" && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

}  // namespace albatross::bench
