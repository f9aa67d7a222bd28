#include "orchestrator/target_hints.hpp"

namespace albatross {
namespace {

/// What the status says that AWS puts in brackets: "Health checks failed with these codes: [401]".
std::string meaning_of_status(const std::string& description) {
  const std::size_t at = description.find('[');
  if (at == std::string::npos || at + 1 >= description.size()) return "";
  const std::string code = description.substr(at + 1, 3);
  if (code == "401" || code == "403") return " It asks for a login: check a path that needs none.";
  if (code == "404") return " It does not know the path.";
  if (code.front() == '3') return " It redirects: check the place it leads to, or allow the code.";
  if (code.front() == '5') return " It fails by itself: see its own log.";
  return "";
}

}  // namespace

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
           ".health (path, codes)." + meaning_of_status(target.description);
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
