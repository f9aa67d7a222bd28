#include "http/tls_context.hpp"

#include "http/system_roots.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace albatross::http {

namespace asio = boost::asio;

namespace {

/// Sessions kept for one origin; a TLS 1.3 server usually sends two with each connection.
constexpr std::size_t sessions_per_origin = 4;

/// Where a connection's SSL object finds its TlsContext and its origin.
struct Owner {
  TlsContext* context;
  Origin origin;
};

void free_owner(void*, void* owner, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Owner*>(owner);
}

int owner_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, free_owner);
  return index;
}

bool is_address(const std::string& host) {
  boost::system::error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

bool is_there(const std::string& path) {
  std::error_code unreadable;
  return std::filesystem::exists(path, unreadable);
}

void trust(asio::ssl::context& context, const std::string& ca_bundle) {
  boost::system::error_code error;
  if (ca_bundle.empty()) {
    context.set_default_verify_paths(error);  // SSL_CERT_FILE and SSL_CERT_DIR included
    const std::string elsewhere =
        roots_elsewhere(is_there, X509_get_default_cert_file(), X509_get_default_cert_dir());
    if (!error && !elsewhere.empty()) context.load_verify_file(elsewhere, error);
  } else {
    context.load_verify_file(ca_bundle, error);
  }
  if (!error) return;
  const std::string what = ca_bundle.empty() ? "the system's trusted roots" : ca_bundle;
  throw std::runtime_error("cannot read " + what + ": " + error.message());
}

}  // namespace

TlsContext::TlsContext(std::string ca_bundle) : ca_bundle_(std::move(ca_bundle)) {}

asio::ssl::context& TlsContext::context() {
  if (context_) return *context_;
  asio::ssl::context context(asio::ssl::context::tls_client);
  trust(context, ca_bundle_);
  context.set_verify_mode(asio::ssl::verify_peer);
  SSL_CTX* native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(native, &TlsContext::on_new_session);
  static constexpr unsigned char alpn[] = "\x08http/1.1";
  SSL_CTX_set_alpn_protos(native, alpn, sizeof(alpn) - 1);
  return context_.emplace(std::move(context));
}

void TlsContext::prepare(SSL* ssl, const Origin& origin) {
  SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (is_address(origin.host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), origin.host.c_str());
  } else {
    SSL_set1_host(ssl, origin.host.c_str());
    // The macro of that name casts away const in the old style.
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(origin.host.c_str()));
  }
  SSL_set_ex_data(ssl, owner_index(), std::make_unique<Owner>(Owner{this, origin}).release());
  if (const auto session = take_session(origin)) SSL_set_session(ssl, session.get());
}

TlsContext::Session TlsContext::take_session(const Origin& origin) {
  auto& kept = sessions_[origin];
  while (!kept.empty()) {
    Session session = std::move(kept.back());
    kept.pop_back();
    if (SSL_SESSION_is_resumable(session.get()) == 0) continue;
    if (SSL_SESSION_get_protocol_version(session.get()) < TLS1_3_VERSION) {
      // Good for any number of connections; a TLS 1.3 ticket is for one (RFC 8446, C.4).
      SSL_SESSION_up_ref(session.get());
      kept.emplace_back(session.get());
    }
    return session;
  }
  return nullptr;
}

int TlsContext::on_new_session(SSL* ssl, SSL_SESSION* session) {
  const auto* owner = static_cast<const Owner*>(SSL_get_ex_data(ssl, owner_index()));
  if (owner == nullptr) return 0;
  auto& kept = owner->context->sessions_[owner->origin];
  kept.emplace_back(session);
  if (kept.size() > sessions_per_origin) kept.pop_front();
  return 1;  // the reference is ours now
}

std::string describe_handshake_failure(SSL* ssl, const boost::system::error_code& error) {
  const long verdict = SSL_get_verify_result(ssl);
  if (verdict != X509_V_OK) {
    return std::string("the server's certificate is not accepted: ") +
           X509_verify_cert_error_string(verdict);
  }
  if (error == asio::error::eof || error == asio::ssl::error::stream_truncated ||
      error == asio::error::connection_reset) {
    return "the server ended the connection during the TLS handshake";
  }
  return "TLS handshake: " + error.message();
}

}  // namespace albatross::http
