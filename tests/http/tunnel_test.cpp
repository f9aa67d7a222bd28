// Requests through a proxy.
#include "certificates.hpp"
#include "client.hpp"

#include <boost/asio/ssl/context.hpp>

#include <string>

namespace albatross::http {
namespace {

using namespace test;

BeastTransportOptions through(const Server& proxy, const std::string& user_info = {}) {
  BeastTransportOptions options;
  const std::string url = "http://" + user_info + proxy.origin().authority();
  options.proxy.http = parse_proxy(url);
  options.proxy.https = parse_proxy(url);
  return options;
}

TEST(Proxy, PlainRequestsGoToItWithTheWholeUrl) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    std::string seen;
    Server proxy(executor, [&seen](Peer& peer) -> Task<> {
      for (;;) {
        const auto request = co_await peer.request();
        if (request.empty()) co_return;
        seen = request;
        co_await peer.ok("through the proxy");
      }
    });
    BeastTransport transport(clock, through(proxy, "user:pw@"));
    const Origin origin{false, "service.test", 8080};
    for (int i = 0; i < 2; ++i) {
      const auto outcome = co_await try_send(transport, get(origin, "/path"));
      EXPECT_EQ(outcome.body(), "through the proxy") << outcome.what();
    }
    EXPECT_TRUE(
        seen.starts_with("GET http://service.test:8080/path HTTP/1.1\r\n"
                         "Host: service.test:8080\r\n"))
        << seen;
    EXPECT_NE(seen.find("Proxy-Authorization: Basic dXNlcjpwdw==\r\n"), std::string::npos);
    EXPECT_EQ(proxy.accepted(), 1U);
  });
}

TEST(Proxy, TlsGoesThroughATunnelEndToEnd) {
  Authority authority;
  const auto context = authority.server("DNS:service.test");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    std::string asked_proxy;
    std::string asked_server;
    Server server(
        executor,
        [&](Peer& peer) -> Task<> {
          for (;;) {
            const auto request = co_await peer.request();
            if (request.empty()) co_return;
            asked_server = request;
            co_await peer.ok(peer.server_name());
          }
        },
        context.get());
    Server proxy(executor, [&](Peer& peer) -> Task<> {
      asked_proxy = co_await peer.request();
      co_await peer.say("HTTP/1.1 200 Connection established\r\n\r\n");
      co_await peer.relay_to(server.origin().port);
    });
    auto options = through(proxy, "user:pw@");
    options.ca_bundle = authority.bundle();
    BeastTransport transport(clock, options);
    const Origin origin{true, "service.test", 443};
    for (int i = 0; i < 3; ++i) {
      const auto outcome = co_await try_send(transport, get(origin, "/path"));
      EXPECT_EQ(outcome.body(), "service.test") << outcome.what();
    }
    EXPECT_TRUE(
        asked_proxy.starts_with("CONNECT service.test:443 HTTP/1.1\r\n"
                                "Host: service.test:443\r\n"))
        << asked_proxy;
    EXPECT_NE(asked_proxy.find("Proxy-Authorization: Basic dXNlcjpwdw==\r\n"), std::string::npos);
    EXPECT_TRUE(asked_server.starts_with("GET /path HTTP/1.1\r\n")) << asked_server;
    EXPECT_EQ(asked_server.find("Proxy-Authorization"), std::string::npos);
    EXPECT_EQ(proxy.accepted(), 1U);
  });
}

Outcome through_proxy_that_says(std::string answer) {
  Outcome outcome;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server proxy(executor, once(answer));
    BeastTransport transport(clock, through(proxy, "user:hunter2@"));
    const Origin origin{true, "service.test", 443};
    outcome = co_await try_send(transport, post(origin, "mutation"));
  });
  EXPECT_FALSE(outcome.may_have_reached_server());
  EXPECT_NE(outcome.what().find("proxy http://127.0.0.1"), std::string::npos) << outcome.what();
  EXPECT_EQ(outcome.what().find("hunter2"), std::string::npos);
  return outcome;
}

TEST(Proxy, ARefusalIsAConnectErrorWithItsStatus) {
  const auto outcome = through_proxy_that_says(
      "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 5\r\n\r\nlogin");
  EXPECT_EQ(outcome.kind(), "connect");
  EXPECT_NE(outcome.what().find("407 Proxy Authentication Required"), std::string::npos)
      << outcome.what();
}

TEST(Proxy, OneThatHangsUpOrTalksNonsenseIsAConnectError) {
  EXPECT_EQ(through_proxy_that_says("").kind(), "connect");
  EXPECT_EQ(through_proxy_that_says("nonsense\r\n\r\n").kind(), "connect");
  EXPECT_EQ(through_proxy_that_says("HTTP/1.1 200 OK\r\n\r\nunasked").kind(), "connect");
}

TEST(Proxy, OneThatIsNotThereIsNamed) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server proxy(executor, echo_target());
    proxy.stop_listening();
    BeastTransport transport(clock, through(proxy));
    const Origin origin{true, "service.test", 443};
    const auto outcome = co_await try_send(transport, get(origin));
    EXPECT_EQ(outcome.kind(), "connect");
    EXPECT_NE(outcome.what().find("proxy "), std::string::npos) << outcome.what();
  });
}

TEST(Proxy, HostsToBypassAreReachedDirectly) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server proxy(executor, echo_target());
    Server server(executor, echo_target());
    BeastTransport transport(clock, through(proxy));
    const auto outcome = co_await try_send(transport, get(server.origin("localhost"), "/direct"));
    EXPECT_EQ(outcome.body(), "/direct");
    EXPECT_EQ(proxy.accepted(), 0U);
  });
}

}  // namespace
}  // namespace albatross::http
