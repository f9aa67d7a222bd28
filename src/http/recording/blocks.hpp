#pragma once

#include "albatross/http/recording.hpp"

#include <string>
#include <string_view>

/// The parts that a session's text is made of. Each is written as a whole.
namespace albatross::http {

/// The first line of every session.
inline constexpr std::string_view session_head = "albatross recording 1";

inline constexpr std::string_view request_mark = ">>> ";
inline constexpr std::string_view end_mark = "<<< ";
inline constexpr std::string_view note_mark = "=== ";
/// Before the form of a body.
inline constexpr std::string_view body_mark = "-- ";
/// Before every line of a body; "|" alone is an empty line.
inline constexpr std::string_view line_mark = "| ";

std::string request_block(const RecordedExchange& exchange);
/// Empty for an exchange without an end.
std::string end_block(const RecordedExchange& exchange);
std::string note_block(const RecordedNote& note);

}  // namespace albatross::http
