#include "certificates.hpp"

#include <boost/asio/ssl/context.hpp>
#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>
#include <unistd.h>

namespace albatross::http::test {

namespace asio = boost::asio;

namespace {

constexpr long one_day = 24L * 60 * 60;

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("bad extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void set_name(X509_NAME* name, const std::string& common_name) {
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.data()),
                             static_cast<int>(common_name.size()), -1, 0);
}

}  // namespace

Authority::Certificate Authority::certify(EVP_PKEY* subject_key, const std::string& subject,
                                          bool expired) const {
  static long serial = 0;
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -2 * one_day);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), expired ? -one_day : one_day);
  X509_set_pubkey(certificate.get(), subject_key);
  set_name(X509_get_subject_name(certificate.get()), subject);
  set_name(X509_get_issuer_name(certificate.get()), "Test Root");
  return certificate;
}

Authority::Authority() : key_(EVP_EC_gen("P-256")) {
  root_ = certify(key_.get(), "Test Root", false);
  extend(root_.get(), root_.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(root_.get(), root_.get(), NID_subject_key_identifier, "hash");
  X509_sign(root_.get(), key_.get(), EVP_sha256());
  std::string name = ::testing::TempDir() + "albatross-root-XXXXXX";
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) throw std::runtime_error("no temporary file");
  std::FILE* file = ::fdopen(descriptor, "w");
  PEM_write_X509(file, root_.get());
  std::fclose(file);
  file_ = name;
}

Authority::~Authority() {
  std::remove(file_.c_str());
}

std::unique_ptr<asio::ssl::context> Authority::server(const std::string& alternative_names,
                                                      bool expired) const {
  const Key key(EVP_EC_gen("P-256"));
  const auto certificate = certify(key.get(), "server", expired);
  extend(certificate.get(), root_.get(), NID_subject_alt_name, alternative_names);
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_use_certificate(context->native_handle(), certificate.get());
  SSL_CTX_use_PrivateKey(context->native_handle(), key.get());
  static constexpr unsigned char session_context[] = "tests";
  SSL_CTX_set_session_id_context(context->native_handle(), session_context, 5);
  return context;
}

}  // namespace albatross::http::test
