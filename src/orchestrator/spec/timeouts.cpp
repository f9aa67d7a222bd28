#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/spec/formats.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace albatross {
namespace {

using Member = std::chrono::seconds TimeoutsSpec::*;

constexpr std::array<std::pair<std::string_view, Member>, 11> members{{
    {"network", &TimeoutsSpec::network},
    {"security_groups", &TimeoutsSpec::security_groups},
    {"storage", &TimeoutsSpec::storage},
    {"instances", &TimeoutsSpec::instances},
    {"load_balancer", &TimeoutsSpec::load_balancer},
    {"target_groups", &TimeoutsSpec::target_groups},
    {"registration", &TimeoutsSpec::registration},
    {"health", &TimeoutsSpec::health},
    {"answer", &TimeoutsSpec::answer},
    {"destroy", &TimeoutsSpec::destroy},
    {"run", &TimeoutsSpec::run},
}};

std::string names() {
  std::string out;
  for (const auto& [name, member] : members)
    out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

}  // namespace

void set_timeout(TimeoutsSpec& timeouts, std::string_view step, std::string_view duration) {
  for (const auto& [name, member] : members) {
    if (name != step) continue;
    const auto format = spec::seconds_between(std::chrono::seconds{1}, std::chrono::hours{24});
    spec::Value value;
    value.kind = spec::Value::Kind::scalar;
    value.text = duration;
    std::string reason;
    const auto parsed = format.parse(value, reason);
    if (!parsed) {
      throw std::invalid_argument("'" + std::string(duration) + "' is not " + format.expected);
    }
    timeouts.*member = *parsed;
    return;
  }
  throw std::invalid_argument("there is no step '" + std::string(step) + "'; the steps are " +
                              names());
}

}  // namespace albatross
