#include "http/recording/blocks.hpp"
#include "rerun.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

// What is committed under fixtures/recordings (made by tools/make_recordings.py) is replayed by the
// whole program but its main(). There is nothing else: no simulator, no network, no clock.
namespace albatross::cli {
namespace {

/// How a recorded command ended, and what of the stack was there then.
struct Ending {
  int exit_code;
  bool instances;
  bool load_balancer;
};

const std::map<std::string, Ending>& endings() {
  static const std::map<std::string, Ending> all{
      {"deploy", {0, true, true}},
      {"deploy_unchanged", {0, true, true}},
      {"deploy_again", {0, true, true}},
      {"destroy", {0, false, false}},
      {"rollback", {0, true, false}},
      {"status", {0, true, true}},
      {"plan", {0, true, true}},
      {"call", {1, false, false}},
      // Its load balancer is rolled back, the instances stay for the next deploy.
      {"load_balancer_fails", {1, true, false}},
      {"targets_unhealthy", {1, true, false}},
      {"throttled", {0, true, true}},
      {"access_denied", {5, false, false}},
      {"interrupted", {4, true, true}},
      {"interrupted_and_rolled_back", {4, false, false}},
  };
  return all;
}

std::string folder() {
  return test::source_dir() + "/fixtures/recordings";
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& [name, ending] : endings())
    out.push_back(name);
  return out;
}

TEST(Fixtures, AreThoseThatAreTested) {
  std::set<std::string> there;
  for (const auto& entry : std::filesystem::directory_iterator(folder()))
    there.insert(entry.path().filename().string());
  const std::vector<std::string> known = names();
  EXPECT_EQ(there, std::set<std::string>(known.begin(), known.end()));
}

class Fixtures : public ::testing::TestWithParam<std::string> {
 protected:
  static std::string path() { return folder() + "/" + GetParam(); }
};

INSTANTIATE_TEST_SUITE_P(Each, Fixtures, ::testing::ValuesIn(names()),
                         [](const auto& scenario) { return scenario.param; });

bool holds(const Snapshot& state, const std::string& kind) {
  return std::any_of(state.resources.begin(), state.resources.end(),
                     [&](const ResourceRecord& resource) {
                       return resource.kind == kind && !resource.id.empty();
                     });
}

// Strictly: each request is a recorded one, to the byte, and none is left.
TEST_P(Fixtures, AreReplayedExactly) {
  Rerun run(path());
  std::string lines;
  for (const std::string& line : run.differences())
    lines += line + "\n";
  EXPECT_EQ(lines, "") << run.errors();
  const Ending& ending = endings().at(GetParam());
  EXPECT_EQ(run.exit_code(), ending.exit_code) << run.errors();
  EXPECT_EQ(run.session().exit_code, ending.exit_code);
  EXPECT_GT(run.replayed().requests(), 0U);
  EXPECT_EQ(run.replayed().requests(), run.session().recording.exchanges.size());
  const Snapshot state = run.state();
  EXPECT_EQ(holds(state, "instance"), ending.instances);
  EXPECT_EQ(holds(state, "load_balancer"), ending.load_balancer);
}

TEST_P(Fixtures, AreOfThePresentFormat) {
  const std::string text = text_of(path() + "/session.txt");
  EXPECT_EQ(text.substr(0, text.find('\n')), http::session_head);
  const http::Recording recording = http::load_recording(path());
  EXPECT_EQ(http::format_recording(recording), text);
  EXPECT_NE(recording.note(http::end_note), nullptr);
}

/// The first match that is not allowed; empty when there is none.
std::string found(const std::string& text, const std::string& pattern, const std::string& allowed) {
  const std::regex wanted(pattern);
  const std::regex harmless(allowed);
  for (std::sregex_iterator at(text.begin(), text.end(), wanted), end; at != end; ++at) {
    if (!std::regex_match(at->str(), harmless)) return at->str();
  }
  return {};
}

TEST_P(Fixtures, HoldNoSecretAndNoMachine) {
  for (const auto& entry : std::filesystem::directory_iterator(path())) {
    const std::string text = text_of(entry.path());
    SCOPED_TRACE(entry.path().filename().string());
    for (const char* secret : {"hunter2", "aHVudGVyMi", "AKIAALBATROSS", "EXAMPLE/secret", "BEGIN",
                               "/tmp/", "/home/", "/root/"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
    EXPECT_EQ(found(text, "Signature=\\w*", "Signature=REDACTED"), "");
    EXPECT_EQ(found(text, "UserData=[^\\n]*", "UserData=REDACTED"), "");
    EXPECT_EQ(found(text, "[Tt]oken: [^\\n]*", "[Tt]oken: REDACTED"), "");
    EXPECT_EQ(found(text, "\\bA[KSRI][IOD]A[A-Z0-9]{12,}\\b", "A[KSRI][IOD]AEXAMPLE\\d+"), "");
    EXPECT_EQ(found(text, "\\b\\d{12}\\b", "\\d{3}456789012"), "");
  }
}

}  // namespace
}  // namespace albatross::cli
