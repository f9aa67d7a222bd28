#pragma once

#include "albatross/orchestrator/event.hpp"

#include <string>
#include <string_view>
#include <vector>

/// How nodes, ids and targets are called in front of people. Pure.
namespace albatross::cli {

/// The name in an ARN of a load balancer or target group; any other ARN without its head; anything
/// else as it is.
std::string short_id(std::string_view id);
/// A text in which every ARN is put as short_id() has it.
std::string with_short_arns(std::string_view text);
/// "i-0a1b…" for "i-0a1b2c3d4e5f60718"; what is not such an id stays.
std::string abbreviated(std::string_view id, bool unicode);
/// "app.0" for "instance.app.0"; empty for a node that is the only one of its kind.
std::string label(std::string_view node);

/// "healthy" of all targets, by service in their order: "n8n 1/2".
std::vector<std::string> health_by_service(const std::vector<TargetState>& targets);
bool is_healthy(const TargetState& target);

/// What a removal calls the step: "Deleting ALB...".
std::string_view removal_title(Step step);

}  // namespace albatross::cli
