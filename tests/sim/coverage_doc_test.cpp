#include "sim/core/action.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

/// docs/simulator-coverage.md says what is simulated: this is what keeps it true.
namespace albatross::sim::test {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string document() {
  return read(fs::path(albatross::test::source_dir()) / "docs/simulator-coverage.md");
}

std::vector<std::string_view> names_of(std::span<const std::span<const Action>> lists) {
  std::vector<std::string_view> names;
  for (const auto list : lists) {
    for (const Action& action : list)
      names.emplace_back(action.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// "| EC2 | 97 | `AssociateRouteTable` … |".
std::string row(const std::string& service, const std::vector<std::string_view>& names) {
  std::string out = "| " + service + " | " + std::to_string(names.size()) + " |";
  for (const auto name : names)
    out += " " + std::string(name);
  return out + " |\n";
}

TEST(CoverageDocument, ListsTheOperationsThatThereAre) {
  const std::string text = document();
  for (const auto& expected :
       {row("EC2", names_of(ec2_actions())), row("ELBv2", names_of(elbv2_actions())),
        row("EFS", efs_action_names()), row("IAM", names_of(iam_actions())),
        row("STS", names_of(sts_actions())), row("SSM", names_of(ssm_actions())),
        row("DynamoDB", names_of(dynamodb_actions())), row("ACM", names_of(acm_actions())),
        row("Service Quotas", names_of(service_quota_actions()))}) {
    EXPECT_NE(text.find(expected), std::string::npos) << "the row should be:\n" << expected;
  }
}

/// Every test of the simulator, as the document names it: "Suite.Name" or "file.py test_name".
std::set<std::string> tests_there_are() {
  std::set<std::string> found;
  const fs::path tests = fs::path(albatross::test::source_dir()) / "tests";
  const std::regex gtest(R"(TEST(?:_F|_P)?\((\w+),\s*(\w+)\))");
  const std::regex python(R"(def (test_\w+)\()");
  for (const auto* folder : {"sim", "e2e"}) {
    for (const auto& entry : fs::directory_iterator(tests / folder)) {
      const std::string text = read(entry.path());
      for (std::sregex_iterator it(text.begin(), text.end(), gtest), end; it != end; ++it)
        found.insert((*it)[1].str() + "." + (*it)[2].str());
      for (std::sregex_iterator it(text.begin(), text.end(), python), end; it != end; ++it)
        found.insert(entry.path().filename().string() + " " + (*it)[1].str());
    }
  }
  return found;
}

TEST(CoverageDocument, NamesForEachBehaviourTestsThatExist) {
  const std::string text = document();
  const auto tests = tests_there_are();
  std::istringstream lines(text.substr(text.find("## Behaviours")));
  std::size_t behaviours = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ") || line.starts_with("| Behaviour") || line.starts_with("| ---")) {
      continue;
    }
    ++behaviours;
    const std::regex quoted("`([^`]+)`");
    const auto last = line.substr(line.rfind(" | ", line.size() - 3));
    std::size_t named = 0;
    for (std::sregex_iterator it(last.begin(), last.end(), quoted), end; it != end; ++it, ++named)
      EXPECT_TRUE(tests.contains((*it)[1].str())) << (*it)[1].str() << " in\n" << line;
    EXPECT_GT(named, 0U) << "no test proves\n" << line;
  }
  EXPECT_GT(behaviours, 40U);
}

}  // namespace
}  // namespace albatross::sim::test
