#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "orchestrator/spec/reading.hpp"

#include <string>
#include <vector>

/// Rules that span members. Each complains at the value that is in the way, and leaves alone what
/// has been complained of before.
namespace albatross::spec {

void check_network(const Stack& stack, Reading& reading);
void check_storage(const Stack& stack, Reading& reading);
void check_instances(const Stack& stack, Reading& reading);
void check_services(const Stack& stack, Reading& reading);
void check_rules(const Stack& stack, Reading& reading);
void check_reuse(const Stack& stack, Reading& reading);
void check_load_balancer(const Stack& stack, Reading& reading);

/// The path of a service's member.
std::string service_path(const ServiceSpec& service, const std::string& member);

/// That the name at `path` is a service's.
void check_service_name(const Stack& stack, const std::string& name, const std::string& path,
                        Reading& reading);
/// The action whose members stand at `path`; `alternatives` are members that say another one.
void check_action(const Stack& stack, const ActionSpec& action, const std::string& path,
                  std::vector<std::string> alternatives, Reading& reading);

/// Calls `complain(index of the second, index of the first)` for each item that equals an earlier
/// one.
template <class Items, class Complain>
void each_repeated(const Items& items, Complain complain) {
  for (std::size_t i = 0; i < items.size(); ++i)
    for (std::size_t first = 0; first < i; ++first)
      if (items[first] == items[i]) {
        complain(i, first);
        break;
      }
}

}  // namespace albatross::spec
