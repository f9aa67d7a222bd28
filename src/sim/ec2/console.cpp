#include "sim/core/base64.hpp"
#include "sim/ec2/catalog.hpp"
#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"
#include "sim/ec2/script_output.hpp"

#include <chrono>
#include <cstdio>

namespace albatross::sim::ec2 {
namespace {

/// One line of a boot log, and the share of the boot after which it is there.
struct Line {
  double share;
  std::string text;
};

std::string stamp(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "[%12.6f] ", seconds);
  return text;
}

std::string up(double seconds) {
  char text[48];
  std::snprintf(text, sizeof text, " Up %.2f seconds.", seconds);
  return text;
}

/// A boot in the order in which an image with cloud-init tells it; the user data's words fill the
/// time between 40% and 95%.
std::vector<Line> boot_lines(const std::vector<std::string>& own, const std::string& host,
                             const std::string& address, const std::string& began, double took) {
  std::vector<Line> lines = {
      {0.00, "Linux version 6.1.159-181.297.amzn2023.x86_64 (mockbuild@ip-10-0-36-155)"},
      {0.00, "Command line: BOOT_IMAGE=(hd0,gpt1)/boot/vmlinuz root=UUID=5f7a console=ttyS0"},
      {0.03, "ena 0000:00:05.0: Elastic Network Adapter (ENA) found at mem c0510000"},
      {0.08, "EXT4-fs (nvme0n1p1): mounted filesystem with ordered data mode"},
      {0.12, cat("systemd[1]: Hostname set to <", host, ">.")}};
  const auto cloud_init = [&](double share, std::string_view stage) {
    lines.push_back({share, cat("cloud-init[1523]: Cloud-init v. 22.2.2 ", stage, " at ", began,
                                ".", up(share * took))});
  };
  cloud_init(0.18, "running 'init-local'");
  cloud_init(0.25, "running 'init'");
  lines.push_back({0.26, cat("cloud-init[1530]: ci-info: | eth0 | True | ", address, " |")});
  cloud_init(0.35, "running 'modules:config'");
  cloud_init(0.40, "running 'modules:final'");
  for (std::size_t i = 0; i < own.size(); ++i) {
    const double share = 0.40 + 0.55 * static_cast<double>(i + 1) / static_cast<double>(own.size());
    lines.push_back({share, "cloud-init[1602]: " + own[i]});
  }
  cloud_init(1.0, "finished, datasource DataSourceEc2,");
  return lines;
}

std::string boot_log(const Call& call, const Instance& instance) {
  const auto seconds = [](Duration d) { return std::chrono::duration<double>(d).count(); };
  const double took = seconds(call.world.options.times.instance_boot);
  const double passed = seconds(call.now - instance.running_at);
  const std::string host = private_dns(call.world, instance.address);
  const std::string script = base64_decode(instance.user_data).value_or(std::string());
  const std::string began = iso_seconds(instance.launched_wall);
  std::vector<std::string> own;
  if (script.starts_with("#!")) own = script_output(script, host, began);
  std::string log;
  for (const Line& line : boot_lines(own, host, ipv4_text(instance.address), began, took)) {
    if (line.share * took > passed) return log;
    log += stamp(line.share * took) + line.text + "\r\n";
  }
  const Image* image = find_image(instance.image);
  return cat(log, "\r\n", image == nullptr ? "Linux" : image->description, "\r\n", host,
             " login: ");
}

void console_output(Call& call) {
  const Instance& instance = instance_of(call, call.params["InstanceId"].text());
  call.out.leaf("instanceId", instance.id);
  call.out.leaf("timestamp", iso_time(call.wall));
  // Nothing is there before the instance runs, and what it last said stays when it has ended.
  const bool has_run = call.now >= instance.running_at &&
                       !(instance.terminating && *instance.terminating < instance.running_at);
  call.out.leaf("output", has_run ? base64_encode(boot_log(call, instance)) : std::string());
}

constexpr Action actions[] = {{"GetConsoleOutput", console_output}};

}  // namespace

std::span<const Action> console_actions() {
  return actions;
}

}  // namespace albatross::sim::ec2
