#include "sigv4/amz_date.hpp"

#include <stdexcept>

namespace albatross::sigv4::detail {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::system_clock;

void write_two(char* out, unsigned value) {
  out[0] = static_cast<char>('0' + value / 10);
  out[1] = static_cast<char>('0' + value % 10);
}

/// All of `text` as a number, or -1.
int number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? -1 : value;
}

struct Fields {
  int year, month, day, hour, minute, second;
};

std::optional<system_clock::time_point> to_time(const Fields& f) {
  if (f.year < 0 || f.month < 1 || f.day < 1 || f.hour < 0 || f.hour > 23 || f.minute < 0 ||
      f.minute > 59 || f.second < 0 || f.second > 60) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{f.year},
                                         std::chrono::month{static_cast<unsigned>(f.month)},
                                         std::chrono::day{static_cast<unsigned>(f.day)}};
  if (!date.ok()) return std::nullopt;
  const seconds in_day{f.hour * 3600 + f.minute * 60 + f.second};
  const seconds since_epoch = std::chrono::sys_days{date}.time_since_epoch() + in_day;
  // A clock that counts nanoseconds ends in 2262.
  constexpr auto limit = std::chrono::duration_cast<seconds>(system_clock::duration::max());
  if (since_epoch < -limit || since_epoch > limit) return std::nullopt;
  return system_clock::time_point{since_epoch};
}

int month_number(std::string_view name) {
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t at = names.find(name);
  return at == std::string_view::npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3) + 1;
}

}  // namespace

AmzDate::AmzDate(system_clock::time_point time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date{day};
  const int year = static_cast<int>(date.year());
  if (year < 0 || year > 9999)
    throw std::invalid_argument("the date does not fit into four digits");
  const auto in_day =
      static_cast<unsigned>(std::chrono::duration_cast<seconds>(time - day).count());
  char* at = text_.data();
  write_two(at, static_cast<unsigned>(year) / 100);
  write_two(at + 2, static_cast<unsigned>(year) % 100);
  write_two(at + 4, static_cast<unsigned>(date.month()));
  write_two(at + 6, static_cast<unsigned>(date.day()));
  at[8] = 'T';
  write_two(at + 9, in_day / 3600);
  write_two(at + 11, in_day / 60 % 60);
  write_two(at + 13, in_day % 60);
  at[15] = 'Z';
}

std::optional<system_clock::time_point> parse_amz_date(std::string_view text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  return to_time({number(text.substr(0, 4)), number(text.substr(4, 2)), number(text.substr(6, 2)),
                  number(text.substr(9, 2)), number(text.substr(11, 2)),
                  number(text.substr(13, 2))});
}

std::optional<system_clock::time_point> parse_http_date(std::string_view text) {
  if (text.size() != 29 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' ||
      text[16] != ' ' || text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT") {
    return std::nullopt;
  }
  return to_time({number(text.substr(12, 4)), month_number(text.substr(8, 3)),
                  number(text.substr(5, 2)), number(text.substr(17, 2)), number(text.substr(20, 2)),
                  number(text.substr(23, 2))});
}

}  // namespace albatross::sigv4::detail
