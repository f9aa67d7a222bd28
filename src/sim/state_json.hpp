#pragma once

#include "sim/control.hpp"

#include <string>

/// What the control endpoint tells, as JSON texts.
namespace albatross::sim {

std::string state_json(const ControlContext& context);
std::string faults_json(const FaultPlan& plan);
std::string time_json(const ControlContext& context);

}  // namespace albatross::sim
