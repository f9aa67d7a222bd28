#include "albatross/orchestrator/user_data.hpp"

#include "orchestrator/spec/aws_formats.hpp"
#include "orchestrator/spec/checks.hpp"

#include <array>
#include <string>
#include <string_view>

namespace albatross::spec {
namespace {

constexpr auto image = "instances.image";

/// As long as an id, a region and a suffix get; the real ones are not known yet.
constexpr std::string_view longest_file_system_id = "fs-0123456789abcdef0";
constexpr std::string_view longest_region = "ap-northeast-1";
constexpr std::string_view longest_suffix = "amazonaws.com.cn";

void check_architecture(const Stack& stack, Reading& reading) {
  if (!reading.given(image) || !reading.sound(image) || !reading.sound("instances.type")) return;
  const std::string_view name = stack.instances.image;
  const bool parameter = name.starts_with("resolve:ssm:/aws/service/");
  const bool for_arm = name.find("arm64") != std::string_view::npos;
  const bool for_intel = name.find("x86_64") != std::string_view::npos ||
                         name.find("/amd64/") != std::string_view::npos;
  const bool arm = is_arm_type(stack.instances.type);
  if (!parameter || !(arm ? for_intel : for_arm)) return;
  reading.complain_about(image, "instances.image is for " + std::string(arm ? "x86_64" : "arm64") +
                                    ", but " + stack.instances.type + " is " +
                                    (arm ? "arm64" : "x86_64") +
                                    "; expected an image of that architecture");
}

/// Which member holds the user data.
std::string user_data_member(const Reading& reading) {
  return reading.given("instances.user_data_file") ? "instances.user_data_file"
                                                   : "instances.user_data";
}

/// Complaints never show user data: it may hold secrets.
void check_user_data_form(const Stack& stack, const std::string& member, Reading& reading) {
  const std::string_view text = stack.instances.user_data.reveal();
  const auto kind = kind_of_user_data(text);
  if (text.substr(0, text.find('\n')).ends_with('\r'))
    return reading.complain_about(
        member, member + " has Windows line ends, which no interpreter finds; expected Unix ones");
  if (kind == UserDataKind::unknown)
    return reading.complain_about(member, member +
                                              " would be ignored by the instance: its first line "
                                              "says no kind; expected an interpreter such as "
                                              "#!/bin/bash, or #cloud-config");
  if (kind == UserDataKind::opaque && stack.file_system.enabled)
    reading.complain_about(member, member +
                                       " is multi-part, compressed or binary and cannot be joined "
                                       "with the mount of the file system; expected a script, or "
                                       "#cloud-config");
}

void check_user_data_size(const Stack& stack, const std::string& member, Reading& reading) {
  const std::string_view region = stack.region.empty() ? longest_region : stack.region;
  const auto size = render_user_data(stack, longest_file_system_id, region, longest_suffix).size();
  if (size <= user_data_limit) return;
  const auto own = stack.instances.user_data.reveal().size();
  std::string message = member + " has " + std::to_string(own) + " bytes";
  if (size != own) message += ", " + std::to_string(size) + " with what mounts the file system";
  message += "; expected at most " + std::to_string(user_data_limit) +
             " in all: let the script fetch what is large";
  reading.complain_about(member, std::move(message));
}

}  // namespace

void check_storage(const Stack& stack, Reading& reading) {
  const auto& files = stack.file_system;
  const std::string mode = "storage.efs.performance_mode";
  const bool conflict = files.performance_mode == "maxIO" && files.throughput_mode == "elastic";
  if (files.enabled && conflict && reading.sound(mode) &&
      reading.sound("storage.efs.throughput_mode"))
    reading.complain_about(mode,
                           mode +
                               " is 'maxIO', which elastic throughput does not have; expected "
                               "generalPurpose, or throughput_mode: bursting with it");
}

void check_instances(const Stack& stack, Reading& reading) {
  check_architecture(stack, reading);
  const std::string member = user_data_member(reading);
  if (!reading.sound(member)) return;
  check_user_data_form(stack, member, reading);
  if (reading.sound(member)) check_user_data_size(stack, member, reading);
}

}  // namespace albatross::spec
