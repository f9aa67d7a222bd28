#include "albatross/sigv4/signer.hpp"

#include "sigv4/example.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

namespace albatross::sigv4 {
namespace {

using example::Request;
using namespace std::chrono_literals;

constexpr std::string_view form = "application/x-www-form-urlencoded; charset=utf-8";

Request ec2_request() {
  Request request{.method = "POST"};
  request.headers = {{"Host", "ec2.us-west-2.amazonaws.com"}, {"Content-Type", std::string(form)}};
  request.body = "Action=DescribeVpcs&Version=2016-11-15";
  return request;
}

std::string header_signature(Request request, const Scope& scope, const std::string& token = {},
                             const ServiceRules& rules = {}) {
  return example::signature_in(
      sign_headers(request.view(), example::credentials(token), scope, rules).authorization);
}

TEST(KnownAnswers, PlainGet) {
  EXPECT_EQ(header_signature(Request{}, example::scope()),
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

TEST(KnownAnswers, Ec2QueryPost) {
  EXPECT_EQ(header_signature(ec2_request(), example::scope("us-west-2", "ec2")),
            "8c9de62143db0618d275c691c57ce12536d38a9720ec212c5043efc407c617df");
}

TEST(KnownAnswers, Ec2QueryPostWithSessionToken) {
  EXPECT_EQ(
      header_signature(ec2_request(), example::scope("us-west-2", "ec2"), "TOKEN/with+chars=="),
      "85fb766267615afa84f644744997687748e7a7c2645b94b5a37bee8346ca998c");
}

TEST(KnownAnswers, RestJsonGetWithQuery) {
  Request request{.path = "/2015-02-01/mount-targets",
                  .query = "MaxItems=100&FileSystemId=fs-0123456789abcdef0",
                  .headers = {{"host", "elasticfilesystem.eu-west-1.amazonaws.com"}}};
  EXPECT_EQ(header_signature(request, example::scope("eu-west-1", "elasticfilesystem")),
            "500f5ad159d239f350c50dc463879b9ab9d6c8e083eb98fe8e9c321c0a7de22b");
}

TEST(KnownAnswers, EncodedArnInThePathIsEncodedAgain) {
  Request request{.method = "DELETE",
                  .path =
                      "/2015-02-01/file-systems/"
                      "arn%3Aaws%3Aelasticfilesystem%3Aeu-west-1%3A123456789012%3Afile-system"
                      "%2Ffs-0123456789abcdef0",
                  .headers = {{"host", "elasticfilesystem.eu-west-1.amazonaws.com"}}};
  EXPECT_EQ(header_signature(request, example::scope("eu-west-1", "elasticfilesystem")),
            "c5e69a841ecf30780b6e9a660f27b0d18a3045b485533e2b37a1fe50b5b1d8a3");
}

TEST(KnownAnswers, JsonPostWithTarget) {
  Request request{.method = "POST",
                  .headers = {{"host", "dynamodb.us-east-1.amazonaws.com"},
                              {"content-type", "application/x-amz-json-1.0"},
                              {"x-amz-target", "DynamoDB_20120810.GetItem"}},
                  .body = R"({"TableName":"t","Key":{"pk":{"S":"a"}},"ConsistentRead":true})"};
  EXPECT_EQ(header_signature(request, example::scope("us-east-1", "dynamodb")),
            "c77b2bac5b4d844f7a1940c1c1e89551dbd81c31977ac2d18043ae4c038b7be7");
}

TEST(KnownAnswers, OddPathQueryAndHeader) {
  Request request{
      .path = "/a/../b//c/./d%20e/~x",
      .query = "b=2&a=1&a=0&k",
      .headers = {{"Host", "example.amazonaws.com"}, {"My-Hdr", "  a   b  "}, {"X-Amz-Foo", "q"}}};
  EXPECT_EQ(header_signature(request, example::scope()),
            "ede226c5b869d8ef1f90f116bd2620205e55090a4c478a4d25f96def41c6f4c2");
}

TEST(KnownAnswers, S3KeepsThePathAndSendsTheHash) {
  Request request{.path = "/a//b/../c%20d",
                  .headers = {{"Host", "examplebucket.s3.amazonaws.com"}}};
  const auto headers = sign_headers(request.view(), example::credentials(),
                                    example::scope("us-east-1", "s3"), ServiceRules::s3());
  EXPECT_EQ(example::signature_in(headers.authorization),
            "79dfa262834110486c61587876a63dc852401940f346a14a9e413b253e2b2223");
  EXPECT_EQ(headers.content_sha256,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(KnownAnswers, PresignedGetCallerIdentity) {
  Request request{.query = "Action=GetCallerIdentity&Version=2011-06-15",
                  .headers = {{"Host", "sts.us-east-1.amazonaws.com"}}};
  const auto query = presign_query(request.view(), example::credentials("TOKEN/with+chars=="),
                                   example::scope("us-east-1", "sts"), 60s);
  EXPECT_EQ(example::signature_in(query),
            "d00d2564ae57cadd10ea38a06691d072d532626e41aaa2bf0b36c4157d3418ee");
}

TEST(SignHeaders, ReturnsWhatTheRequestNeeds) {
  const auto headers =
      sign_headers(ec2_request().view(), example::credentials("TOKEN"), example::scope());
  EXPECT_TRUE(headers.authorization.starts_with(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
      "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature="));
  EXPECT_EQ(headers.amz_date, "20150830T123600Z");
  EXPECT_EQ(headers.security_token, "TOKEN");
  EXPECT_EQ(headers.content_sha256, "");
}

TEST(SignHeaders, HeadersOfAnEarlierAttemptDoNotCount) {
  Request retried = ec2_request();
  retried.headers.push_back({"authorization", "old"});
  retried.headers.push_back({"X-AMZ-DATE", "20010101T000000Z"});
  retried.headers.push_back({"x-amz-security-token", "old"});
  EXPECT_EQ(header_signature(retried, example::scope()),
            header_signature(ec2_request(), example::scope()));
}

TEST(SignHeaders, ContentSha256IsReplacedOnlyWhereTheRulesSetIt) {
  Request request;
  request.headers.push_back({"X-Amz-Content-Sha256", "old"});
  EXPECT_EQ(header_signature(request, example::scope(), "", ServiceRules::s3()),
            header_signature(Request{}, example::scope(), "", ServiceRules::s3()));
  EXPECT_NE(header_signature(request, example::scope()),
            header_signature(Request{}, example::scope()));
}

TEST(SignHeaders, UnsignedPayloadDoesNotDependOnTheBody) {
  ServiceRules rules = ServiceRules::s3();
  rules.unsigned_payload = true;
  Request request = ec2_request();
  const auto before = sign_headers(request.view(), example::credentials(), example::scope(), rules);
  request.body = "something else";
  const auto after = sign_headers(request.view(), example::credentials(), example::scope(), rules);
  EXPECT_EQ(before.content_sha256, "UNSIGNED-PAYLOAD");
  EXPECT_EQ(before.authorization, after.authorization);
}

TEST(SignHeaders, RefusesARequestWithoutHost) {
  Request request;
  request.headers = {{"x-host", "example.amazonaws.com"}};
  EXPECT_THROW(sign_headers(request.view(), example::credentials(), example::scope()),
               std::invalid_argument);
  EXPECT_THROW(presign_query(request.view(), example::credentials(), example::scope(), 60s),
               std::invalid_argument);
}

TEST(Presign, RefusesTimesThatAwsRefuses) {
  Request request;
  for (const auto expires : {-1s, 0s, 604801s}) {
    EXPECT_THROW(presign_query(request.view(), example::credentials(), example::scope(), expires),
                 std::invalid_argument);
  }
  for (const auto expires : {1s, 604800s}) {
    EXPECT_NO_THROW(
        presign_query(request.view(), example::credentials(), example::scope(), expires));
  }
}

TEST(Presign, RefusesAQueryThatIsSignedAlready) {
  Request request;
  for (const char* name :
       {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
        "X-Amz-Security-Token", "X-Amz-Signature", "X%2DAmz%2dSignature"}) {
    request.query = std::string("a=b&") + name + "=x";
    EXPECT_THROW(presign_query(request.view(), example::credentials(), example::scope(), 60s),
                 std::invalid_argument)
        << name;
  }
}

TEST(Presign, KeepsTheQueryAsItWasAndPutsTheSignatureLast) {
  Request request{.query = "b=%7e&a"};
  const auto query =
      presign_query(request.view(), example::credentials("T/="), example::scope(), 60s);
  EXPECT_TRUE(query.starts_with(
      "b=%7e&a&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2F"
      "us-east-1%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host&"
      "X-Amz-Expires=60&X-Amz-Security-Token=T%2F%3D&X-Amz-Signature="))
      << query;
}

TEST(Presign, S3DoesNotSignTheBody) {
  Request request{.method = "PUT", .body = "one"};
  const auto sign = [&] {
    return presign_query(request.view(), example::credentials(), example::scope("r", "s3"), 60s,
                         ServiceRules::s3());
  };
  const std::string one = sign();
  request.body = "two";
  EXPECT_EQ(sign(), one);
}

TEST(Signer, GivesWhatTheFunctionsGive) {
  Signer signer;
  for (int round = 0; round < 2; ++round) {
    for (const char* token : {"", "TOKEN"}) {
      for (const ServiceRules rules : {ServiceRules::standard(), ServiceRules::s3()}) {
        Request request = ec2_request();
        request.body += std::to_string(round);
        const Credentials credentials = example::credentials(token);
        const auto expected = sign_headers(request.view(), credentials, example::scope(), rules);
        const auto headers = signer.sign(request.view(), credentials, example::scope(), rules);
        EXPECT_EQ(headers.authorization, expected.authorization);
        EXPECT_EQ(headers.amz_date, expected.amz_date);
        EXPECT_EQ(headers.security_token, expected.security_token);
        EXPECT_EQ(headers.content_sha256, expected.content_sha256);
        EXPECT_EQ(signer.presign(request.view(), credentials, example::scope(), 60s, rules),
                  presign_query(request.view(), credentials, example::scope(), 60s, rules));
      }
    }
  }
  EXPECT_EQ(signer.keys().derivations(), 1u);
}

TEST(Signer, NoticesEveryChangeAgainstTheRequestBefore) {
  // The hash of the unchanged front is reused: each part of it must be able to end that.
  const std::vector<std::function<void(Request&, Credentials&, Scope&)>> changes = {
      [](Request& r, Credentials&, Scope&) { r.method = "PUT"; },
      [](Request& r, Credentials&, Scope&) { r.path = "/x"; },
      [](Request& r, Credentials&, Scope&) { r.query = "x"; },
      [](Request& r, Credentials&, Scope&) { r.headers[0].value = "x"; },
      [](Request& r, Credentials&, Scope&) {
        r.headers.push_back({"X", ""});
      },
      [](Request& r, Credentials&, Scope&) { r.body += "x"; },
      [](Request&, Credentials& c, Scope&) { c.session_token = Secret("x"); },
      [](Request&, Credentials& c, Scope&) { c.secret_access_key = Secret("x"); },
      [](Request&, Credentials&, Scope& s) { s.time += 1s; },
      [](Request&, Credentials&, Scope& s) { s.time += 24h; },
      [](Request&, Credentials&, Scope& s) { s.region = "x"; },
      [](Request&, Credentials&, Scope& s) { s.service = "x"; },
  };
  Signer signer;
  Request request = ec2_request();
  Credentials credentials = example::credentials("TOKEN");
  Scope scope = example::scope();
  std::string last;
  for (const auto& change : changes) {
    change(request, credentials, scope);
    const std::string now(signer.sign(request.view(), credentials, scope).authorization);
    EXPECT_EQ(now, sign_headers(request.view(), credentials, scope).authorization);
    EXPECT_NE(example::signature_in(now), last);
    last = example::signature_in(now);
  }
}

TEST(Signer, NoticesAChangeOfRules) {
  Signer signer;
  Request request = ec2_request();
  request.path = "/a//b%20";
  request.query = "X-Amz-Security-Token=T";
  for (int rules = 0; rules < 32; ++rules) {
    for (int turn = 0; turn < 2; ++turn) {
      const ServiceRules now{(rules & 1) != 0, (rules & 2) != 0, (rules & 4) != 0, (rules & 8) != 0,
                             (rules & 16) != 0};
      const Credentials credentials = example::credentials("TOKEN");
      EXPECT_EQ(signer.sign(request.view(), credentials, example::scope(), now).authorization,
                sign_headers(request.view(), credentials, example::scope(), now).authorization)
          << rules;
    }
  }
}

TEST(Signer, CanSignHeadersAndQueriesInTurn) {
  Signer signer;
  Request request = ec2_request();
  const Credentials credentials = example::credentials("TOKEN");
  for (int turn = 0; turn < 3; ++turn) {
    EXPECT_EQ(signer.sign(request.view(), credentials, example::scope()).authorization,
              sign_headers(request.view(), credentials, example::scope()).authorization);
    EXPECT_EQ(signer.presign(request.view(), credentials, example::scope(), 60s),
              presign_query(request.view(), credentials, example::scope(), 60s));
  }
}

TEST(Signer, MayBeMoved) {
  Signer first;
  Request request = ec2_request();
  const std::string expected(
      first.sign(request.view(), example::credentials(), example::scope()).authorization);
  Signer second(std::move(first));
  EXPECT_EQ(second.sign(request.view(), example::credentials(), example::scope()).authorization,
            expected);
  EXPECT_EQ(second.keys().derivations(), 1u);
}

TEST(Signer, HeaderNamesThatNobodyMaySendDoNoHarm) {
  for (const char* name : {"", "z\nx-amz-date:", "z\nx-amz-date:20150830", "\n", "a:b", "a;b"}) {
    Signer signer;
    Request request;
    request.headers.push_back({name, "20150830T123600Z"});
    Scope scope = example::scope();
    for (int turn = 0; turn < 3; ++turn, scope.time += 1s) {
      EXPECT_EQ(signer.sign(request.view(), example::credentials(), scope).authorization,
                sign_headers(request.view(), example::credentials(), scope).authorization)
          << name;
    }
  }
}

TEST(Signer, RecoversFromARefusedRequest) {
  Signer signer;
  Request good = ec2_request();
  Request bad;
  bad.headers.clear();
  const std::string before(
      signer.sign(good.view(), example::credentials(), example::scope()).authorization);
  EXPECT_THROW(signer.sign(bad.view(), example::credentials(), example::scope()),
               std::invalid_argument);
  EXPECT_EQ(signer.sign(good.view(), example::credentials(), example::scope()).authorization,
            before);
}

TEST(Signer, ShowsWhatItSigned) {
  Signer signer;
  EXPECT_EQ(signer.canonical_request(), "");
  Request request = ec2_request();
  const auto headers = signer.sign(request.view(), example::credentials(), example::scope());
  const std::string text = signer.canonical_request();
  EXPECT_EQ(string_to_sign(text, example::scope()), signer.string_to_sign());
  EXPECT_EQ(signature(signer.string_to_sign(), example::credentials().secret_access_key,
                      example::scope()),
            example::signature_in(headers.authorization));
}

TEST(Rules, AreFoundByTheSigningName) {
  EXPECT_FALSE(ServiceRules::for_service("s3").double_encode_path);
  EXPECT_FALSE(ServiceRules::for_service("s3-object-lambda").normalize_path);
  EXPECT_TRUE(ServiceRules::for_service("ec2").double_encode_path);
  EXPECT_FALSE(ServiceRules::for_service("ec2").omit_session_token);
  EXPECT_TRUE(ServiceRules::for_service("iotdevicegateway").omit_session_token);
}

TEST(FormatAmzDate, IsBasicIsoInUtc) {
  EXPECT_EQ(format_amz_date(example::time), "20150830T123600Z");
  EXPECT_EQ(format_amz_date(example::time + 999ms), "20150830T123600Z");
  EXPECT_EQ(format_amz_date(std::chrono::sys_days{std::chrono::year{1969} / 12 / 31} + 23h),
            "19691231T230000Z");
}

}  // namespace
}  // namespace albatross::sigv4
