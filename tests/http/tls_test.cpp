#include "certificates.hpp"
#include "client.hpp"

#include <boost/asio/ssl/context.hpp>

#include <string>

namespace albatross::http {
namespace {

using namespace test;

BeastTransportOptions trusting(const Authority& authority) {
  BeastTransportOptions options;
  options.ca_bundle = authority.bundle();
  return options;
}

TEST(Tls, AnExchangeThatSaysWhichNameItWants) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    std::string name;
    Server server(
        executor,
        [&name](Peer& peer) -> Task<> {
          name = peer.server_name();
          const auto request = co_await peer.request();
          co_await peer.ok(body_of(request));
        },
        context.get());
    BeastTransport transport(clock, trusting(authority));
    const auto outcome = co_await try_send(transport, post(server.origin("localhost"), "secret"));
    EXPECT_EQ(outcome.body(), "secret") << outcome.what();
    EXPECT_EQ(name, "localhost");
  });
}

TEST(Tls, AddressesAreVerifiedAsAddressesAndNotSentAsNames) {
  Authority authority;
  const auto context = authority.server("IP:127.0.0.1");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    std::string name = "unset";
    Server server(
        executor,
        [&name](Peer& peer) -> Task<> {
          name = peer.server_name();
          const auto request = co_await peer.request();
          co_await peer.ok("by address");
        },
        context.get());
    BeastTransport transport(clock, trusting(authority));
    const auto outcome = co_await try_send(transport, get(server.origin()));
    EXPECT_EQ(outcome.body(), "by address") << outcome.what();
    EXPECT_EQ(name, "");
  });
}

TEST(Tls, LargeBodiesBothWays) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(
        executor,
        [](Peer& peer) -> Task<> {
          for (;;) {
            const auto request = co_await peer.request();
            if (request.empty()) co_return;
            co_await peer.ok(body_of(request));
          }
        },
        context.get());
    BeastTransport transport(clock, trusting(authority));
    for (const std::size_t size : {1UL, 16'000UL, 16'384UL, 17'000UL, 1'000'000UL}) {
      const std::string body(size, 'b');
      const auto outcome = co_await try_send(transport, post(server.origin("localhost"), body));
      EXPECT_TRUE(outcome.body() == body) << size << ": " << outcome.what();
    }
    EXPECT_EQ(transport.connections_opened(), 1U);
  });
}

/// What a client that trusts `authority` says about a server with that certificate.
Outcome handshake_with(const Authority& authority, boost::asio::ssl::context& context,
                       std::string host = "localhost") {
  Outcome outcome;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target(), &context);
    BeastTransport transport(clock, trusting(authority));
    outcome = co_await try_send(transport, post(server.origin(host), "mutation"));
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
  EXPECT_EQ(outcome.kind(), "tls") << outcome.what();
  EXPECT_FALSE(outcome.may_have_reached_server());
  return outcome;
}

TEST(Tls, ACertificateForAnotherHostIsRefused) {
  Authority authority;
  const auto context = authority.server("DNS:other.example");
  const auto outcome = handshake_with(authority, *context);
  EXPECT_NE(outcome.what().find("hostname mismatch"), std::string::npos) << outcome.what();
}

TEST(Tls, ACertificateForAnotherAddressIsRefused) {
  Authority authority;
  const auto context = authority.server("IP:127.0.0.2,DNS:127.0.0.1");
  const auto outcome = handshake_with(authority, *context, "127.0.0.1");
  EXPECT_NE(outcome.what().find("mismatch"), std::string::npos) << outcome.what();
}

TEST(Tls, ACertificateOfAnUnknownAuthorityIsRefused) {
  Authority trusted;
  Authority unknown;
  const auto context = unknown.server("DNS:localhost");
  const auto outcome = handshake_with(trusted, *context);
  EXPECT_NE(outcome.what().find("certificate is not accepted"), std::string::npos)
      << outcome.what();
}

TEST(Tls, AnExpiredCertificateIsRefused) {
  Authority authority;
  const auto context = authority.server("DNS:localhost", true);
  const auto outcome = handshake_with(authority, *context);
  EXPECT_NE(outcome.what().find("expired"), std::string::npos) << outcome.what();
}

TEST(Tls, VersionsBeforeTls12AreRefused) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context->native_handle(), TLS1_1_VERSION);
  SSL_CTX_set_security_level(context->native_handle(), 0);
  SSL_CTX_set_cipher_list(context->native_handle(), "ALL:@SECLEVEL=0");
  handshake_with(authority, *context);
}

