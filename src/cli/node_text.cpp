#include "cli/node_text.hpp"

#include <algorithm>
#include <utility>

namespace albatross::cli {
namespace {

constexpr std::string_view hexadecimal = "0123456789abcdef";

std::string_view part_after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string_view::npos ? std::string_view{} : text.substr(at + mark.size());
}

}  // namespace

std::string short_id(std::string_view id) {
  if (!id.starts_with("arn:")) return std::string(id);
  for (const std::string_view mark : {":loadbalancer/app/", ":targetgroup/"}) {
    const std::string_view rest = part_after(id, mark);
    if (!rest.empty()) return std::string(rest.substr(0, rest.find('/')));
  }
  std::string_view rest = id;
  for (int field = 0; field < 5; ++field)
    rest = part_after(rest, ":");
  return std::string(rest.empty() ? id : rest);
}

std::string with_short_arns(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t arn = std::min(text.find("arn:aws", at), text.size());
    out += text.substr(at, arn - at);
    const std::size_t end = std::min(text.find_first_of(" '\",;)", arn), text.size());
    if (arn < end) out += short_id(text.substr(arn, end - arn));
    at = std::max(end, arn);
  }
  return out;
}

std::string abbreviated(std::string_view id, bool unicode) {
  constexpr std::size_t kept_digits = 4;
  const std::size_t dash = id.rfind('-');
  if (dash == std::string_view::npos) return std::string(id);
  const std::string_view digits = id.substr(dash + 1);
  const bool is_id =
      digits.size() >= 8 && digits.find_first_not_of(hexadecimal) == std::string_view::npos;
  if (!is_id) return std::string(id);
  return std::string(id.substr(0, dash + 1 + kept_digits)) + (unicode ? "…" : "..");
}

std::string label(std::string_view node) {
  return std::string(part_after(node, "."));
}

bool is_healthy(const TargetState& target) {
  return target.state == "healthy";
}

std::vector<std::string> health_by_service(const std::vector<TargetState>& targets) {
  struct Count {
    std::string service;
    int healthy = 0;
    int all = 0;
  };
  std::vector<Count> counts;
  for (const TargetState& target : targets) {
    auto found = std::find_if(counts.begin(), counts.end(), [&target](const Count& count) {
      return count.service == target.service;
    });
    if (found == counts.end()) found = counts.insert(counts.end(), Count{target.service});
    found->healthy += is_healthy(target) ? 1 : 0;
    ++found->all;
  }
  std::vector<std::string> out;
  for (const Count& count : counts) {
    out.push_back(count.service + " " + std::to_string(count.healthy) + "/" +
                  std::to_string(count.all));
  }
  return out;
}

std::string_view removal_title(Step step) {
  switch (step) {
    case Step::network:
      return "Deleting network...";
    case Step::security_groups:
      return "Deleting security groups...";
    case Step::storage:
      return "Deleting storage...";
    case Step::instances:
      return "Terminating instances...";
    case Step::load_balancer:
      return "Deleting ALB...";
    case Step::target_groups:
      return "Deleting target groups...";
    case Step::registration:
      return "Deregistering instances...";
    case Step::health:
      return "Stopping health checks...";
  }
  return "";
}

}  // namespace albatross::cli
