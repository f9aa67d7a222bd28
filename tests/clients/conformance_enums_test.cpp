// Values of enumerations, against AWS's service models: those that the public headers tell users to
// expect and to give, and those of the sample requests.

#include "model_fixtures.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace albatross::test {
namespace {

namespace fs = std::filesystem;

/// "/// a | b | c." above "std::string member;"
struct Documented {
  std::string service;
  std::string member;
  std::vector<std::string> values;
};

std::vector<std::string> split_values(const std::string& text) {
  static const std::regex bar(R"(\s*\|\s*)");
  return {std::sregex_token_iterator(text.begin(), text.end(), bar, -1), {}};
}

std::vector<Documented> documented_in(const fs::path& header, const std::string& service) {
  std::ifstream file(header);
  const std::regex comment(R"(\s*/// ?(.*))");
  const std::regex member(R"(\s*(?:std::string|std::vector<std::string>) (\w+);)");
  const std::regex values(R"(^([\w:-]+(?: \| [\w:-]+)+)\.(?: .*)?$)");
  std::vector<Documented> found;
  std::string text;
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (std::regex_match(line, match, comment)) {
      text += (text.empty() ? "" : " ") + match[1].str();
      continue;
    }
    std::smatch list;
    if (std::regex_match(line, match, member) && std::regex_match(text, list, values)) {
      found.push_back({service, match[1].str(), split_values(list[1].str())});
    }
    text.clear();
  }
  return found;
}

/// Of "ec2/vpc.hpp" and "ec2.hpp".
std::vector<Documented> documented() {
  const fs::path root(source_dir() + "/include/albatross/clients");
  std::vector<Documented> all;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".hpp") continue;
    const fs::path first = *fs::relative(entry.path(), root).begin();
    const std::string service = first.stem().string();
    if (!operation_details().contains(service)) continue;
    const auto found = documented_in(entry.path(), service);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

bool is_lower(char c) {
  return std::islower(static_cast<unsigned char>(c)) != 0;
}

/// "instancesSet.N.instanceState.name" as "name", "zoneType" as "zone_type", "SSEType" as
/// "sse_type".
std::string snake_leaf(std::string path) {
  while (path.ends_with(".N"))
    path.resize(path.size() - 2);
  std::string name;
  const std::string leaf = path.substr(path.find_last_of('.') + 1);
  for (std::size_t i = 0; i < leaf.size(); ++i) {
    const bool after_word = i > 0 && is_lower(leaf[i - 1]);
    const bool after_acronym = i > 0 && i + 1 < leaf.size() && is_lower(leaf[i + 1]);
    if (is_upper(leaf[i]) && (after_word || after_acronym)) name += '_';
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(leaf[i])));
  }
  return name;
}

bool is_called(const std::string& member, const std::string& path) {
  const std::string leaf = snake_leaf(path);
  return leaf == member || leaf.ends_with("_" + member) || member.ends_with("_" + leaf);
}

bool holds(const Enums& enums, const Documented& claim) {
  return std::any_of(enums.begin(), enums.end(), [&](const auto& known) {
    const auto& [path, values] = known;
    return is_called(claim.member, path) &&
           std::all_of(claim.values.begin(), claim.values.end(), [&](const std::string& value) {
             return std::find(values.begin(), values.end(), value) != values.end();
           });
  });
}

TEST(ConformanceOfEnums, EveryValueThatTheHeadersNameIsOneThatAwsHas) {
  // Plain strings in the models, with the values in prose only.
  const std::set<std::string> prose{"ec2 zone_type", "elbv2 field", "ssm data_type"};
  std::size_t checked = 0;
  for (const Documented& claim : documented()) {
    if (prose.contains(claim.service + " " + claim.member)) continue;
    const auto& operations = operation_details().at(claim.service);
    EXPECT_TRUE(std::any_of(operations.begin(), operations.end(),
                            [&](const auto& operation) {
                              return holds(operation.second.request_enums, claim) ||
                                     holds(operation.second.response_enums, claim);
                            }))
        << claim.service << ": " << claim.member << " is said to be " << claim.values.front()
        << " | …";
    ++checked;
  }
  EXPECT_GE(checked, 30U) << "the headers are not being read";
}

TEST(ConformanceOfEnums, SampleRequestsUseNoValueThatAwsDoesNotHave) {
  std::size_t checked = 0;
  for (const SampleValues& sample : sample_values()) {
    const Enums& enums = operation_details().at(sample.service).at(sample.action).request_enums;
    for (const auto& [path, value] : sample.values) {
      const auto known = enums.find(path);
      if (known == enums.end()) continue;
      ++checked;
      EXPECT_NE(std::find(known->second.begin(), known->second.end(), value), known->second.end())
          << sample.service << " " << sample.action << ": " << path << "=" << value;
    }
  }
  EXPECT_GE(checked, 50U);
}

}  // namespace
}  // namespace albatross::test
