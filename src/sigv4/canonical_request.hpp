#pragma once

#include "albatross/sigv4/signer.hpp"

#include "sigv4/buffer.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace albatross::sigv4::detail {

/// Headers on their way into a canonical request.
class HeaderList {
 public:
  void clear();
  /// Name and value must live until the list is cleared.
  void add(std::string_view name, std::string_view value);
  /// To be called after the last add, before what follows.
  void sort();
  bool has_host() const { return has_host_; }

  /// "name:value\n" for each name; the values of a repeated one are joined by commas.
  void append_lines(Buffer& out) const;
  /// "host;x-amz-date".
  void append_names(Buffer& out) const;

 private:
  struct Entry {
    std::string_view name;
    std::string_view value;
    /// The first eight bytes of the lower-case name as a number: most comparisons end there.
    std::uint64_t prefix;
    std::uint32_t order;
    bool has_upper_case;
    bool repeats_previous;
  };
  static int compare_names(const Entry& a, const Entry& b);
  static char* put_name(char* at, const Entry& entry);

  std::vector<Entry> entries_;
  bool has_host_ = false;
};

/// Query parameters on their way into a canonical request.
class QueryList {
 public:
  void clear();
  /// Adds what stands in a query as sent. Parameters named `leave_out` or `leave_out_too` (decoded)
  /// are skipped.
  void add(std::string_view query, std::string_view leave_out = {},
           std::string_view leave_out_too = {});
  void sort();
  void append_joined(Buffer& out) const;

 private:
  struct Entry {
    std::size_t key_at;
    std::size_t key_size;
    std::size_t value_size;
  };
  std::string_view key(const Entry& entry) const {
    return text_.view(entry.key_at, entry.key_size);
  }
  std::string_view value(const Entry& entry) const {
    return text_.view(entry.key_at + entry.key_size, entry.value_size);
  }

  std::vector<Entry> entries_;
  Buffer text_;
};

/// Builds canonical requests. The one implementation behind signing, presigning, verifying and
/// showing. Fill `headers` and `query`, then write.
class Canonicaliser {
 public:
  HeaderList headers;
  QueryList query;

  void clear();
  /// Appends all of the canonical request but the payload hash, which is what follows.
  void append_front(Buffer& out, std::string_view method, std::string_view path,
                    const ServiceRules& rules);

 private:
  void append_path(Buffer& out, std::string_view path, const ServiceRules& rules);

  Buffer path_;
};

/// Calls `visit(piece)` for each non-empty piece between separators.
template <typename Visit>
void for_each_piece(std::string_view text, char separator, Visit&& visit) {
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view piece = text.substr(0, end);
    if (!piece.empty()) visit(piece);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

/// The names of the signed headers, as they stand at the end of what append_front wrote.
inline std::string_view signed_names(std::string_view front) {
  front.remove_suffix(1);
  return front.substr(front.rfind('\n') + 1);
}

/// The payload line of a canonical request: 64 digits, or "UNSIGNED-PAYLOAD".
class PayloadHash {
 public:
  PayloadHash(std::string_view body, bool unsigned_payload);
  std::string_view view() const { return {text_, size_}; }

 private:
  char text_[64];
  std::size_t size_;
};

}  // namespace albatross::sigv4::detail
