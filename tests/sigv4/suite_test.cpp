// AWS's own Signature Version 4 test suite: a folder for each case, each stage in a file. The suite
// is not part of the repository; set ALBATROSS_SIGV4_SUITE to its place.
#include "sigv4/amz_date.hpp"
#include "sigv4/example.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace albatross::sigv4 {
namespace {

namespace fs = std::filesystem;

fs::path suite_folder() {
  if (const char* given = std::getenv("ALBATROSS_SIGV4_SUITE")) return fs::path(given) / "v4";
  return fs::path(test::source_dir()) / "../shared/sigv4-suite/v4";
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(suite_folder(), ignored)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The head's first line is "GET /path?query HTTP/1.1"; path and query may hold raw spaces.
void parse_request_line(std::string_view line, example::Request& request) {
  const auto method_end = line.find(' ');
  request.method = line.substr(0, method_end);
  std::string_view target = line.substr(method_end + 1);
  target = target.substr(0, target.rfind(' '));
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  request.query = question == std::string_view::npos ? "" : target.substr(question + 1);
}

example::Request parse_request(const std::string& text) {
  example::Request request;
  request.headers.clear();
  const auto head_end = std::min(text.find("\n\n"), text.size());
  if (head_end < text.size()) request.body = text.substr(head_end + 2);
  std::istringstream head(text.substr(0, head_end));
  std::string line;
  std::getline(head, line);
  parse_request_line(line, request);
  while (std::getline(head, line)) {
    if (line.starts_with(' ')) {
      request.headers.back().value += "\n" + line;
    } else if (!line.empty()) {
      const auto colon = line.find(':');
      request.headers.push_back({line.substr(0, colon), line.substr(colon + 1)});
    }
  }
  return request;
}

std::string wire(const example::Request& request) {
  std::string text = request.method + " " + request.path;
  if (!request.query.empty()) text += "?" + request.query;
  text += " HTTP/1.1\n";
  for (const auto& header : request.headers)
    text += header.name + ":" + header.value + "\n";
  return text + "\n" + request.body;
}

struct Case {
  fs::path folder;
  example::Request request;
  Credentials credentials;
  std::string region, service;
  std::chrono::system_clock::time_point time;
  std::chrono::seconds expires;
  ServiceRules rules;

  explicit Case(const std::string& name) : folder(suite_folder() / name) {
    request = parse_request(read(folder / "request.txt"));
    const auto context = nlohmann::json::parse(read(folder / "context.json"));
    const auto& keys = context.at("credentials");
    credentials = {keys.at("access_key_id"),
                   Secret(keys.at("secret_access_key").get<std::string>()),
                   Secret(keys.value("token", ""))};
    region = context.at("region");
    service = context.at("service");
    expires = std::chrono::seconds{context.at("expiration_in_seconds").get<int>()};
    rules.normalize_path = context.at("normalize");
    rules.content_sha256_header = context.at("sign_body");
    rules.omit_session_token = context.value("omit_session_token", false);
    std::string timestamp = context.at("timestamp");
    std::erase_if(timestamp, [](char c) { return c == '-' || c == ':'; });
    time = detail::parse_amz_date(timestamp).value();
  }

  Scope scope() const { return {time, region, service}; }
  std::string expected(const std::string& file) const { return read(folder / file); }
};

class Suite : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Suite);

TEST_P(Suite, HeaderFormMatchesInEveryStage) {
  Case c(GetParam());
  Signer signer;
  signer.sign(c.request.view(), c.credentials, c.scope(), c.rules);
  EXPECT_EQ(signer.canonical_request(), c.expected("header-canonical-request.txt"));
  EXPECT_EQ(signer.string_to_sign(), c.expected("header-string-to-sign.txt"));

  const SignedHeaders headers = sign_headers(c.request.view(), c.credentials, c.scope(), c.rules);
  EXPECT_EQ(example::signature_in(headers.authorization), c.expected("header-signature.txt"));
  c.request.apply(headers);
  EXPECT_EQ(wire(c.request), c.expected("header-signed-request.txt"));
}

TEST_P(Suite, QueryFormMatchesInEveryStage) {
  Case c(GetParam());
  // The suite hashes the body in this form; only S3's own URLs leave it out.
  c.rules.content_sha256_header = false;
  Signer signer;
  signer.presign(c.request.view(), c.credentials, c.scope(), c.expires, c.rules);
  EXPECT_EQ(signer.canonical_request(), c.expected("query-canonical-request.txt"));
  EXPECT_EQ(signer.string_to_sign(), c.expected("query-string-to-sign.txt"));

  c.request.query = presign_query(c.request.view(), c.credentials, c.scope(), c.expires, c.rules);
  EXPECT_EQ(example::signature_in(c.request.query), c.expected("query-signature.txt"));
  EXPECT_EQ(wire(c.request), c.expected("query-signed-request.txt"));
}

TEST_P(Suite, TheStagesMatchOneByOne) {
  Case c(GetParam());
  example::Request signed_request = parse_request(c.expected("header-signed-request.txt"));
  const std::string canonical = canonical_request(signed_request.view(), c.rules);
  EXPECT_EQ(canonical, c.expected("header-canonical-request.txt"));
  const std::string to_sign = string_to_sign(canonical, c.scope());
  EXPECT_EQ(to_sign, c.expected("header-string-to-sign.txt"));
  EXPECT_EQ(signature(to_sign, c.credentials.secret_access_key, c.scope()),
            c.expected("header-signature.txt"));
}

INSTANTIATE_TEST_SUITE_P(Aws, Suite, testing::ValuesIn(case_names()), [](const auto& param) {
  std::string name = param.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(SuitePresence, AllCasesOfTheSuiteWereFound) {
  if (case_names().empty()) {
    GTEST_SKIP() << "AWS's Signature Version 4 suite is not at " << suite_folder()
                 << ": set ALBATROSS_SIGV4_SUITE. NONE of its cases ran.";
  }
  EXPECT_GE(case_names().size(), 38u);
}

}  // namespace
}  // namespace albatross::sigv4
