#include "sim/data_plane/tls_identity.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace albatross::sim {
namespace {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

void release_bio(BIO* bio) {
  BIO_free(bio);
}

template <class T>
T* must(T* made) {
  if (made == nullptr) throw std::runtime_error("OpenSSL could not make a certificate");
  return made;
}

template <class Write>
std::string pem(Write&& write) {
  const Owned<BIO, release_bio> out(must(BIO_new(BIO_s_mem())));
  write(out.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void name_it(X509* certificate, const std::string& subject) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const std::string short_enough = subject.substr(0, 64);
  const auto* text = reinterpret_cast<const unsigned char*>(short_enough.c_str());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(certificate, name);
}

void extend(X509* certificate, int kind, const std::string& value) {
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      must(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str())));
  X509_add_ext(certificate, extension.get(), -1);
}

}  // namespace

TlsIdentity self_signed(const std::string& subject, const std::string& host,
                        std::int64_t now_seconds) {
  const Owned<EVP_PKEY, EVP_PKEY_free> key(must(EVP_EC_gen("P-256")));
  const Owned<X509, X509_free> certificate(must(X509_new()));
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate.get()), now_seconds);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), now_seconds - 86400);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), now_seconds + 365 * std::int64_t{86400});
  X509_set_pubkey(certificate.get(), key.get());
  name_it(certificate.get(), subject);
  extend(certificate.get(), NID_subject_alt_name, "DNS:" + host + ",DNS:localhost,IP:127.0.0.1");
  extend(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
    throw std::runtime_error("OpenSSL could not sign a certificate");
  }
  TlsIdentity identity;
  identity.certificate = pem([&](BIO* out) { PEM_write_bio_X509(out, certificate.get()); });
  identity.key = pem([&](BIO* out) {
    PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  return identity;
}

}  // namespace albatross::sim
