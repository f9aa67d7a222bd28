#pragma once

#include "albatross/runtime/clock.hpp"

#include <string>
#include <string_view>

namespace albatross::cli {

/// HTML as it is put together. What came from outside goes through text() and nothing else does.
class Html {
 public:
  Html& raw(std::string_view html) {
    out_.append(html);
    return *this;
  }
  /// Escaped, for content and for attributes in double quotes.
  Html& text(std::string_view text);
  /// `from` and `length` as `left` and `width` of `whole`, in percent.
  Html& place(Duration from, Duration length, Duration whole);

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace albatross::cli
