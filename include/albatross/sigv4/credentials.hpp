#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace albatross {

/// A string that must not be printed: streams show its length only, and the bytes are wiped on
/// destruction and on assignment. Comparison takes time independent of the content.
class Secret {
 public:
  Secret() = default;
  /// Takes the bytes over.
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept { value_.swap(other.value_); }
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  /// The only way to the content: look for calls of it when reviewing for leaks.
  const std::string& reveal() const { return value_; }
  /// Is there no secret at all?
  bool empty() const { return value_.empty(); }

  friend bool operator==(const Secret& a, const Secret& b);
  friend std::ostream& operator<<(std::ostream& out, const Secret& secret);

 private:
  void wipe();

  std::string value_;
};

/// What a request is signed with.
struct Credentials {
  std::string access_key_id;
  Secret secret_access_key;
  /// Empty for long-lived keys.
  Secret session_token;
};

}  // namespace albatross
