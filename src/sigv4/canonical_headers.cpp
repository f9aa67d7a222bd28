#include "sigv4/canonical_request.hpp"
#include "sigv4/encoding.hpp"
#include "sigv4/names.hpp"

#include <algorithm>

namespace albatross::sigv4::detail {

void HeaderList::clear() {
  entries_.clear();
  names_.clear();
  has_host_ = false;
}

void HeaderList::add(std::string_view name, std::string_view value) {
  entries_.push_back({names_.size(), name.size(), entries_.size(), value});
  char* at = names_.room(name.size());
  for (const char c : name)
    *at++ = to_lower(c);
  names_.written(name.size());
  if (this->name(entries_.back()) == names::host) has_host_ = true;
}

void HeaderList::sort() {
  // By order of appearance within a name: std::stable_sort would do, but it allocates.
  std::sort(entries_.begin(), entries_.end(), [this](const Entry& a, const Entry& b) {
    const int names = name(a).compare(name(b));
    return names != 0 ? names < 0 : a.order < b.order;
  });
}

void HeaderList::append_lines(Buffer& out) const {
  const Entry* previous = nullptr;
  for (const Entry& entry : entries_) {
    if (previous != nullptr && name(*previous) == name(entry)) {
      out.append(',');
    } else {
      if (previous != nullptr) out.append('\n');
      out.append(name(entry));
      out.append(':');
    }
    append_folded(out, entry.value);
    previous = &entry;
  }
  if (previous != nullptr) out.append('\n');
}

void HeaderList::append_names(Buffer& out) const {
  const Entry* previous = nullptr;
  for (const Entry& entry : entries_) {
    if (previous != nullptr) {
      if (name(*previous) == name(entry)) continue;
      out.append(';');
    }
    out.append(name(entry));
    previous = &entry;
  }
}

}  // namespace albatross::sigv4::detail
