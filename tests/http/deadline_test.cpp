// Deadlines and cancellation of real exchanges.
#include "client.hpp"

#include <string>
#include <vector>

namespace albatross::http {
namespace {

using namespace test;

/// Sends a POST with a short deadline to a server with that script.
Outcome post_in_40ms(Script script) {
  Outcome outcome;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, std::move(script));
    BeastTransport transport(clock);
    const TimePoint start = clock.now();
    const auto deadline = Deadline::after(clock, 40ms);
    outcome = co_await try_send(transport, post(server.origin(), "mutation"), deadline);
    EXPECT_GE(clock.now() - start, 40ms);
    EXPECT_LT(clock.now() - start, 1s);
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
  return outcome;
}

TEST(ExchangeDeadline, AServerThatStallsIsATimeoutThatMayHaveReachedIt) {
  const auto outcome = post_in_40ms([](Peer& peer) -> Task<> { co_await peer.until_closed(); });
  EXPECT_EQ(outcome.kind(), "timeout");
  EXPECT_TRUE(outcome.may_have_reached_server());
  EXPECT_NE(outcome.what().find("waiting for the response"), std::string::npos) << outcome.what();
}

TEST(ExchangeDeadline, AServerThatStallsInTheBodyIsATimeout) {
  const auto outcome = post_in_40ms([](Peer& peer) -> Task<> {
    const auto request = co_await peer.request();
    co_await peer.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    co_await peer.until_closed();
  });
  EXPECT_EQ(outcome.kind(), "timeout");
  EXPECT_NE(outcome.what().find("middle of the response"), std::string::npos) << outcome.what();
}

TEST(ExchangeDeadline, AServerThatDripsBytesIsATimeoutAllTheSame) {
  const auto outcome = post_in_40ms([](Peer& peer) -> Task<> {
    const auto request = co_await peer.request();
    co_await peer.drip("HTTP/1.1 200 OK\r\nX-Long: " + std::string(1000, 'x'), 1);
  });
  EXPECT_EQ(outcome.kind(), "timeout");
}

Task<Outcome> send_in(Transport& transport, Clock& clock, Origin origin, Duration limit) {
  const auto deadline = Deadline::after(clock, limit);
  co_return co_await try_send(transport, get(std::move(origin)), deadline);
}

TEST(ExchangeDeadline, EachOfManyExchangesHasItsOwn) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server stalling(executor, [](Peer& peer) -> Task<> { co_await peer.until_closed(); });
    BeastTransport transport(clock);
    const TimePoint start = clock.now();
    std::vector<int> order;
    std::vector<Task<>> sends;
    const auto send = [&](int milliseconds) -> Task<> {
      const Duration duration = std::chrono::milliseconds(milliseconds);
      const auto outcome = co_await send_in(transport, clock, stalling.origin(), duration);
      EXPECT_EQ(outcome.kind(), "timeout");
      EXPECT_GE(clock.now() - start, duration);
      order.push_back(milliseconds);
    };
    for (const int limit : {30, 10, 20}) {
      sends.push_back(send(limit));
    }
    co_await when_all(std::move(sends));
    EXPECT_EQ(order, (std::vector<int>{10, 20, 30}));
  });
}

TEST(ExchangeDeadline, TheDefaultAppliesWhenTheCallerGivesNone) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server stalling(executor, [](Peer& peer) -> Task<> { co_await peer.until_closed(); });
    BeastTransportOptions options;
    options.exchange_timeout = 20ms;
    BeastTransport transport(clock, options);
    const auto outcome = co_await try_send(transport, get(stalling.origin()));
    EXPECT_EQ(outcome.kind(), "timeout");
  });
}

TEST(ExchangeDeadline, AnExchangeThatEndsInTimeLeavesNoTimerBehind) {
  const SystemClock real;
  const TimePoint start = real.now();
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransport transport(clock);
    for (int i = 0; i < 5; ++i) {
      const auto deadline = Deadline::after(clock, 1h);
      const auto outcome = co_await try_send(transport, get(server.origin(), "/x"), deadline);
      EXPECT_EQ(outcome.body(), "/x") << outcome.what();
    }
  });
  EXPECT_LT(real.now() - start, 2s);  // run_coro returns when no work is left
}

