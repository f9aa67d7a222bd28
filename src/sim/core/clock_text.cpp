#include "sim/core/clock_text.hpp"

#include <chrono>
#include <cstdio>

namespace albatross::sim {
namespace {

struct Parts {
  int year;
  unsigned month, day, weekday;
  int hour, minute, second, milli;
};

Parts split(WallTime time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<milliseconds>(time - day)};
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          weekday{day}.c_encoding(),
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count()),
          static_cast<int>(clock.subseconds().count())};
}

template <class... Values>
std::string print(const char* format, Values... values) {
  char text[64];
  const int size = std::snprintf(text, sizeof text, format, values...);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

std::string iso_time(WallTime time) {
  const Parts p = split(time);
  return print("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", p.year, p.month, p.day, p.hour, p.minute,
               p.second, p.milli);
}

std::string iso_seconds(WallTime time) {
  const Parts p = split(time);
  return print("%04d-%02u-%02uT%02d:%02d:%02dZ", p.year, p.month, p.day, p.hour, p.minute,
               p.second);
}

std::string basic_time(WallTime time) {
  const Parts p = split(time);
  return print("%04d%02u%02uT%02d%02d%02dZ", p.year, p.month, p.day, p.hour, p.minute, p.second);
}

std::string http_date(WallTime time) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Parts p = split(time);
  return print("%s, %02u %s %04d %02d:%02d:%02d GMT", days[p.weekday], p.day, months[p.month - 1],
               p.year, p.hour, p.minute, p.second);
}

}  // namespace albatross::sim
