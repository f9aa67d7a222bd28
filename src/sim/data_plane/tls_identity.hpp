#pragma once

#include <cstdint>
#include <string>

namespace albatross::sim {

/// A certificate and its key, both PEM.
struct TlsIdentity {
  std::string certificate;
  std::string key;
};

/// A fresh self-signed certificate for that host name (a wildcard is one too), localhost and
/// 127.0.0.1, valid for a year from `now_seconds` (since 1970). `subject` is its common name, at
/// most 64 bytes of it.
TlsIdentity self_signed(const std::string& subject, const std::string& host,
                        std::int64_t now_seconds);

}  // namespace albatross::sim
