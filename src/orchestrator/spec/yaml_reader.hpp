#pragma once

#include "orchestrator/spec/reading.hpp"
#include "orchestrator/spec/value.hpp"

#include <string_view>

namespace albatross::spec {

/// Reads one YAML 1.2 document (JSON is one). Aliases stand for what they name, `<<` merges
/// mappings (keys written out win), duplicate keys, tags and further documents are complained of.
/// @return null when the text is no YAML at all, or empty; the reason is in `reading`.
ValuePtr read_yaml(std::string_view text, Reading& reading);

}  // namespace albatross::spec
