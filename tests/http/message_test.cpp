#include "albatross/http/message.hpp"

#include "http/request_head.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace albatross::http {
namespace {

TEST(Headers, NamesCompareWithoutRegardToCaseAndOrderIsKept) {
  Headers headers{{"Content-Type", "text/xml"}, {"X-Amz-Date", "1"}, {"x-amz-date", "2"}};
  EXPECT_EQ(headers.find("content-TYPE"), "text/xml");
  EXPECT_EQ(headers.find("X-AMZ-DATE"), "1");
  EXPECT_FALSE(headers.find("X-Amz-Dat"));
  headers.set("X-AMZ-Date", "3");
  EXPECT_EQ(headers, (Headers{{"Content-Type", "text/xml"}, {"X-AMZ-Date", "3"}}));
  headers.set("New", "n");
  headers.remove("content-type");
  EXPECT_EQ(headers, (Headers{{"X-AMZ-Date", "3"}, {"New", "n"}}));
}

TEST(Origin, AuthorityNamesThePortOnlyWhenItIsNotTheDefault) {
  EXPECT_EQ((Origin{true, "ec2.us-east-1.amazonaws.com", 443}).authority(),
            "ec2.us-east-1.amazonaws.com");
  EXPECT_EQ((Origin{false, "127.0.0.1", 443}).authority(), "127.0.0.1:443");
  EXPECT_EQ((Origin{false, "::1", 80}).url(), "http://[::1]");
  EXPECT_EQ((Origin{true, "::1", 8443}).url(), "https://[::1]:8443");
}

TEST(ParseUrl, SplitsWhatItIsGiven) {
  const auto plain = parse_url("HTTP://LocalHost:8080/a/b?x=%20&y");
  EXPECT_EQ(plain.origin, (Origin{false, "localhost", 8080}));
  EXPECT_EQ(plain.target, "/a/b?x=%20&y");
  EXPECT_EQ(parse_url("https://example.com").target, "/");
  EXPECT_EQ(parse_url("https://example.com").origin.port, 443);
  EXPECT_EQ(parse_url("https://example.com?a=b").target, "/?a=b");
  EXPECT_EQ(parse_url("http://[FD00::1]:81/").origin, (Origin{false, "fd00::1", 81}));
  EXPECT_EQ(parse_url("http://[::1]").origin, (Origin{false, "::1", 80}));
}

TEST(ParseUrl, SaysWhatIsWrong) {
  const auto complaint = [](const char* text) {
    try {
      parse_url(text);
    } catch (const std::invalid_argument& e) {
      return std::string(e.what());
    }
    return std::string("accepted");
  };
  const auto contains = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  EXPECT_TRUE(contains(complaint("example.com"), "no scheme")) << complaint("example.com");
  EXPECT_TRUE(contains(complaint(""), "no scheme"));
  EXPECT_TRUE(contains(complaint("ftp://x"), "unknown scheme \"ftp\""));
  EXPECT_TRUE(contains(complaint("http://"), "no host"));
  EXPECT_TRUE(contains(complaint("http://:80/"), "no host"));
  for (const char* port : {"http://x:", "http://x:0", "http://x:65536", "http://x:8o"}) {
    EXPECT_TRUE(contains(complaint(port), "port")) << port;
  }
  EXPECT_TRUE(contains(complaint("http://a b/"), "not a host name"));
  EXPECT_TRUE(contains(complaint("http://x/a b"), "percent-encoded"));
  EXPECT_TRUE(contains(complaint("http://x/#top"), "fragment"));
  EXPECT_TRUE(contains(complaint("http://[::1"), "no ]"));
  EXPECT_TRUE(contains(complaint("http://[abc]/"), "not an IPv6"));
  EXPECT_TRUE(contains(complaint("http://[::1]x/"), "after ]"));
}

TEST(ParseUrl, NeverRepeatsAPassword) {
  for (const char* text : {"http://user:hunter2@host/", "user:hunter2@host", "x://u:hunter2@h"}) {
    try {
      parse_url(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& e) {
      EXPECT_EQ(std::string(e.what()).find("hunter2"), std::string::npos) << e.what();
    }
  }
}

Request simple_request() {
  Request request;
  request.origin = Origin{false, "example.com", 8080};
  return request;
}

TEST(RequestHead, HasExactlyTheFieldsThatAreNeeded) {
  Request request = simple_request();
  request.method = "POST";
  request.target = "/p?q";
  request.headers = {{"X-A", "1"}, {"content-length", "99"}, {"Connection", "close"}};
  request.body = "abc";
  std::string head = "left from before";
  write_head(head, request, "agent/1", nullptr);
  EXPECT_EQ(head,
            "POST /p?q HTTP/1.1\r\nHost: example.com:8080\r\nX-A: 1\r\nUser-Agent: agent/1\r\n"
            "Content-Length: 3\r\nConnection: keep-alive\r\n\r\n");
}

TEST(RequestHead, KeepsTheCallersHostAndUserAgent) {
  Request request = simple_request();
  request.headers = {{"host", "other.example"}, {"user-agent", "mine"}};
  std::string head;
  write_head(head, request, "agent/1", nullptr);
  EXPECT_EQ(head,
            "GET / HTTP/1.1\r\nhost: other.example\r\nuser-agent: mine\r\n"
            "Connection: keep-alive\r\n\r\n");
}

TEST(RequestHead, ToAProxyNamesTheWholeUrlAndAuthorizes) {
  const Proxy proxy{Origin{false, "proxy", 3128}, "Basic eA=="};
  std::string head;
  write_head(head, simple_request(), "", &proxy);
  EXPECT_EQ(head,
            "GET http://example.com:8080/ HTTP/1.1\r\nHost: example.com:8080\r\n"
            "Proxy-Authorization: Basic eA==\r\nConnection: keep-alive\r\n\r\n");
}

TEST(CheckSendable, RefusesWhatWouldSmuggleAnotherRequest) {
  const auto refused = [](auto&& change) {
    Request request = simple_request();
    request.headers = {{"X-A", "plain \t value \xc3\xa9"}};
    check_sendable(request);
    change(request);
    EXPECT_THROW(check_sendable(request), std::invalid_argument);
  };
  refused([](Request& r) { r.method = "GET /x HTTP/1.1\r\n"; });
  refused([](Request& r) { r.method.clear(); });
  refused([](Request& r) { r.target = "/a b"; });
  refused([](Request& r) { r.target = "/a\r\nX: y"; });
  refused([](Request& r) { r.target.clear(); });
  refused([](Request& r) { r.headers.add("X-B", "v\r\nX-C: w"); });
  refused([](Request& r) { r.headers.add("X-B", std::string("v\0w", 3)); });
  refused([](Request& r) { r.headers.add("X B", "v"); });
  refused([](Request& r) { r.headers.add("X-B:", "v"); });
  refused([](Request& r) { r.headers.add("", "v"); });
}

}  // namespace
}  // namespace albatross::http
