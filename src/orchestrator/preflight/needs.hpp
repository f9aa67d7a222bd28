#pragma once

#include "albatross/orchestrator/stack.hpp"
#include "albatross/state/record.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace albatross {

/// What a deploy is going to make that no earlier run has made or was about to make.
struct Needs {
  std::size_t instances = 0;
  bool network = false;
  std::size_t security_groups = 0;
  bool file_system = false;
  bool load_balancer = false;
  std::size_t target_groups = 0;
  /// ARNs that no recorded listener has.
  std::vector<std::string> certificates;

  /// False: a deploy of the same file again.
  bool anything() const {
    return instances > 0 || network || security_groups > 0 || file_system || load_balancer ||
           target_groups > 0 || !certificates.empty();
  }
};

/// Pure.
Needs needs_of(const Stack& stack, const std::vector<ResourceRecord>& known);

}  // namespace albatross
