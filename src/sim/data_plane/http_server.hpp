#pragma once

#include "albatross/http/message.hpp"
#include "albatross/runtime/task.hpp"

#include "sim/data_plane/tls_identity.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace albatross::sim {

/// Who asks, and how.
struct Peer {
  std::uint32_t address = 0;  // IPv4
  bool tls = false;
  bool proxied = false;  // through the simulator's own port
};

/// Listens on one loopback address and port, plain and TLS alike (the first byte tells them apart),
/// and answers each request through `answer`. Stops when destroyed; requests under way are cut off,
/// as when a server dies.
class HttpService {
 public:
  /// Nothing: the connection stays open and silent until the client gives up.
  using Answer = std::function<Task<std::optional<http::Response>>(http::Request, Peer)>;
  /// The identity for a server name (empty: the client named none); null refuses TLS.
  using IdentityFor = std::function<const TlsIdentity*(const std::string& server_name)>;

  /// Throws boost::system::system_error when it cannot listen there.
  HttpService(boost::asio::any_io_executor executor, const std::string& address, std::uint16_t port,
              Answer answer, IdentityFor identity_for = {});
  HttpService(const HttpService&) = delete;
  HttpService& operator=(const HttpService&) = delete;
  ~HttpService();

  std::uint16_t port() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace albatross::sim
