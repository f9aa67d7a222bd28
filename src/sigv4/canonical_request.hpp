#pragma once

#include "albatross/sigv4/signer.hpp"

#include "sigv4/buffer.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace albatross::sigv4::detail {

/// Headers on their way into a canonical request.
class HeaderList {
 public:
  void clear();
  /// The value must live until the list is cleared.
  void add(std::string_view name, std::string_view value);
  /// To be called after the last add.
  void sort();
  bool has_host() const { return has_host_; }

  /// "name:value\n" for each name; the values of a repeated one are joined by commas.
  void append_lines(Buffer& out) const;
  /// "host;x-amz-date".
  void append_names(Buffer& out) const;

 private:
  struct Entry {
    std::size_t name_at;
    std::size_t name_size;
    std::size_t order;
    std::string_view value;
  };
  std::string_view name(const Entry& entry) const {
    return names_.view(entry.name_at, entry.name_size);
  }

  std::vector<Entry> entries_;
  Buffer names_;
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
