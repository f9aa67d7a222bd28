// One request, one response, over real sockets.
#include "client.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace albatross::http {
namespace {

using namespace test;

/// Sends a GET to a server that answers with exactly these bytes and closes.
Outcome answer_to_get(std::string bytes, BeastTransportOptions options = {},
                      std::string method = "GET") {
  Outcome outcome;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, once(bytes));
    BeastTransport transport(clock, options);
    Request request = get(server.origin());
    request.method = method;
    outcome = co_await try_send(transport, std::move(request));
  });
  return outcome;
}

TEST(Exchange, DeliversTheRequestAsItWasGivenAndTheWholeResponse) {
  std::string seen;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, [&seen](Peer& peer) -> Task<> {
      seen = co_await peer.request();
      co_await peer.say(
          "HTTP/1.1 418 I'm a teapot\r\nX-One: 1\r\nx-one: 2\r\nContent-Length: 4\r\n\r\nbody");
    });
    BeastTransport transport(clock);
    Request request = post(server.origin(), "Action=DescribeVpcs", "/x?y=%20");
    request.headers.add("X-Amz-Date", "20260101T000000Z");
    const auto outcome = co_await try_send(transport, std::move(request));
    EXPECT_EQ(outcome.status(), 418) << outcome.what();
    EXPECT_EQ(outcome.response->reason, "I'm a teapot");
    EXPECT_EQ(outcome.response->headers,
              (Headers{{"X-One", "1"}, {"x-one", "2"}, {"Content-Length", "4"}}));
    EXPECT_EQ(outcome.body(), "body");
    EXPECT_EQ(seen, "POST /x?y=%20 HTTP/1.1\r\nHost: " + server.origin().authority() +
                        "\r\nX-Amz-Date: 20260101T000000Z\r\nUser-Agent: albatross\r\n"
                        "Content-Length: 19\r\nConnection: keep-alive\r\n\r\n"
                        "Action=DescribeVpcs");
  });
}

TEST(Exchange, ReadsChunkedBodiesAndLeavesTheTrailerOut) {
  const auto outcome = answer_to_get(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;ext=1\r\nabc\r\n5\r\ndefgh\r\n0\r\nX-Trailer: t\r\n\r\n");
  EXPECT_EQ(outcome.body(), "abcdefgh") << outcome.what();
  EXPECT_EQ(outcome.response->headers.size(), 1U);
}

TEST(Exchange, ReadsBodiesThatEndWithTheConnection) {
  EXPECT_EQ(answer_to_get("HTTP/1.1 200 OK\r\n\r\nuntil the end").body(), "until the end");
  EXPECT_EQ(answer_to_get("HTTP/1.0 200 OK\r\n\r\nold").body(), "old");
}

TEST(Exchange, TakesStatusesWithoutBodyAsComplete) {
  for (const char* status : {"204 No Content", "304 Not Modified"}) {
    const auto outcome = answer_to_get("HTTP/1.1 " + std::string(status) + "\r\n\r\n");
    EXPECT_EQ(outcome.body(), "") << outcome.what();
  }
  EXPECT_EQ(answer_to_get("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").body(), "");
}

TEST(Exchange, TheAnswerToHeadHasALengthButNoBody) {
  const auto outcome = answer_to_get("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", {}, "HEAD");
  EXPECT_EQ(outcome.status(), 200) << outcome.what();
  EXPECT_EQ(outcome.body(), "");
}

TEST(Exchange, SkipsInterimResponses) {
  const auto outcome = answer_to_get(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  EXPECT_EQ(outcome.body(), "ok") << outcome.what();
  EXPECT_FALSE(outcome.response->headers.find("Link"));
}

TEST(Exchange, ABodyLargerThanAnyBufferArrivesWhole) {
  std::string large(3'000'000, 'x');
  for (std::size_t i = 0; i < large.size(); i += 1000)
    large[i] = static_cast<char>('a' + i % 26);
  const auto outcome = answer_to_get(
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(large.size()) + "\r\n\r\n" + large);
  EXPECT_TRUE(outcome.body() == large) << outcome.what();
}

TEST(Exchange, ALargeRequestIsWrittenWhole) {
  run_coro([&](Clock& clock) -> Task<> {
    std::string large(5'000'000, 'r');
    large.back() = 'e';
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, [&large](Peer& peer) -> Task<> {
      const auto request = co_await peer.request();
      const bool same = body_of(request) == large;
      const std::string verdict = same ? "same" : "different";
      co_await peer.ok(verdict);
    });
    BeastTransport transport(clock);
    const auto outcome = co_await try_send(transport, post(server.origin(), large));
    EXPECT_EQ(outcome.body(), "same") << outcome.what();
  });
}

TEST(Exchange, AnAnswerThatComesBeforeTheRequestWasReadCounts) {
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, [](Peer& peer) -> Task<> {
      co_await peer.say(
          "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
      co_await peer.until_closed();
    });
    BeastTransport transport(clock);
    const std::string large(20'000'000, 'r');
    const auto outcome = co_await try_send(transport, post(server.origin(), large));
    EXPECT_EQ(outcome.status(), 413) << outcome.what();
    EXPECT_EQ(transport.connections_idle(), 0U);
  });
}

