#pragma once

#include "cli/rehearsal/rehearsal.hpp"
#include "cli/text.hpp"

#include <string>

namespace albatross::cli {

/// The predicted run for people: a timeline by step, the critical path, the calls. Pure.
std::string rehearsal_text(const Rehearsal& rehearsal, const TextStyle& style);

/// The same as the member "simulation" of a plan's JSON document. Pure.
std::string rehearsal_json(const Rehearsal& rehearsal);

}  // namespace albatross::cli
