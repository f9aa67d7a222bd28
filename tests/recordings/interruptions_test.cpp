#include "record.hpp"
#include "rerun.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

// Commands that the user has stopped are recorded against the simulated AWS, and replayed.
namespace albatross::cli {
namespace {

using namespace std::chrono_literals;

constexpr const char* stack_text = R"(
name: shop
network: {vpc: create}
storage: {efs: true}
instances: {count: 2, type: t3.micro}
services:
  web: {port: 80, health: {path: /}}
  api: {port: 8080, health: {path: /up}, route: {paths: ["/api/*"]}}
load_balancer: true
)";

std::string differences_of(Rerun& run) {
  std::string out;
  for (const std::string& line : run.differences())
    out += line + "\n";
  return out;
}

void expect_same_end(const std::string& directory, int exit_code) {
  Rerun run(directory);
  EXPECT_EQ(run.exit_code(), exit_code);
  EXPECT_EQ(differences_of(run), "");
  if (exit_code != 4) return;
  EXPECT_NE(run.errors().find("Stopping: "), std::string::npos) << run.errors();
  const auto recorded = run.session().recording.interruption();
  ASSERT_TRUE(recorded);
  EXPECT_LT(std::chrono::abs(run.took() - recorded->at), 5min);
}

// At instants that fall between, and right upon, everything that a deployment does. A replay that
// went by the clock would be ahead of some of them: it looks again before it is told to stop.
TEST(InterruptedRecordings, OfADeployAreReplayedExactlyWhereverTheyWereInterrupted) {
  const test::Folder folder;
  int interrupted = 0;
  for (int i = 0; i < 120; ++i) {
    const auto at = i * 1499ms / 2;
    SCOPED_TRACE("interrupted after " + std::to_string(at / 1ms) + " ms");
    const std::string directory = folder.path() + "/" + std::to_string(i);
    RecordedAccount account(stack_text);
    const int code = account.run("deploy", {directory, at});
    EXPECT_EQ(code, 4);
    interrupted += code == 4 ? 1 : 0;
    expect_same_end(directory, code);
    if (HasFailure()) return;
  }
  EXPECT_EQ(interrupted, 120);
}

TEST(InterruptedRecordings, OfADestroyAreReplayedExactlyWhereverTheyWereInterrupted) {
  const test::Folder folder;
  for (int i = 0; i < 60; ++i) {
    const auto at = i * 2003ms / 2;
    SCOPED_TRACE("interrupted after " + std::to_string(at / 1ms) + " ms");
    const std::string directory = folder.path() + "/" + std::to_string(i);
    RecordedAccount account(stack_text);
    ASSERT_EQ(account.run("deploy"), 0);
    expect_same_end(directory, account.run("destroy", {directory, at}));
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace albatross::cli
