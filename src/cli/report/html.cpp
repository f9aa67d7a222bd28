#include "cli/report/html.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace albatross::cli {
namespace {

std::string_view escaped(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\n':
      return "\n";
    default:
      return " ";  // control characters have no place in HTML
  }
}

}  // namespace

Html& Html::text(std::string_view text) {
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20U && c != '&' && c != '<' && c != '>' && c != '"';
  };
  while (!text.empty()) {
    const auto* const stop = std::find_if_not(text.begin(), text.end(), is_plain);
    const auto plain = static_cast<std::size_t>(stop - text.begin());
    out_.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    out_.append(escaped(text.front()));
    text.remove_prefix(1);
  }
  return *this;
}

Html& Html::place(Duration from, Duration length, Duration whole) {
  const double all = whole > Duration::zero() ? static_cast<double>(whole.count()) : 1.0;
  std::array<char, 64> buffer{};
  const int written = std::snprintf(buffer.data(), buffer.size(), "left:%.2f%%;width:%.2f%%",
                                    100.0 * static_cast<double>(from.count()) / all,
                                    100.0 * static_cast<double>(length.count()) / all);
  out_.append(buffer.data(), static_cast<std::size_t>(written));
  return *this;
}

}  // namespace albatross::cli
