#pragma once

#include "clients/shared_config.hpp"

#include <string>
#include <string_view>

namespace albatross {

/// Reads the text of a config or credentials file: sections by their full header ("profile dev",
/// "default"), repeated sections merged, later keys win. Values are never quoted in errors: the
/// file holds secrets. Pure; O(size).
/// @param file for messages.
/// @throws ConfigError with file and line.
ConfigSections parse_config_file(std::string_view text, const std::string& file);

/// Sorts the sections of both files into `into`.
/// @throws ConfigError for a section header that makes no sense.
void add_config_file(SharedConfig& into, ConfigSections sections);
void add_credentials_file(SharedConfig& into, ConfigSections sections);

}  // namespace albatross
