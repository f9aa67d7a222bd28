#include "http/recording/body_text.hpp"

#include "http/text.hpp"

#include <openssl/evp.h>

#include <algorithm>

namespace albatross::http {
namespace {

constexpr std::size_t base64_width = 76;

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string with_line_feeds(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text.append(i == 0 ? "" : "\n").append(lines[i]);
  return text;
}

/// What an editor shows, and keeps, as it is.
bool is_text(std::string_view body) {
  return std::all_of(body.begin(), body.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 ? byte < 0x7f : c == '\n' || c == '\t';
  });
}

/// Well-formed UTF-8 as far as its lengths go, which is what a terminal and an editor need.
bool is_utf8_text(std::string_view body) {
  std::string ascii;
  for (std::size_t i = 0; i < body.size();) {
    const auto lead = static_cast<unsigned char>(body[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead >= 0x80 && (lead < 0xc2 || lead > 0xf4)) return false;
    if (i + length > body.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(body[i + k]) & 0xc0U) != 0x80U) return false;
    }
    if (length == 1) ascii += body[i];
    i += length;
  }
  return is_text(ascii);
}

std::vector<std::string> base64_lines(std::string_view body) {
  std::string encoded(4 * ((body.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                                     reinterpret_cast<const unsigned char*>(body.data()),
                                     static_cast<int>(body.size()));
  encoded.resize(static_cast<std::size_t>(length));
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < encoded.size(); at += base64_width)
    lines.push_back(encoded.substr(at, base64_width));
  return lines;
}

std::optional<std::string> base64_body(const std::vector<std::string>& lines) {
  std::string encoded;
  for (const std::string& line : lines)
    encoded += line;
  if (encoded.size() % 4 != 0) return std::nullopt;
  std::string body(encoded.size() / 4 * 3 + 1, '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(body.data()),
                                     reinterpret_cast<const unsigned char*>(encoded.data()),
                                     static_cast<int>(encoded.size()));
  if (length < 0) return std::nullopt;
  // It counts the padding as bytes.
  const auto padding = static_cast<std::size_t>(std::count(encoded.begin(), encoded.end(), '='));
  if (padding > static_cast<std::size_t>(length)) return std::nullopt;
  body.resize(static_cast<std::size_t>(length) - padding);
  return body;
}

bool has_line_feed(const std::string& line) {
  return line.find('\n') != std::string::npos;
}

/// Undoes what xml_lines() does to line feeds.
std::string with_line_feeds_back(std::string text) {
  for (std::size_t at = 0; (at = text.find("\\n", at)) != std::string::npos; ++at)
    text.replace(at, 2, "\n");
  return text;
}

/// Are there line feeds in the document, the ones behind its declaration apart?
bool has_lines(std::string_view xml) {
  const std::size_t declaration = xml.find("?>");
  const std::size_t start = declaration == std::string_view::npos ? 0 : declaration + 2;
  const std::size_t root = xml.find('<', start);
  return root != std::string_view::npos && xml.find('\n', root) != std::string_view::npos;
}

/// The layouts that fit the body, most telling first.
BodyText laid_out(std::string_view body, std::string_view content_type) {
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  const char first = start == std::string_view::npos ? ' ' : body[start];
  if (lower_case(content_type).find("x-www-form-urlencoded") != std::string::npos) {
    return {"form", form_lines(body)};
  }
  // What comes in lines is readable as it is.
  if (first == '<' && !has_lines(body)) return {"xml", xml_lines(body)};
  if (first == '{' || first == '[') return {"json", json_lines(body)};
  return {};
}

}  // namespace

BodyText body_text(std::string_view body, std::string_view content_type) {
  if (body.empty()) return {};
  if (is_utf8_text(body)) {
    BodyText pretty = laid_out(body, content_type);
    const bool in_lines = std::none_of(pretty.lines.begin(), pretty.lines.end(), has_line_feed);
    const bool lossless = !pretty.form.empty() && body_of(pretty.form, pretty.lines) == body;
    if (in_lines && lossless) return pretty;
    return {"text", split_lines(body)};
  }
  return {"base64", base64_lines(body)};
}

std::optional<std::string> body_of(std::string_view form, const std::vector<std::string>& lines) {
  if (form.empty()) return lines.empty() ? std::optional<std::string>("") : std::nullopt;
  if (form == "form") return form_of(lines);
  if (form == "xml") return with_line_feeds_back(joined(lines));
  if (form == "json") return joined(lines);
  if (form == "text") return with_line_feeds(lines);
  if (form == "base64") return base64_body(lines);
  return std::nullopt;
}

}  // namespace albatross::http