TEST(Tls, AServerThatSpeaksNoTlsIsATlsError) {
  Authority authority;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server plain(executor, [](Peer& peer) -> Task<> {
      co_await peer.say("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    BeastTransport transport(clock, trusting(authority));
    Origin origin = plain.origin("localhost");
    origin.tls = true;
    const auto outcome = co_await try_send(transport, get(origin));
    EXPECT_EQ(outcome.kind(), "tls") << outcome.what();
  });
}

TEST(Tls, ABundleThatCannotBeReadIsATlsErrorThatNamesIt) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    BeastTransportOptions options;
    options.ca_bundle = "/nonexistent/roots.pem";
    BeastTransport transport(clock, options);
    Origin origin = server.origin();
    origin.tls = true;
    const auto outcome = co_await try_send(transport, get(origin));
    EXPECT_EQ(outcome.kind(), "tls");
    EXPECT_NE(outcome.what().find("/nonexistent/roots.pem"), std::string::npos) << outcome.what();
  });
}

/// How many of `count` connections, one after the other, resumed an earlier session.
std::size_t resumed_of(std::size_t count, long version) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  SSL_CTX_set_max_proto_version(context->native_handle(), static_cast<int>(version));
  std::size_t resumed_by_server = 0;
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(
        executor,
        [&](Peer& peer) -> Task<> {
          resumed_by_server += peer.session_resumed() ? 1 : 0;
          const auto request = co_await peer.request();
          co_await peer.ok("x");
        },
        context.get());
    BeastTransport transport(clock, trusting(authority));
    for (std::size_t i = 0; i < count; ++i) {
      const auto outcome = co_await try_send(transport, get(server.origin("localhost")));
      EXPECT_EQ(outcome.body(), "x") << outcome.what();
      transport.close_idle();
    }
    EXPECT_EQ(transport.counts().tls_sessions_resumed, resumed_by_server);
    EXPECT_EQ(transport.connections_opened(), count);
  });
  return resumed_by_server;
}

TEST(Tls, LaterConnectionsResumeTheSession) {
  EXPECT_EQ(resumed_of(5, TLS1_3_VERSION), 4U);
  EXPECT_EQ(resumed_of(5, TLS1_2_VERSION), 4U);
}

TEST(Tls, AWarmedConnectionWithTicketsWaitingIsUsable) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target(), context.get());
    BeastTransport transport(clock, trusting(authority));
    const Origin origin = server.origin("localhost");
    co_await transport.connect(origin, Deadline::never());
    co_await clock.sleep_for(5ms);  // the tickets arrive
    const auto outcome = co_await try_send(transport, get(origin, "/warm"));
    EXPECT_EQ(outcome.body(), "/warm") << outcome.what();
    EXPECT_EQ(transport.connections_opened(), 1U);
    EXPECT_EQ(transport.counts().stale_connections, 0U);
  });
}

TEST(Tls, AnIdleConnectionTheServerClosedIsNoticed) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(
        executor,
        [](Peer& peer) -> Task<> {
          const auto request = co_await peer.request();
          co_await peer.ok("once");
        },
        context.get());
    BeastTransport transport(clock, trusting(authority));
    for (int i = 0; i < 3; ++i) {
      const auto outcome = co_await try_send(transport, post(server.origin("localhost"), "m"));
      EXPECT_EQ(outcome.body(), "once") << outcome.what();
      while (server.open() > 0)
        co_await clock.sleep_for(1ms);
    }
    EXPECT_EQ(transport.connections_opened(), 3U);
    EXPECT_EQ(transport.counts().stale_connections, 2U);
  });
}

TEST(Tls, ABodyThatEndsWithACutConnectionIsNotTakenForComplete) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, once("HTTP/1.1 200 OK\r\n\r\nhalf of it"), context.get());
    BeastTransport transport(clock, trusting(authority));
    const auto outcome = co_await try_send(transport, get(server.origin("localhost")));
    EXPECT_EQ(outcome.kind(), "closed") << outcome.body();
    EXPECT_TRUE(outcome.may_have_reached_server());
  });
}

TEST(Tls, AServerThatStallsInTheHandshakeOrTheResponseIsATimeout) {
  Authority authority;
  const auto context = authority.server("DNS:localhost");
  run_coro([&](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    auto stall = [](Peer& peer) -> Task<> { co_await peer.until_closed(); };
    Server server(executor, stall, context.get());
    BeastTransport transport(clock, trusting(authority));
    const auto deadline = Deadline::after(clock, 50ms);
    const auto outcome =
        co_await try_send(transport, post(server.origin("localhost"), "m"), deadline);
    EXPECT_EQ(outcome.kind(), "timeout");
    EXPECT_TRUE(outcome.may_have_reached_server());
    EXPECT_EQ(transport.counts().connections_open, 0U);
  });
}

}  // namespace
}  // namespace albatross::http
