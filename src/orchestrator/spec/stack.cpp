#include "albatross/orchestrator/stack.hpp"

#include <algorithm>

namespace albatross {

const ServiceSpec* Stack::service(const std::string& service_name) const {
  const auto found = std::find_if(services.begin(), services.end(),
                                  [&](const ServiceSpec& s) { return s.name == service_name; });
  return found == services.end() ? nullptr : &*found;
}

bool ActionSpec::leads_to(const std::string& service) const {
  return type == Type::forward &&
         std::any_of(forward.begin(), forward.end(),
                     [&](const WeightedService& share) { return share.service == service; });
}

bool LoadBalancerSpec::is_asked() const {
  const auto& from = allow_from;
  const bool open = std::find(from.begin(), from.end(), "0.0.0.0/0") != from.end();
  return probe.value_or(existing.empty() && scheme == "internet-facing" &&
                        security_groups.empty() && open);
}

bool RuleSpec::is_for(const ListenerSpec& listener) const {
  if (listeners.empty()) return listener.takes_rules();
  return std::find(listeners.begin(), listeners.end(), listener.port) != listeners.end();
}

}  // namespace albatross
