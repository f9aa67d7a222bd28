#include "raw_client.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace albatross::bench {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// -1 when nobody listens.
int connect_to(std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(port);
  if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    ::close(descriptor);
    return -1;
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return descriptor;
}

/// Bytes of the whole answer; 0 while its head is not there.
std::size_t answer_size(const std::string& bytes) {
  constexpr std::string_view name = "\r\nContent-Length: ";
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  const auto at = bytes.find(name);
  const auto length = at > end ? 0 : std::strtoul(bytes.data() + at + name.size(), nullptr, 10);
  return end + 4 + length;
}

}  // namespace

std::uint16_t free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(descriptor, generic, size) != 0 || ::getsockname(descriptor, generic, &size) != 0) {
    throw std::system_error(errno, std::system_category(), "bind");
  }
  ::close(descriptor);
  return ntohs(address.sin_port);
}

bool answers(std::uint16_t port) {
  const int descriptor = connect_to(port);
  if (descriptor >= 0) ::close(descriptor);
  return descriptor >= 0;
}

RawClient::RawClient(std::uint16_t port, std::string request, std::size_t connections)
    : request_(std::move(request)) {
  for (std::size_t i = 0; i < connections; ++i) {
    sockets_.push_back(connect_to(port));
    if (sockets_.back() < 0) throw std::system_error(errno, std::system_category(), "connect");
  }
}

RawClient::~RawClient() {
  for (const int descriptor : sockets_)
    ::close(descriptor);
}

void RawClient::read_answer(int descriptor) {
  std::array<char, 16 * 1024> bytes;
  answer_.clear();
  for (std::size_t whole = 0; whole == 0 || answer_.size() < whole; whole = answer_size(answer_)) {
    const ssize_t got = ::recv(descriptor, bytes.data(), bytes.size(), 0);
    if (got <= 0) throw std::runtime_error("the server has closed the connection");
    answer_.append(bytes.data(), static_cast<std::size_t>(got));
  }
  if (!answer_.starts_with("HTTP/1.1 200 ")) throw std::runtime_error("not 200: " + answer_);
}

void RawClient::one_round() {
  for (const int descriptor : sockets_) {
    if (::send(descriptor, request_.data(), request_.size(), MSG_NOSIGNAL) < 0) {
      throw std::system_error(errno, std::system_category(), "send");
    }
  }
  for (const int descriptor : sockets_)
    read_answer(descriptor);
}

double RawClient::rate(std::chrono::milliseconds length) {
  const auto start = std::chrono::steady_clock::now();
  std::chrono::duration<double> passed{};
  std::size_t count = 0;
  while (passed < length) {
    one_round();
    count += sockets_.size();
    passed = std::chrono::steady_clock::now() - start;
  }
  return static_cast<double>(count) / passed.count();
}

}  // namespace albatross::bench
