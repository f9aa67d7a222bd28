// Reuse of connections, limits, and connections that went stale.
#include "client.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace albatross::http {
namespace {

using namespace test;

TEST(Pool, SequentialExchangesShareOneConnection) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransport transport(clock);
    for (int i = 0; i < 20; ++i) {
      const std::string target = "/" + std::to_string(i);
      const auto outcome = co_await try_send(transport, get(server.origin(), target));
      EXPECT_EQ(outcome.body(), target) << outcome.what();
      EXPECT_EQ(transport.connections_idle(), 1U);
    }
    EXPECT_EQ(server.accepted(), 1U);
    EXPECT_EQ(transport.connections_opened(), 1U);
  });
}

/// What one exchange leaves in the pool when the server answers so.
std::size_t idle_after(std::string answer, std::string method = "GET") {
  std::size_t idle = 99;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, [&answer](Peer& peer) -> Task<> {
      const auto request = co_await peer.request();
      co_await peer.say(answer);
      co_await peer.until_closed();
    });
    BeastTransport transport(clock);
    Request request = get(server.origin());
    request.method = method;
    const auto outcome = co_await try_send(transport, std::move(request));
    EXPECT_TRUE(outcome.response) << outcome.what();
    idle = transport.connections_idle();
  });
  return idle;
}

TEST(Pool, KeepsAConnectionOnlyWhenTheResponseEndedInOrder) {
  EXPECT_EQ(idle_after("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"), 1U);
  EXPECT_EQ(idle_after("HTTP/1.1 204 No Content\r\n\r\n"), 1U);
  EXPECT_EQ(idle_after("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HEAD"), 1U);
  EXPECT_EQ(idle_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 1U);
  EXPECT_EQ(idle_after("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), 0U);
  EXPECT_EQ(idle_after("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"), 0U);
  EXPECT_EQ(idle_after("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxTOO MUCH"), 0U);
}

Task<> echo_one(Transport& transport, Origin origin, int i, std::vector<int>& order) {
  const std::string target = "/" + std::to_string(i);
  const auto outcome = co_await try_send(transport, get(std::move(origin), target));
  EXPECT_EQ(outcome.body(), target) << outcome.what();
  order.push_back(i);
}

TEST(Pool, NoMoreConnectionsThanTheLimitAndFirstComeFirstServed) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransportOptions options;
    options.max_connections_per_origin = 1;
    BeastTransport transport(clock, options);
    std::vector<int> order;
    std::vector<int> expected;
    std::vector<Task<>> sends;
    for (int i = 0; i < 40; ++i) {
      sends.push_back(echo_one(transport, server.origin(), i, order));
      expected.push_back(i);
    }
    co_await when_all(std::move(sends));
    EXPECT_EQ(order, expected);
    EXPECT_EQ(server.accepted(), 1U);
  });
}

TEST(Pool, UsesAsManyConnectionsAsAllowed) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransportOptions options;
    options.max_connections_per_origin = 4;
    BeastTransport transport(clock, options);
    std::vector<int> order;
    std::vector<Task<>> sends;
    for (int i = 0; i < 100; ++i)
      sends.push_back(echo_one(transport, server.origin(), i, order));
    co_await when_all(std::move(sends));
    EXPECT_EQ(order.size(), 100U);
    EXPECT_EQ(server.most_open(), 4U);
    EXPECT_EQ(transport.connections_opened(), 4U);
  });
}

TEST(Pool, TheTotalLimitHoldsOverAllOriginsAndStarvesNone) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server busy(executor, echo_target());
    Server other(executor, echo_target());
    BeastTransportOptions options;
    options.max_connections = 2;
    BeastTransport transport(clock, options);
    std::vector<int> order;
    std::vector<Task<>> sends;
    for (int i = 0; i < 10; ++i)
      sends.push_back(echo_one(transport, busy.origin(), i, order));
    sends.push_back(echo_one(transport, other.origin(), 100, order));
    for (int i = 10; i < 50; ++i)
      sends.push_back(echo_one(transport, busy.origin(), i, order));
    co_await when_all(std::move(sends));
    const auto turn = std::find(order.begin(), order.end(), 100) - order.begin();
    EXPECT_LT(turn, 20) << "who came eleventh was served very late";
    EXPECT_LE(transport.counts().connections_open, 2U);
    EXPECT_LE(busy.most_open(), 2U);
  });
}

TEST(Pool, AnIdleConnectionMakesRoomForAnotherOrigin) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server first(executor, echo_target());
    Server second(executor, echo_target());
    BeastTransportOptions options;
    options.max_connections = 1;
    BeastTransport transport(clock, options);
    for (int i = 0; i < 3; ++i) {
      const auto a = co_await try_send(transport, get(first.origin(), "/a"));
      const auto b = co_await try_send(transport, get(second.origin(), "/b"));
      EXPECT_EQ(a.body() + b.body(), "/a/b");
    }
    EXPECT_EQ(transport.counts().connections_open, 1U);
  });
}

TEST(Pool, WaitingInLineEndsAtTheDeadlineAndReachedNobody) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server stalling(executor, [](Peer& peer) -> Task<> { co_await peer.until_closed(); });
    BeastTransportOptions options;
    options.max_connections_per_origin = 1;
    BeastTransport transport(clock, options);
    std::vector<Task<>> sends;
    const auto send = [&](Duration within) -> Task<> {
      const auto deadline = Deadline::after(clock, within);
      const auto outcome = co_await try_send(transport, post(stalling.origin(), "x"), deadline);
      EXPECT_EQ(outcome.kind(), "timeout");
      EXPECT_EQ(outcome.may_have_reached_server(), within == 60ms) << outcome.what();
    };
    for (const auto limit : {60ms, 20ms}) {
      sends.push_back(send(limit));
    }
    co_await when_all(std::move(sends));
    EXPECT_EQ(stalling.accepted(), 1U);
  });
}

