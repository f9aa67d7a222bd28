#pragma once

#include "albatross/sigv4/signer.hpp"

#include "sigv4/amz_date.hpp"
#include "sigv4/buffer.hpp"
#include "sigv4/canonical_request.hpp"
#include "sigv4/sha256.hpp"

#include <chrono>
#include <string_view>

namespace albatross::sigv4::detail {

/// Appends "20150830/us-east-1/ec2/aws4_request".
void append_scope(Buffer& out, std::string_view day, std::string_view region,
                  std::string_view service);

/// Appends the string to sign for a canonical request with that hash.
void append_string_to_sign(Buffer& out, std::string_view timestamp, std::string_view scope,
                           const Digest& canonical_hash);

/// What signing one request after another needs, and can keep.
class Session {
 public:
  Signer::Headers sign(const RequestView& request, const Credentials& credentials,
                       const Scope& scope, const ServiceRules& rules, KeyCache& keys);
  std::string_view presign(const RequestView& request, const Credentials& credentials,
                           const Scope& scope, std::chrono::seconds expires,
                           const ServiceRules& rules, KeyCache& keys);

  std::string canonical_request() const;
  std::string_view string_to_sign() const { return string_to_sign_.view(); }

 private:
  void start(const Scope& scope);
  void add_headers(const RequestView& request, const ServiceRules& rules);
  void append_auth_query(const Credentials& credentials, std::chrono::seconds expires);
  void append_token_query(const Credentials& credentials);
  Digest sign_canonical(const RequestView& request, const Credentials& credentials,
                        const Scope& scope, const ServiceRules& rules, KeyCache& keys);
  Digest hash_canonical(const RequestView& request, const ServiceRules& rules);

  AmzDate date_{std::chrono::system_clock::time_point{}};
  PayloadHash payload_{{}, false};
  Canonicaliser canonicaliser_;
  Buffer scope_;
  /// The canonical request up to the payload hash, and the hash of that much.
  Buffer front_;
  Sha256 front_hash_;
  Buffer next_front_;
  Buffer string_to_sign_;
  Buffer names_;
  /// The Authorization header or the signed query.
  Buffer result_;
};

}  // namespace albatross::sigv4::detail
