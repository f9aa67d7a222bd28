#include "albatross/sigv4/signer.hpp"

#include "sigv4/amz_date.hpp"
#include "sigv4/encoding.hpp"
#include "sigv4/session.hpp"

namespace albatross::sigv4 {

using detail::AmzDate;
using detail::Buffer;
using detail::Session;

ServiceRules ServiceRules::for_service(std::string_view service) {
  if (service == "s3" || service.starts_with("s3-") || service == "s3express") return s3();
  ServiceRules rules;
  // A token goes beside the signature of an MQTT connection, not into it.
  rules.omit_session_token = service == "iotdevicegateway";
  return rules;
}

std::string format_amz_date(std::chrono::system_clock::time_point time) {
  return std::string(AmzDate(time).timestamp());
}

std::string string_to_sign(std::string_view canonical_request, const Scope& scope) {
  const AmzDate date(scope.time);
  Buffer scope_text;
  detail::append_scope(scope_text, date.day(), scope.region, scope.service);
  Buffer text;
  detail::append_string_to_sign(text, date.timestamp(), scope_text.view());
  detail::append_hex(text, detail::Sha256().update(canonical_request).finish());
  return std::string(text.view());
}

std::string signature(std::string_view string_to_sign, const Secret& secret_access_key,
                      const Scope& scope) {
  const AmzDate date(scope.time);
  KeyCache keys(1);
  std::string text(64, '\0');
  detail::write_hex(text.data(), keys.sign(secret_access_key, date.day(), scope.region,
                                           scope.service, string_to_sign));
  return text;
}

SignedHeaders sign_headers(const RequestView& request, const Credentials& credentials,
                           const Scope& scope, const ServiceRules& rules, KeyCache* cache) {
  KeyCache own(1);
  Session session;
  const auto headers =
      session.sign(request, credentials, scope, rules, cache != nullptr ? *cache : own);
  return {std::string(headers.authorization), std::string(headers.amz_date),
          std::string(headers.security_token), std::string(headers.content_sha256)};
}

std::string presign_query(const RequestView& request, const Credentials& credentials,
                          const Scope& scope, std::chrono::seconds expires,
                          const ServiceRules& rules, KeyCache* cache) {
  KeyCache own(1);
  Session session;
  return std::string(session.presign(request, credentials, scope, expires, rules,
                                     cache != nullptr ? *cache : own));
}

struct Signer::State {
  explicit State(std::size_t key_capacity) : keys(key_capacity) {}

  KeyCache keys;
  Session session;
};

Signer::Signer(std::size_t key_capacity) : state_(std::make_unique<State>(key_capacity)) {}
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signer::~Signer() = default;

Signer::Headers Signer::sign(const RequestView& request, const Credentials& credentials,
                             const Scope& scope, const ServiceRules& rules) {
  return state_->session.sign(request, credentials, scope, rules, state_->keys);
}

std::string_view Signer::presign(const RequestView& request, const Credentials& credentials,
                                 const Scope& scope, std::chrono::seconds expires,
                                 const ServiceRules& rules) {
  return state_->session.presign(request, credentials, scope, expires, rules, state_->keys);
}

std::string Signer::canonical_request() const {
  return state_->session.canonical_request();
}

std::string_view Signer::string_to_sign() const {
  return state_->session.string_to_sign();
}

const KeyCache& Signer::keys() const {
  return state_->keys;
}

}  // namespace albatross::sigv4
