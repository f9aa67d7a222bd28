#include "sigv4/session.hpp"

#include "sigv4/encoding.hpp"
#include "sigv4/names.hpp"

#include <charconv>
#include <stdexcept>

namespace albatross::sigv4::detail {
namespace {

constexpr std::chrono::seconds longest_expiry{604800};

/// Headers that the signer itself sets: what the request has of them is about to be replaced.
bool is_replaced(std::string_view name, const ServiceRules& rules) {
  switch (name.size()) {
    case names::amz_date.size():
      return is_named(name, names::amz_date);
    case names::authorization.size():
      return is_named(name, names::authorization);
    case names::security_token.size():
      return is_named(name, names::security_token) ||
             (rules.content_sha256_header && is_named(name, names::content_sha256));
    default:
      return false;
  }
}

bool is_auth_parameter(std::string_view name) {
  using namespace names;
  return name == query_algorithm || name == query_credential || name == query_date ||
         name == query_expires || name == query_signed_headers || name == query_security_token ||
         name == query_signature;
}

void refuse_auth_parameters(std::string_view query) {
  for_each_piece(query, '&', [](std::string_view pair) {
    const std::string_view name = pair.substr(0, pair.find('='));
    if (!is_auth_parameter(name)) return;
    throw std::invalid_argument("the query is signed already: it has " + std::string(name));
  });
}

void append_parameter(Buffer& out, std::string_view name, std::string_view raw_value) {
  if (!out.empty()) out.append('&');
  out.append(name);
  out.append('=');
  append_encoded(out, raw_value);
}

}  // namespace

void append_scope(Buffer& out, std::string_view day, std::string_view region,
                  std::string_view service) {
  out.append(day);
  out.append('/');
  out.append(region);
  out.append('/');
  out.append(service);
  out.append('/');
  out.append(names::terminator);
}

void append_string_to_sign(Buffer& out, std::string_view timestamp, std::string_view scope,
                           const Digest& canonical_hash) {
  out.append(names::algorithm);
  out.append('\n');
  out.append(timestamp);
  out.append('\n');
  out.append(scope);
  out.append('\n');
  append_hex(out, canonical_hash);
}

Signer::Headers Session::sign(const RequestView& request, const Credentials& credentials,
                              const Scope& scope, const ServiceRules& rules, KeyCache& keys) {
  start(scope);
  payload_ = PayloadHash(request.body, rules.unsigned_payload);
  const std::string_view token = credentials.session_token.reveal();
  HeaderList& headers = canonicaliser_.headers;
  add_headers(request, rules);
  headers.add(names::amz_date, date_.timestamp());
  if (!token.empty() && !rules.omit_session_token) headers.add(names::security_token, token);
  if (rules.content_sha256_header) headers.add(names::content_sha256, payload_.view());
  canonicaliser_.query.add(request.query);

  const Digest signature = sign_canonical(request, credentials, scope, rules, keys);
  result_.append(names::algorithm);
  result_.append(" Credential=");
  result_.append(credentials.access_key_id);
  result_.append('/');
  result_.append(scope_.view());
  result_.append(", SignedHeaders=");
  headers.append_names(result_);
  result_.append(", Signature=");
  append_hex(result_, signature);
  return {result_.view(), date_.timestamp(), token,
          rules.content_sha256_header ? payload_.view() : std::string_view{}};
}

std::string_view Session::presign(const RequestView& request, const Credentials& credentials,
                                  const Scope& scope, std::chrono::seconds expires,
                                  const ServiceRules& rules, KeyCache& keys) {
  if (expires < std::chrono::seconds{1} || expires > longest_expiry) {
    throw std::invalid_argument("a presigned URL holds for 1 to 604800 seconds");
  }
  refuse_auth_parameters(request.query);
  start(scope);
  payload_ = PayloadHash(request.body, rules.unsigned_payload || rules.content_sha256_header);
  add_headers(request, rules);
  canonicaliser_.headers.sort();

  result_.append(request.query);
  append_auth_query(credentials, expires);
  if (!rules.omit_session_token) append_token_query(credentials);
  canonicaliser_.query.add(result_.view());
  const Digest signature = sign_canonical(request, credentials, scope, rules, keys);
  if (rules.omit_session_token) append_token_query(credentials);
  result_.append('&');
  result_.append(names::query_signature);
  result_.append('=');
  append_hex(result_, signature);
  return result_.view();
}

std::string Session::canonical_request() const {
  std::string text(front_.view());
  return front_.empty() ? text : text.append(payload_.view());
}

void Session::start(const Scope& scope) {
  date_ = AmzDate(scope.time);
  scope_.clear();
  append_scope(scope_, date_.day(), scope.region, scope.service);
  canonicaliser_.clear();
  result_.clear();
}

void Session::add_headers(const RequestView& request, const ServiceRules& rules) {
  for (const HeaderView& header : request.headers) {
    if (!is_replaced(header.name, rules)) canonicaliser_.headers.add(header.name, header.value);
  }
  if (canonicaliser_.headers.has_host()) return;
  throw std::invalid_argument("a request without a host header cannot be signed");
}

void Session::append_auth_query(const Credentials& credentials, std::chrono::seconds expires) {
  append_parameter(result_, names::query_algorithm, names::algorithm);
  names_.clear();
  names_.append(credentials.access_key_id);
  names_.append('/');
  names_.append(scope_.view());
  append_parameter(result_, names::query_credential, names_.view());
  append_parameter(result_, names::query_date, date_.timestamp());
  names_.clear();
  canonicaliser_.headers.append_names(names_);
  append_parameter(result_, names::query_signed_headers, names_.view());
  char digits[8];
  const auto end = std::to_chars(digits, digits + sizeof digits, expires.count()).ptr;
  append_parameter(result_, names::query_expires, {digits, static_cast<std::size_t>(end - digits)});
}

void Session::append_token_query(const Credentials& credentials) {
  if (credentials.session_token.empty()) return;
  append_parameter(result_, names::query_security_token, credentials.session_token.reveal());
}

Digest Session::sign_canonical(const RequestView& request, const Credentials& credentials,
                               const Scope& scope, const ServiceRules& rules, KeyCache& keys) {
  const Digest canonical_hash = hash_canonical(request, rules);
  string_to_sign_.clear();
  append_string_to_sign(string_to_sign_, date_.timestamp(), scope_.view(), canonical_hash);
  return keys.sign(credentials.secret_access_key, date_.day(), scope.region, scope.service,
                   string_to_sign_.view());
}

Digest Session::hash_canonical(const RequestView& request, const ServiceRules& rules) {
  next_front_.clear();
  canonicaliser_.append_front(next_front_, request.method, request.path, rules);
  // Query requests differ in their body only, so that within a second a client's requests to a
  // service share all of the front: it is hashed once, and continued with each payload's hash.
  if (next_front_.view() != front_.view()) {
    front_.swap(next_front_);
    front_hash_ = Sha256();
    front_hash_.update(front_.view());
  }
  return Sha256(front_hash_).update(payload_.view()).finish();
}

}  // namespace albatross::sigv4::detail
