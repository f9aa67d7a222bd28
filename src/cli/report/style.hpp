#pragma once

#include <string_view>

namespace albatross::cli {

/// The report's style sheet: light and dark, on paper too.
std::string_view report_style();

}  // namespace albatross::cli
