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

/// Writes a number at a fixed width, zeros in front.
char* put(char* out, int value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10)
    out[i] = static_cast<char>('0' + value % 10);
  return out + width;
}

char* put_date(char* out, const Parts& p, bool dashes) {
  out = put(out, p.year, 4);
  if (dashes) *out++ = '-';
  out = put(out, static_cast<int>(p.month), 2);
  if (dashes) *out++ = '-';
  return put(out, static_cast<int>(p.day), 2);
}

char* put_clock(char* out, const Parts& p, bool colons) {
  *out++ = 'T';
  out = put(out, p.hour, 2);
  if (colons) *out++ = ':';
  out = put(out, p.minute, 2);
  if (colons) *out++ = ':';
  return put(out, p.second, 2);
}

std::string finished(const char* begin, char* end) {
  *end++ = 'Z';
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

std::string iso_time(WallTime time) {
  const Parts p = split(time);
  char text[32];
  char* end = put_clock(put_date(text, p, true), p, true);
  *end++ = '.';
  return finished(text, put(end, p.milli, 3));
}

std::string iso_seconds(WallTime time) {
  const Parts p = split(time);
  char text[32];
  return finished(text, put_clock(put_date(text, p, true), p, true));
}

std::string basic_time(WallTime time) {
  const Parts p = split(time);
  char text[32];
  return finished(text, put_clock(put_date(text, p, false), p, false));
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
