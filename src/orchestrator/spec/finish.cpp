#include "orchestrator/spec/finish.hpp"

#include "orchestrator/spec/aws_formats.hpp"

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

}  // namespace

void finish(Stack& stack, Reading& reading, const std::string& file, const ReadFile& read_file) {
  settle_tier(stack, reading);
  settle_network(stack, reading);
  settle_image(stack, reading);
  fetch_user_data(stack, reading, file, read_file);
  settle_balancing(stack, reading);
}

}  // namespace albatross::spec
