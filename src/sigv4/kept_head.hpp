#pragma once

#include "albatross/sigv4/signer.hpp"

#include "sigv4/buffer.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace albatross::sigv4::detail {

/// Remembers what the front of a canonical request was made from, the date apart: comparing the
/// next request with that is much quicker than making its front only to find the same.
class KeptHead {
 public:
  void forget() { sizes_.clear(); }
  void keep(const RequestView& request, std::string_view token, const ServiceRules& rules);
  bool is(const RequestView& request, std::string_view token, const ServiceRules& rules) const;

 private:
  void keep_piece(std::string_view piece);

  /// All texts, one after the other, and the size of each.
  Buffer text_;
  std::vector<std::size_t> sizes_;
  ServiceRules rules_;
};

}  // namespace albatross::sigv4::detail
