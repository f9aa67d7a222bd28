#include "cli/glyphs.hpp"

#include <array>
#include <string_view>

namespace albatross::cli {
namespace {

std::string moving_glyph(Duration now, const TextStyle& style) {
  static constexpr std::array<std::string_view, 4> circle{"◐", "◓", "◑", "◒"};
  static constexpr std::array<std::string_view, 4> ascii{"|", "/", "-", "\\"};
  const auto turn = static_cast<std::size_t>(now / std::chrono::milliseconds{200}) % 4;
  return paint(Tone::warn, style.unicode ? circle[turn] : ascii[turn], style);
}

}  // namespace

std::string glyph(StepPhase phase, bool still, Duration now, const TextStyle& style) {
  switch (phase) {
    case StepPhase::pending:
      return paint(Tone::dim, style.unicode ? "·" : ".", style);
    case StepPhase::done:
      return paint(Tone::good, style.unicode ? "✔" : "+", style);
    case StepPhase::failed:
      return paint(Tone::bad, style.unicode ? "✖" : "x", style);
    case StepPhase::active:
      break;
  }
  if (still) return paint(Tone::warn, style.unicode ? "◌" : "-", style);
  return moving_glyph(now, style);
}

}  // namespace albatross::cli
