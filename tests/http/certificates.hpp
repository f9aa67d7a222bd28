#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace albatross::http::test {

/// A certificate authority that lives as long as a test, with its root in a file that a transport
/// can be told to trust.
class Authority {
 public:
  Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;
  ~Authority();

  const std::string& bundle() const { return file_; }

  /// A server context whose certificate bears these names ("DNS:localhost", "IP:127.0.0.1").
  std::unique_ptr<boost::asio::ssl::context> server(const std::string& alternative_names,
                                                    bool expired = false) const;

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
  using Certificate = std::unique_ptr<X509, FreeCertificate>;

  Certificate certify(EVP_PKEY* subject_key, const std::string& subject, bool expired) const;

  Key key_;
  Certificate root_;
  std::string file_;
};

}  // namespace albatross::http::test
