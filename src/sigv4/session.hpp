#pragma once

#include "albatross/sigv4/signer.hpp"

#include "sigv4/amz_date.hpp"
#include "sigv4/buffer.hpp"
#include "sigv4/canonical_request.hpp"
#include "sigv4/kept_head.hpp"
#include "sigv4/sha256.hpp"

#include <chrono>
#include <string_view>

namespace albatross::sigv4::detail {

/// Appends "20150830/us-east-1/ec2/aws4_request".
void append_scope(Buffer& out, std::string_view day, std::string_view region,
                  std::string_view service);

/// Appends the string to sign but for the canonical request's hash, which follows.
void append_string_to_sign(Buffer& out, std::string_view timestamp, std::string_view scope);

/// What signing one request after another needs, and can keep. Requests to a service differ in
/// little from each other, often in the date and the body only; so what stands before the first
/// difference is kept: of the canonical request, the text and its hash; of the string to sign and
/// of the Authorization header, the text.
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
  void make_scope(const Scope& scope);
  void make_front(const RequestView& request, std::string_view token, const ServiceRules& rules);
  void move_front_to_date();
  void hash_front();
  void add_headers(const RequestView& request, const ServiceRules& rules);
  void append_auth_query(const Credentials& credentials, std::chrono::seconds expires);
  void append_token_query(const Credentials& credentials);
  Digest sign_front(const Credentials& credentials, const Scope& scope, KeyCache& keys);
  std::string_view authorize(const Credentials& credentials, const Digest& signature);

  Canonicaliser canonicaliser_;
  PayloadHash payload_{{}, false};

  /// What scope_ and the front of string_to_sign_ were made for.
  Scope made_for_{};
  AmzDate date_{made_for_.time};
  Buffer scope_;
  Buffer string_to_sign_;
  std::size_t string_to_sign_front_ = 0;

  /// The canonical request up to the payload hash, and what it was made from.
  Buffer front_;
  KeptHead head_;
  /// Where in the front the date stands.
  std::size_t date_at_ = 0;
  /// The hash of the front: of the whole blocks before the date, and of all.
  Sha256 undated_hash_;
  Sha256 front_hash_;

  /// Good for as long as scope_, the names in front_ and the access key stay.
  Buffer authorization_;
  std::size_t authorization_front_ = 0;
  std::size_t access_key_size_ = 0;

  Buffer names_;
  Buffer query_;
};

}  // namespace albatross::sigv4::detail
