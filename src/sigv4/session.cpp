#include "sigv4/session.hpp"

#include "sigv4/encoding.hpp"
#include "sigv4/names.hpp"

#include <algorithm>
#include <array>
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
  constexpr std::array all = {names::query_algorithm,      names::query_credential,
                              names::query_date,           names::query_expires,
                              names::query_signed_headers, names::query_security_token,
                              names::query_signature};
  return std::find(all.begin(), all.end(), name) != all.end();
}

/// @param scratch is overwritten.
void refuse_auth_parameters(std::string_view query, Buffer& scratch) {
  for_each_piece(query, '&', [&scratch](std::string_view pair) {
    scratch.clear();
    append_decoded(scratch, pair.substr(0, pair.find('=')));
    if (!is_auth_parameter(scratch.view())) return;
    throw std::invalid_argument("the query is signed already: it has " +
                                std::string(scratch.view()));
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
  out.append_all(day, '/', region, '/', service, '/', names::terminator);
}

void append_string_to_sign(Buffer& out, std::string_view timestamp, std::string_view scope) {
  out.append_all(names::algorithm, '\n', timestamp, '\n', scope, '\n');
}

Signer::Headers Session::sign(const RequestView& request, const Credentials& credentials,
                              const Scope& scope, const ServiceRules& rules, KeyCache& keys) {
  start(scope);
  payload_ = PayloadHash(request.body, rules.unsigned_payload);
  const std::string_view token = credentials.session_token.reveal();
  if (head_.is(request, token, rules)) {
    move_front_to_date();
  } else {
    make_front(request, token, rules);
  }
  const Digest signature = sign_front(credentials, scope, keys);
  return {authorize(credentials, signature), date_.timestamp(), token,
          rules.content_sha256_header ? payload_.view() : std::string_view{}};
}

void Session::make_front(const RequestView& request, std::string_view token,
                         const ServiceRules& rules) {
  head_.forget();
  authorization_front_ = 0;
  canonicaliser_.clear();
  add_headers(request, rules);
  HeaderList& headers = canonicaliser_.headers;
  headers.add(names::amz_date, date_.timestamp());
  if (!token.empty() && !rules.omit_session_token) headers.add(names::security_token, token);
  if (rules.content_sha256_header) headers.add(names::content_sha256, payload_.view());
  canonicaliser_.query.add(request.query);
  front_.clear();
  canonicaliser_.append_front(front_, request.method, request.path, rules);
  constexpr std::string_view date_line = "\nx-amz-date:";
  date_at_ = front_.view().rfind(date_line) + date_line.size();
  // Header names are the caller's and may be anything: make sure before anything is written there.
  const bool found = date_at_ + date_.timestamp().size() <= front_.size() &&
                     front_.view(date_at_, date_.timestamp().size()) == date_.timestamp();
  if (!found) date_at_ = 0;
  hash_front();
  // Where the body's hash is among the headers, an equal head does not make an equal front.
  if (found && !rules.content_sha256_header) head_.keep(request, token, rules);
}

void Session::move_front_to_date() {
  if (front_.view(date_at_, date_.timestamp().size()) == date_.timestamp()) return;
  front_.overwrite(date_at_, date_.timestamp());
  const std::size_t undated = date_at_ / block_size * block_size;
  front_hash_ = undated_hash_;
  front_hash_.update(front_.view().substr(undated));
}

void Session::hash_front() {
  const std::size_t undated = date_at_ / block_size * block_size;
  undated_hash_ = Sha256();
  undated_hash_.update(front_.view().substr(0, undated));
  front_hash_ = undated_hash_;
  front_hash_.update(front_.view().substr(undated));
}

std::string_view Session::authorize(const Credentials& credentials, const Digest& signature) {
  constexpr std::string_view start = "AWS4-HMAC-SHA256 Credential=";
  if (authorization_front_ == 0 ||
      authorization_.view(start.size(), access_key_size_) != credentials.access_key_id) {
    authorization_front_ = 0;
    authorization_.clear();
    authorization_.append_all(start, std::string_view(credentials.access_key_id), '/',
                              scope_.view(), std::string_view(", SignedHeaders="),
                              signed_names(front_.view()), std::string_view(", Signature="));
    authorization_front_ = authorization_.size();
    access_key_size_ = credentials.access_key_id.size();
  }
  authorization_.shrink_to(authorization_front_);
  append_hex(authorization_, signature);
  return authorization_.view();
}

std::string_view Session::presign(const RequestView& request, const Credentials& credentials,
                                  const Scope& scope, std::chrono::seconds expires,
                                  const ServiceRules& rules, KeyCache& keys) {
  if (expires < std::chrono::seconds{1} || expires > longest_expiry) {
    throw std::invalid_argument("a presigned URL holds for 1 to 604800 seconds");
  }
  refuse_auth_parameters(request.query, names_);
  start(scope);
  head_.forget();
  authorization_front_ = 0;
  payload_ = PayloadHash(request.body, rules.unsigned_payload || rules.content_sha256_header);
  canonicaliser_.clear();
  add_headers(request, rules);
  canonicaliser_.headers.sort();

  query_.clear();
  query_.append(request.query);
  append_auth_query(credentials, expires);
  if (!rules.omit_session_token) append_token_query(credentials);
  canonicaliser_.query.add(query_.view());
  front_.clear();
  canonicaliser_.append_front(front_, request.method, request.path, rules);
  date_at_ = 0;
  hash_front();
  const Digest signature = sign_front(credentials, scope, keys);
  if (rules.omit_session_token) append_token_query(credentials);
  query_.append_all('&', names::query_signature, '=');
  append_hex(query_, signature);
  return query_.view();
}

std::string Session::canonical_request() const {
  std::string text(front_.view());
  return front_.empty() ? text : text.append(payload_.view());
}

void Session::start(const Scope& scope) {
  const bool same_place = string_to_sign_front_ != 0 && made_for_.region == scope.region &&
                          made_for_.service == scope.service;
  if (same_place && made_for_.time == scope.time) return;
  const AmzDate date(scope.time);
  const bool same_scope = same_place && date.day() == date_.day();
  date_ = date;
  made_for_.time = scope.time;
  if (!same_scope) make_scope(scope);
  string_to_sign_.clear();
  append_string_to_sign(string_to_sign_, date_.timestamp(), scope_.view());
  string_to_sign_front_ = string_to_sign_.size();
}

void Session::make_scope(const Scope& scope) {
  string_to_sign_front_ = 0;
  authorization_front_ = 0;
  scope_.clear();
  append_scope(scope_, date_.day(), scope.region, scope.service);
  // The caller's text may be gone by the next call: look at the copy.
  const std::size_t region_at = date_.day().size() + 1;
  made_for_.region = scope_.view(region_at, scope.region.size());
  made_for_.service = scope_.view(region_at + scope.region.size() + 1, scope.service.size());
}

void Session::add_headers(const RequestView& request, const ServiceRules& rules) {
  for (const HeaderView& header : request.headers) {
    if (!is_replaced(header.name, rules)) canonicaliser_.headers.add(header.name, header.value);
  }
  if (canonicaliser_.headers.has_host()) return;
  throw std::invalid_argument("a request without a host header cannot be signed");
}

void Session::append_auth_query(const Credentials& credentials, std::chrono::seconds expires) {
  append_parameter(query_, names::query_algorithm, names::algorithm);
  append_parameter(query_, names::query_credential, credentials.access_key_id);
  append_encoded(query_, "/");
  append_encoded(query_, scope_.view());
  append_parameter(query_, names::query_date, date_.timestamp());
  names_.clear();
  canonicaliser_.headers.append_names(names_);
  append_parameter(query_, names::query_signed_headers, names_.view());
  char digits[8];
  const auto end = std::to_chars(digits, digits + sizeof digits, expires.count()).ptr;
  append_parameter(query_, names::query_expires, {digits, static_cast<std::size_t>(end - digits)});
}

void Session::append_token_query(const Credentials& credentials) {
  if (credentials.session_token.empty()) return;
  append_parameter(query_, names::query_security_token, credentials.session_token.reveal());
}

Digest Session::sign_front(const Credentials& credentials, const Scope& scope, KeyCache& keys) {
  const Digest canonical_hash = Sha256(front_hash_).update(payload_.view()).finish();
  string_to_sign_.shrink_to(string_to_sign_front_);
  append_hex(string_to_sign_, canonical_hash);
  return keys.sign(credentials.secret_access_key, date_.day(), scope.region, scope.service,
                   string_to_sign_.view());
}

}  // namespace albatross::sigv4::detail
