#pragma once

#include "albatross/http/message.hpp"

#include <boost/asio/ssl/context.hpp>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace albatross::http {

/// What all TLS connections of a transport share: protocol versions, trusted roots, and the
/// sessions that later connections resume.
class TlsContext {
 public:
  /// @param ca_bundle PEM file of trusted roots; empty for the system's. Read at the first use.
  explicit TlsContext(std::string ca_bundle);

  /// Throws std::runtime_error when the roots cannot be read.
  boost::asio::ssl::context& context();

  /// Before the handshake: server name indication, the name the certificate must bear, and a
  /// session to resume when there is one.
  void prepare(SSL* ssl, const Origin& origin);

  /// After a failed handshake: the sessions kept for that origin may be the cause.
  void forget_sessions(const Origin& origin) { sessions_.erase(origin); }

 private:
  struct FreeSession {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
  };
  using Session = std::unique_ptr<SSL_SESSION, FreeSession>;
  using Sessions = std::deque<Session>;

  static int on_new_session(SSL* ssl, SSL_SESSION* session);
  Session take_session(const Origin& origin);

  std::string ca_bundle_;
  std::optional<boost::asio::ssl::context> context_;
  std::map<Origin, Sessions> sessions_;
};

/// What OpenSSL's error means to a person: the certificate's fault when there is one.
std::string describe_handshake_failure(SSL* ssl, const boost::system::error_code& error);

}  // namespace albatross::http
