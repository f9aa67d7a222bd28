#pragma once

#include "albatross/orchestrator/user_data.hpp"

#include "orchestrator/spec/value.hpp"

#include <string>

namespace albatross::spec {

/// A stack file's values as YAML again, its user data replaced by some of this kind that says
/// nothing. Pure.
std::string shareable_text(const Value& stack, UserDataKind user_data);

}  // namespace albatross::spec
