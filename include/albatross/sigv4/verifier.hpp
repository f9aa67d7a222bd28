#pragma once

#include "albatross/sigv4/signer.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// The server's side of Signature Version 4, as the simulator needs it.
namespace albatross::sigv4 {

/// What a check of a signature found.
enum class Verdict {
  valid,
  missing,             ///< no Authorization header, no X-Amz-Signature
  incomplete,          ///< the header is malformed or lacks a part
  unknown_access_key,  ///< nobody has that access key id
  invalid_token,       ///< the session token is missing or not the one that belongs to the key
  wrong_scope,         ///< date, region or service of the credential scope do not fit
  unsigned_header,     ///< host or an x-amz-* header was sent but not signed
  mismatch,            ///< the signature is not the one of this request
  expired,             ///< signed too long ago
  not_yet_valid,       ///< signed too far in the future
};

/// What is known of a request after its signature was checked.
struct Verification {
  Verdict verdict = Verdict::missing;
  std::string access_key_id;
  std::string region;
  std::string service;
  /// The time the request claims to be signed at, when it could be read.
  std::optional<std::chrono::system_clock::time_point> signed_at;
  /// For people: what exactly does not fit. Never contains a secret or the expected signature.
  std::string detail;
};

/// What verify() insists on.
struct VerifierOptions {
  std::chrono::seconds max_skew = std::chrono::minutes{5};
  /// Accept only this region/service when not empty.
  std::string_view region;
  std::string_view service;
};

/// Checks a request that came off the wire, header- or query-signed. Signature comparison takes
/// constant time.
/// @param request as it came, every header in it
/// @param now by the verifier's clock
/// @param options what it must be for, and how far clocks may differ
/// @param find_credentials looks an access key id up; null when unknown.
Verification verify(const RequestView& request,
                    const std::function<const Credentials*(std::string_view)>& find_credentials,
                    std::chrono::system_clock::time_point now, const VerifierOptions& options = {});

}  // namespace albatross::sigv4