struct Fault {
  const char* name;
  const char* bytes;
  const char* kind;
};

TEST(Exchange, EveryBrokenAnswerIsATypedErrorThatMayHaveReachedTheServer) {
  const std::vector<Fault> faults = {
      {"nothing", "", "closed"},
      {"half a status line", "HTTP/1.", "closed"},
      {"half a header", "HTTP/1.1 200 OK\r\nContent-Le", "closed"},
      {"half a body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "closed"},
      {"half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "closed"},
      {"no last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
       "closed"},
      {"interim only", "HTTP/1.1 100 Continue\r\n\r\n", "closed"},
      {"not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "malformed"},
      {"another version", "HTTP/2 200\r\n\r\n", "malformed"},
      {"no status", "HTTP/1.1 abc OK\r\n\r\n", "malformed"},
      {"bad field", "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "malformed"},
      {"blank in name", "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n", "malformed"},
      {"NUL in value",
       "HTTP/1.1 200 OK\r\nA: b\x01"
       "c\r\n\r\n",
       "malformed"},
      {"bad length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "malformed"},
      {"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
       "malformed"},
      {"bad chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab",
       "malformed"},
      {"unasked upgrade", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "malformed"},
      {"huge length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "too_large"},
      {"huge chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
       "too_large"},
  };
  for (const auto& fault : faults) {
    const auto outcome = answer_to_get(fault.bytes);
    EXPECT_EQ(outcome.kind(), fault.kind) << fault.name << ": " << outcome.what();
    EXPECT_TRUE(outcome.may_have_reached_server()) << fault.name;
  }
}

TEST(Exchange, ClosingAtEachByteOfTheAnswerIsNeverTakenForSuccess) {
  const std::string whole =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  run_coro(
      [&](Clock& clock) -> Task<> {
        const auto executor = co_await boost::asio::this_coro::executor;
        Server server(executor, [&whole](Peer& peer) -> Task<> {
          const auto request = co_await peer.request();
          if (peer.number % 2 == 0) {
            co_await peer.say(whole.substr(0, peer.number / 2));
          } else {
            co_await peer.say(whole.substr(0, peer.number / 2));
            peer.reset();
          }
        });
        BeastTransport transport(clock);
        for (std::size_t i = 0; i < 2 * whole.size(); ++i) {
          const auto outcome = co_await try_send(transport, get(server.origin()));
          EXPECT_EQ(outcome.kind(), "closed") << i << ": " << outcome.what();
        }
        const auto last = co_await try_send(transport, get(server.origin()));
        EXPECT_EQ(last.body(), "hello");
        EXPECT_EQ(server.accepted(), 2 * whole.size() + 1);
      },
      30s);
}

TEST(Exchange, LimitsHeaderAndBody) {
  BeastTransportOptions options;
  options.max_header_bytes = 1000;
  options.max_response_bytes = 100;
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const auto kind = [&](const std::string& bytes) { return answer_to_get(bytes, options).kind(); };
  EXPECT_EQ(kind(ok + "X: " + std::string(2000, 'h') + "\r\n\r\n"), "too_large");
  EXPECT_EQ(kind(ok + "X: " + std::string(200'000, 'h')), "too_large");
  EXPECT_EQ(kind(ok + "Content-Length: 101\r\n\r\n"), "too_large");
  EXPECT_EQ(kind(ok + "\r\n" + std::string(101, 'b')), "too_large");
  EXPECT_EQ(kind(ok + "Transfer-Encoding: chunked\r\n\r\n64\r\n" + std::string(100, 'b') +
                 "\r\n1\r\nb\r\n0\r\n\r\n"),
            "too_large");
  EXPECT_EQ(kind(ok + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'e')),
            "too_large");
  EXPECT_EQ(kind(ok + "Content-Length: 100\r\n\r\n" + std::string(100, 'b')), "no error");
}

TEST(Exchange, AnEndlessAnswerStopsAtTheLimit) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    // Shared, for the server's coroutine may outlive this one.
    const auto said = std::make_shared<std::size_t>(0);
    Server server(executor, [said](Peer& peer) -> Task<> {
      const auto count = said;
      const auto request = co_await peer.request();
      co_await peer.say("HTTP/1.1 200 OK\r\n\r\n");
      const std::string block(64 * 1024, 'x');
      for (; *count < 10'000; ++*count)
        co_await peer.say(block);
    });
    BeastTransportOptions options;
    options.max_response_bytes = 1 << 20;
    BeastTransport transport(clock, options);
    const auto outcome = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(outcome.kind(), "too_large") << outcome.what();
    EXPECT_LT(*said, 1000U);
  });
}

TEST(Exchange, WhatCannotBeHttpIsRefusedBeforeAnyConnection) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransport transport(clock);
    bool refused = false;
    try {
      co_await transport.send(get(server.origin(), "/a b"), Deadline::never());
    } catch (const std::invalid_argument&) {
      refused = true;
    }
    EXPECT_TRUE(refused);
    EXPECT_EQ(transport.connections_opened(), 0U);
  });
}

TEST(Exchange, NobodyListeningIsAConnectErrorThatReachedNobody) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Origin origin;
    {
      const Server gone(executor, echo_target());
      origin = gone.origin();
    }
    BeastTransport transport(clock);
    const auto outcome = co_await try_send(transport, post(origin, "x"));
    EXPECT_EQ(outcome.kind(), "connect");
    EXPECT_FALSE(outcome.may_have_reached_server());
    EXPECT_NE(outcome.what().find("refused"), std::string::npos) << outcome.what();
    EXPECT_EQ(outcome.error->origin(), origin);
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
}

TEST(Exchange, ANameWithoutAddressIsAResolveError) {
  run_coro([](Clock& clock) -> Task<> {
    BeastTransport transport(clock);
    const Origin origin{false, std::string(70, 'a') + ".invalid", 80};  // asks no server
    const auto outcome = co_await try_send(transport, post(origin, "x"));
    EXPECT_EQ(outcome.kind(), "resolve");
    EXPECT_FALSE(outcome.may_have_reached_server());
  });
}

TEST(Exchange, HostNamesAreResolvedAndEveryAddressIsTried) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransport transport(clock);
    const auto outcome = co_await try_send(transport, get(server.origin("localhost"), "/name"));
    EXPECT_EQ(outcome.body(), "/name") << outcome.what();
  });
}

}  // namespace
}  // namespace albatross::http
