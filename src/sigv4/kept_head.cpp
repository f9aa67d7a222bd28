#include "sigv4/kept_head.hpp"

#include <cstring>

namespace albatross::sigv4::detail {

void KeptHead::keep_piece(std::string_view piece) {
  text_.append(piece);
  sizes_.push_back(piece.size());
}

void KeptHead::keep(const RequestView& request, std::string_view token, const ServiceRules& rules) {
  text_.clear();
  sizes_.clear();
  rules_ = rules;
  keep_piece(request.method);
  keep_piece(request.path);
  keep_piece(request.query);
  keep_piece(token);
  for (const HeaderView& header : request.headers) {
    keep_piece(header.name);
    keep_piece(header.value);
  }
}

bool KeptHead::is(const RequestView& request, std::string_view token,
                  const ServiceRules& rules) const {
  if (sizes_.size() != 4 + 2 * request.headers.size() || !(rules == rules_)) return false;
  const std::size_t* size = sizes_.data();
  const char* at = text_.view().data();
  const auto is_next = [&](std::string_view piece) {
    if (*size++ != piece.size()) return false;
    const bool same = piece.empty() || std::memcmp(at, piece.data(), piece.size()) == 0;
    at += piece.size();
    return same;
  };
  if (!is_next(request.method) || !is_next(request.path) || !is_next(request.query) ||
      !is_next(token)) {
    return false;
  }
  for (const HeaderView& header : request.headers) {
    if (!is_next(header.name) || !is_next(header.value)) return false;
  }
  return true;
}

}  // namespace albatross::sigv4::detail
