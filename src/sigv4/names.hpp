#pragma once

#include <string_view>

/// The words of the protocol, each in one place.
namespace albatross::sigv4::detail::names {

inline constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
inline constexpr std::string_view terminator = "aws4_request";
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

// Headers, in lower case.
inline constexpr std::string_view host = "host";
inline constexpr std::string_view date = "date";
inline constexpr std::string_view authorization = "authorization";
inline constexpr std::string_view amz_prefix = "x-amz-";
inline constexpr std::string_view amz_date = "x-amz-date";
inline constexpr std::string_view security_token = "x-amz-security-token";
inline constexpr std::string_view content_sha256 = "x-amz-content-sha256";

// Parameters of a query that is signed.
inline constexpr std::string_view query_algorithm = "X-Amz-Algorithm";
inline constexpr std::string_view query_credential = "X-Amz-Credential";
inline constexpr std::string_view query_date = "X-Amz-Date";
inline constexpr std::string_view query_expires = "X-Amz-Expires";
inline constexpr std::string_view query_signed_headers = "X-Amz-SignedHeaders";
inline constexpr std::string_view query_security_token = "X-Amz-Security-Token";
inline constexpr std::string_view query_signature = "X-Amz-Signature";

}  // namespace albatross::sigv4::detail::names
