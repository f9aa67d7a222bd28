#pragma once

#include "albatross/sigv4/verifier.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::sigv4::detail {

/// Why a request is not accepted; nothing when a check passes.
struct Refusal {
  Verdict verdict;
  std::string detail;
};
using Check = std::optional<Refusal>;

/// What a request says about its signature, before anything of it is believed.
struct Claim {
  bool in_query = false;
  std::string access_key_id;
  std::string day;
  std::string region;
  std::string service;
  /// When it says it was signed; there once the claim has been read without complaint.
  std::optional<std::chrono::system_clock::time_point> time;
  /// Of a signed query only.
  std::chrono::seconds expires{0};
  /// "host;x-amz-date", and the same taken apart: sorted, lower-case, each once.
  std::string signed_headers;
  std::vector<std::string_view> signed_names;
  std::string signature;
  std::string token;

  Claim() = default;
  Claim(const Claim&) = delete;  // signed_names looks into signed_headers
  Claim& operator=(const Claim&) = delete;

  bool is_signed(std::string_view header_name) const;
};

/// Fills the claim as far as it can be read.
Check read_claim(const RequestView& request, Claim& claim);

/// The only value of a header, trimmed; nothing when it is missing. `repeated` is set when there
/// is more than one.
std::optional<std::string_view> single_header(const RequestView& request,
                                              std::string_view lower_case_name, bool& repeated);

}  // namespace albatross::sigv4::detail
