#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How bodies stand in recordings: laid out for people wherever that can be undone exactly. Pure.
namespace albatross::http {

struct BodyText {
  /// "form", "xml", "json", "text" or "base64"; empty for an empty body.
  std::string_view form;
  std::vector<std::string> lines;
};

/// @param content_type decides for forms; the rest is told by the body's own beginning
BodyText body_text(std::string_view body, std::string_view content_type);

/// The body again; nullopt for an unknown form, or lines that are not of it.
std::optional<std::string> body_of(std::string_view form, const std::vector<std::string>& lines);

/// "Name=value" lines, decoded as far as a line can show it, and back.
std::vector<std::string> form_lines(std::string_view body);
std::string form_of(const std::vector<std::string>& lines);

/// An element (with its text, when that is all it holds) or a member a line, indented. Undone by
/// taking the indentation and the line ends away: see joined().
std::vector<std::string> xml_lines(std::string_view body);
std::vector<std::string> json_lines(std::string_view body);
std::string joined(const std::vector<std::string>& lines);

}  // namespace albatross::http
