#include "cli/doctor/stack_health.hpp"

#include "cli/node_text.hpp"

#include <optional>
#include <utility>

namespace albatross::cli {
namespace {

Check check_of(const char* section, std::string name, Grade grade, std::string detail,
               std::string hint) {
  Check out;
  out.section = section;
  out.name = std::move(name);
  out.grade = grade;
  out.detail = std::move(detail);
  out.hint = std::move(hint);
  return out;
}

Check check_of(const TargetState& target) {
  std::string detail = target.state;
  if (!target.reason.empty()) detail += "  " + target.reason;
  if (!target.description.empty()) detail += ": " + target.description;
  Grade grade = Grade::bad;
  if (is_healthy(target)) grade = Grade::good;
  if (target.state == "initial" || target.state == "draining") grade = Grade::warning;
  return check_of("Targets",
                  target.service + " on " + target.instance_id + ":" + std::to_string(target.port),
                  grade, std::move(detail), target.hint);
}

}  // namespace

Task<std::vector<Check>> stack_health(Deployer& deployer, std::string stack) {
  std::vector<Check> out;
  std::optional<StackStatus> status;
  std::optional<ApiError> refused;
  try {
    auto looking = deployer.status(std::move(stack));
    status = co_await std::move(looking);
  } catch (const ApiError& error) {
    refused = error;
  }
  if (refused) {
    Check& check = out.emplace_back(check_of("Resources", refused->details().action, Grade::bad,
                                             refused->code() + ": " + refused->message(),
                                             hint_for(refused->details())));
    check.access = refused->error_class() == ErrorClass::permission;
    co_return out;
  }
  std::size_t there = 0;
  for (const StackStatus::Line& line : status->resources) {
    const bool sick = line.state == "gone" || line.state == "failed" || line.state == "stopped" ||
                      line.state == "terminated" || line.state == "error";
    if (!sick) {
      ++there;
      continue;
    }
    out.push_back(check_of("Resources", line.resource.node, Grade::bad,
                           line.state + (line.detail.empty() ? "" : ": " + line.detail),
                           "A deploy of the stack file puts it right."));
  }
  out.insert(out.begin(), check_of("Resources", "as recorded", Grade::good,
                                   counted(there, "resource") + " there", ""));
  for (const TargetState& target : status->targets)
    out.push_back(check_of(target));
  co_return out;
}

}  // namespace albatross::cli
