#include "trivial_server.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <netinet/tcp.h>
#include <string_view>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace albatross::bench {

namespace {

/// Counts whole requests in a stream: heads and, by Content-Length, bodies.
class RequestCounter {
 public:
  std::size_t feed(std::string_view bytes) {
    pending_.append(bytes);
    std::size_t count = 0;
    for (;;) {
      const std::size_t head = pending_.find("\r\n\r\n");
      if (head == std::string::npos) return count;
      const std::size_t size = head + 4 + length(std::string_view(pending_).substr(0, head));
      if (pending_.size() < size) return count;
      pending_.erase(0, size);
      ++count;
    }
  }

 private:
  static std::size_t length(std::string_view head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    if (at == std::string_view::npos) return 0;
    return std::strtoul(head.data() + at + name.size(), nullptr, 10);
  }

  std::string pending_;
};

struct Listener {
  int descriptor;
  std::uint16_t port;
};

Listener listen_on_loopback() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (descriptor < 0 || ::bind(descriptor, generic, size) != 0 || ::listen(descriptor, 64) != 0 ||
      ::getsockname(descriptor, generic, &size) != 0) {
    throw std::system_error(errno, std::system_category(), "listen");
  }
  return {descriptor, ntohs(address.sin_port)};
}

class Loop {
 public:
  Loop(int listener, std::string answer)
      : listener_(listener), epoll_(::epoll_create1(0)), answer_(std::move(answer)) {
    watch(listener_);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 64> events{};
    for (;;) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const int descriptor = events.at(static_cast<std::size_t>(i)).data.fd;
        descriptor == listener_ ? accept() : serve(descriptor);
      }
    }
  }

 private:
  void watch(int descriptor) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }

  void accept() {
    const int descriptor = ::accept(listener_, nullptr, nullptr);
    if (descriptor < 0) return;
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const auto index = static_cast<std::size_t>(descriptor);
    if (counters_.size() <= index) counters_.resize(index + 1);
    counters_[index] = {};
    watch(descriptor);
  }

  void serve(int descriptor) {
    std::array<char, 16 * 1024> bytes;
    const ssize_t got = ::recv(descriptor, bytes.data(), bytes.size(), 0);
    if (got <= 0) {
      ::close(descriptor);
      return;
    }
    auto& counter = counters_[static_cast<std::size_t>(descriptor)];
    const auto count = counter.feed({bytes.data(), static_cast<std::size_t>(got)});
    for (std::size_t i = 0; i < count; ++i) {
      if (::send(descriptor, answer_.data(), answer_.size(), MSG_NOSIGNAL) < 0) return;
    }
  }

  int listener_;
  int epoll_;
  std::string answer_;
  std::vector<RequestCounter> counters_;
};

}  // namespace

TrivialServer::TrivialServer(std::string answer) {
  const Listener listener = listen_on_loopback();
  port_ = listener.port;
  process_ = ::fork();
  if (process_ < 0) throw std::system_error(errno, std::system_category(), "fork");
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    Loop(listener.descriptor, std::move(answer)).run();
  }
  ::close(listener.descriptor);
}

TrivialServer::~TrivialServer() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace albatross::bench
