#pragma once

#include "albatross/runtime/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Text for terminals and logs. Pure.
namespace albatross::cli {

/// What the place that text goes to can show.
struct TextStyle {
  bool color = false;
  /// False: ASCII only.
  bool unicode = false;
  /// Columns; lines are cut or wrapped to it. 0: as long as they come.
  std::size_t width = 0;
};

enum class Tone : std::uint8_t { plain, good, bad, warn, dim, strong };
/// `text` in that tone; as it is when there is no color.
std::string paint(Tone tone, std::string_view text, const TextStyle& style);

/// Columns that UTF-8 text takes, escape sequences of paint() not counted.
std::size_t display_width(std::string_view text);
/// Cut to `width` columns, with "…" or ".." where something was cut off.
std::string clip(std::string_view text, std::size_t width, const TextStyle& style);
/// The same for text with escape sequences of paint() in it; color does not go on behind the cut.
std::string clip_painted(const std::string& text, std::size_t width, const TextStyle& style);
/// Filled up with blanks on the right (left) to `width` columns.
std::string pad_right(std::string text, std::size_t width);
std::string pad_left(std::string text, std::size_t width);

/// One line without control characters: what came from AWS or a file cannot move the cursor.
std::string one_line(std::string_view text);

/// Broken at blanks into lines of at most `width` columns; 0: one line.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// "0.4s", "38.2s", "2m54s", "1h02m".
std::string elapsed_text(Duration elapsed);
/// "12s", "5m", "3h", "9d".
std::string age_text(std::int64_t then_ms, WallTime now);
/// "2026-01-02T03:04:05Z".
std::string utc_text(std::int64_t unix_ms);

/// "1 resource", "2 resources".
std::string counted(std::size_t count, std::string_view singular);

std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// As a POSIX shell takes it back: quoted only where that is needed.
std::string shell_word(const std::string& word);

}  // namespace albatross::cli
