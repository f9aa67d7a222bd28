#include "albatross/sigv4/verifier.hpp"

#include "sigv4/amz_date.hpp"
#include "sigv4/canonical_request.hpp"
#include "sigv4/claim.hpp"
#include "sigv4/encoding.hpp"
#include "sigv4/names.hpp"
#include "sigv4/session.hpp"

#include <openssl/crypto.h>

namespace albatross::sigv4 {
namespace {

using detail::Check;
using detail::Claim;
using detail::Refusal;
using std::chrono::seconds;
using std::chrono::system_clock;
namespace names = detail::names;

bool same_bytes(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Check check_token(const Claim& claim, const Credentials& credentials) {
  if (same_bytes(claim.token, credentials.session_token.reveal())) return {};
  if (claim.token.empty()) return Refusal{Verdict::invalid_token, "the session token is missing"};
  return Refusal{Verdict::invalid_token, "the session token does not belong to the access key"};
}

Check wrong_scope(std::string_view what, std::string_view given, std::string_view expected) {
  return Refusal{Verdict::wrong_scope, "the credential is scoped to the " + std::string(what) +
                                           " '" + std::string(given) + "', not '" +
                                           std::string(expected) + "'"};
}

Check check_scope(const Claim& claim, const VerifierOptions& options) {
  const detail::AmzDate date(*claim.time);
  if (claim.day != date.day()) return wrong_scope("date", claim.day, date.day());
  if (!options.region.empty() && claim.region != options.region) {
    return wrong_scope("region", claim.region, options.region);
  }
  if (!options.service.empty() && claim.service != options.service) {
    return wrong_scope("service", claim.service, options.service);
  }
  return {};
}

Check check_time(const Claim& claim, system_clock::time_point now, seconds max_skew) {
  // Dates have whole seconds; half a second too late is not too late.
  const auto age = std::chrono::floor<seconds>(now) - std::chrono::floor<seconds>(*claim.time);
  const std::string when =
      "signed at " + format_amz_date(*claim.time) + ", received at " + format_amz_date(now) + ", ";
  if (age < -max_skew) {
    return Refusal{Verdict::not_yet_valid,
                   when + "more than " + std::to_string(max_skew.count()) + " s too early"};
  }
  const seconds limit = claim.in_query ? claim.expires : max_skew;
  if (age > limit) {
    return Refusal{Verdict::expired, when + "valid for " + std::to_string(limit.count()) + " s"};
  }
  return {};
}

Check check_signed_headers(const RequestView& request, const Claim& claim,
                           const ServiceRules& rules) {
  if (!claim.is_signed(names::host)) return Refusal{Verdict::unsigned_header, "host is not signed"};
  bool has_amz_date = claim.in_query;
  for (const HeaderView& header : request.headers) {
    std::string name(header.name);
    for (char& c : name)
      c = detail::to_lower(c);
    if (name == names::amz_date) has_amz_date = true;
    if (!name.starts_with(names::amz_prefix) || claim.is_signed(name)) continue;
    if (name == names::security_token && rules.omit_session_token) continue;
    return Refusal{Verdict::unsigned_header, name + " was sent but is not signed"};
  }
  if (has_amz_date || claim.is_signed(names::date)) return {};
  return Refusal{Verdict::unsigned_header, "the date is not signed"};
}

Check check_all_sent(const RequestView& request, const Claim& claim) {
  for (const std::string_view name : claim.signed_names) {
    bool repeated = false;
    if (detail::single_header(request, name, repeated)) continue;
    return Refusal{Verdict::mismatch, std::string(name) + " is signed but was not sent"};
  }
  return {};
}

/// The payload line of the canonical request. S3 believes the header, once it has checked it.
Check find_payload(const RequestView& request, const Claim& claim, const ServiceRules& rules,
                   std::string& payload) {
  payload = detail::PayloadHash(request.body, false).view();
  if (!rules.content_sha256_header) return {};
  bool repeated = false;
  const auto header = detail::single_header(request, names::content_sha256, repeated);
  if (repeated || (!header && !claim.in_query)) {
    return Refusal{Verdict::incomplete, "there is not one x-amz-content-sha256"};
  }
  if (!header || *header == names::unsigned_payload) {
    payload = names::unsigned_payload;
    return {};
  }
  if (*header == payload) return {};
  return Refusal{Verdict::mismatch, "x-amz-content-sha256 is not the hash of the body"};
}

std::string expected_signature(const RequestView& request, const Claim& claim,
                               const Credentials& credentials, const ServiceRules& rules,
                               std::string_view payload) {
  detail::Canonicaliser canonicaliser;
  for (const HeaderView& header : request.headers) {
    if (claim.is_signed(header.name)) canonicaliser.headers.add(header.name, header.value);
  }
  const bool omit_token = claim.in_query && rules.omit_session_token;
  canonicaliser.query.add(request.query,
                          claim.in_query ? names::query_signature : std::string_view{},
                          omit_token ? names::query_security_token : std::string_view{});
  detail::Buffer canonical;
  canonicaliser.append_front(canonical, request.method, request.path, rules);
  canonical.append(payload);
  const Scope scope{*claim.time, claim.region, claim.service};
  return signature(string_to_sign(canonical.view(), scope), credentials.secret_access_key, scope);
}

Check check_signature(const RequestView& request, const Claim& claim,
                      const Credentials& credentials) {
  const ServiceRules rules = ServiceRules::for_service(claim.service);
  if (auto refusal = check_signed_headers(request, claim, rules)) return refusal;
  if (auto refusal = check_all_sent(request, claim)) return refusal;
  std::string payload;
  if (auto refusal = find_payload(request, claim, rules, payload)) return refusal;
  if (same_bytes(expected_signature(request, claim, credentials, rules, payload),
                 claim.signature)) {
    return {};
  }
  return Refusal{Verdict::mismatch, "the signature is not the one of this request"};
}

Check check_claim(const RequestView& request, const Claim& claim, const Credentials* credentials,
                  system_clock::time_point now, const VerifierOptions& options) {
  if (credentials == nullptr) {
    return Refusal{Verdict::unknown_access_key, "there is no such access key id"};
  }
  if (auto refusal = check_token(claim, *credentials)) return refusal;
  if (auto refusal = check_scope(claim, options)) return refusal;
  if (auto refusal = check_time(claim, now, options.max_skew)) return refusal;
  return check_signature(request, claim, *credentials);
}

}  // namespace

Verification verify(const RequestView& request,
                    const std::function<const Credentials*(std::string_view)>& find_credentials,
                    system_clock::time_point now, const VerifierOptions& options) {
  Claim claim;
  Check refusal = detail::read_claim(request, claim);
  Verification result;
  result.access_key_id = claim.access_key_id;
  result.region = claim.region;
  result.service = claim.service;
  result.signed_at = claim.time;
  if (!refusal) {
    const Credentials* credentials = find_credentials(claim.access_key_id);
    refusal = check_claim(request, claim, credentials, now, options);
  }
  result.verdict = refusal ? refusal->verdict : Verdict::valid;
  if (refusal) result.detail = std::move(refusal->detail);
  return result;
}

}  // namespace albatross::sigv4
