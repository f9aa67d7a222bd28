#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

namespace albatross::sigv4::detail {

/// "20150830T123600Z", without a heap.
class AmzDate {
 public:
  /// Throws std::invalid_argument outside of the years 0 to 9999.
  explicit AmzDate(std::chrono::system_clock::time_point time);

  std::string_view timestamp() const { return {text_.data(), text_.size()}; }
  std::string_view day() const { return {text_.data(), 8}; }

 private:
  std::array<char, 16> text_;
};

/// The inverse; nothing when it is not such a date, or no date at all (February 30).
std::optional<std::chrono::system_clock::time_point> parse_amz_date(std::string_view text);

/// An HTTP Date, "Sun, 30 Aug 2015 12:36:00 GMT" (RFC 9110, the preferred form only).
std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

}  // namespace albatross::sigv4::detail
