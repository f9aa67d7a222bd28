#include "record.hpp"
#include "rerun.hpp"
#include "support/effort.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <vector>

// Whole commands are recorded against the simulated AWS, with its real times, and replayed.
namespace albatross::cli {
namespace {

constexpr const char* stack_text = R"(
name: shop
network: {vpc: create}
storage: {efs: true}
instances: {count: 2, type: t3.micro, user_data: "#!/bin/sh\nserve --password=hunter2-hunter2\n"}
services:
  web: {port: 80, health: {path: /}}
  api: {port: 8080, health: {path: /up}, route: {paths: ["/api/*"]}}
load_balancer: true
)";

struct Scenario {
  std::string command;
  /// What is done before, and what goes wrong then.
  std::vector<std::string> before;
  std::string faults;
  int exit_code = 0;
};

const std::map<std::string, Scenario>& scenarios() {
  static const std::map<std::string, Scenario> all{
      {"deploy", {"deploy", {}, "", 0}},
      {"deploy_unchanged", {"deploy", {"deploy"}, "", 0}},
      {"destroy", {"destroy", {"deploy"}, "", 0}},
      {"status", {"status", {"deploy"}, "", 0}},
      {"load_balancer_fails",
       {"deploy", {}, R"({"rules": [{"kind": "load_balancer_failed", "message": "no"}]})", 1}},
      {"targets_unhealthy",
       {"deploy",
        {},
        R"({"rules": [{"kind": "never_healthy", "match": "*api*", "times": "forever",
          "code": "Target.Timeout", "message": "Request timed out"}]})",
        1}},
      {"throttled",
       {"deploy",
        {},
        R"({"rules": [{"kind": "throttle", "action": "RunInstances", "times": 2},
          {"kind": "throttle", "action": "Describe*", "skip": 5, "times": 3},
          {"kind": "reset_before", "action": "CreateTargetGroup"},
          {"kind": "lost_answer", "action": "CreateLoadBalancer"},
          {"kind": "http_error", "action": "DescribeTargetHealth"}]})",
        0}},
      {"access_denied",
       {"deploy",
        {},
        R"({"rules": [{"kind": "api_error", "action": "RunInstances", "status": 403,
          "times": "forever", "code": "UnauthorizedOperation", "message": "not authorized"}]})",
        5}},
  };
  return all;
}

/// The scenario's recording, made when it is first asked for.
std::string recorded(const std::string& name) {
  static const test::Folder folder;
  const std::string directory = folder.path() + "/" + name;
  if (std::filesystem::exists(directory)) return directory;
  const Scenario& scenario = scenarios().at(name);
  RecordedAccount account(stack_text);
  for (const std::string& command : scenario.before)
    EXPECT_EQ(account.run(command), 0) << command;
  if (!scenario.faults.empty()) account.cloud().faults().load_json(scenario.faults);
  EXPECT_EQ(account.run(scenario.command, {directory, {}}), scenario.exit_code) << name;
  return directory;
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& [name, scenario] : scenarios())
    out.push_back(name);
  return out;
}

class Recordings : public ::testing::TestWithParam<std::string> {
 protected:
  static std::string path() { return recorded(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(Each, Recordings, ::testing::ValuesIn(names()),
                         [](const auto& scenario) { return scenario.param; });

std::string all_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines)
    out += line + "\n";
  return out;
}

TEST_P(Recordings, AreReplayedExactly) {
  Rerun run(path());
  EXPECT_EQ(all_lines(run.differences()), "") << run.errors();
  EXPECT_EQ(run.exit_code(), run.session().exit_code);
  EXPECT_GT(run.replayed().requests(), 5U);
}

// The seed, the times and the order: the second replay is the first one's twin.
TEST_P(Recordings, GiveTheSameRunEveryTime) {
  Rerun one(path());
  Rerun two(path());
  EXPECT_EQ(one.output(), two.output());
  EXPECT_EQ(one.errors(), two.errors());
  EXPECT_EQ(one.took(), two.took());
}

TEST_P(Recordings, HoldNoSecretAndNoMachine) {
  for (const auto& entry : std::filesystem::directory_iterator(path())) {
    std::ifstream stream(entry.path());
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    for (const char* secret :
         {"hunter2", "aHVudGVyMi", "AKIAALBATROSS", "EXAMPLE/secret", "998877665544", "/tmp/"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << entry.path();
    }
  }
}

/// Ids that an answer to a create has given out.
std::set<std::string> made_by(const ServedCall& call) {
  static const std::regex create(" (Create|RunInstances|POST /(file-systems|mount-targets)$)");
  static const std::regex id(R"(\b(?:vpc|subnet|igw|i|fs|fsmt)-[0-9a-f]{8,17}\b)"
                             R"(|arn:aws:elasticloadbalancing:[^<"]+)");
  std::set<std::string> out;
  if (!std::regex_search(call.title, create) || call.answer.empty()) return out;
  if (call.title.find("Tags") != std::string::npos) return out;
  for (std::sregex_iterator at(call.answer.begin(), call.answer.end(), id), end; at != end; ++at)
    out.insert(at->str());
  return out;
}

bool mentions(const Snapshot& state, const std::set<std::string>& ids) {
  const std::string text = snapshot_text(state);
  return std::any_of(ids.begin(), ids.end(),
                     [&](const std::string& id) { return text.find(id) != std::string::npos; });
}

bool was_removed(const std::vector<ServedCall>& served, const std::set<std::string>& ids) {
  static const std::regex removal(" (Delete|Terminate|DELETE )");
  return std::any_of(served.begin(), served.end(), [&](const ServedCall& call) {
    if (!std::regex_search(call.title, removal)) return false;
    const std::string text = call.request.target + call.request.body;
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
      return text.find(id.substr(id.rfind('/') + 1)) != std::string::npos;
    });
  });
}