/// A backlog that is full: the kernel answers no further connection attempt.
TEST(ConnectDeadline, SilenceWhileConnectingIsATimeoutThatReachedNobody) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server silent(executor, [](Peer& peer) -> Task<> { co_await peer.until_closed(); });
    BeastTransportOptions options;
    options.connect_timeout = 30ms;
    BeastTransport transport(clock, options);
    // TLS to a server that accepts and then says nothing: the handshake never ends.
    Origin origin = silent.origin();
    origin.tls = true;
    const TimePoint start = clock.now();
    const auto outcome = co_await try_send(transport, post(origin, "x"));
    EXPECT_EQ(outcome.kind(), "timeout") << outcome.what();
    EXPECT_FALSE(outcome.may_have_reached_server());
    EXPECT_LT(clock.now() - start, 1s);
    EXPECT_NE(outcome.what().find("30 ms"), std::string::npos) << outcome.what();
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
}

TEST(ConnectDeadline, TheCallersDeadlineCutsConnectingShort) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server silent(executor, [](Peer& peer) -> Task<> { co_await peer.until_closed(); });
    BeastTransport transport(clock);
    Origin origin = silent.origin();
    origin.tls = true;
    const auto deadline = Deadline::after(clock, 20ms);
    const auto outcome = co_await try_send(transport, post(origin, "x"), deadline);
    EXPECT_EQ(outcome.kind(), "timeout");
    EXPECT_FALSE(outcome.may_have_reached_server());
  });
}

/// Runs a send in a group, cancels it when `ready` opens, and says how it ended.
Task<> cancel_when(Clock& clock, Gate& ready, BeastTransport& transport, Request request,
                   bool& aborted) {
  auto group = co_await TaskGroup::create();
  auto send = [&]() -> Task<> {
    try {
      co_await transport.send(std::move(request), Deadline::never());
    } catch (...) {
      aborted = is_cancellation(std::current_exception());
    }
  };
  group.spawn(send());
  co_await ready.wait();
  co_await clock.sleep_for(2ms);
  group.cancel();
  co_await group.join();
}

TEST(Cancellation, InMidExchangeDropsTheConnectionAndPassesThrough) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Gate arrived;
    bool closed = false;
    Server server(executor, [&](Peer& peer) -> Task<> {
      const auto request = co_await peer.request();
      co_await peer.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
      arrived.open();
      co_await peer.until_closed();
      closed = true;
    });
    BeastTransport transport(clock);
    bool aborted = false;
    co_await cancel_when(clock, arrived, transport, get(server.origin()), aborted);
    EXPECT_TRUE(aborted);
    EXPECT_EQ(transport.counts().connections_open, 0U);
    while (!closed)
      co_await clock.sleep_for(1ms);
  });
}

TEST(Cancellation, InTheHandshakePassesThrough) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Gate arrived;
    Server silent(executor, [&](Peer& peer) -> Task<> {
      arrived.open();
      co_await peer.until_closed();
    });
    BeastTransport transport(clock);
    Origin origin = silent.origin();
    origin.tls = true;
    bool aborted = false;
    co_await cancel_when(clock, arrived, transport, get(origin), aborted);
    EXPECT_TRUE(aborted);
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
}

TEST(Cancellation, WhileWaitingForAConnectionLeavesTheLine) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Gate arrived;
    Server server(executor, [&](Peer& peer) -> Task<> {
      const auto request = co_await peer.request();
      arrived.open();
      co_await peer.until_closed();
    });
    BeastTransportOptions options;
    options.max_connections_per_origin = 1;
    BeastTransport transport(clock, options);
    auto holders = co_await TaskGroup::create();
    auto hold = [&]() -> Task<> {
      const auto held = co_await try_send(transport, get(server.origin()));
      (void)held;
    };
    holders.spawn(hold());
    co_await arrived.wait();
    bool aborted = false;
    co_await cancel_when(clock, arrived, transport, get(server.origin()), aborted);
    EXPECT_TRUE(aborted);
    holders.cancel();
    co_await holders.join();
    EXPECT_EQ(server.accepted(), 1U);
  });
}

}  // namespace
}  // namespace albatross::http
