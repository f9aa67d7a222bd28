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

bool RuleSpec::is_for(const ListenerSpec& listener) const {
  if (listeners.empty()) return listener.takes_rules();
  return std::find(listeners.begin(), listeners.end(), listener.port) != listeners.end();
}

}  // namespace albatross
