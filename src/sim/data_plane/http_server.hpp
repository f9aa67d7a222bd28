#pragma once

#include "albatross/http/message.hpp"
#include "albatross/runtime/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace albatross::sim {

/// Who asks: the client's IPv4 address.
struct Peer {
  std::uint32_t address = 0;
};

/// A certificate and its key, both PEM.
struct TlsIdentity {
  std::string certificate;
  std::string key;
};

/// Listens on one loopback address and port and answers each request through `answer`. Stops when
/// destroyed; requests under way are cut off, as when a server dies.
class HttpService {
 public:
  using Answer = std::function<Task<http::Response>(http::Request, Peer)>;

  /// Throws boost::system::system_error when it cannot listen there.
  HttpService(boost::asio::any_io_executor executor, const std::string& address, std::uint16_t port,
              Answer answer, const TlsIdentity* identity = nullptr);
  HttpService(const HttpService&) = delete;
  HttpService& operator=(const HttpService&) = delete;
  ~HttpService();

  std::uint16_t port() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

/// A fresh self-signed certificate for that name and for localhost, valid for a year from `now`.
TlsIdentity self_signed(const std::string& name, std::int64_t now_seconds);

}  // namespace albatross::sim
