#pragma once

#include "albatross/clients/config.hpp"

#include <string>

namespace albatross::cli {

/// The variable's value; empty when it is not set.
std::string value_of(const Environment& environment, const std::string& name);

/// Where stacks are remembered: `given` (--state-dir), else $XDG_STATE_HOME/albatross, else
/// ~/.local/state/albatross. @throws std::runtime_error when there is no home either
std::string state_directory(const std::string& given, const Environment& environment);

/// Who runs this: by name (USER, LOGNAME), else by number.
std::string user_name(const Environment& environment);

/// This machine's name; "?" when it has none.
std::string host_name();

/// Does the locale say that text is UTF-8? LC_ALL before LC_CTYPE before LANG.
bool is_utf8_locale(const Environment& environment);

}  // namespace albatross::cli
