#include "cli/status_text.hpp"

#include "cli/node_text.hpp"
#include "cli/stack_urls.hpp"
#include "cli/table.hpp"

namespace albatross::cli {
namespace {

Tone tone_of(StackState state) {
  if (state == StackState::ready) return Tone::good;
  return state == StackState::failed ? Tone::bad : Tone::warn;
}

std::string head_text(const StackRecord& stack, WallTime now, const TextStyle& style) {
  std::string out = paint(Tone::strong, stack.name, style) + "  " +
                    paint(tone_of(stack.state), to_string(stack.state), style) + "  " +
                    stack.region + "  account " + stack.account + "  changed " +
                    age_text(stack.updated_at_ms, now) + " ago\n";
  const std::string dns = dns_name(stack);
  if (!dns.empty()) out += "http://" + dns + "\n";
  if (!stack.last_error.empty()) {
    out += paint(Tone::bad, "last failure: ", style) + with_short_arns(one_line(stack.last_error)) +
           "\n";
  }
  return out;
}

std::string urls_text(const StackRecord& stack, const TextStyle& style) {
  Table table({"SERVICE", "URL"});
  for (const auto& [service, url] : service_urls(stack))
    table.add({service, url});
  return table.empty() ? std::string{} : "\n" + table.text(style);
}

/// Some ids say what they belong to, and then what the node's name says already.
std::string main_id(const std::string& id) {
  const std::string shown = short_id(id);
  if (id.starts_with("arn:")) return shown.substr(shown.rfind('/') + 1);
  return shown.substr(0, shown.find('/'));
}

std::string resources_text(const StackStatus& status, bool with_ids, const TextStyle& style) {
  Table table(with_ids ? std::vector<std::string>{"RESOURCE", "ID", "STATE", "DETAIL"}
                       : std::vector<std::string>{"RESOURCE", "STATE", "DETAIL"});
  for (const StackStatus::Line& line : status.resources) {
    std::string detail = one_line(line.detail);
    if (line.resource.provenance == Provenance::reused) {
      detail =
          detail.empty() ? "not created by this stack" : detail + "; not created by this stack";
    }
    std::vector<std::string> cells{line.resource.node, main_id(line.resource.id),
                                   one_line(line.state), detail};
    if (!with_ids) cells.erase(cells.begin() + 1);
    table.add(std::move(cells));
  }
  return table.empty() ? "\nNothing is recorded of it.\n" : "\n" + table.text(style);
}

std::string targets_text(const StackStatus& status, const TextStyle& style) {
  Table table({"SERVICE", "INSTANCE", "PORT", "HEALTH", "REASON"});
  for (const TargetState& target : status.targets) {
    std::string why = target.reason;
    if (!target.description.empty()) why += (why.empty() ? "" : ": ") + target.description;
    if (!target.hint.empty()) why += (why.empty() ? "" : ". ") + target.hint;
    table.add({target.service, label(target.instance_node) + " " + target.instance_id,
               std::to_string(target.port),
               paint(is_healthy(target) ? Tone::good : Tone::warn, target.state, style),
               one_line(why)});
  }
  return table.empty() ? std::string{} : "\n" + table.text(style);
}

std::string network_summary(const NetworkSpec& network) {
  switch (network.mode) {
    case NetworkSpec::Mode::default_vpc:
      return "the default VPC";
    case NetworkSpec::Mode::existing:
      return network.vpc_id.empty() ? "the given subnets" : "VPC " + network.vpc_id;
    case NetworkSpec::Mode::create:
      return "a new VPC (" + network.cidr + ")";
  }
  return {};
}

std::string load_balancer_summary(const Stack& stack) {
  std::string listeners;
  for (const ListenerSpec& listener : stack.load_balancer.listeners) {
    if (!listeners.empty()) listeners += ", ";
    listeners += listener.protocol + ":" + std::to_string(listener.port);
  }
  return "an " + stack.load_balancer.scheme + " load balancer (" + stack.load_balancer.name + ", " +
         listeners + ") in front of them";
}

}  // namespace

std::string status_text(const StackStatus& status, WallTime now, const TextStyle& style) {
  return head_text(status.stack, now, style) + urls_text(status.stack, style) +
         resources_text(status, true, style) + targets_text(status, style);
}

std::string watch_text(const StackStatus& status, WallTime now, const TextStyle& style) {
  constexpr std::size_t room_for_ids = 72;
  const bool with_ids = style.width == 0 || style.width >= room_for_ids;
  return head_text(status.stack, now, style) + targets_text(status, style) +
         resources_text(status, with_ids, style);
}

std::string list_text(const std::vector<StackRecord>& stacks, WallTime now,
                      const TextStyle& style) {
  if (stacks.empty()) return "No stacks.\n";
  Table table({"STACK", "STATE", "REGION", "AGE", "DNS NAME"});
  for (const StackRecord& stack : stacks) {
    const std::string dns = dns_name(stack);
    table.add({stack.name, paint(tone_of(stack.state), to_string(stack.state), style), stack.region,
               age_text(stack.created_at_ms, now), dns.empty() ? "-" : dns});
  }
  // Names are for copying: never broken into pieces.
  TextStyle unbroken = style;
  unbroken.width = 0;
  return table.text(unbroken);
}

std::string stack_summary(const Stack& stack) {
  const auto instances = static_cast<std::size_t>(stack.instances.count);
  std::string out = stack.name + " (tier " + std::to_string(stack.tier) +
                    "): " + counted(instances, stack.instances.type + " instance") + " in " +
                    network_summary(stack.network);
  if (!stack.region.empty()) out += " of " + stack.region;
  if (stack.file_system.enabled) {
    out += ", a file system mounted at " + stack.file_system.mount_path;
  }
  std::vector<std::string> services;
  for (const ServiceSpec& service : stack.services) {
    services.push_back(service.name + ":" + std::to_string(service.port));
  }
  if (!services.empty()) {
    out += ", " + counted(services.size(), "service") + " (" + join(services, ", ") + ")";
  }
  if (stack.load_balancer.enabled) {
    out += ", " + load_balancer_summary(stack) + "; " +
           counted(instances * services.size(), "target") + " in " +
           counted(services.size(), "target group");
  }
  return out + ".";
}

}  // namespace albatross::cli
