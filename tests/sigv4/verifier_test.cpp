#include "albatross/sigv4/verifier.hpp"

#include "sigv4/example.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <stdexcept>

namespace albatross::sigv4 {

void PrintTo(Verdict verdict, std::ostream* out) {
  constexpr const char* names[] = {
      "valid",         "missing",      "incomplete",      "unknown_access_key",
      "invalid_token", "wrong_scope",  "unsigned_header", "mismatch",
      "expired",       "not_yet_valid"};
  *out << names[static_cast<int>(verdict)];
}

namespace {

using example::Request;
using namespace std::chrono_literals;

/// Checks requests as a server that knows one key.
struct Server {
  Credentials known = example::credentials();
  std::chrono::system_clock::time_point now = example::time;
  VerifierOptions options;

  Verification check(Request request) const {
    const auto find = [this](std::string_view id) {
      return id == known.access_key_id ? &known : nullptr;
    };
    return verify(request.view(), find, now, options);
  }
  Verdict verdict(Request request) const { return check(std::move(request)).verdict; }
};

Request unsigned_request() {
  return {.method = "POST",
          .path = "/a/path",
          .query = "k=v&x=%20y",
          .headers = {{"Host", "example.amazonaws.com"},
                      {"Content-Type", "text/plain"},
                      {"X-Amz-Target", "Do.It"}},
          .body = "the body"};
}

Request header_signed(Request request, const std::string& token = {},
                      const Scope& scope = example::scope(), const ServiceRules& rules = {}) {
  request.apply(sign_headers(request.view(), example::credentials(token), scope, rules));
  return request;
}

Request query_signed(Request request, const std::string& token = {},
                     const Scope& scope = example::scope(), std::chrono::seconds expires = 60s,
                     const ServiceRules& rules = {}) {
  request.query = presign_query(request.view(), example::credentials(token), scope, expires, rules);
  return request;
}

std::string& header(Request& request, std::string_view name) {
  for (auto& header : request.headers) {
    if (header.name == name) return header.value;
  }
  throw std::logic_error("no such header");
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("nothing to replace");
  text.replace(at, from.size(), to);
}

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

TEST(Verify, AcceptsADateHeaderInPlaceOfAmzDate) {
  Request request = unsigned_request();
  request.headers.push_back({"Date", "Sun, 30 Aug 2015 12:36:00 GMT"});
  const std::string canonical = canonical_request(request.view());
  const std::string signature_text =
      signature(string_to_sign(canonical, example::scope()),
                example::credentials().secret_access_key, example::scope());
  const std::string prefix =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
      "SignedHeaders=content-type;date;host;x-amz-target, Signature=";
  request.headers.push_back({"Authorization", prefix + signature_text});
  EXPECT_EQ(Server().verdict(request), Verdict::valid);
  replace(header(request, "Date"), "Aug", "Agu");
  EXPECT_EQ(Server().verdict(request), Verdict::incomplete);
}

TEST(Verify, HoldsTheClockToTheSkew) {
  Server server;
  const Request request = header_signed(unsigned_request());
  const std::pair<std::chrono::milliseconds, Verdict> cases[] = {
      {0s, Verdict::valid},     {300s, Verdict::valid},        {300999ms, Verdict::valid},
      {301s, Verdict::expired}, {-300s, Verdict::valid},       {-301s, Verdict::not_yet_valid},
      {20h, Verdict::expired},  {-20h, Verdict::not_yet_valid}};
  for (const auto& [late, expected] : cases) {
    server.now = example::time + late;
    EXPECT_EQ(server.verdict(request), expected) << late.count();
  }
  server.now = example::time + 10min;
  server.options.max_skew = 15min;
  EXPECT_EQ(server.verdict(request), Verdict::valid);
}

TEST(Verify, HonoursTheExpiryOfASignedQuery) {
  Server server;
  const Request request = query_signed(unsigned_request(), "", example::scope(), 3600s);
  const std::pair<std::chrono::seconds, Verdict> cases[] = {{0s, Verdict::valid},
                                                            {3600s, Verdict::valid},
                                                            {3601s, Verdict::expired},
                                                            {-300s, Verdict::valid},
                                                            {-301s, Verdict::not_yet_valid}};
  for (const auto& [late, expected] : cases) {
    server.now = example::time + late;
    EXPECT_EQ(server.verdict(request), expected) << late.count();
  }
}

TEST(Verify, SaysExpiredEvenWhenTheSecretIsWrongToo) {
  Server server;
  server.now += 1h;
  server.known.secret_access_key = Secret("another");
  EXPECT_EQ(server.verdict(header_signed(unsigned_request())), Verdict::expired);
}

TEST(Verify, RefusesOtherRegionsAndServices) {
  Server server;
  server.options.region = "us-east-1";
  server.options.service = "service";
  EXPECT_EQ(server.verdict(header_signed(unsigned_request())), Verdict::valid);
  const Request other_region = header_signed(unsigned_request(), "", example::scope("eu-west-1"));
  EXPECT_EQ(server.verdict(other_region), Verdict::wrong_scope);
  EXPECT_NE(server.check(other_region).detail.find("'eu-west-1', not 'us-east-1'"),
            std::string::npos);
  EXPECT_EQ(server.verdict(query_signed(unsigned_request(), "", example::scope("us-east-1", "x"))),
            Verdict::wrong_scope);
}

TEST(Verify, RefusesAScopeOfAnotherDay) {
  Request request = header_signed(unsigned_request());
  replace(header(request, "Authorization"), "/20150830/", "/20150829/");
  EXPECT_EQ(Server().verdict(request), Verdict::wrong_scope);
}

TEST(Verify, CallsMalformedHeadersIncomplete) {
  const std::pair<const char*, const char*> damages[] = {
      {"AWS4-HMAC-SHA256", "Bearer"},
      {"AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"},
      {"Credential=", "Credentials="},
      {"AKIDEXAMPLE/", ""},
      {"AKIDEXAMPLE", ""},
      {"/us-east-1", "/"},
      {"aws4_request", "aws5_request"},
      {"SignedHeaders=content-type;",
       "SignedHeaders="
       ";"},
      {"content-type;host", "host;content-type"},
      {"content-type;host", "content-type;host;host"},
      {"content-type", "Content-Type"},
      {"Signature=", "Signature"},
      {", Signature=", ", Sig="},
      {"SignedHeaders=", "Signature="},
  };
  for (const auto& [from, to] : damages) {
    Request request = header_signed(unsigned_request());
    replace(header(request, "Authorization"), from, to);
    EXPECT_EQ(Server().verdict(request), Verdict::incomplete) << from << " -> " << to;
  }
}

TEST(Verify, CallsAMissingOrBrokenDateIncomplete) {
  for (const char* date : {"", "20150830", "20150230T123600Z", "20150830T246000Z",
                           "99990101T000000Z", "2015-08-30T12:36:00Z"}) {
    Request request = header_signed(unsigned_request());
    header(request, "X-Amz-Date") = date;
    EXPECT_EQ(Server().verdict(request), Verdict::incomplete) << date;
  }
  Request request = header_signed(unsigned_request());
  std::erase_if(request.headers, [](const auto& h) { return h.name == "X-Amz-Date"; });
  EXPECT_EQ(Server().verdict(request), Verdict::incomplete);
}

TEST(Verify, CallsMalformedQueriesIncomplete) {
  const std::pair<const char*, const char*> damages[] = {
      {"X-Amz-Algorithm=AWS4-HMAC-SHA256&", ""},
      {"AWS4-HMAC-SHA256", "x"},
      {"X-Amz-Credential=", "x="},
      {"X-Amz-SignedHeaders=", "x="},
      {"X-Amz-Signature=", "x="},
      {"X-Amz-Date=", "x="},
      {"X-Amz-Expires=60", "x=60"},
      {"X-Amz-Expires=60", "X-Amz-Expires=0"},
      {"X-Amz-Expires=60", "X-Amz-Expires=604801"},
      {"X-Amz-Expires=60", "X-Amz-Expires=1e9"},
      {"X-Amz-Expires=60", "X-Amz-Expires=60&X-Amz-Expires=60"},
  };
  for (const auto& [from, to] : damages) {
    Request request = query_signed(unsigned_request());
    replace(request.query, from, to);
    EXPECT_EQ(Server().verdict(request), Verdict::incomplete) << from << " -> " << to;
  }
}

TEST(Verify, RefusesTwoSignatures) {
  EXPECT_EQ(Server().verdict(header_signed(query_signed(unsigned_request()))), Verdict::incomplete);
  for (const char* name : {"Authorization", "X-Amz-Date"}) {
    Request twice = header_signed(unsigned_request());
    twice.headers.push_back({name, header(twice, name)});
    EXPECT_EQ(Server().verdict(twice), Verdict::incomplete) << name;
  }
  Request twice = header_signed(unsigned_request(), "T");
  twice.headers.push_back({"X-Amz-Security-Token", "T"});
  EXPECT_EQ(Server().verdict(twice), Verdict::incomplete);
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
