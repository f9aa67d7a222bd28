#include "clients/request_signing.hpp"

#include "albatross/sigv4/verifier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace albatross {
namespace {

using std::chrono::seconds;

const WallTime noon{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} +
                    std::chrono::hours{12}};
const Credentials permanent{"AK1", Secret("secret/1"), Secret()};
const Credentials temporary{"AK2", Secret("secret/2"), Secret("token/2")};

Endpoint endpoint(std::string_view name, const std::string& region = "us-east-1") {
  Endpoint result;
  result.origin = {true, std::string(name) + ".example.com", 443};
  result.signing_region = region;
  result.signing_name = name;
  return result;
}

http::Request request_to(const Endpoint& to, std::string body, std::string target = "/") {
  http::Request request;
  request.origin = to.origin;
  request.method = "POST";
  request.target = std::move(target);
  request.headers.add("Content-Type", "text/plain");
  request.body = std::move(body);
  return request;
}

sigv4::Verification verified(const http::Request& request, WallTime now) {
  const std::string host = request.origin.authority();
  std::vector<sigv4::HeaderView> headers{{"host", host}};
  for (const auto& header : request.headers)
    headers.push_back({header.name, header.value});
  const std::size_t question = std::min(request.target.find('?'), request.target.size());
  const std::string_view target = request.target;
  const std::string_view query =
      question < target.size() ? target.substr(question + 1) : std::string_view();
  const auto find = [](std::string_view id) -> const Credentials* {
    if (id == permanent.access_key_id) return &permanent;
    return id == temporary.access_key_id ? &temporary : nullptr;
  };
  return sigv4::verify({request.method, target.substr(0, question), query, headers, request.body},
                       find, now);
}

/// One signer for all: what it keeps of one request must never get into another.
TEST(RequestSigner, WhatItKeepsOfOneRequestIsNotInTheNext) {
  RequestSigner signer;
  int number = 0;
  for (const Credentials* const credentials : {&permanent, &temporary, &permanent}) {
    for (const Endpoint& to : {endpoint("ec2"), endpoint("ec2", "eu-west-1"), endpoint("iam")}) {
      for (const std::string target : {"/", "/a/b%20c?x=1&y=%2F"}) {
        const WallTime now = noon + seconds{++number / 2};
        http::Request request =
            request_to(to, std::string(static_cast<std::size_t>(number), 'b'), target);
        signer.sign(request, to, *credentials, now);
        const auto result = verified(request, now);
        EXPECT_EQ(result.verdict, sigv4::Verdict::valid) << number << ": " << result.detail;
        EXPECT_EQ(result.access_key_id, credentials->access_key_id);
        EXPECT_EQ(result.region, to.signing_region);
        EXPECT_EQ(request.headers.find("x-amz-security-token").has_value(),
                  !credentials->session_token.empty());
      }
    }
  }
}

TEST(RequestSigner, FollowsTheRulesOfTheService) {
  RequestSigner signer;
  const Endpoint s3 = endpoint("s3");
  http::Request request = request_to(s3, "content", "/a//b/../c");
  signer.sign(request, s3, temporary, noon);
  EXPECT_TRUE(request.headers.find("x-amz-content-sha256"));
  const auto result = verified(request, noon);
  EXPECT_EQ(result.verdict, sigv4::Verdict::valid) << result.detail;
}

}  // namespace
}  // namespace albatross