/// Whatever happens: a failure with a name, no hang (that would be an exception of the run), and
/// nothing that AWS has given out is forgotten.
void expect_in_order(Rerun& run, std::size_t step) {
  SCOPED_TRACE("failing at request " + std::to_string(step) + ": " + run.served()[step - 1].title);
  const std::set<int> known{0, 1, 3, 5};
  EXPECT_TRUE(known.contains(run.exit_code())) << run.exit_code() << "\n" << run.errors();
  const auto json = nlohmann::json::parse(run.output(), nullptr, false);
  ASSERT_FALSE(json.is_discarded()) << run.output();
  if (run.exit_code() != 0) {
    const std::string code = json["failure"].value("code", "");
    EXPECT_FALSE(code.empty()) << run.output();
    const bool left_the_recording = run.replayed().mismatch().has_value();
    EXPECT_TRUE(code != "Error" || left_the_recording) << run.errors();
  }
  const Snapshot state = run.state();
  for (const ResourceRecord& resource : state.resources) {
    EXPECT_TRUE(!resource.id.empty() || resource.status == RecordStatus::intended ||
                resource.status == RecordStatus::destroying)
        << resource.node;
  }
  for (const ServedCall& call : run.served()) {
    const std::set<std::string> ids = made_by(call);
    if (ids.empty()) continue;
    EXPECT_TRUE(mentions(state, ids) || was_removed(run.served(), ids))
        << call.title << " gave out " << *ids.begin() << ", and it is forgotten";
  }
}

TEST_P(Recordings, FailingAtEveryStepInTurnEndInOrder) {
  const std::size_t requests = Rerun(path()).replayed().requests();
  // Every step, or a sample of them; odd, so that both ways of failing come up.
  constexpr std::size_t stride = test::effort(1, 13);
  for (std::size_t step = 1; step <= requests; step += stride) {
    Rerun run(path(), step, step % 2 == 0);
    if (run.served().size() < step) continue;
    expect_in_order(run, step);
    if (HasFailure()) return;
  }
}

TEST(Recording, OfMinutesTakesTheSameMinutesOfVirtualTime) {
  const Rerun run(recorded("deploy"));
  EXPECT_GT(run.took(), std::chrono::minutes{2});
  const http::RecordedNote* const end = run.session().recording.note(http::end_note);
  ASSERT_NE(end, nullptr);
  EXPECT_LT(std::chrono::abs(run.took() - end->at), std::chrono::seconds{5});
}

/// Puts another word into a copy of the recording.
void edit(const std::string& from, const std::string& to, const std::string& word,
          const std::string& by) {
  std::filesystem::copy(from, to);
  std::ifstream stream(from + "/session.txt");
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
    text.replace(at, word.size(), by);
    at += by.size();
  }
  std::ofstream(to + "/session.txt") << text;
}

TEST(Recording, ThatAnotherVersionMadeShowsWhatThisOneDoesDifferently) {
  const test::Folder folder;
  const std::string copy = folder.path() + "/copy";
  edit(recorded("deploy"), copy, "InstanceType=t3.micro", "InstanceType=t3.large");
  const Rerun run(copy);
  const std::string text = all_lines(run.differences());
  EXPECT_NE(run.exit_code(), 0);
  EXPECT_NE(text.find("ec2 RunInstances differs from every recorded one that is left"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  - InstanceType=t3.large\n  + InstanceType=t3.micro\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("recorded calls not made:"), std::string::npos) << text;
  EXPECT_NE(text.find(", recorded 0\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace albatross::cli
