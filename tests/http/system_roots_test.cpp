#include "http/system_roots.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace albatross::http {
namespace {

std::string found_with(const std::set<std::string>& there) {
  return roots_elsewhere([&](const std::string& path) { return there.contains(path); },
                         "/usr/lib/ssl/cert.pem", "/usr/lib/ssl/certs");
}

TEST(SystemRoots, AreOpenSslsOwnWhereTheyExist) {
  EXPECT_EQ(found_with({"/usr/lib/ssl/certs", "/etc/ssl/certs/ca-certificates.crt"}), "");
  EXPECT_EQ(found_with({"/usr/lib/ssl/cert.pem", "/etc/ssl/cert.pem"}), "");
}

TEST(SystemRoots, AreThoseOfTheDistributionThatItRunsOn) {
  EXPECT_EQ(found_with({"/etc/pki/tls/certs/ca-bundle.crt"}), "/etc/pki/tls/certs/ca-bundle.crt");
  EXPECT_EQ(found_with({"/etc/ssl/ca-bundle.pem"}), "/etc/ssl/ca-bundle.pem");
  EXPECT_EQ(found_with({"/etc/ssl/cert.pem", "/etc/ssl/certs/ca-certificates.crt"}),
            "/etc/ssl/certs/ca-certificates.crt");
}

TEST(SystemRoots, AreNowhereOnABareSystem) {
  EXPECT_EQ(found_with({}), "");
}

}  // namespace
}  // namespace albatross::http