TEST(Pool, ConnectionsThatWereIdleTooLongAreNotUsedAgain) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransportOptions options;
    options.idle_timeout = 5ms;
    BeastTransport transport(clock, options);
    std::ignore = co_await try_send(transport, get(server.origin()));
    co_await clock.sleep_for(6ms);
    std::ignore = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(transport.connections_opened(), 2U);
    EXPECT_EQ(transport.counts().connections_open, 1U);
  });
}

TEST(Pool, CloseIdleClosesThem) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransport transport(clock);
    std::ignore = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(transport.connections_idle(), 1U);
    transport.close_idle();
    EXPECT_EQ(transport.connections_idle(), 0U);
    while (server.open() > 0)
      co_await clock.sleep_for(1ms);
  });
}

TEST(Pool, AConnectionTheServerClosedWhileIdleIsNoticedBeforeItIsUsed) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, [](Peer& peer) -> Task<> {
      const auto request = co_await peer.request();
      co_await peer.ok("once");  // and closes, without having said so
    });
    BeastTransport transport(clock);
    for (int i = 0; i < 3; ++i) {
      const auto outcome = co_await try_send(transport, post(server.origin(), "mutation"));
      EXPECT_EQ(outcome.body(), "once") << outcome.what();
      while (server.open() > 0)
        co_await clock.sleep_for(1ms);
    }
    EXPECT_EQ(transport.connections_opened(), 3U);
    EXPECT_EQ(transport.counts().stale_connections, 2U);
  });
}

TEST(Pool, BytesNobodyAskedForMakeAConnectionUnusable) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Gate spoken;
    Server server(executor, [&spoken](Peer& peer) -> Task<> {
      const auto request = co_await peer.request();
      co_await peer.ok("fine");
      if (peer.number == 0) {
        co_await peer.say("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        spoken.open();
      }
      co_await peer.until_closed();
    });
    BeastTransport transport(clock);
    std::ignore = co_await try_send(transport, get(server.origin()));
    co_await spoken.wait();
    const auto outcome = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(outcome.status(), 200) << outcome.what();
    EXPECT_EQ(transport.connections_opened(), 2U);
  });
}

/// Answers the first request of each connection, and closes upon the second without answering: the
/// close crosses the request.
Script close_at_second_request(std::vector<std::string>& methods) {
  return [&methods](Peer& peer) -> Task<> {
    const auto first = co_await peer.request();
    methods.push_back(first.substr(0, first.find(' ')));
    co_await peer.ok("first");
    const auto second = co_await peer.request();
    if (!second.empty()) methods.push_back(second.substr(0, second.find(' ')));
  };
}

TEST(Pool, AGetThatCrossedACloseIsRepeatedOnAFreshConnection) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    std::vector<std::string> methods;
    Server server(executor, close_at_second_request(methods));
    BeastTransport transport(clock);
    std::ignore = co_await try_send(transport, get(server.origin()));
    const auto outcome = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(outcome.body(), "first") << outcome.what();
    EXPECT_EQ(methods, (std::vector<std::string>{"GET", "GET", "GET"}));
    EXPECT_EQ(transport.connections_opened(), 2U);
  });
}

TEST(Pool, APostThatCrossedACloseIsNotRepeated) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    std::vector<std::string> methods;
    Server server(executor, close_at_second_request(methods));
    BeastTransport transport(clock);
    std::ignore = co_await try_send(transport, get(server.origin()));
    const auto outcome = co_await try_send(transport, post(server.origin(), "mutation"));
    EXPECT_EQ(outcome.kind(), "closed");
    EXPECT_TRUE(outcome.may_have_reached_server());
    EXPECT_EQ(methods, (std::vector<std::string>{"GET", "POST"}));
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
}

TEST(Pool, ACloseOnAFreshConnectionIsNotRepeatedEvenForGet) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor,
                  [](Peer& peer) -> Task<> { const auto request = co_await peer.request(); });
    BeastTransport transport(clock);
    const auto outcome = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(outcome.kind(), "closed");
    EXPECT_EQ(server.accepted(), 1U);
  });
}

TEST(Pool, AGetThatBrokeInMidResponseIsNotRepeated) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, [](Peer& peer) -> Task<> {
      const auto first = co_await peer.request();
      co_await peer.ok("first");
      const auto second = co_await peer.request();
      co_await peer.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
    });
    BeastTransport transport(clock);
    std::ignore = co_await try_send(transport, get(server.origin()));
    const auto outcome = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(outcome.kind(), "closed");
    EXPECT_EQ(server.accepted(), 1U);
  });
}

TEST(WarmUp, TheFirstExchangeFindsAConnectionOpen) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransport transport(clock);
    co_await transport.connect(server.origin(), Deadline::never());
    co_await transport.connect(server.origin(), Deadline::never());
    EXPECT_EQ(transport.connections_opened(), 1U);
    EXPECT_EQ(transport.connections_idle(), 1U);
    const auto outcome = co_await try_send(transport, get(server.origin(), "/x"));
    EXPECT_EQ(outcome.body(), "/x");
    EXPECT_EQ(transport.connections_opened(), 1U);
  });
}

TEST(WarmUp, FailsAsAnExchangeWould) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    server.stop_listening();
    BeastTransport transport(clock);
    std::string kind;
    try {
      co_await transport.connect(server.origin(), Deadline::never());
    } catch (const TransportError& e) {
      kind = to_string(e.kind());
    }
    EXPECT_EQ(kind, "connect");
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
}

}  // namespace
}  // namespace albatross::http
