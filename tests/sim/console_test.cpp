#include "account.hpp"
#include "sim/core/base64.hpp"
#include "sim/ec2/script_output.hpp"

#include <gtest/gtest.h>

namespace albatross::sim::test {
namespace {

using Lines = std::vector<std::string>;

Lines output_of(const std::string& script) {
  return ec2::script_output(script, "ip-10-0-0-1", "2026-01-05T10:00:00Z");
}

TEST(ScriptOutput, IsWhatTheOutermostLinesSay) {
  EXPECT_EQ(output_of("#!/bin/sh\n"
                      "# echo no\n"
                      "name='web server'\n"
                      "echo \"installing $name on $(hostname)\"\n"
                      "echo to a file >/tmp/x\n"
                      "if true; then\n  echo inside\nfi\n"
                      "say() { echo \"mine $(date -u +%FT%TZ) $*\"; }\n"
                      "say hello \"${name}\"\n"
                      "echo 'costs $5'\n"),
            (Lines{"installing web server on ip-10-0-0-1",
                   "mine 2026-01-05T10:00:00Z hello web server", "costs $5"}));
}

TEST(ScriptOutput, FollowsAScriptThatIsWrittenAndRun) {
  EXPECT_EQ(
      output_of("#!/bin/bash\nown=/var/lib/own\ncat >\"$own\" <<'END'\n#!/bin/sh\necho inner\nEND\n"
                "echo before\n\"$own\"\nstatus=$?\necho \"ended with $status\"\n"),
      (Lines{"before", "inner", "ended with 0"}));
}

TEST(ScriptOutput, SurvivesWhatIsBroken) {
  EXPECT_EQ(output_of(""), Lines{});
  EXPECT_EQ(output_of("cat >x <<'END'\nno end"), Lines{});
  EXPECT_EQ(output_of("echo \"open"), Lines{"open"});
  EXPECT_EQ(output_of("echo $("), Lines{""});
  EXPECT_EQ(output_of("echo $"), Lines{""});
  EXPECT_EQ(output_of("echo ${x"), Lines{""});
}

TEST(Base64, GoesThereAndBack) {
  for (const std::string text : {"", "a", "ab", "abc", "abcd", "\xff\x00\x7f!"}) {
    EXPECT_EQ(base64_decode(base64_encode(text)), text);
  }
  EXPECT_EQ(base64_encode("hello"), "aGVsbG8=");
  EXPECT_EQ(base64_decode("aGVs\nbG8"), "hello");
  EXPECT_EQ(base64_decode("a"), std::nullopt);
  EXPECT_EQ(base64_decode("a*b="), std::nullopt);
}

TEST(Console, ShowsHowFarTheBootAndTheUserDataAre) {
  Account account;
  const auto made =
      account.ec2("RunInstances",
                  {{"ImageId", "ami-0a1b2c3d4e5f60001"},
                   {"InstanceType", "t3.micro"},
                   {"MinCount", "1"},
                   {"MaxCount", "1"},
                   {"UserData", base64_encode("#!/bin/sh\necho first step\necho second step\n")}});
  const auto id = made.text("instancesSet/item/instanceId");
  const auto log = [&] {
    const auto answer = account.ec2("GetConsoleOutput", {{"InstanceId", id}});
    EXPECT_EQ(answer.text("instanceId"), id);
    return base64_decode(answer.text("output")).value();
  };
  EXPECT_EQ(log(), "") << "nothing while it is pending";
  account.pass(13s);
  EXPECT_NE(log().find("Linux version"), std::string::npos);
  EXPECT_EQ(log().find("cloud-init"), std::string::npos);
  account.pass(32s);  // two thirds of the boot
  EXPECT_NE(log().find("running 'modules:final'"), std::string::npos);
  EXPECT_NE(log().find("cloud-init[1602]: first step"), std::string::npos);
  EXPECT_EQ(log().find("second step"), std::string::npos);
  account.pass(20s);
  EXPECT_NE(log().find("second step"), std::string::npos);
  EXPECT_NE(log().find("finished"), std::string::npos);
  EXPECT_TRUE(log().ends_with("login: "));
}

}  // namespace
}  // namespace albatross::sim::test
