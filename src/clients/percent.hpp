#pragma once

#include <string>
#include <string_view>

namespace albatross::wire {

/// Appends `text` with every byte encoded except A-Z a-z 0-9 - . _ ~ (RFC 3986, upper-case hex).
void append_percent_encoded(std::string& out, std::string_view text);

std::string percent_encode(std::string_view text);

/// Undoes it; '%' that is not followed by two hex digits stands for itself, '+' too.
std::string percent_decode(std::string_view text);

}  // namespace albatross::wire
