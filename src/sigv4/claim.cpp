#include "sigv4/claim.hpp"

#include "sigv4/amz_date.hpp"
#include "sigv4/canonical_request.hpp"
#include "sigv4/encoding.hpp"
#include "sigv4/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace albatross::sigv4::detail {
namespace {

Refusal incomplete(std::string detail) {
  return {Verdict::incomplete, std::move(detail)};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// Takes "/part" off the end.
std::optional<std::string_view> take_last_part(std::string_view& text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(slash + 1);
  text = text.substr(0, slash);
  return part;
}

/// "AKID/20150830/us-east-1/ec2/aws4_request".
Check read_credential(std::string_view text, Claim& claim) {
  std::array<std::string_view, 4> parts;
  for (std::size_t i = parts.size(); i-- > 0;) {
    const auto part = take_last_part(text);
    if (!part || part->empty())
      return incomplete("the credential is not KEY/DATE/REGION/SERVICE/" +
                        std::string(names::terminator));
    parts[i] = *part;
  }
  if (text.empty()) return incomplete("the credential has no access key id");
  if (parts[3] != names::terminator) {
    return incomplete("the credential scope does not end in " + std::string(names::terminator));
  }
  claim.access_key_id = text;
  claim.day = parts[0];
  claim.region = parts[1];
  claim.service = parts[2];
  return {};
}

Check read_signed_headers(std::string_view text, Claim& claim) {
  claim.signed_headers = text;
  std::string_view rest = claim.signed_headers;
  while (true) {
    const std::size_t end = rest.find(';');
    const std::string_view name = rest.substr(0, end);
    if (name.empty() || std::any_of(name.begin(), name.end(),
                                    [](char c) { return c != to_lower(c) || c == ' '; })) {
      return incomplete("SignedHeaders is not a list of lower-case names");
    }
    if (!claim.signed_names.empty() && claim.signed_names.back() >= name) {
      return incomplete("SignedHeaders is not sorted");
    }
    claim.signed_names.push_back(name);
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
}

/// The parts of a signature, as text, wherever they stand.
struct Parts {
  std::optional<std::string> credential, signed_headers, signature, date, expires, token;
  std::optional<std::string> algorithm;
};

Check set_once(std::optional<std::string>& part, std::string_view name, std::string value) {
  if (part) return incomplete(std::string(name) + " stands there twice");
  part = std::move(value);
  return {};
}

std::optional<std::string>* header_part(Parts& parts, std::string_view name) {
  if (name == "Credential") return &parts.credential;
  if (name == "SignedHeaders") return &parts.signed_headers;
  if (name == "Signature") return &parts.signature;
  return nullptr;
}

std::optional<std::string>* query_part(Parts& parts, std::string_view name) {
  if (name == names::query_algorithm) return &parts.algorithm;
  if (name == names::query_credential) return &parts.credential;
  if (name == names::query_date) return &parts.date;
  if (name == names::query_expires) return &parts.expires;
  if (name == names::query_signed_headers) return &parts.signed_headers;
  if (name == names::query_security_token) return &parts.token;
  if (name == names::query_signature) return &parts.signature;
  return nullptr;
}

/// "AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…", in any order.
Check read_authorization(std::string_view value, Parts& parts) {
  parts.algorithm = value.substr(0, value.find(' '));
  value.remove_prefix(parts.algorithm->size());
  Check refusal;
  for_each_piece(value, ',', [&](std::string_view piece) {
    piece = trimmed(piece);
    if (refusal || piece.empty()) return;
    const std::size_t equals = std::min(piece.find('='), piece.size());
    const std::string_view name = piece.substr(0, equals);
    auto* part = header_part(parts, name);
    if (part == nullptr || equals == piece.size()) {
      refusal = incomplete("the Authorization header has a part that is not known");
    } else {
      refusal = set_once(*part, name, std::string(piece.substr(equals + 1)));
    }
  });
  return refusal;
}

std::string decoded(std::string_view encoded) {
  Buffer text;
  append_decoded(text, encoded);
  return std::string(text.view());
}

Check read_query(std::string_view query, Parts& parts) {
  Check refusal;
  for_each_piece(query, '&', [&](std::string_view pair) {
    if (refusal) return;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string name = decoded(pair.substr(0, equals));
    auto* part = query_part(parts, name);
    if (part == nullptr) return;
    const std::string_view value = equals < pair.size() ? pair.substr(equals + 1) : "";
    refusal = set_once(*part, name, decoded(value));
  });
  return refusal;
}

Check read_expires(const std::string& text, Claim& claim) {
  long seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 1 || seconds > 604800) {
    return incomplete("X-Amz-Expires is not a number from 1 to 604800");
  }
  claim.expires = std::chrono::seconds{seconds};
  return {};
}

Check set_time(std::optional<std::chrono::system_clock::time_point> time, Claim& claim) {
  if (!time) return incomplete("the date of the signature cannot be read");
  claim.time = time;
  return {};
}

Check read_header_date(const RequestView& request, Claim& claim) {
  bool repeated = false;
  const auto amz_date = single_header(request, names::amz_date, repeated);
  const auto date = amz_date ? std::nullopt : single_header(request, names::date, repeated);
  if (repeated) return incomplete("there is more than one date header");
  if (amz_date) return set_time(parse_amz_date(*amz_date), claim);
  if (!date) return incomplete("there is neither an X-Amz-Date nor a Date header");
  const auto time = parse_http_date(*date);
  return set_time(time ? time : parse_amz_date(*date), claim);
}

Check read_parts(const Parts& parts, Claim& claim) {
  if (parts.algorithm.value_or("") != names::algorithm) {
    return incomplete("the algorithm is not " + std::string(names::algorithm));
  }
  if (!parts.credential) return incomplete("there is no Credential");
  if (!parts.signed_headers) return incomplete("there is no SignedHeaders");
  if (!parts.signature) return incomplete("there is no Signature");
  claim.signature = *parts.signature;
  claim.token = parts.token.value_or("");
  if (auto refusal = read_credential(*parts.credential, claim)) return refusal;
  return read_signed_headers(*parts.signed_headers, claim);
}

Check read_query_claim(const Parts& parts, Claim& claim) {
  claim.in_query = true;
  if (auto refusal = read_parts(parts, claim)) return refusal;
  if (auto refusal = set_time(parse_amz_date(parts.date.value_or("")), claim)) return refusal;
  return read_expires(parts.expires.value_or(""), claim);
}

Check read_header_claim(const RequestView& request, std::string_view authorization, Claim& claim) {
  Parts parts;
  if (auto refusal = read_authorization(authorization, parts)) return refusal;
  bool repeated = false;
  parts.token = single_header(request, names::security_token, repeated);
  if (repeated) return incomplete("there is more than one session token");
  if (auto refusal = read_parts(parts, claim)) return refusal;
  return read_header_date(request, claim);
}

}  // namespace

bool Claim::is_signed(std::string_view header_name) const {
  return std::any_of(signed_names.begin(), signed_names.end(),
                     [&](std::string_view name) { return is_named(header_name, name); });
}

std::optional<std::string_view> single_header(const RequestView& request,
                                              std::string_view lower_case_name, bool& repeated) {
  std::optional<std::string_view> found;
  for (const HeaderView& header : request.headers) {
    if (!is_named(header.name, lower_case_name)) continue;
    if (found) repeated = true;
    if (!found) found = trimmed(header.value);
  }
  return found;
}

Check read_claim(const RequestView& request, Claim& claim) {
  bool repeated = false;
  const auto authorization = single_header(request, names::authorization, repeated);
  if (repeated) return incomplete("there is more than one Authorization header");
  Parts query;
  if (auto refusal = read_query(request.query, query)) return refusal;
  const bool in_query = query.signature || query.algorithm;
  if (authorization && in_query) return incomplete("the request is signed in two places");
  if (authorization) return read_header_claim(request, *authorization, claim);
  if (in_query) return read_query_claim(query, claim);
  return Refusal{Verdict::missing, "the request is not signed"};
}

}  // namespace albatross::sigv4::detail
