#include "orchestrator/target_hints.hpp"

namespace albatross {

std::string target_hint(const TargetState& target) {
  const std::string port = std::to_string(target.port);
  const std::string& reason = target.reason;
  if (reason == "Target.Timeout") {
    return "Nothing answers on port " + port +
           " in time: does the service listen on all addresses, is user data still at work, do "
           "security groups let the load balancer in?";
  }
  if (reason == "Target.FailedHealthChecks") {
    return "Port " + port +
           " refuses or breaks the connection: is the service started, and is this its port?";
  }
  if (reason == "Target.ResponseCodeMismatch") {
    return "The service answers, but with another status: check services." + target.service +
           ".health (path, codes).";
  }
  if (reason == "Target.InvalidState") {
    return "The instance does not run: start it, or deploy again to replace it.";
  }
  if (reason == "Target.NotInUse") {
    return "No listener or rule forwards to it, or its zone is not one of the load balancer's.";
  }
  if (reason == "Target.NotRegistered") return "It is not registered (any more): deploy again.";
  if (reason == "Target.IpUnusable") return "Its address belongs to a load balancer.";
  if (reason == "Target.HealthCheckDisabled") return "Health checks are switched off for it.";
  if (reason == "Elb.InternalError") {
    return "The trouble is the load balancer's own; if it lasts, ask AWS support.";
  }
  return {};
}

}  // namespace albatross
