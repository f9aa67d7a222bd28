#include "http/system_roots.hpp"

namespace albatross::http {

std::string roots_elsewhere(const std::function<bool(const std::string&)>& exists,
                            const std::string& own_file, const std::string& own_folder) {
  if (exists(own_file) || exists(own_folder)) return {};
  for (const char* bundle : {
           "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch, Alpine
           "/etc/pki/tls/certs/ca-bundle.crt",                   // Amazon Linux, Fedora, RHEL
           "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // the same, minimal images
           "/etc/ssl/ca-bundle.pem",                             // SUSE
           "/etc/ssl/cert.pem",
       }) {
    if (exists(bundle)) return bundle;
  }
  return {};
}

}  // namespace albatross::http
