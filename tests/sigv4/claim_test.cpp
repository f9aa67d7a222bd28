// What a request claims of its signature: its form, its time and its scope.
#include "sigv4/server.hpp"

#include <gtest/gtest.h>

#include <algorithm>

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

TEST(Claim, AcceptsADateHeaderInPlaceOfAmzDate) {
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

TEST(Claim, HoldsTheClockToTheSkew) {
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

TEST(Claim, HonoursTheExpiryOfASignedQuery) {
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

TEST(Claim, SaysExpiredEvenWhenTheSecretIsWrongToo) {
  Server server;
  server.now += 1h;
  server.known.secret_access_key = Secret("another");
  EXPECT_EQ(server.verdict(header_signed(unsigned_request())), Verdict::expired);
}

TEST(Claim, RefusesOtherRegionsAndServices) {
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

TEST(Claim, RefusesAScopeOfAnotherDay) {
  Request request = header_signed(unsigned_request());
  replace(header(request, "Authorization"), "/20150830/", "/20150829/");
  EXPECT_EQ(Server().verdict(request), Verdict::wrong_scope);
}

TEST(Claim, CallsMalformedHeadersIncomplete) {
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

TEST(Claim, CallsAMissingOrBrokenDateIncomplete) {
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

TEST(Claim, CallsMalformedQueriesIncomplete) {
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

TEST(Claim, RefusesTwoSignatures) {
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

}  // namespace
}  // namespace albatross::sigv4
