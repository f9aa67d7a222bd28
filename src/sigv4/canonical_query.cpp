#include "sigv4/canonical_request.hpp"
#include "sigv4/encoding.hpp"

#include <algorithm>

namespace albatross::sigv4::detail {

void QueryList::clear() {
  entries_.clear();
  text_.clear();
}

void QueryList::add(std::string_view query, std::string_view leave_out,
                    std::string_view leave_out_too) {
  for_each_piece(query, '&', [&](std::string_view pair) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::size_t start = text_.size();
    append_reencoded(text_, pair.substr(0, equals));
    const std::size_t key_size = text_.size() - start;
    const std::string_view key = text_.view(start, key_size);
    // Names that are left out consist of unreserved bytes: encoded and decoded are the same.
    if (key_size != 0 && (key == leave_out || key == leave_out_too)) {
      text_.shrink_to(start);
      return;
    }
    if (equals < pair.size()) append_reencoded(text_, pair.substr(equals + 1));
    entries_.push_back({start, key_size, text_.size() - start - key_size});
  });
}

void QueryList::sort() {
  // By key, then by value; not by the joined text, in which '=' would be compared with '-'.
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    const int keys = key(a).compare(key(b));
    return keys != 0 ? keys < 0 : value(a) < value(b);
  });
}

void QueryList::append_joined(Buffer& out) const {
  bool first = true;
  for (const Entry& entry : entries_) {
    if (!first) out.append('&');
    first = false;
    out.append(key(entry));
    out.append('=');
    out.append(value(entry));
  }
}

}  // namespace albatross::sigv4::detail
