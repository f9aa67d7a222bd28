#include "sigv4/example.hpp"

#include <gtest/gtest.h>

#include <cstdio>

namespace albatross::sigv4 {
namespace {

using example::line;
using example::Request;

std::string canonical_path(std::string path, const ServiceRules& rules = {}) {
  Request request;
  request.path = std::move(path);
  return line(canonical_request(request.view(), rules), 1);
}

std::string canonical_query(std::string query) {
  Request request;
  request.query = std::move(query);
  return line(canonical_request(request.view()), 2);
}

/// The lines from the first header to the empty one.
std::string canonical_headers(std::vector<Request::Header> headers) {
  Request request;
  request.headers = std::move(headers);
  const std::string text = canonical_request(request.view());
  const auto start = text.find("\n\n") + 2;
  return text.substr(start, text.find("\n\n", start) - start);
}

std::string escaped(unsigned byte) {
  char text[4];
  std::snprintf(text, sizeof text, "%%%02X", byte);
  return text;
}

bool is_unreserved(unsigned byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

std::string one_byte(unsigned byte) {
  return std::string(1, static_cast<char>(byte));
}

TEST(CanonicalQuery, EveryByteValueHasOneForm) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::string form = is_unreserved(byte) ? one_byte(byte) : escaped(byte);
    EXPECT_EQ(canonical_query("k=" + escaped(byte)), "k=" + form) << byte;
    EXPECT_EQ(canonical_query("k" + escaped(byte) + "=v"), "k" + form + "=v") << byte;
    if (byte == '&') continue;
    EXPECT_EQ(canonical_query("k=" + one_byte(byte)), "k=" + form) << byte;
  }
}

TEST(CanonicalQuery, LowerCaseEscapesBecomeUpperCase) {
  EXPECT_EQ(canonical_query("k=%2f%e1"), "k=%2F%E1");
}

TEST(CanonicalQuery, APercentSignThatEscapesNothingStandsForItself) {
  EXPECT_EQ(canonical_query("k=%"), "k=%25");
  EXPECT_EQ(canonical_query("k=%4"), "k=%254");
  EXPECT_EQ(canonical_query("k=%zz"), "k=%25zz");
  EXPECT_EQ(canonical_query("k=%%41"), "k=%25A");
}

TEST(CanonicalQuery, IsSortedByEncodedKeyThenByEncodedValue) {
  EXPECT_EQ(canonical_query("b=1&a=2&a=1"), "a=1&a=2&b=1");
  // '=' would sort behind '-' if whole pairs were compared.
  EXPECT_EQ(canonical_query("a-b=1&a=2"), "a=2&a-b=1");
  // Encoded, '[' starts with '%', which comes before the letters.
  EXPECT_EQ(canonical_query("A=1&[=2"), "%5B=2&A=1");
  EXPECT_EQ(canonical_query("a=Z&a=["), "a=%5B&a=Z");
  EXPECT_EQ(canonical_query("b=&B="), "B=&b=");
}

TEST(CanonicalQuery, DuplicatesStay) {
  EXPECT_EQ(canonical_query("a=1&a=1"), "a=1&a=1");
}

TEST(CanonicalQuery, AKeyWithoutAValueGetsAnEqualsSign) {
  EXPECT_EQ(canonical_query("acl"), "acl=");
  EXPECT_EQ(canonical_query("b&a"), "a=&b=");
  EXPECT_EQ(canonical_query("=v"), "=v");
}

TEST(CanonicalQuery, EmptyPiecesVanish) {
  EXPECT_EQ(canonical_query("&a=1&&b=2&"), "a=1&b=2");
}

TEST(CanonicalQuery, FurtherEqualsSignsBelongToTheValue) {
  EXPECT_EQ(canonical_query("a=b=c"), "a=b%3Dc");
}

TEST(CanonicalPath, EveryByteValueIsEncodedButUnreservedOnesAndTheSlash) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (byte == '/' || byte == '.') continue;
    const std::string form = is_unreserved(byte) ? one_byte(byte) : escaped(byte);
    EXPECT_EQ(canonical_path("/" + one_byte(byte)), "/" + form) << byte;
  }
}

TEST(CanonicalPath, EscapesAreEncodedAgain) {
  EXPECT_EQ(canonical_path("/a%20b%2Fc"), "/a%2520b%252Fc");
}

TEST(CanonicalPath, DotsAndRepeatedSlashesAreResolved) {
  const std::pair<const char*, const char*> cases[] = {{"", "/"},
                                                       {"/", "/"},
                                                       {"//", "/"},
                                                       {"/.", "/"},
                                                       {"/..", "/"},
                                                       {"/../..", "/"},
                                                       {"/../a", "/a"},
                                                       {"/a/..", "/"},
                                                       {"/a/../", "/"},
                                                       {"/a/b/..", "/a"},
                                                       {"/a/b/../", "/a/"},
                                                       {"/a/./b", "/a/b"},
                                                       {"/a/.", "/a"},
                                                       {"//a//b//", "/a/b/"},
                                                       {"/a/../../b", "/b"},
                                                       {"/...", "/..."},
                                                       {"/.a/..b", "/.a/..b"},
                                                       {"/a/b/c/../../d", "/a/d"}};
  for (const auto& [path, expected] : cases)
    EXPECT_EQ(canonical_path(path), expected) << path;
}

