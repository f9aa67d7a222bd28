#include "orchestrator/priorities.hpp"

#include <algorithm>
#include <optional>

namespace albatross {
namespace {

constexpr int last_priority = 50000;
constexpr int usual_step = 10;

class Assignment {
 public:
  Assignment(const std::vector<PriorityWish>& in_order, const std::set<int>& taken)
      : wishes_(in_order), occupied_(taken), numbers_(in_order.size()) {
    for (const PriorityWish& wish : in_order) {
      occupied_.insert(wish.fixed);
      occupied_.insert(wish.remembered);
      fixed_.insert(wish.fixed);
    }
  }

  std::vector<int> run() {
    for (std::size_t i = 0; i < wishes_.size(); ++i)
      numbers_[i] = wishes_[i].fixed;
    keep_longest_order();
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      if (numbers_[i] == 0) numbers_[i] = place(i);
    }
    return numbers_;
  }

 private:
  bool has_kept_number(std::size_t index) const {
    return wishes_[index].fixed == 0 && numbers_[index] != 0;
  }

  /// The most rules that can keep their numbers while they are in order.
  void keep_longest_order() {
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      const int number = wishes_[i].remembered;
      if (wishes_[i].fixed == 0 && number != 0 && !fixed_.contains(number)) candidates.push_back(i);
    }
    const std::size_t none = candidates.size();
    std::vector<std::size_t> length(none, 1);
    std::vector<std::size_t> before(none, none);
    std::size_t best = none;
    for (std::size_t i = 0; i < none; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const bool ordered = wishes_[candidates[j]].remembered < wishes_[candidates[i]].remembered;
        if (!ordered || length[j] + 1 <= length[i]) continue;
        length[i] = length[j] + 1;
        before[i] = j;
      }
      if (best == none || length[i] > length[best]) best = i;
    }
    for (std::size_t i = best; i < none; i = before[i])
      numbers_[candidates[i]] = wishes_[candidates[i]].remembered;
  }

  /// A number after the rule's predecessor and before its successor; those after it that leave no
  /// room lose theirs.
  int place(std::size_t index) {
    int lower = 0;
    for (std::size_t i = 0; i < index; ++i) {
      if (wishes_[i].fixed == 0) lower = numbers_[i];
    }
    std::size_t waiting = 1;
    for (std::size_t i = index + 1; i < wishes_.size(); ++i) {
      if (wishes_[i].fixed != 0) continue;
      if (!has_kept_number(i)) {
        ++waiting;
        continue;
      }
      if (const auto found = between(lower, numbers_[i], waiting)) return take(*found);
      numbers_[i] = 0;
      ++waiting;
    }
    return take(after(lower));
  }

  /// A free number above `lower` and below `upper` that leaves room for the others.
  std::optional<int> between(int lower, int upper, std::size_t waiting) const {
    const int step = std::max(1, (upper - lower) / static_cast<int>(waiting + 1));
    for (int number = lower + step; number < upper; ++number) {
      if (!occupied_.contains(number)) return number;
    }
    for (int number = lower + step - 1; number > lower; --number) {
      if (!occupied_.contains(number)) return number;
    }
    return std::nullopt;
  }

  int after(int lower) const {
    int number = (lower / usual_step + 1) * usual_step;
    while (number <= last_priority && occupied_.contains(number))
      number += usual_step;
    if (number <= last_priority) return number;
    for (number = last_priority; number > lower && occupied_.contains(number);)
      --number;
    for (; number <= lower && occupied_.contains(number);)
      --number;
    return number;
  }

  int take(int number) {
    occupied_.insert(number);
    return number;
  }

  const std::vector<PriorityWish>& wishes_;
  std::set<int> occupied_;
  std::set<int> fixed_;
  std::vector<int> numbers_;
};

}  // namespace

std::vector<int> assign_priorities(const std::vector<PriorityWish>& in_order,
                                   const std::set<int>& taken) {
  return Assignment(in_order, taken).run();
}

}  // namespace albatross
