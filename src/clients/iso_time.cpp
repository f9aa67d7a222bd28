#include "clients/iso_time.hpp"

#include <chrono>

namespace albatross::wire {
namespace {

/// Takes `width` digits from the front of `text`; -1 when they are not there.
int take_number(std::string_view& text, std::size_t width) {
  if (text.size() < width) return -1;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

/// The digits after the point, as far as nanoseconds go.
std::chrono::nanoseconds take_fraction(std::string_view& text) {
  std::int64_t value = 0;
  std::int64_t unit = 100'000'000;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    value += (text.front() - '0') * unit;
    unit /= 10;
    text.remove_prefix(1);
  }
  return std::chrono::nanoseconds(value);
}

}  // namespace

std::optional<WallTime> parse_iso_time(std::string_view text) {
  using namespace std::chrono;
  const int year_number = take_number(text, 4);
  if (year_number < 0 || !take(text, '-')) return std::nullopt;
  const int month_number = take_number(text, 2);
  if (month_number < 0 || !take(text, '-')) return std::nullopt;
  const int day_number = take_number(text, 2);
  const year_month_day date{year{year_number}, month{static_cast<unsigned>(month_number)},
                            day{static_cast<unsigned>(day_number)}};
  if (!date.ok() || !take(text, 'T')) return std::nullopt;
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_number(text, 2);
  if (minute < 0 || minute > 59 || !take(text, ':')) return std::nullopt;
  const int second = take_number(text, 2);
  if (second < 0 || second > 60) return std::nullopt;
  const nanoseconds fraction = take(text, '.') ? take_fraction(text) : nanoseconds{0};
  if (text != "Z" && text != "+00:00") return std::nullopt;
  return WallTime{duration_cast<WallTime::duration>(sys_days{date}.time_since_epoch() +
                                                    hours{hour} + minutes{minute} +
                                                    seconds{second} + fraction)};
}

}  // namespace albatross::wire