TEST(CanonicalPath, S3TakesThePathAsItIs) {
  for (const char* path : {"/", "/a//b/../c%20d/", "//", "/.", "/%e1 x"}) {
    EXPECT_EQ(canonical_path(path, ServiceRules::s3()), path);
  }
  EXPECT_EQ(canonical_path("", ServiceRules::s3()), "/");
}

TEST(CanonicalPath, TheTwoRulesAreIndependent) {
  ServiceRules encode_only;
  encode_only.normalize_path = false;
  EXPECT_EQ(canonical_path("/a//../b c", encode_only), "/a//../b%20c");
  ServiceRules normalize_only;
  normalize_only.double_encode_path = false;
  EXPECT_EQ(canonical_path("/a//../b%20c", normalize_only), "/b%20c");
}

TEST(CanonicalHeaders, NamesAreLowerCaseAndSorted) {
  EXPECT_EQ(canonical_headers({{"X-Zeta", "1"}, {"HOST", "h"}, {"content-Type", "t"}}),
            "content-type:t\nhost:h\nx-zeta:1");
  // A name that starts like another comes after it.
  EXPECT_EQ(canonical_headers({{"x-a-b", "1"}, {"x-a", "2"}}), "x-a:2\nx-a-b:1");
}

TEST(CanonicalHeaders, ValuesAreTrimmedAndInnerRunsOfSpaceFolded) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {" ", ""},
      {"a", "a"},
      {"  a  ", "a"},
      {"a b", "a b"},
      {"a   b", "a b"},
      {"\ta\t\tb\t", "a b"},
      {"a\r\n  b", "a b"},
      {"a\n\tb\n c", "a b c"},
      {"\"a   b\"", "\"a b\""},
      {"0123456789abcdef  0123456789abcdef ", "0123456789abcdef 0123456789abcdef"},
      {"a\x01   b", "a\x01 b"}};
  for (const auto& [value, expected] : cases) {
    EXPECT_EQ(canonical_headers({{"h", value}}), std::string("h:") + expected) << value;
  }
}

TEST(CanonicalHeaders, OtherBytesOfAValueStayAsTheyAre) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (byte == ' ' || (byte >= '\t' && byte <= '\r')) continue;
    // At every place of the eight bytes that are looked at together.
    for (std::size_t at = 0; at < 9; ++at) {
      std::string value(9, 'x');
      value[at] = static_cast<char>(byte);
      EXPECT_EQ(canonical_headers({{"h", value}}), "h:" + value) << byte;
    }
  }
}

TEST(CanonicalHeaders, RepeatedOnesAreJoinedInOrderOfAppearance) {
  EXPECT_EQ(canonical_headers({{"b", " 2 "}, {"a", "x"}, {"B", "1"}, {"b", ""}}), "a:x\nb:2,1,");
}

TEST(CanonicalHeaders, ManyKeepTheirOrder) {
  std::vector<Request::Header> headers;
  std::string expected = "h:";
  for (int i = 0; i < 200; ++i) {
    headers.push_back({"H", std::to_string(i)});
    expected += (i == 0 ? "" : ",") + std::to_string(i);
  }
  EXPECT_EQ(canonical_headers(headers), expected);
}

TEST(CanonicalRequest, LeavesAuthorizationOut) {
  EXPECT_EQ(canonical_headers({{"Authorization", "x"}, {"host", "h"}}), "host:h");
}

TEST(CanonicalRequest, LeavesTheTokenOutWhereTheRulesSaySo) {
  Request plain;
  Request with_token;
  with_token.headers.push_back({"X-Amz-Security-Token", "T"});
  with_token.query = "X-Amz-Security-Token=T";
  ServiceRules rules;
  rules.omit_session_token = true;
  EXPECT_EQ(canonical_request(with_token.view(), rules), canonical_request(plain.view(), rules));
  EXPECT_NE(canonical_request(with_token.view()), canonical_request(plain.view()));
}

TEST(CanonicalRequest, EndsInTheHashOfThePayload) {
  Request request;
  const auto payload = [&](const ServiceRules& rules = {}) {
    const std::string text = canonical_request(request.view(), rules);
    return text.substr(text.rfind('\n') + 1);
  };
  EXPECT_EQ(payload(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  request.body = "abc";
  EXPECT_EQ(payload(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  ServiceRules rules;
  rules.unsigned_payload = true;
  EXPECT_EQ(payload(rules), "UNSIGNED-PAYLOAD");
}

}  // namespace
}  // namespace albatross::sigv4
