#include "http/request_head.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <stdexcept>

namespace albatross::http {

namespace {

/// RFC 9110, 5.6.2: what methods and field names are made of.
constexpr std::array<bool, 256> token_characters() {
  std::array<bool, 256> table{};
  for (char c = '0'; c <= '9'; ++c)
    table[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c)
    table[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c)
    table[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}

bool is_token(std::string_view text) {
  static constexpr auto table = token_characters();
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return table[static_cast<unsigned char>(c)]; });
}

bool is_target(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7f;
  });
}

/// Values may be long (a session token is), and the library searches for one byte much faster than
/// a loop compares with three.
bool is_field_value(std::string_view text) {
  return text.find('\r') == std::string_view::npos && text.find('\n') == std::string_view::npos &&
         text.find('\0') == std::string_view::npos;
}

/// Those that follow from how the transport sends the request.
bool is_transports_own(std::string_view name) {
  return equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Connection") ||
         equal_ignoring_case(name, "Transfer-Encoding");
}

bool expects_length(const Request& request) {
  return !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
         request.method == "PATCH";
}

void add_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void add_length(std::string& head, std::size_t length) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), length).ptr;
  add_field(head, "Content-Length", {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

}  // namespace

void check_sendable(const Request& request) {
  if (!is_token(request.method)) throw std::invalid_argument("HTTP method is not a token");
  if (!is_target(request.target)) {
    throw std::invalid_argument("HTTP target is empty or has blanks or control characters");
  }
  for (const auto& field : request.headers) {
    if (!is_token(field.name)) throw std::invalid_argument("HTTP header name is not a token");
    if (!is_field_value(field.value)) {
      throw std::invalid_argument("HTTP header " + field.name + " has a line break or NUL in it");
    }
  }
}

void write_head(std::string& head, const Request& request, std::string_view user_agent,
                const Proxy* proxy) {
  head.clear();
  head.append(request.method).append(" ");
  if (proxy != nullptr) head.append(request.origin.url());
  head.append(request.target).append(" HTTP/1.1\r\n");
  if (!request.headers.find("Host")) add_field(head, "Host", request.origin.authority());
  for (const auto& field : request.headers) {
    if (!is_transports_own(field.name)) add_field(head, field.name, field.value);
  }
  if (!user_agent.empty() && !request.headers.find("User-Agent")) {
    add_field(head, "User-Agent", user_agent);
  }
  if (expects_length(request)) add_length(head, request.body.size());
  if (proxy != nullptr && !proxy->authorization.empty()) {
    add_field(head, "Proxy-Authorization", proxy->authorization);
  }
  head.append("Connection: keep-alive\r\n\r\n");
}

}  // namespace albatross::http
