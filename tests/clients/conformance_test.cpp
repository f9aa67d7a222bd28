// What the clients send and read, against AWS's service models and botocore's serialisers and
// parsers (fixtures/clients).

#include "clients/iso_time.hpp"
#include "clients/operations.hpp"
#include "model_fixtures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>

namespace albatross::test {
namespace {

using wire::OperationInfo;
using wire::Schema;

/// One test for each operation.
class Conformance : public ::testing::TestWithParam<OperationInfo> {
 protected:
  const OperationModel& model() const {
    return service_models()
        .at(key_of(GetParam().service))
        .operations.at(std::string(GetParam().action));
  }
};

void expect_in_model(const Schema& schema, const std::map<std::string, std::string>& model) {
  for (const auto& entry : schema) {
    const auto known = model.find(entry.path);
    if (known == model.end()) {
      ADD_FAILURE() << "AWS has no member " << entry.path;
      continue;
    }
    // What the API calls a string may hold base64; a time may be left as it came.
    const bool text = entry.kind == "string" || entry.kind == "blob";
    const bool number = entry.kind == "float";
    const bool fits = entry.kind == known->second ||
                      (text && (known->second == "string" || known->second == "blob" ||
                                known->second == "timestamp")) ||
                      (number && known->second == "timestamp");
    EXPECT_TRUE(fits) << entry.path << " is a " << known->second << ", not a " << entry.kind;
  }
}

TEST_P(Conformance, SendsOnlyMembersThatAwsKnowsWithTheirTypes) {
  expect_in_model(GetParam().request(), model().request);
}

TEST_P(Conformance, ReadsOnlyMembersThatAwsKnowsWithTheirTypes) {
  Schema schema = GetParam().response();
  // The model leaves out the "return" of operations that answer nothing else.
  std::erase_if(schema, [](const auto& entry) { return entry.path == "return"; });
  expect_in_model(schema, model().response);
}

TEST_P(Conformance, CanSendWhatAwsRequires) {
  std::set<std::string> sent;
  for (const auto& entry : GetParam().request()) {
    sent.insert(entry.path);
  }
  for (const std::string& path : model().required) {
    const auto parent = path.substr(0, path.find_last_of('.'));
    if (parent != path && !sent.contains(parent) && !parent.ends_with("N")) continue;
    const auto list = parent.substr(0, parent.find(".N"));
    if (parent != path && !sent.contains(list)) continue;
    EXPECT_TRUE(sent.contains(path)) << path << " is required";
  }
}

double number(const std::string& text) {
  return std::strtod(text.c_str(), nullptr);
}

void expect_same(const wire::SchemaEntry& ours, const std::string& theirs) {
  if (ours.kind == "float") {
    EXPECT_DOUBLE_EQ(number(ours.value), number(theirs)) << ours.path;
  } else if (ours.kind == "timestamp") {
    const auto time = wire::parse_iso_time(theirs);
    ASSERT_TRUE(time) << theirs;
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count();
    EXPECT_EQ(ours.value, std::to_string(seconds)) << ours.path;
  } else {
    EXPECT_EQ(ours.value, theirs) << ours.path;
  }
}

/// Whether the codec reads that member, as such or inside of a map.
bool is_read(const std::map<std::string, std::string_view>& read, const std::string& path) {
  const std::string plain = without_indices(path);
  if (read.contains(plain)) return true;
  for (std::size_t dot = plain.find('.'); dot != plain.npos; dot = plain.find('.', dot + 1)) {
    const auto outer = read.find(plain.substr(0, dot));
    if (outer != read.end() && outer->second == "map") return true;
  }
  return false;
}

TEST_P(Conformance, ReadsWhatBotocoreReads) {
  const ResponseSample& sample =
      response_sample(key_of(GetParam().service), std::string(GetParam().action));
  http::Response answer;
  answer.status = 200;
  answer.body = sample.body;
  std::map<std::string, wire::SchemaEntry> ours;
  for (const auto& entry : GetParam().parse(GetParam(), answer)) {
    ours.emplace(entry.path, entry);
  }
  std::map<std::string, std::string_view> read;
  for (const auto& entry : GetParam().response()) {
    read.emplace(entry.path, entry.kind);
  }
  for (const auto& [path, theirs] : sample.expected) {
    if (!is_read(read, path)) continue;
    const auto found = ours.find(path);
    ASSERT_NE(found, ours.end()) << path << " was not read";
    expect_same(found->second, theirs);
  }
  for (const auto& [path, entry] : ours) {
    const bool scalar = entry.kind != "structure" && entry.kind != "list" && entry.kind != "map";
    if (!scalar || path == "return") continue;
    EXPECT_TRUE(sample.expected.contains(path)) << "botocore reads no " << path;
  }
}

TEST_P(Conformance, RefusesAnswersCutShortAnywhere) {
  const ResponseSample& sample =
      response_sample(key_of(GetParam().service), std::string(GetParam().action));
  if (sample.body == "{}") return;
  const std::size_t step = std::max<std::size_t>(1, sample.body.size() / 200);
  for (std::size_t length = 1; length < sample.body.size(); length += step) {
    http::Response answer;
    answer.status = 200;
    answer.body = sample.body.substr(0, length);
    try {
      GetParam().parse(GetParam(), answer);
      ADD_FAILURE() << length << " of " << sample.body.size() << " bytes were taken for the whole";
    } catch (const ApiError& error) {
      EXPECT_EQ(error.code(), "Response.malformed");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryOperation, Conformance, ::testing::ValuesIn(wire::all_operations()),
                         [](const auto& parameter) {
                           std::string name = key_of(parameter.param.service) + "_" +
                                              std::string(parameter.param.action);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(ConformanceOfServices, EveryOperationOfTheFixturesIsThereAndNoOther) {
  std::set<std::string> ours;
  for (const OperationInfo& operation : wire::all_operations()) {
    ours.insert(key_of(operation.service) + " " + std::string(operation.action));
  }
  std::set<std::string> theirs;
  for (const auto& [service, model] : service_models()) {
    for (const auto& operation : model.operations) {
      theirs.insert(service + " " + operation.first);
    }
  }
  EXPECT_EQ(ours, theirs) << "run tools/make_client_fixtures.py";
}

TEST(ConformanceOfServices, VersionsAreThoseOfTheModels) {
  for (const OperationInfo& operation : wire::all_operations()) {
    EXPECT_EQ(info(operation.service).version,
              service_models().at(key_of(operation.service)).version);
  }
}

}  // namespace
}  // namespace albatross::test
