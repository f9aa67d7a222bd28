#pragma once

#include "albatross/runtime/clock.hpp"

#include <algorithm>

namespace albatross::sim {

/// Collects when the first of many things will change by itself.
struct NextChange {
  TimePoint now;
  TimePoint at = TimePoint::max();

  void note(TimePoint when) {
    if (when > now) at = std::min(at, when);
  }
};

}  // namespace albatross::sim
