// Requests that botocore signed (tools/make_sigv4_vectors.py), signed again and verified here.
#include "albatross/sigv4/verifier.hpp"

#include "sigv4/example.hpp"
#include "support/source_dir.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace albatross::sigv4 {
namespace {

using nlohmann::json;

struct Vector {
  std::string kind;
  Credentials credentials;
  std::string region;
  std::string service;
  std::chrono::system_clock::time_point time;
  example::Request request;
  std::chrono::seconds expires;
  std::string signed_headers;
  std::string signature;

  Vector(const json& tables, const json& line) : kind(line[0]) {
    const json& keys = tables["credentials"].at(line[1].get<std::size_t>());
    credentials = {keys[0], Secret(keys[1].get<std::string>()), Secret(keys[2].get<std::string>())};
    const json& scope = tables["scopes"].at(line[2].get<std::size_t>());
    region = scope[0];
    service = scope[1];
    time += std::chrono::seconds{line[3].get<long>()};
    request.method = line[4];
    request.path = line[5];
    request.query = line[6];
    request.headers.clear();
    for (const json& header : line[7])
      request.headers.push_back({header[0], header[1]});
    const std::string piece = line[8][0];
    for (int i = line[8][1]; i > 0; --i)
      request.body += piece;
    expires = std::chrono::seconds{line[9].get<long>()};
    signed_headers = line[10];
    signature = line[11];
  }

  Scope scope() const { return {time, region, service}; }
  bool in_query() const { return kind.ends_with("query"); }
  ServiceRules rules() const {
    ServiceRules rules = ServiceRules::for_service(service);
    rules.unsigned_payload = kind.ends_with("unsigned");
    if (rules.unsigned_payload) rules.content_sha256_header = true;
    return rules;
  }
};

const std::vector<Vector>& vectors() {
  static const std::vector<Vector> all = [] {
    std::ifstream in(test::source_dir() + "/fixtures/sigv4/botocore.jsonl");
    std::vector<Vector> read;
    std::string line;
    std::getline(in, line);
    const json tables = json::parse(line);
    while (std::getline(in, line))
      read.emplace_back(tables, json::parse(line));
    return read;
  }();
  return all;
}

TEST(Botocore, ThereAreThousandsOfVectorsOfEveryKind) {
  EXPECT_GE(vectors().size(), 2800u);
  for (const char* kind : {"header", "s3", "s3-unsigned", "unsigned", "query", "s3-query"}) {
    EXPECT_TRUE(std::any_of(vectors().begin(), vectors().end(), [&](const Vector& vector) {
      return vector.kind == kind;
    })) << kind;
  }
}

TEST(Botocore, SignsHeadersAlike) {
  Signer signer;
  for (Vector vector : vectors()) {
    if (vector.in_query()) continue;
    const auto headers =
        signer.sign(vector.request.view(), vector.credentials, vector.scope(), vector.rules());
    const std::string expected =
        "SignedHeaders=" + vector.signed_headers + ", Signature=" + vector.signature;
    EXPECT_TRUE(headers.authorization.ends_with(expected))
        << headers.authorization << "\n"
        << signer.canonical_request() << "\nexpected " << expected;
  }
}

TEST(Botocore, ASignerThatKeptTheRequestBeforeSignsAlike) {
  Signer signer;
  const auto check = [&](Vector& vector, const char* what) {
    const RequestView request = vector.request.view();
    EXPECT_EQ(
        signer.sign(request, vector.credentials, vector.scope(), vector.rules()).authorization,
        sign_headers(request, vector.credentials, vector.scope(), vector.rules()).authorization)
        << what << "\n"
        << signer.canonical_request();
  };
  for (Vector vector : vectors()) {
    check(vector, "first");
    check(vector, "the same");
    vector.request.body += "x";
    check(vector, "another body");
    vector.time += std::chrono::seconds{1};
    check(vector, "a second later");
    vector.time += std::chrono::hours{24};
    check(vector, "a day later");
    vector.request.headers.push_back({"ab", "c"});
    check(vector, "one more header");
    vector.request.headers.back() = {"a", "bc"};
    check(vector, "a byte from the name to the value");
  }
}

TEST(Botocore, SignsQueriesAlike) {
  Signer signer;
  for (Vector vector : vectors()) {
    if (!vector.in_query()) continue;
    const auto query = signer.presign(vector.request.view(), vector.credentials, vector.scope(),
                                      vector.expires, vector.rules());
    EXPECT_EQ(example::signature_in(query), vector.signature) << signer.canonical_request();
  }
}

TEST(Botocore, RequestsAreVerified) {
  for (Vector vector : vectors()) {
    if (vector.in_query()) {
      vector.request.query = presign_query(vector.request.view(), vector.credentials,
                                           vector.scope(), vector.expires, vector.rules());
    } else {
      vector.request.apply(
          sign_headers(vector.request.view(), vector.credentials, vector.scope(), vector.rules()));
    }
    const auto result = verify(
        vector.request.view(), [&](std::string_view) { return &vector.credentials; }, vector.time);
    // No service but S3 takes an unsigned payload.
    const Verdict expected = vector.kind == "unsigned" ? Verdict::mismatch : Verdict::valid;
    EXPECT_EQ(result.verdict, expected) << result.detail;
  }
}

}  // namespace
}  // namespace albatross::sigv4
