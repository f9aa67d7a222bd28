#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::http {

/// One header field.
struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

/// Header fields in order of appearance; names compare without regard to case.
class Headers {
 public:
  Headers() = default;
  /// These fields, in this order.
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// The first value of that name.
  std::optional<std::string_view> find(std::string_view name) const;
  /// Appends, keeping earlier fields of that name.
  void add(std::string name, std::string value);
  /// Replaces all fields of that name by one.
  void set(std::string name, std::string value);
  /// Removes all fields of that name.
  void remove(std::string_view name);
  /// Makes room for `count` fields.
  void reserve(std::size_t count) { fields_.reserve(count); }

  /// The first field; end() is past the last.
  auto begin() const { return fields_.begin(); }
  /// Past the last field.
  auto end() const { return fields_.end(); }
  /// How many fields there are, equal names counted each.
  std::size_t size() const { return fields_.size(); }
  /// Is there no field?
  bool empty() const { return fields_.empty(); }
  friend bool operator==(const Headers&, const Headers&) = default;

 private:
  std::vector<Header> fields_;
};

/// Where a connection goes: scheme, host (lower-case, IPv6 without brackets) and port.
struct Origin {
  bool tls = true;
  std::string host;
  std::uint16_t port = 443;

  /// Host header value: the port only when it is not the scheme's default; IPv6 in brackets.
  std::string authority() const;
  /// "https://host[:port]", for people.
  std::string url() const;
  friend auto operator<=>(const Origin&, const Origin&) = default;
};

/// An absolute URL, split. `target` is path and query as sent, at least "/".
struct Url {
  Origin origin;
  std::string target = "/";
};

/// Parses "http[s]://host[:port][/path][?query]". Throws std::invalid_argument with what is wrong
/// (unknown scheme, empty host, bad port, user info, fragment).
Url parse_url(std::string_view text);

/// A request as it is to be sent, whole.
struct Request {
  Origin origin;
  std::string method = "GET";
  /// Path and query exactly as they go onto the wire (already percent-encoded).
  std::string target = "/";
  /// Without Host, Content-Length and Connection: the transport adds those.
  Headers headers;
  std::string body;
};

/// A response as it came, whole; the body without transfer coding.
struct Response {
  int status = 0;
  std::string reason;
  Headers headers;
  std::string body;
};

}  // namespace albatross::http
