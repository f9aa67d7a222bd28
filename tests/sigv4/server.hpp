#pragma once

#include "albatross/sigv4/verifier.hpp"

#include "sigv4/example.hpp"

#include <chrono>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace albatross::sigv4 {

inline void PrintTo(Verdict verdict, std::ostream* out) {
  constexpr const char* names[] = {
      "valid",         "missing",      "incomplete",      "unknown_access_key",
      "invalid_token", "wrong_scope",  "unsigned_header", "mismatch",
      "expired",       "not_yet_valid"};
  *out << names[static_cast<int>(verdict)];
}

namespace example {

/// Checks requests as a server that knows one key.
struct Server {
  Credentials known = credentials();
  std::chrono::system_clock::time_point now = time;
  VerifierOptions options;

  Verification check(Request request) const {
    const auto find = [this](std::string_view id) {
      return id == known.access_key_id ? &known : nullptr;
    };
    return verify(request.view(), find, now, options);
  }
  Verdict verdict(Request request) const { return check(std::move(request)).verdict; }
};

inline Request unsigned_request() {
  return {.method = "POST",
          .path = "/a/path",
          .query = "k=v&x=%20y",
          .headers = {{"Host", "example.amazonaws.com"},
                      {"Content-Type", "text/plain"},
                      {"X-Amz-Target", "Do.It"}},
          .body = "the body"};
}

inline Request header_signed(Request request, const std::string& token = {},
                             const Scope& scope = example::scope(),
                             const ServiceRules& rules = {}) {
  request.apply(sign_headers(request.view(), credentials(token), scope, rules));
  return request;
}

inline Request query_signed(Request request, const std::string& token = {},
                            const Scope& scope = example::scope(),
                            std::chrono::seconds expires = std::chrono::seconds{60},
                            const ServiceRules& rules = {}) {
  request.query = presign_query(request.view(), credentials(token), scope, expires, rules);
  return request;
}

inline std::string& header(Request& request, std::string_view name) {
  for (auto& header : request.headers) {
    if (header.name == name) return header.value;
  }
  throw std::logic_error("no such header");
}

inline void replace(std::string& text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("nothing to replace");
  text.replace(at, from.size(), to);
}

}  // namespace example
}  // namespace albatross::sigv4
