#include "http/resolver.hpp"

#include "client.hpp"
#include "http/dialer.hpp"

#include <string>
#include <sys/socket.h>
#include <tuple>
#include <vector>

namespace albatross::http {
namespace {

using namespace test;
using boost::asio::ip::make_address;

TEST(AlternateFamilies, BeginsWithTheFamilyTheSystemPrefers) {
  const Addresses sorted = {make_address("fd00::1"), make_address("fd00::2"),
                            make_address("fd00::3"), make_address("10.0.0.1")};
  EXPECT_EQ(alternate_families(sorted),
            (Addresses{make_address("fd00::1"), make_address("10.0.0.1"), make_address("fd00::2"),
                       make_address("fd00::3")}));
  EXPECT_TRUE(alternate_families({}).empty());
}

TEST(Resolver, ReturnsAddressesAsTheyAre) {
  run_coro([](Clock& clock) -> Task<> {
    Resolver resolver(clock);
    const auto v4 = co_await resolver.resolve("192.0.2.7");
    EXPECT_EQ(v4, Addresses{make_address("192.0.2.7")});
    const auto v6 = co_await resolver.resolve("2001:db8::7");
    EXPECT_EQ(v6, Addresses{make_address("2001:db8::7")});
  });
}

TEST(Resolver, KnowsEveryNameUnderLocalhost) {
  run_coro([](Clock& clock) -> Task<> {
    Resolver resolver(clock);
    const auto found = co_await resolver.resolve("shop-1.us-east-1.elb.localhost");
    EXPECT_EQ(found, (Addresses{make_address("127.0.0.1"), make_address("::1")}));
  });
}

Task<> resolve_localhost(Resolver& resolver, int& answers) {
  const auto addresses = co_await resolver.resolve("localhost");
  answers += addresses.empty() ? 0 : 1;
}

TEST(Resolver, ManyMayAskAtOnce) {
  run_coro([](Clock& clock) -> Task<> {
    Resolver resolver(clock);
    int answers = 0;
    std::vector<Task<>> asking;
    for (int i = 0; i < 20; ++i)
      asking.push_back(resolve_localhost(resolver, answers));
    co_await when_all(std::move(asking));
    EXPECT_EQ(answers, 20);
  });
}

TEST(Resolver, WhoeverAsksMayGoAwayAndAskAgain) {
  run_coro([](Clock& clock) -> Task<> {
    Resolver resolver(clock);
    for (int i = 0; i < 20; ++i) {
      int answers = 0;
      bool gave_up = false;
      try {
        const Deadline at_once(clock.now());
        co_await with_deadline(clock, resolve_localhost(resolver, answers), at_once);
      } catch (const DeadlineExceeded&) {
        gave_up = true;
      }
      EXPECT_TRUE(gave_up || answers == 1);
    }
    int answers = 0;
    co_await resolve_localhost(resolver, answers);
    EXPECT_EQ(answers, 1);
  });
}

TEST(Resolver, AnExecutorThatIsGoneIsLeftAlone) {
  // The lookup's thread comes back when nobody waits any more and everything is destroyed.
  for (int i = 0; i < 50; ++i) {
    boost::asio::io_context context{1};
    SystemClock clock;
    Resolver resolver(clock);
    int answers = 0;
    albatross::test::Root root(context, resolve_localhost(resolver, answers));
    context.run_one();
    root.cancel();
    context.run();
    EXPECT_TRUE(root.done());
  }
}

TEST(Dialer, GoesOnToTheNextAddressWhenOneRefuses) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    Dialer dialer(clock, 10s);
    const TimePoint start = clock.now();
    const Addresses addresses = {make_address("127.0.0.2"), make_address("127.0.0.3"),
                                 make_address("127.0.0.1")};
    auto dialed = co_await dialer.dial(addresses, server.origin().port);
    CO_ASSERT_TRUE(dialed.socket.has_value());
    EXPECT_EQ(dialed.socket->remote_endpoint().address(), make_address("127.0.0.1"));
    EXPECT_LT(clock.now() - start, 1s);
  });
}

TEST(Dialer, DoesNotWaitForAnAddressThatKeepsSilent) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    // A listener whose queue is full: further attempts get no answer.
    boost::asio::ip::tcp::acceptor silent(executor);
    const boost::asio::ip::tcp::endpoint endpoint(make_address("127.0.0.2"), server.origin().port);
    silent.open(endpoint.protocol());
    silent.bind(endpoint);
    silent.listen(0);
    std::vector<boost::asio::ip::tcp::socket> fill;
    for (int i = 0; i < 3; ++i) {
      fill.emplace_back(executor);
      fill.back().open(endpoint.protocol());
      fill.back().native_non_blocking(true);
      // Asio's own connect would wait for the answer.
      std::ignore = ::connect(fill.back().native_handle(), endpoint.data(),
                              static_cast<socklen_t>(endpoint.size()));
    }
    Dialer dialer(clock, 5ms);
    const Addresses addresses = {make_address("127.0.0.2"), make_address("127.0.0.1")};
    auto dialed = co_await dialer.dial(addresses, server.origin().port);
    CO_ASSERT_TRUE(dialed.socket.has_value());
    EXPECT_EQ(dialed.socket->remote_endpoint().address(), make_address("127.0.0.1"));
  });
}

TEST(Dialer, SaysWhyEachAddressFailed) {
  run_coro([](Clock& clock) -> Task<> {
    const auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, echo_target());
    server.stop_listening();
    Dialer dialer(clock, 10s);
    const Addresses addresses = {make_address("127.0.0.1"), make_address("127.0.0.2")};
    auto dialed = co_await dialer.dial(addresses, server.origin().port);
    EXPECT_FALSE(dialed.socket);
    EXPECT_NE(dialed.error.find("127.0.0.1"), std::string::npos) << dialed.error;
    EXPECT_NE(dialed.error.find("127.0.0.2"), std::string::npos) << dialed.error;
  });
}

}  // namespace
}  // namespace albatross::http
