#include "albatross/orchestrator/user_data.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace albatross {
namespace {

/// Sets up: log, helpers. Kept short: it counts towards EC2's limit.
constexpr std::string_view script_head = R"sh(#!/bin/bash
# Mounts the stack's file system, then runs the stack's own user data.
log=/var/log/albatross.log
touch "$log" && chmod 600 "$log"
exec > >(tee -a "$log") 2>&1
say() { echo "albatross $(date -u +%FT%TZ) $*"; }
have() { command -v "$1" >/dev/null 2>&1; }
add_package() {
  if have dnf; then dnf -q -y install "$1"
  elif have yum; then yum -q -y install "$1"
  elif have apt-get; then
    apt-get -q -o DPkg::Lock::Timeout=300 update
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install "$1"
  elif have zypper; then zypper -n -q install "$1"
  else return 1
  fi
}
ensure_package() {
  for _ in 1 2 3 4 5; do
    add_package "$1" && return
    say "cannot install $1 yet"
    sleep 10
  done
  return 1
}
)sh";

/// Expects file_system, server, folder, patience (seconds) to be set.
constexpr std::string_view script_mount = R"sh(
. /etc/os-release
if [ "$ID" = amzn ] && ! have mount.efs; then ensure_package amazon-efs-utils; fi
if have mount.efs; then
  entry="$file_system:/ $folder efs _netdev,nofail,noresvport,tls,iam 0 0"
else
  if have apt-get; then client=nfs-common
  elif have zypper; then client=nfs-client
  else client=nfs-utils
  fi
  have mount.nfs4 || ensure_package "$client"
  options=nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport
  entry="$server:/ $folder nfs4 $options,_netdev,nofail 0 0"
fi
mkdir -p "$folder"
grep -qsF " $folder " /etc/fstab || echo "$entry" >>/etc/fstab
say "mounting $file_system on $folder"
until mountpoint -q "$folder" || timeout -k 10 90 mount "$folder"; do
  if [ "$SECONDS" -ge "$patience" ]; then
    say "giving up: $file_system is not mounted, so the user data is not run"
    exit 1
  fi
  say "no mount target answers yet"
  sleep 5
done
say "mounted"
)sh";

constexpr std::string_view script_hand_over = R"sh(
chmod 700 "$own"
say "running the user data"
"$own"
status=$?
say "the user data ended with status $status"
exit "$status"
)sh";

std::string assignment(std::string_view name, std::string_view value) {
  return std::string(name) + "='" + std::string(value) + "'\n";
}

/// `base`, with a number if need be, so that it is nowhere in `text`.
std::string absent_word(std::string base, std::string_view text) {
  std::string word = base;
  for (int i = 1; text.find(word) != std::string_view::npos; ++i)
    word = base + std::to_string(i);
  return word;
}

std::string mount_script(const Stack& stack, std::string_view file_system_id,
                         std::string_view region, std::string_view dns_suffix) {
  std::string server(file_system_id);
  server.append(".efs.").append(region).append(".").append(dns_suffix);
  std::string script(script_head);
  script += assignment("file_system", file_system_id);
  script += assignment("server", server);
  script += assignment("folder", stack.file_system.mount_path);
  script += assignment("patience", std::to_string(stack.timeouts.storage.count()));
  return script.append(script_mount);
}

/// The shell takes a quoted here-document as it is: no byte of the user's script is touched.
std::string run_own_script(std::string_view own) {
  const std::string end = absent_word("ALBATROSS_USER_DATA", own);
  std::string script =
      "own=/var/lib/albatross/user-data\nmkdir -p /var/lib/albatross\nchmod 700 "
      "/var/lib/albatross\n";
  script.append("cat >\"$own\" <<'").append(end).append("'\n").append(own);
  if (!own.ends_with('\n')) script += '\n';
  script.append(end);
  return script.append(script_hand_over);
}

/// cloud-init tells the second part's kind by its first line. Its scripts run in the order of their
/// names, those of runcmd (named so) after ours.
std::string two_parts(std::string_view mount, std::string_view own) {
  const std::string boundary = absent_word("albatross-part", std::string(mount).append(own));
  std::string out = "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n";
  out += "MIME-Version: 1.0\n";
  const auto part = [&](std::string_view type, std::string_view name, std::string_view text) {
    out.append("\n--").append(boundary).append("\nContent-Type: ").append(type);
    out.append("; charset=\"utf-8\"\nContent-Disposition: attachment; filename=\"");
    out.append(name).append("\"\n\n").append(text);
  };
  part("text/x-shellscript", "00-albatross-mount", mount);
  part("text/plain", "user-data", own);
  return out.append("\n--").append(boundary).append("--\n");
}

}  // namespace

UserDataKind kind_of_user_data(std::string_view text) {
  static constexpr std::array parts = {"#cloud-config", "#cloud-boothook", "#include",
                                       "#part-handler", "## template: jinja"};
  static constexpr std::array wholes = {"Content-Type:", "MIME-Version:", "\x1f\x8b"};
  const auto begins = [&](std::string_view with) { return text.starts_with(with); };
  if (text.empty()) return UserDataKind::none;
  if (std::any_of(wholes.begin(), wholes.end(), begins)) return UserDataKind::opaque;
  const bool script = begins("#!");
  if (!script && std::none_of(parts.begin(), parts.end(), begins)) return UserDataKind::unknown;
  if (text.find('\0') != std::string_view::npos) return UserDataKind::opaque;
  return script ? UserDataKind::script : UserDataKind::cloud_init;
}

std::string render_user_data(const Stack& stack, std::string_view file_system_id,
                             std::string_view region, std::string_view dns_suffix) {
  const std::string& own = stack.instances.user_data.reveal();
  if (!stack.file_system.enabled) return own;
  std::string mount = mount_script(stack, file_system_id, region, dns_suffix);
  switch (kind_of_user_data(own)) {
    case UserDataKind::none:
      return mount;
    case UserDataKind::cloud_init:
      return two_parts(mount, own);
    default:
      return mount + run_own_script(own);
  }
}

}  // namespace albatross
