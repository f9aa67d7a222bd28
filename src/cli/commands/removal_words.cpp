#include "cli/commands/removal_words.hpp"

#include <algorithm>

namespace albatross::cli {

std::size_t going_by_destroy(const KnownStack& known) {
  return going_by_rollback(known, true);
}

std::size_t going_by_rollback(const KnownStack& known, bool all) {
  return static_cast<std::size_t>(
      std::count_if(known.resources.begin(), known.resources.end(), [&](const auto& resource) {
        return resource.provenance == Provenance::created && (all || resource.tier == 2);
      }));
}

std::vector<std::string> destroy_words(const std::vector<std::string>& stacks) {
  std::vector<std::string> out{"destroy"};
  out.insert(out.end(), stacks.begin(), stacks.end());
  return out;
}

std::vector<std::string> rollback_words(const std::vector<std::string>& stacks, bool all) {
  std::vector<std::string> out{"rollback"};
  out.insert(out.end(), stacks.begin(), stacks.end());
  if (all) out.emplace_back("--all");
  return out;
}

}  // namespace albatross::cli
