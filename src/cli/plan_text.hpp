#pragma once

#include "albatross/orchestrator/plan.hpp"

#include "cli/text.hpp"

#include <string>

namespace albatross::cli {

/// What a deploy would do, for people: by step, and a line that sums up. What stays as it is is
/// only counted. Pure.
std::string plan_text(const Plan& plan, const TextStyle& style);

/// "3 to create, 1 to change; 20 stay as they are". Pure.
std::string plan_summary(const Plan& plan);

/// The same as a JSON document. Pure.
/// @param simulation a JSON value for the member of that name; empty: null
std::string plan_json(const Plan& plan, const std::string& simulation = "");

}  // namespace albatross::cli
