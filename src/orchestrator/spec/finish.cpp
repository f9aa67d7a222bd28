#include "orchestrator/spec/finish.hpp"

#include "albatross/orchestrator/names.hpp"

#include "orchestrator/spec/aws_formats.hpp"

#include <algorithm>
#include <set>

namespace albatross::spec {
namespace {

constexpr auto arm_image =
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

void settle_tier(Stack& stack, Reading& reading) {
  stack.tier = stack.load_balancer.enabled ? 2 : 1;
  const Value* asked = reading.find("tier");
  if (asked == nullptr || !reading.sound("tier")) return;
  if (asked->text == "1" && stack.load_balancer.enabled)
    reading.complain_about("tier",
                           "tier is 1, but the file has a load_balancer, which is Tier 2; expected "
                           "2, or no load_balancer, or load_balancer.enabled: false");
}

void settle_network(Stack& stack, const Reading& reading) {
  const bool only_subnets = !stack.network.subnet_ids.empty() && !reading.given("network.vpc");
  if (only_subnets) stack.network.mode = NetworkSpec::Mode::existing;
}

void settle_image(Stack& stack, const Reading& reading) {
  const bool chosen = reading.given("instances.image");
  if (!chosen && is_arm_type(stack.instances.type)) stack.instances.image = arm_image;
}

/// `name` as seen from the folder of `file`.
std::string beside(const std::string& file, const std::string& name) {
  const auto slash = file.rfind('/');
  const bool absolute = name.starts_with('/');
  return absolute || slash == std::string::npos ? name : file.substr(0, slash + 1) + name;
}

void fetch_user_data(Stack& stack, Reading& reading, const std::string& file,
                     const ReadFile& read_file) {
  constexpr auto member = "instances.user_data_file";
  const Value* name = reading.find(member);
  if (name == nullptr || !reading.sound(member)) return;
  if (reading.given("instances.user_data")) {
    reading.complain_about(member, std::string(member) +
                                       " and instances.user_data exclude each other; expected one "
                                       "of them");
    return;
  }
  const std::string path = beside(file, name->text);
  auto text = read_file ? read_file(path) : std::nullopt;
  if (text) {
    stack.instances.user_data = Secret(std::move(*text));
  } else {
    reading.complain_about(member,
                           std::string(member) + " is '" + name->text + "'; cannot read " + path);
  }
}

void settle_load_balancer(Stack& stack, const Reading& reading) {
  auto& balancer = stack.load_balancer;
  if (!balancer.enabled) return;
  if (!reading.given("load_balancer.name")) {
    // AWS keeps names that start with internal- for itself.
    const std::string prefix = stack.name.starts_with("internal-") ? "lb-" : "";
    balancer.name = fit_name(prefix + stack.name + "-alb", load_balancer_name_limit);
  }
  if (!reading.given("load_balancer.listeners")) balancer.listeners = {ListenerSpec{}};
}

void settle_listeners(Stack& stack, const Reading& reading) {
  const auto& services = stack.services;
  const auto unrouted = std::find_if(services.begin(), services.end(),
                                     [](const ServiceSpec& s) { return s.route.empty(); });
  const auto chosen = unrouted != services.end() ? unrouted : services.begin();
  for (std::size_t i = 0; i < stack.load_balancer.listeners.size(); ++i) {
    auto& listener = stack.load_balancer.listeners[i];
    const std::string path = item_path("load_balancer.listeners", i);
    if (listener.protocol == "HTTPS" && !reading.given(join_path(path, "port")))
      listener.port = 443;
    if (listener.default_service.empty() && chosen != services.end() &&
        !reading.given(join_path(path, "default_service")))
      listener.default_service = chosen->name;
  }
}

/// 10, 20, … by position among the services with a route, so that one service's own priority does
/// not move another's; a number that is taken gives way to the next.
void settle_priorities(Stack& stack) {
  std::set<int> taken;
  for (const auto& service : stack.services)
    taken.insert(service.route.priority);
  int position = 0;
  for (auto& service : stack.services) {
    if (service.route.empty()) continue;
    position += 10;
    if (service.route.priority != 0) continue;
    int free = position;
    while (!taken.insert(free).second)
      ++free;
    service.route.priority = free;
  }
}

}  // namespace

void finish(Stack& stack, Reading& reading, const std::string& file, const ReadFile& read_file) {
  settle_tier(stack, reading);
  settle_network(stack, reading);
  settle_image(stack, reading);
  fetch_user_data(stack, reading, file, read_file);
  settle_load_balancer(stack, reading);
  settle_listeners(stack, reading);
  settle_priorities(stack);
}

}  // namespace albatross::spec
