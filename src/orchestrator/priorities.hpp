#pragma once

#include <set>
#include <vector>

namespace albatross {

/// What is known of one rule's place before all have one; 0: nothing.
struct PriorityWish {
  /// What the stack file says.
  int fixed = 0;
  /// What the rule has had since it was made.
  int remembered = 0;
};

/// Numbers for the rules of one listener, so that those without a fixed one are asked in their
/// order. What has a number keeps it wherever the order allows; a new rule gets one between its
/// neighbours, at the end the next multiple of ten. Only free numbers are given out, so that no
/// change has to wait for another. Pure.
/// @param taken numbers of rules that are not among these
std::vector<int> assign_priorities(const std::vector<PriorityWish>& in_order,
                                   const std::set<int>& taken);

}  // namespace albatross
