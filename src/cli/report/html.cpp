#include "cli/report/html.hpp"

#include <array>
#include <cstdio>

namespace albatross::cli {

Html& Html::text(std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out_ += "&amp;";
        break;
      case '<':
        out_ += "&lt;";
        break;
      case '>':
        out_ += "&gt;";
        break;
      case '"':
        out_ += "&quot;";
        break;
      default:
        // Control characters have no place in HTML.
        out_ += static_cast<unsigned char>(c) < 0x20U && c != '\n' ? ' ' : c;
    }
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
