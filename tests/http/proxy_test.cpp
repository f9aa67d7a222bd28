#include "albatross/http/proxy.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace albatross::http {
namespace {

Origin https(const std::string& host, std::uint16_t port = 443) {
  return Origin{true, host, port};
}

ProxySettings with_no_proxy(const std::string& no_proxy) {
  return proxy_from_environment({{"HTTPS_PROXY", "http://proxy:3128"}, {"NO_PROXY", no_proxy}});
}

bool goes_direct(const std::string& no_proxy, const Origin& origin) {
  return with_no_proxy(no_proxy).proxy_for(origin) == nullptr;
}

TEST(ParseProxy, TakesUrlsAndBareHosts) {
  EXPECT_EQ(parse_proxy("http://proxy.corp:3128/").origin, (Origin{false, "proxy.corp", 3128}));
  EXPECT_EQ(parse_proxy("proxy.corp:8080").origin, (Origin{false, "proxy.corp", 8080}));
  EXPECT_EQ(parse_proxy("proxy").origin.port, 80);
  EXPECT_EQ(parse_proxy("proxy").authorization, "");
}

TEST(ParseProxy, TurnsUserInfoIntoBasicAuthorization) {
  const auto proxy = parse_proxy("http://us%40er:p%3Aw%2@host:1");
  EXPECT_EQ(proxy.origin, (Origin{false, "host", 1}));
  EXPECT_EQ(proxy.authorization, "Basic dXNAZXI6cDp3JTI=");  // us@er:p:w%2
  EXPECT_EQ(parse_proxy("user@host").authorization, "Basic dXNlcjo=");
}

TEST(ProxyFromEnvironment, LowerCaseWinsAndEmptyMeansUnset) {
  const auto settings = proxy_from_environment({{"https_proxy", "lower:1"},
                                                {"HTTPS_PROXY", "upper:2"},
                                                {"http_proxy", ""},
                                                {"ALL_PROXY", "all:3"}});
  EXPECT_EQ(settings.https->origin.host, "lower");
  EXPECT_EQ(settings.http->origin.host, "all");
  EXPECT_EQ(proxy_from_environment({}), ProxySettings{});
}

TEST(ProxyFromEnvironment, NamesTheVariableButNeverItsValue) {
  for (const char* value : {"http://u:secret@h:x", "https://u:secret@h", "socks5://secret"}) {
    try {
      proxy_from_environment({{"HTTPS_PROXY", value}});
      ADD_FAILURE() << value;
    } catch (const std::invalid_argument& e) {
      EXPECT_NE(std::string(e.what()).find("HTTPS_PROXY"), std::string::npos);
      EXPECT_EQ(std::string(e.what()).find("secret"), std::string::npos);
    }
  }
}

TEST(ProxyFor, ChoosesByScheme) {
  const auto settings = proxy_from_environment({{"HTTP_PROXY", "a:1"}, {"HTTPS_PROXY", "b:2"}});
  EXPECT_EQ(settings.proxy_for(Origin{false, "x.com", 80})->origin.host, "a");
  EXPECT_EQ(settings.proxy_for(https("x.com"))->origin.host, "b");
}

TEST(NoProxy, CoversHostsAndTheirSubdomainsButNotLookAlikes) {
  const std::string rules = "example.com, .corp *.dev";
  EXPECT_TRUE(goes_direct(rules, https("example.com")));
  EXPECT_TRUE(goes_direct(rules, https("a.example.com")));
  EXPECT_FALSE(goes_direct(rules, https("badexample.com")));
  EXPECT_FALSE(goes_direct(rules, https("example.com.evil")));
  EXPECT_TRUE(goes_direct(rules, https("host.corp")));
  EXPECT_TRUE(goes_direct("EXAMPLE.com", https("example.com")));
  EXPECT_TRUE(goes_direct(rules, https("x.dev")));
  EXPECT_TRUE(goes_direct("*", https("anything")));
  EXPECT_FALSE(goes_direct("", https("anything")));
}

TEST(NoProxy, MayNameAPort) {
  EXPECT_TRUE(goes_direct("example.com:8443", https("example.com", 8443)));
  EXPECT_FALSE(goes_direct("example.com:8443", https("example.com")));
  EXPECT_TRUE(goes_direct("[fd00::1]:8443", https("fd00::1", 8443)));
  EXPECT_FALSE(goes_direct("[fd00::1]:8443", https("fd00::1")));
}

TEST(NoProxy, CoversAddressesAndBlocks) {
  EXPECT_TRUE(goes_direct("10.0.0.0/8", https("10.200.3.4")));
  EXPECT_FALSE(goes_direct("10.0.0.0/8", https("11.0.0.1")));
  EXPECT_FALSE(goes_direct("10.0.0.0/8", https("10.example.com")));
  EXPECT_TRUE(goes_direct("fd00::/8", https("fd12::1")));
  EXPECT_FALSE(goes_direct("fd00::/8", https("10.0.0.1")));
  EXPECT_TRUE(goes_direct("10.1.2.3", https("10.1.2.3")));
  EXPECT_TRUE(goes_direct("fd00:0::0:1", https("fd00::1")));
  EXPECT_FALSE(goes_direct("10.1.2.3/99", https("10.1.2.3")));
}

TEST(NoProxy, LoopbackAndMetadataServicesAreAlwaysDirect) {
  for (const char* host : {"localhost", "sim.localhost", "127.0.0.1", "127.9.9.9", "::1",
                           "169.254.169.254", "169.254.170.2", "fd00:ec2::254"}) {
    EXPECT_TRUE(goes_direct("", https(host))) << host;
  }
  EXPECT_FALSE(goes_direct("", https("localhost.example.com")));
}

}  // namespace
}  // namespace albatross::http
