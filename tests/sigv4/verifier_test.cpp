#include "albatross/sigv4/verifier.hpp"

#include "sigv4/server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace albatross::sigv4 {
namespace {

using example::header;
using example::header_signed;
using example::query_signed;
using example::replace;
using example::Request;
using example::Server;
using example::unsigned_request;
using namespace std::chrono_literals;

TEST(Verify, AcceptsWhatTheSignerSigned) {
  const Server server;
  for (const Request& request :
       {header_signed(unsigned_request()), query_signed(unsigned_request())}) {
    const Verification result = server.check(request);
    EXPECT_EQ(result.verdict, Verdict::valid) << result.detail;
    EXPECT_EQ(result.access_key_id, "AKIDEXAMPLE");
    EXPECT_EQ(result.region, "us-east-1");
    EXPECT_EQ(result.service, "service");
    EXPECT_EQ(result.signed_at, example::time);
    EXPECT_EQ(result.detail, "");
  }
}

TEST(Verify, AcceptsSessionTokens) {
  Server server;
  server.known = example::credentials("TOKEN/+==");
  EXPECT_EQ(server.verdict(header_signed(unsigned_request(), "TOKEN/+==")), Verdict::valid);
  EXPECT_EQ(server.verdict(query_signed(unsigned_request(), "TOKEN/+==")), Verdict::valid);
}

TEST(Verify, RefusesTokensThatDoNotBelongToTheKey) {
  Server server;
  EXPECT_EQ(server.verdict(header_signed(unsigned_request(), "T")), Verdict::invalid_token);
  EXPECT_EQ(server.verdict(query_signed(unsigned_request(), "T")), Verdict::invalid_token);
  server.known = example::credentials("TOKEN");
  EXPECT_EQ(server.verdict(header_signed(unsigned_request())), Verdict::invalid_token);
  EXPECT_EQ(server.verdict(header_signed(unsigned_request(), "OTHER")), Verdict::invalid_token);
  EXPECT_EQ(server.verdict(query_signed(unsigned_request(), "OTHER")), Verdict::invalid_token);
}

TEST(Verify, SaysMissingWhenNothingIsSigned) {
  EXPECT_EQ(Server().verdict(unsigned_request()), Verdict::missing);
  EXPECT_FALSE(Server().check(unsigned_request()).signed_at.has_value());
}

TEST(Verify, RefusesUnknownKeys) {
  Server server;
  server.known.access_key_id = "AKIDOTHER";
  EXPECT_EQ(server.verdict(header_signed(unsigned_request())), Verdict::unknown_access_key);
  EXPECT_EQ(server.check(header_signed(unsigned_request())).access_key_id, "AKIDEXAMPLE");
}

TEST(Verify, RefusesAWrongSecret) {
  Server server;
  server.known.secret_access_key = Secret("another");
  EXPECT_EQ(server.verdict(header_signed(unsigned_request())), Verdict::mismatch);
  EXPECT_EQ(server.verdict(query_signed(unsigned_request())), Verdict::mismatch);
}

TEST(Verify, NoticesTamperingWithAnyPart) {
  const std::pair<const char*, std::function<void(Request&)>> tamperings[] = {
      {"method", [](Request& r) { r.method = "GET"; }},
      {"path", [](Request& r) { r.path += "x"; }},
      {"path's case", [](Request& r) { r.path = "/A/path"; }},
      {"slash at the end", [](Request& r) { r.path += "/"; }},
      {"query value", [](Request& r) { replace(r.query, "k=v", "k=w"); }},
      {"query key", [](Request& r) { replace(r.query, "k=v", "K=v"); }},
      {"further parameter", [](Request& r) { r.query += "&more=1"; }},
      {"repeated parameter", [](Request& r) { r.query += "&k=v"; }},
      {"host", [](Request& r) { header(r, "Host") = "evil.amazonaws.com"; }},
      {"signed header", [](Request& r) { header(r, "X-Amz-Target") = "Do.That"; }},
      {"repeated signed header",
       [](Request& r) {
         r.headers.push_back({"content-type", "a"});
       }},
      {"removed signed header",
       [](Request& r) {
         std::erase_if(r.headers, [](auto& h) { return h.name == "Content-Type"; });
       }},
      {"body", [](Request& r) { r.body[0] = 'T'; }},
      {"body's length", [](Request& r) { r.body += ' '; }},
      {"removed body", [](Request& r) { r.body.clear(); }},
  };
  for (const auto& [what, tamper] : tamperings) {
    for (Request request : {header_signed(unsigned_request()), query_signed(unsigned_request())}) {
      tamper(request);
      EXPECT_EQ(Server().verdict(request), Verdict::mismatch) << what;
    }
  }
}

TEST(Verify, NoticesEveryChangedDigitOfTheSignature) {
  const Server server;
  const Request by_header = header_signed(unsigned_request());
  const Request by_query = query_signed(unsigned_request());
  for (std::size_t i = 1; i <= 64; ++i) {
    Request request = by_header;
    std::string& value = header(request, "Authorization");
    char& digit = value[value.size() - i];
    digit = digit == '0' ? '1' : '0';
    EXPECT_EQ(server.verdict(request), Verdict::mismatch);
    request = by_query;
    char& query_digit = request.query[request.query.size() - i];
    query_digit = query_digit == '0' ? '1' : '0';
    EXPECT_EQ(server.verdict(request), Verdict::mismatch);
  }
}

TEST(Verify, NoticesEveryChangedByteOfASignedHeader) {
  const Server server;
  const Request good = header_signed(unsigned_request());
  for (unsigned byte = 0; byte < 256; ++byte) {
    Request request = good;
    header(request, "X-Amz-Target")[2] = static_cast<char>(byte);
    EXPECT_EQ(server.verdict(request), byte == '.' ? Verdict::valid : Verdict::mismatch) << byte;
  }
}

TEST(Verify, AllowsWhatAProxyMayDo) {
  Request request = header_signed(unsigned_request());
  request.headers.push_back({"Via", "1.1 proxy"});
  request.headers.push_back({"X-Forwarded-For", "10.0.0.1"});
  header(request, "Content-Type") = "  text/plain ";
  for (auto& header : request.headers) {
    for (char& c : header.name)
      c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  std::reverse(request.headers.begin(), request.headers.end());
  EXPECT_EQ(Server().verdict(request), Verdict::valid);
}

TEST(Verify, WantsHostAndEveryAmzHeaderSigned) {
  for (Request request : {header_signed(unsigned_request()), query_signed(unsigned_request())}) {
    request.headers.push_back({"X-Amz-Late", "1"});
    EXPECT_EQ(Server().verdict(request), Verdict::unsigned_header);
  }
  Request no_host = header_signed(unsigned_request());
  replace(header(no_host, "Authorization"), ";host;", ";");
  EXPECT_EQ(Server().verdict(no_host), Verdict::unsigned_header);
  Request no_date = header_signed(unsigned_request());
  replace(header(no_date, "Authorization"), ";x-amz-date", "");
  EXPECT_EQ(Server().verdict(no_date), Verdict::unsigned_header);
}

TEST(Verify, NamesTheHeaderThatIsNotSigned) {
  Request request = header_signed(unsigned_request());
  request.headers.push_back({"X-Amz-Late", "1"});
  EXPECT_NE(Server().check(request).detail.find("x-amz-late"), std::string::npos);
}

TEST(Verify, KnowsTheRulesOfS3) {
  const Scope s3 = example::scope("us-east-1", "s3");
  Request request = unsigned_request();
  request.path = "/a//b/../c%20d";
  const Request by_header = header_signed(request, "", s3, ServiceRules::s3());
  EXPECT_EQ(Server().verdict(by_header), Verdict::valid);
  const Request by_query = query_signed(request, "", s3, 60s, ServiceRules::s3());
  EXPECT_EQ(Server().verdict(by_query), Verdict::valid);

  Request other_path = by_header;
  other_path.path = "/a/c%20d";
  EXPECT_EQ(Server().verdict(other_path), Verdict::mismatch);
  Request other_body = by_header;
  other_body.body += "x";
  EXPECT_EQ(Server().verdict(other_body), Verdict::mismatch);
  other_body = by_query;
  other_body.body += "x";
  EXPECT_EQ(Server().verdict(other_body), Verdict::valid);
  // Signed by the rules of the other services.
  EXPECT_EQ(Server().verdict(header_signed(request, "", s3)), Verdict::incomplete);
}

TEST(Verify, BelievesUnsignedPayloadOnS3Only) {
  ServiceRules rules = ServiceRules::s3();
  rules.unsigned_payload = true;
  Request request = header_signed(unsigned_request(), "", example::scope("us-east-1", "s3"), rules);
  request.body = "changed on the way";
  EXPECT_EQ(Server().verdict(request), Verdict::valid);
  rules = {};
  rules.unsigned_payload = true;
  rules.content_sha256_header = true;
  EXPECT_EQ(Server().verdict(header_signed(unsigned_request(), "", example::scope(), rules)),
            Verdict::mismatch);
}

TEST(Verify, LetsATokenStandBesideTheSignatureWhereTheServiceDoes) {
  Server server;
  server.known = example::credentials("TOKEN");
  const Scope iot = example::scope("us-east-1", "iotdevicegateway");
  const ServiceRules rules = ServiceRules::for_service(iot.service);
  EXPECT_EQ(server.verdict(query_signed(unsigned_request(), "TOKEN", iot, 60s, rules)),
            Verdict::valid);
  EXPECT_EQ(server.verdict(header_signed(unsigned_request(), "TOKEN", iot, rules)), Verdict::valid);
  ServiceRules omit;
  omit.omit_session_token = true;
  EXPECT_EQ(server.verdict(header_signed(unsigned_request(), "TOKEN", example::scope(), omit)),
            Verdict::unsigned_header);
  EXPECT_EQ(server.verdict(query_signed(unsigned_request(), "TOKEN", example::scope(), 60s, omit)),
            Verdict::mismatch);
}

TEST(Verify, NeverTellsASecret) {
  Server server;
  server.known.session_token = Secret("the-token");
  server.known.secret_access_key = Secret("the-secret");
  for (const Request& request :
       {header_signed(unsigned_request()), header_signed(unsigned_request(), "the-token"),
        query_signed(unsigned_request(), "the-token")}) {
    const Verification result = server.check(request);
    EXPECT_NE(result.verdict, Verdict::valid);
    EXPECT_EQ(result.detail.find("the-token"), std::string::npos);
    EXPECT_EQ(result.detail.find("the-secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace albatross::sigv4
