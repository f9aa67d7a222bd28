#pragma once

#include "albatross/sigv4/credentials.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// AWS Signature Version 4. Pure functions: no I/O, no clock, no coroutines. Thread-safe except
/// where said. Source: AWS IAM User Guide, "AWS Signature Version 4 for API requests".
namespace albatross::sigv4 {

/// One header field, not copied.
struct HeaderView {
  std::string_view name;
  std::string_view value;
};

/// The request as it will be sent. Views only: nothing is copied.
struct RequestView {
  std::string_view method;
  /// Percent-encoded path as on the wire, without the query. Empty is "/".
  std::string_view path;
  /// Percent-encoded query as on the wire, without '?'.
  std::string_view query;
  /// Every header that is to be signed, `host` among them, in order of appearance. Names in any
  /// case; values as sent (trimming and folding are done here).
  std::span<const HeaderView> headers;
  std::string_view body;
};

/// The quirks of a service, each with its name.
struct ServiceRules {
  /// Encode the already encoded path once more (every service but S3).
  bool double_encode_path = true;
  /// Resolve "." and "..", collapse "//" (every service but S3).
  bool normalize_path = true;
  /// Send and sign x-amz-content-sha256 (S3).
  bool content_sha256_header = false;
  /// Sign UNSIGNED-PAYLOAD in place of the body's hash (S3 over TLS, presigned S3).
  bool unsigned_payload = false;
  /// Leave the session token out of what is signed (it is added to the request afterwards).
  bool omit_session_token = false;

  /// Those of nearly every service.
  static constexpr ServiceRules standard() { return {}; }
  /// Those of Amazon S3.
  static constexpr ServiceRules s3() { return {false, false, true, false, false}; }
  /// The rules of a service by its signing name ("ec2", "s3"), as its endpoint verifies them.
  static ServiceRules for_service(std::string_view service);

  friend bool operator==(const ServiceRules&, const ServiceRules&) = default;
};

/// Where and when a signature holds: "20150830/us-east-1/ec2/aws4_request".
struct Scope {
  std::chrono::system_clock::time_point time;
  std::string_view region;
  std::string_view service;
};

/// The three stages, exposed so that each can be checked and shown ("what did we sign?").
/// The canonical form of the request as given: all headers but Authorization, all of the query.
/// Methods are taken as they are; '+' in a query stands for itself (a space is "%20").
std::string canonical_request(const RequestView& request, const ServiceRules& rules = {});
/// What the signature is of: algorithm, date, scope, and the hash of the canonical request.
std::string string_to_sign(std::string_view canonical_request, const Scope& scope);
/// Lower-case hexadecimal signature.
std::string signature(std::string_view string_to_sign, const Secret& secret_access_key,
                      const Scope& scope);

/// "20150830T123600Z". Throws std::invalid_argument outside of the years 0 to 9999.
std::string format_amz_date(std::chrono::system_clock::time_point time);

/// Signing keys, one per (secret, day, region, service), so that four HMACs are paid once a day.
/// Not thread-safe; keep one per client. Keys are wiped on eviction and destruction.
class KeyCache;

/// Headers to set on the request (any of the same name must be removed first, and is ignored if it
/// is among RequestView::headers).
struct SignedHeaders {
  std::string authorization;
  std::string amz_date;
  /// Empty when the credentials have no session token.
  std::string security_token;
  /// Empty unless the rules ask for it.
  std::string content_sha256;
};

/// Signs in the Authorization header. `cache` may be null. Throws std::invalid_argument when there
/// is no host header. A client that signs again and again uses a Signer.
SignedHeaders sign_headers(const RequestView& request, const Credentials& credentials,
                           const Scope& scope, const ServiceRules& rules = {},
                           KeyCache* cache = nullptr);

/// Signs in the query ("presigned URL"): returns the complete query string, X-Amz-Signature last.
/// The body is signed too; S3's rules sign UNSIGNED-PAYLOAD instead, as S3 expects of such URLs.
/// @param request as it will be sent, without the signature
/// @param credentials whose URL it is; a session token becomes part of it
/// @param scope when and where it holds
/// @param rules of the service
/// @param cache of signing keys; may be null
/// @param expires how long the URL holds, 1 s to 7 days (std::invalid_argument otherwise). Also
///   refused: no host header, and a query that holds one of the X-Amz-* parameters already.
std::string presign_query(const RequestView& request, const Credentials& credentials,
                          const Scope& scope, std::chrono::seconds expires,
                          const ServiceRules& rules = {}, KeyCache* cache = nullptr);

/// Signing keys, kept; see above.
class KeyCache {
 public:
  /// @param capacity how many keys are kept; the one unused for longest makes room. At least 1.
  explicit KeyCache(std::size_t capacity = 16);
  KeyCache(const KeyCache&) = delete;
  KeyCache& operator=(const KeyCache&) = delete;
  ~KeyCache();

  /// The 32-byte signing key, derived if it is not there. The view holds until the next call.
  /// @param secret_access_key whose key
  /// @param date "20150830".
  /// @param region of the scope
  /// @param service of the scope: "ec2"
  std::span<const unsigned char, 32> key(const Secret& secret_access_key, std::string_view date,
                                         std::string_view region, std::string_view service);
  /// HMAC-SHA256 of `text` under that key: the signature, as bytes. Quicker than doing it with
  /// key(), since the hash's states after the key are kept.
  std::array<unsigned char, 32> sign(const Secret& secret_access_key, std::string_view date,
                                     std::string_view region, std::string_view service,
                                     std::string_view text);
  /// How often a key had to be derived.
  std::size_t derivations() const { return derivations_; }

 private:
  struct Entry;
  Entry& find(const Secret& secret_access_key, std::string_view date, std::string_view region,
              std::string_view service);

  std::vector<Entry> entries_;
  std::size_t capacity_;
  std::uint64_t uses_ = 0;
  std::size_t derivations_ = 0;
};

/// Signs like sign_headers and presign_query, for a client that does so again and again: it keeps
/// the signing keys, the memory, and the hash of what did not change since the last request. Once
/// warm it allocates nothing. Results are views into the signer and hold until its next call.
/// Not thread-safe; keep one per client. Movable. All memory is wiped before it is given back.
class Signer {
 public:
  /// Headers to set on the request: SignedHeaders without copies.
  struct Headers {
    std::string_view authorization;
    std::string_view amz_date;
    /// Empty when the credentials have no session token; a view into the credentials.
    std::string_view security_token;
    /// Empty unless the rules ask for it.
    std::string_view content_sha256;
  };

  /// @param key_capacity see KeyCache.
  explicit Signer(std::size_t key_capacity = 16);
  Signer(Signer&&) noexcept;
  Signer& operator=(Signer&&) noexcept;
  ~Signer();

  /// As sign_headers.
  Headers sign(const RequestView& request, const Credentials& credentials, const Scope& scope,
               const ServiceRules& rules = {});
  /// As presign_query.
  std::string_view presign(const RequestView& request, const Credentials& credentials,
                           const Scope& scope, std::chrono::seconds expires,
                           const ServiceRules& rules = {});

  /// What the last call signed, for comparison with what AWS says it expected. It holds the session
  /// token: not for logs.
  std::string canonical_request() const;
  /// The string to sign of the last call; a view that holds until the next one.
  std::string_view string_to_sign() const;

  /// The signing keys that are kept.
  const KeyCache& keys() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace albatross::sigv4
