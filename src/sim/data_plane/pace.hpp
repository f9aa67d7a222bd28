#pragma once

#include "albatross/runtime/clock.hpp"

#include <algorithm>
#include <functional>

namespace albatross::sim {

/// How the account's time runs beside this machine's.
struct Pace {
  /// The account's present time.
  std::function<TimePoint()> now;
  /// The account's seconds in one of this machine's; 0 while its time stands still.
  std::function<double()> scale;

  /// How long a stretch of the account's time takes here.
  Duration on_this_machine(Duration of_the_account) const {
    const double factor = scale();
    if (factor == 1) return of_the_account;
    const double real = static_cast<double>(of_the_account.count()) / std::max(factor, 1e-6);
    const double longest = static_cast<double>(Duration(std::chrono::hours{1}).count());
    return Duration(static_cast<Duration::rep>(std::min(real, longest)));
  }
};

}  // namespace albatross::sim
