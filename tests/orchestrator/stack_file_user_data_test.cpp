#include "albatross/orchestrator/user_data.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdlib.h>
#include <string>
#include <sys/wait.h>

/// The script that mounts the file system is run for real, in a folder of its own, with programs of
/// ours in place of the system's.
namespace albatross {
namespace {

namespace fs = std::filesystem;

Stack stack_with(const std::string& user_data, bool file_system) {
  Stack stack;
  stack.instances.user_data = Secret(user_data);
  stack.file_system.enabled = file_system;
  return stack;
}

std::string render(const std::string& user_data, bool file_system = true) {
  return render_user_data(stack_with(user_data, file_system), "fs-0123456789abcdef0", "eu-west-1",
                          "amazonaws.com");
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// An instance as the script sees it.
class Machine {
 public:
  explicit Machine(const std::string& distribution) {
    std::string pattern = (fs::temp_directory_path() / "albatross-user-data-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    fs::create_directory(root_ / "bin");
    write("os-release", "ID=" + distribution + "\n");
    program("sleep", "echo slept >>$R/sleeps");
    program("mountpoint", "test -e $R/mounted");
    mount_answers_after(0);
  }
  ~Machine() { fs::remove_all(root_); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  /// A program on the PATH; $R is the machine's folder.
  void program(const std::string& name, const std::string& body) {
    write("bin/" + name, "#!/bin/sh\nR='" + root_.string() + "'\n" + body + "\n");
    fs::permissions(root_ / "bin" / name, fs::perms::owner_all);
  }
  void mount_answers_after(int failures) {
    program("mount", "echo \"$@\" >>$R/mounts\n[ $(wc -l <$R/mounts) -gt " +
                         std::to_string(failures) + " ] && touch $R/mounted");
  }
  /// @return the script's exit status
  int run(std::string script) {
    script = replaced(script, "/var/log/albatross.log", (root_ / "log").string());
    script = replaced(script, "/etc/os-release", (root_ / "os-release").string());
    script = replaced(script, "/etc/fstab", (root_ / "fstab").string());
    script = replaced(script, "/var/lib/albatross", (root_ / "lib").string());
    script = replaced(script, "folder='/mnt/efs'", "folder='" + (root_ / "efs").string() + "'");
    write("script", script);
    // What the script's tee has not written yet when the script ends is waited for by the pipe.
    const std::string command = "env -i PATH='" + (root_ / "bin").string() +
                                ":/usr/bin:/bin' bash '" + (root_ / "script").string() +
                                "' | cat >/dev/null; exit ${PIPESTATUS[0]}";
    const int status =
        std::system(("exec bash -c '" + replaced(command, "'", "'\\''") + "'").c_str());
    return WEXITSTATUS(status);
  }
  std::string read(const std::string& name) const {
    std::ifstream stream(root_ / name);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  bool has(const std::string& name) const { return fs::exists(root_ / name); }
  std::string path(const std::string& name) const { return (root_ / name).string(); }

 private:
  void write(const std::string& name, const std::string& text) {
    std::ofstream(root_ / name) << text;
  }
  fs::path root_;
};

TEST(UserData, without_a_file_system_is_the_stacks_own_unchanged) {
  for (const std::string own :
       {"", "#!/bin/sh\nexit 0", "#cloud-config\n{}\n", "MIME-Version: 1.0"})
    EXPECT_EQ(render(own, false), own);
}

TEST(UserData, knows_its_kinds_by_the_first_characters) {
  EXPECT_EQ(kind_of_user_data(""), UserDataKind::none);
  EXPECT_EQ(kind_of_user_data("#!/usr/bin/env python3\n"), UserDataKind::script);
  EXPECT_EQ(kind_of_user_data("#cloud-config\npackages: []\n"), UserDataKind::cloud_init);
  EXPECT_EQ(kind_of_user_data("#include\nhttps://example.com\n"), UserDataKind::cloud_init);
  EXPECT_EQ(kind_of_user_data("Content-Type: multipart/mixed\n"), UserDataKind::opaque);
  EXPECT_EQ(kind_of_user_data("\x1f\x8b\x08"), UserDataKind::opaque);
  EXPECT_EQ(kind_of_user_data(std::string_view("#!/bin/sh\n\0", 11)), UserDataKind::opaque);
  EXPECT_EQ(kind_of_user_data("echo hello"), UserDataKind::unknown);
}

TEST(UserData, mounts_with_encryption_in_transit_where_efs_utils_are) {
  Machine machine("amzn");
  machine.program("mount.efs", "");
  EXPECT_EQ(machine.run(render("")), 0);
  EXPECT_EQ(machine.read("mounts"), machine.path("efs") + "\n");
  EXPECT_EQ(machine.read("fstab"), "fs-0123456789abcdef0:/ " + machine.path("efs") +
                                       " efs _netdev,nofail,noresvport,tls,iam 0 0\n");
}

TEST(UserData, tries_until_a_mount_target_answers) {
  Machine machine("amzn");
  machine.program("mount.efs", "");
  machine.mount_answers_after(3);
  EXPECT_EQ(machine.run(render("#!/bin/sh\ntouch '" + machine.path("ran") + "'\n")), 0);
  EXPECT_EQ(machine.read("sleeps"), "slept\nslept\nslept\n");
  EXPECT_TRUE(machine.has("ran"));
}

TEST(UserData, does_not_run_the_stacks_own_when_the_mount_fails) {
  Machine machine("amzn");
  machine.program("mount.efs", "");
  machine.mount_answers_after(1000);
  const auto script = render("#!/bin/sh\ntouch '" + machine.path("ran") + "'\n");
  EXPECT_EQ(machine.run(replaced(script, "patience='900'", "patience='0'")), 1);
  EXPECT_FALSE(machine.has("ran"));
  EXPECT_NE(machine.read("log").find("giving up"), std::string::npos);
}

TEST(UserData, waits_for_the_mount_as_long_as_storage_may_take) {
  Stack stack = stack_with("", true);
  stack.timeouts.storage = std::chrono::seconds{1234};
  EXPECT_NE(render_user_data(stack, "fs-1", "r", "s").find("patience='1234'\n"), std::string::npos);
}

TEST(UserData, installs_efs_utils_on_amazon_linux_and_tries_again_when_that_fails) {
  Machine machine("amzn");
  machine.program("dnf",
                  "echo \"$@\" >>$R/packages; [ $(wc -l <$R/packages) -gt 2 ] || exit 1\n"
                  "touch $R/bin/mount.efs; chmod 700 $R/bin/mount.efs");
  EXPECT_EQ(machine.run(render("")), 0);
  const std::string once = "-q -y install amazon-efs-utils\n";
  EXPECT_EQ(machine.read("packages"), once + once + once);
  EXPECT_NE(machine.read("fstab").find(" efs "), std::string::npos);
}

TEST(UserData, falls_back_to_nfs_where_there_are_no_efs_utils) {
  Machine machine("ubuntu");
  machine.program("apt-get", "echo \"$@\" >>$R/packages");
  EXPECT_EQ(machine.run(render("")), 0);
  EXPECT_NE(machine.read("packages").find(" install nfs-common\n"), std::string::npos);
  EXPECT_EQ(machine.read("fstab"),
            "fs-0123456789abcdef0.efs.eu-west-1.amazonaws.com:/ " + machine.path("efs") +
                " nfs4 nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport,"
                "_netdev,nofail 0 0\n");
}

TEST(UserData, enters_the_mount_once_however_often_it_runs) {
  Machine machine("amzn");
  machine.program("mount.efs", "");
  machine.run(render(""));
  const std::string once = machine.read("fstab");
  machine.run(render(""));
  EXPECT_EQ(machine.read("fstab"), once);
}

// The interpreter is cat: what it prints is the script itself.
TEST(UserData, hands_the_stacks_own_over_untouched_to_its_own_interpreter) {
  Machine machine("amzn");
  machine.program("mount.efs", "");
  const std::string own =
      "#!/bin/cat\nALBATROSS_USER_DATA\n'single' \"double\" $HOME `date` \\ \\n\nEOF\n\ttab  \n";
  EXPECT_EQ(machine.run(render(own)), 0);
  EXPECT_EQ(machine.read("lib/user-data"), own);
  EXPECT_NE(machine.read("log").find(own), std::string::npos);
}

TEST(UserData, ends_with_the_status_of_the_stacks_own) {
  Machine machine("amzn");
  machine.program("mount.efs", "");
  EXPECT_EQ(machine.run(render("#!/bin/sh\nexit 7")), 7);
  EXPECT_NE(machine.read("log").find("ended with status 7"), std::string::npos);
}

TEST(UserData, keeps_its_log_to_root) {
  Machine machine("amzn");
  machine.program("mount.efs", "");
  machine.run(render(""));
  EXPECT_EQ(fs::status(machine.path("log")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(UserData, puts_cloud_init_data_beside_the_mount_as_a_second_part) {
  const std::string own = "#cloud-config\nruncmd: [echo, --albatross-part--]\n";
  const std::string text = render(own);
  EXPECT_TRUE(text.starts_with(
      "Content-Type: multipart/mixed; boundary=\"albatross-part1\"\nMIME-Version: 1.0\n"));
  const auto mount = text.find("\n--albatross-part1\nContent-Type: text/x-shellscript;");
  const auto config = text.find("\n--albatross-part1\nContent-Type: text/plain;");
  ASSERT_NE(mount, std::string::npos);
  ASSERT_NE(config, std::string::npos);
  EXPECT_LT(mount, config);
  EXPECT_NE(text.find("\n\n#!/bin/bash\n", mount), std::string::npos);
  EXPECT_NE(text.find("\n\n" + own, config), std::string::npos);
  EXPECT_TRUE(text.ends_with("\n--albatross-part1--\n"));
}

}  // namespace
}  // namespace albatross
