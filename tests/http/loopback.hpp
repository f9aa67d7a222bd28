#pragma once

#include "albatross/http/message.hpp"
#include "albatross/runtime/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace albatross::http::test {

/// The server's end of one connection, as a script sees it.
class Peer {
 public:
  virtual ~Peer() = default;

  /// The next request, head and body (by Content-Length) as they came; empty at the end of the
  /// stream.
  virtual Task<std::string> request() = 0;
  /// Returns when the client has closed, whatever it says before.
  virtual Task<> until_closed() = 0;
  virtual Task<> say(std::string bytes) = 0;
  /// One byte at a time, `pause_ms` apart.
  virtual Task<> drip(std::string bytes, int pause_ms) = 0;
  /// Passes bytes on to a server at that loopback port and back, until either side ends.
  virtual Task<> relay_to(std::uint16_t port) = 0;
  /// Ends the stream in order; with TLS without close_notify.
  virtual void close() = 0;
  /// Ends it with a reset.
  virtual void reset() = 0;

  /// What the client asked for by server name indication.
  virtual std::string server_name() const = 0;
  virtual bool session_resumed() const = 0;

  /// 200 with that body.
  Task<> ok(std::string body);

  /// 0 for the server's first connection, and so on.
  std::size_t number = 0;
};

/// Returning from the script closes the connection.
using Script = std::function<Task<>(Peer&)>;

/// A server on a loopback port of its own, on the test's executor. Destroying it closes everything,
/// so that the test's executor runs out of work.
class Server {
 public:
  /// @param tls must outlive the server; nullptr for plain HTTP.
  Server(boost::asio::any_io_executor executor, Script script,
         boost::asio::ssl::context* tls = nullptr, std::string address = "127.0.0.1");
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// Of that host name or, when it is empty, the address listened on.
  Origin origin(std::string host = {}) const;
  std::size_t accepted() const;
  std::size_t open() const;
  std::size_t most_open() const;
  /// No longer answers connection attempts.
  void stop_listening();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Answers every request with 200 and the request's target.
Script echo_target();

/// The body of a raw request.
std::string body_of(const std::string& request);

}  // namespace albatross::http::test
