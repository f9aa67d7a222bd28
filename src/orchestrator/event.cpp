#include "albatross/orchestrator/event.hpp"

namespace albatross {

std::string_view title(Step step) {
  switch (step) {
    case Step::network:
      return "Preparing network...";
    case Step::security_groups:
      return "Creating security groups...";
    case Step::storage:
      return "Creating storage...";
    case Step::instances:
      return "Launching instances...";
    case Step::load_balancer:
      return "Creating ALB...";
    case Step::target_groups:
      return "Creating target groups...";
    case Step::registration:
      return "Registering instances...";
    case Step::health:
      return "Waiting for healthy targets...";
  }
  return "";
}

std::string_view to_string(Step step) {
  switch (step) {
    case Step::network:
      return "network";
    case Step::security_groups:
      return "security_groups";
    case Step::storage:
      return "storage";
    case Step::instances:
      return "instances";
    case Step::load_balancer:
      return "load_balancer";
    case Step::target_groups:
      return "target_groups";
    case Step::registration:
      return "registration";
    case Step::health:
      return "health";
  }
  return "";
}

std::string_view to_string(EventType type) {
  switch (type) {
    case EventType::run_started:
      return "run_started";
    case EventType::plan_ready:
      return "plan_ready";
    case EventType::resource_started:
      return "resource_started";
    case EventType::resource_created:
      return "resource_created";
    case EventType::resource_adopted:
      return "resource_adopted";
    case EventType::resource_updated:
      return "resource_updated";
    case EventType::resource_replacing:
      return "resource_replacing";
    case EventType::waiting:
      return "waiting";
    case EventType::retrying:
      return "retrying";
    case EventType::resource_ready:
      return "resource_ready";
    case EventType::resource_failed:
      return "resource_failed";
    case EventType::rollback_started:
      return "rollback_started";
    case EventType::resource_destroying:
      return "resource_destroying";
    case EventType::resource_gone:
      return "resource_gone";
    case EventType::resource_kept:
      return "resource_kept";
    case EventType::warning:
      return "warning";
    case EventType::run_finished:
      return "run_finished";
  }
  return "";
}

std::string Failure::text() const {
  std::string out = doing;
  if (!resource.empty()) out += " (" + resource + ")";
  out += " failed: ";
  if (!code.empty()) out += code + ": ";
  out += message;
  if (!request_id.empty()) out += " [request id " + request_id + "]";
  return out;
}

}  // namespace albatross
