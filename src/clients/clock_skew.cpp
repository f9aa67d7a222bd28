#include "clients/clock_skew.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace albatross {
namespace {

/// Reads exactly the digits text[at, at+count).
std::optional<int> number(std::string_view text, std::size_t at, std::size_t count) {
  const std::string_view digits = text.substr(at, count);
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (digits.size() != count || !std::all_of(digits.begin(), digits.end(), digit)) {
    return std::nullopt;
  }
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

struct Fields {
  std::optional<int> year, month, day, hour, minute, second;
};

std::optional<WallTime> to_time(const Fields& f) {
  if (!f.year || !f.month || !f.day || !f.hour || !f.minute || !f.second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*f.year},
                                         std::chrono::month{static_cast<unsigned>(*f.month)},
                                         std::chrono::day{static_cast<unsigned>(*f.day)}};
  if (!date.ok() || *f.hour > 23 || *f.minute > 59 || *f.second > 60) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*f.hour} +
         std::chrono::minutes{*f.minute} + std::chrono::seconds{*f.second};
}

std::optional<int> month_number(std::string_view name) {
  constexpr std::array<std::string_view, 12> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<int>(found - names.begin()) + 1;
}

}  // namespace

std::optional<WallTime> parse_http_date(std::string_view text) {
  if (text.size() == 29 && text.ends_with(" GMT")) {
    return to_time({number(text, 12, 4), month_number(text.substr(8, 3)), number(text, 5, 2),
                    number(text, 17, 2), number(text, 20, 2), number(text, 23, 2)});
  }
  if (text.size() == 16 && text[8] == 'T' && text[15] == 'Z') {
    return to_time({number(text, 0, 4), number(text, 4, 2), number(text, 6, 2), number(text, 9, 2),
                    number(text, 11, 2), number(text, 13, 2)});
  }
  return std::nullopt;
}

std::optional<WallTime> server_time(const http::Headers& headers) {
  for (const std::string_view name : {"x-amz-date", "date"}) {
    const auto value = headers.find(name);
    if (!value) continue;
    const auto time = parse_http_date(*value);
    if (time) return time;
  }
  return std::nullopt;
}

bool may_be_clock_skew(std::string_view code) {
  constexpr std::array<std::string_view, 7> codes{"RequestTimeTooSkewed",
                                                  "RequestExpired",
                                                  "RequestInTheFuture",
                                                  "InvalidSignatureException",
                                                  "SignatureDoesNotMatch",
                                                  "AuthFailure",
                                                  "InvalidSecurity.RequestHasExpired"};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace albatross
