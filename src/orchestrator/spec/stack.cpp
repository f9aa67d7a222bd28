#include "albatross/orchestrator/stack.hpp"

#include <algorithm>

namespace albatross {

const ServiceSpec* Stack::service(const std::string& service_name) const {
  const auto found = std::find_if(services.begin(), services.end(),
                                  [&](const ServiceSpec& s) { return s.name == service_name; });
  return found == services.end() ? nullptr : &*found;
}

}  // namespace albatross
