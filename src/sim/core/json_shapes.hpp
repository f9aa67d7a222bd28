#pragma once

#include "sim/core/action.hpp"

#include <string_view>

namespace albatross::sim::shapes {

/// Checks the body of a call of a JSON 1.0 or 1.1 service against AWS's model, in the service's own
/// codes. Throws ApiError.
void check_json_call(const Service& service, std::string_view action, const Call& call);

}  // namespace albatross::sim::shapes
