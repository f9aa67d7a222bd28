#pragma once

#include "albatross/sigv4/signer.hpp"

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// The credentials, time and scope of AWS's own examples.
namespace albatross::sigv4::example {

inline Credentials credentials(std::string token = {}) {
  return {"AKIDEXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
          Secret(std::move(token))};
}

/// 2015-08-30 12:36:00 UTC.
inline constexpr std::chrono::system_clock::time_point time{
    std::chrono::sys_days{std::chrono::year{2015} / 8 / 30} + std::chrono::hours{12} +
    std::chrono::minutes{36}};

inline constexpr Scope scope(std::string_view region = "us-east-1",
                             std::string_view service = "service") {
  return {time, region, service};
}

/// A request that owns its text; convert it to a view to sign it.
struct Request {
  struct Header {
    std::string name;
    std::string value;
  };
  std::string method = "GET";
  std::string path = "/";
  std::string query = {};
  std::vector<Header> headers = {{"Host", "example.amazonaws.com"}};
  std::string body = {};

  /// Valid until the request changes.
  RequestView view() {
    views.clear();
    for (const Header& header : headers)
      views.push_back({header.name, header.value});
    return {method, path, query, views, body};
  }

  /// Sets what a signer returned, as a client does.
  void apply(const SignedHeaders& signed_headers) {
    if (!signed_headers.security_token.empty()) {
      headers.push_back({"X-Amz-Security-Token", signed_headers.security_token});
    }
    headers.push_back({"X-Amz-Date", signed_headers.amz_date});
    if (!signed_headers.content_sha256.empty()) {
      headers.push_back({"x-amz-content-sha256", signed_headers.content_sha256});
    }
    headers.push_back({"Authorization", signed_headers.authorization});
  }

  std::vector<HeaderView> views = {};  ///< what view() points at
};

/// The last part of an Authorization header or of a signed query.
inline std::string signature_in(std::string_view text) {
  return std::string(text.substr(text.rfind("Signature=") + 10));
}

/// A line of a canonical request, counted from 0.
inline std::string line(std::string_view text, int number) {
  for (; number > 0; --number)
    text.remove_prefix(text.find('\n') + 1);
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace albatross::sigv4::example
