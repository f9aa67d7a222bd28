#include "albatross/sim/transport.hpp"

#include "albatross/http/beast_transport.hpp"
#include "albatross/runtime/concurrency.hpp"
#include "albatross/sim/server.hpp"

#include "../support/run_coro.hpp"
#include "account.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace albatross::sim::test {
namespace {

using albatross::test::run_coro;
using albatross::test::run_virtual;
using http::TransportError;
using http::TransportErrorKind;

CloudOptions open_options() {
  CloudOptions options;
  options.verify_signatures = false;
  return options;
}

http::Request create_vpc() {
  return form_request("ec2", "2016-11-15", "CreateVpc", {{"CidrBlock", "10.0.0.0/16"}});
}

struct Outcome {
  int status = 0;
  std::optional<TransportErrorKind> error;
  bool may_have_reached = false;
};

Task<Outcome> attempt(http::Transport& transport, http::Request request, Deadline deadline) {
  Outcome outcome;
  auto sent = transport.send(std::move(request), deadline);
  try {
    const auto response = co_await std::move(sent);
    outcome.status = response.status;
  } catch (const TransportError& error) {
    outcome.error = error.kind();
    outcome.may_have_reached = error.may_have_reached_server();
  }
  co_return outcome;
}

std::size_t vpcs_in(Cloud& cloud, TimePoint now) {
  std::size_t count = 0;
  for (const Item& item : cloud.inventory(now))
    count += item.type == "vpc" ? 1 : 0;
  return count;
}

Outcome under_fault(FaultKind kind, std::size_t& vpcs, Duration& took) {
  Outcome outcome;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Cloud cloud(open_options());
    FaultRule rule;
    rule.kind = kind;
    rule.delay = 5s;
    cloud.faults().add(rule);
    SimTransport transport(cloud, clock);
    const TimePoint start = clock.now();
    const Deadline deadline = Deadline::after(clock, 30s);
    outcome = co_await attempt(transport, create_vpc(), deadline);
    took = clock.now() - start;
    vpcs = vpcs_in(cloud, clock.now());
  });
  return outcome;
}

TEST(SimTransport, LetsHalfTheLatencyPassOnEachSide) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Cloud cloud(open_options());
    SimTransport transport(cloud, clock, 200ms);
    const TimePoint start = clock.now();
    const auto outcome = co_await attempt(transport, create_vpc(), Deadline::never());
    EXPECT_EQ(outcome.status, 200);
    EXPECT_EQ(clock.now() - start, 200ms);
    EXPECT_EQ(cloud.calls().back().at - start, 100ms);
  });
}

TEST(SimTransport, ADeadlineBeforeTheEffectLeavesNothing) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Cloud cloud(open_options());
    SimTransport transport(cloud, clock, 200ms);
    const Deadline deadline = Deadline::after(clock, 50ms);
    const auto outcome = co_await attempt(transport, create_vpc(), deadline);
    EXPECT_EQ(outcome.error, TransportErrorKind::timeout);
    EXPECT_FALSE(outcome.may_have_reached);
    EXPECT_EQ(vpcs_in(cloud, clock.now()), 1U);
  });
}

TEST(SimTransport, ADeadlineAfterTheEffectSaysThatItMayHaveHappened) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Cloud cloud(open_options());
    SimTransport transport(cloud, clock, 200ms);
    const Deadline deadline = Deadline::after(clock, 150ms);
    const auto outcome = co_await attempt(transport, create_vpc(), deadline);
    EXPECT_EQ(outcome.error, TransportErrorKind::timeout);
    EXPECT_TRUE(outcome.may_have_reached);
    EXPECT_EQ(vpcs_in(cloud, clock.now()), 2U);
  });
}

TEST(SimTransport, CarriesOutEveryFaultOfTheWay) {
  std::size_t vpcs = 0;
  Duration took{};
  auto outcome = under_fault(FaultKind::reset_before, vpcs, took);
  EXPECT_EQ(outcome.error, TransportErrorKind::closed);
  EXPECT_FALSE(outcome.may_have_reached);
  EXPECT_EQ(vpcs, 1U);
  for (const FaultKind kind : {FaultKind::lost_answer, FaultKind::truncated_body}) {
    outcome = under_fault(kind, vpcs, took);
    EXPECT_EQ(outcome.error, TransportErrorKind::closed);
    EXPECT_TRUE(outcome.may_have_reached);
    EXPECT_EQ(vpcs, 2U);
  }
  outcome = under_fault(FaultKind::stall, vpcs, took);
  EXPECT_EQ(outcome.error, TransportErrorKind::timeout);
  EXPECT_TRUE(outcome.may_have_reached);
  EXPECT_EQ(took, 30s);
  outcome = under_fault(FaultKind::delay, vpcs, took);
  EXPECT_EQ(outcome.status, 200);
  EXPECT_EQ(took, 5s + 200ms);
}

/// Serves a Cloud on a free port for as long as the body runs.
template <class Body>
void with_server(Body body) {
  run_coro([&](Clock& clock) -> Task<> {
    Cloud cloud(open_options());
    auto executor = co_await boost::asio::this_coro::executor;
    Server server(executor, cloud, clock);
    server.listen();
    http::BeastTransport transport(clock);
    auto running = body(cloud, server, transport, clock);
    co_await std::move(running);
    transport.close_idle();
    server.stop();
  });
}

http::Request to(const Server& server, http::Request request) {
  request.origin = {false, "127.0.0.1", server.port()};
  return request;
}

http::Request control_request(const Server& server, const std::string& method,
                              const std::string& path, const std::string& body = "") {
  http::Request request;
  request.method = method;
  request.target = path;
  request.body = body;
  return to(server, std::move(request));
}

TEST(Server, AnswersOnOneConnectionAgainAndAgain) {
  with_server(
      [](Cloud& cloud, Server& server, http::BeastTransport& transport, Clock& clock) -> Task<> {
        for (int i = 0; i < 4; ++i) {
          auto request = to(server, create_vpc());
          request.headers.add("Authorization",
                              "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/ec2/aws4_request");
          const Deadline deadline = Deadline::after(clock, 5s);
          const auto outcome = co_await attempt(transport, std::move(request), deadline);
          EXPECT_EQ(outcome.status, 200);
        }
        EXPECT_EQ(cloud.total_calls(), 4U);
        EXPECT_EQ(transport.connections_opened(), 1U);
      });
}

TEST(Server, CarriesOutFaultsOnTheWire) {
  with_server(
      [](Cloud& cloud, Server& server, http::BeastTransport& transport, Clock& clock) -> Task<> {
        for (const FaultKind kind :
             {FaultKind::reset_before, FaultKind::lost_answer, FaultKind::truncated_body}) {
          FaultRule rule;
          rule.kind = kind;
          cloud.faults().add(rule);
          const Deadline deadline = Deadline::after(clock, 5s);
          auto request = to(server, create_vpc());
          const auto outcome = co_await attempt(transport, std::move(request), deadline);
          EXPECT_EQ(outcome.error, TransportErrorKind::closed) << to_string(kind);
        }
        EXPECT_EQ(vpcs_in(cloud, server.cloud_now()), 3U) << "all but the first took effect";
        FaultRule stall;
        stall.kind = FaultKind::stall;
        cloud.faults().add(stall);
        const Deadline soon = Deadline::after(clock, 50ms);
        auto request = to(server, create_vpc());
        const auto outcome = co_await attempt(transport, std::move(request), soon);
        EXPECT_EQ(outcome.error, TransportErrorKind::timeout);
      });
}

TEST(Server, ControlsTimeFaultsAndResets) {
  with_server(
      [](Cloud& cloud, Server& server, http::BeastTransport& transport, Clock& clock) -> Task<> {
        const Deadline deadline = Deadline::after(clock, 5s);
        const TimePoint before = server.cloud_now();
        auto advance =
            control_request(server, "POST", "/_albatross/time", R"({"advance": 100, "scale": 10})");
        auto response = co_await transport.send(std::move(advance), deadline);
        EXPECT_EQ(response.status, 200);
        EXPECT_GE(server.cloud_now() - before, 100s);
        auto faults = control_request(server, "POST", "/_albatross/faults",
                                      R"({"rules": [{"kind": "throttle"}]})");
        response = co_await transport.send(std::move(faults), deadline);
        EXPECT_EQ(cloud.faults().rules().size(), 1U);
        auto wrong =
            control_request(server, "POST", "/_albatross/faults", R"({"rules": [{"kind": "x"}]})");
        response = co_await transport.send(std::move(wrong), deadline);
        EXPECT_EQ(response.status, 400);
        auto reset = control_request(server, "POST", "/_albatross/reset");
        response = co_await transport.send(std::move(reset), deadline);
        EXPECT_EQ(cloud.faults().rules().size(), 0U);
        auto state = control_request(server, "GET", "/_albatross/state");
        response = co_await transport.send(std::move(state), deadline);
        const auto json = nlohmann::json::parse(response.body);
        EXPECT_EQ(json["time_scale"], 10);
        EXPECT_GT(json["items"].size(), 5U);
        auto nowhere = control_request(server, "GET", "/_albatross/nowhere");
        response = co_await transport.send(std::move(nowhere), deadline);
        EXPECT_EQ(response.status, 404);
      });
}

TEST(Server, TellsHowLongCallsTook) {
  with_server(
      [](Cloud& cloud, Server& server, http::BeastTransport& transport, Clock& clock) -> Task<> {
        const Deadline deadline = Deadline::after(clock, 5s);
        FaultRule late;
        late.kind = FaultKind::delay;
        late.delay = 50ms;
        cloud.faults().add(late);
        for (int i = 0; i < 2; ++i) {
          auto request = to(server, create_vpc());
          co_await transport.send(std::move(request), deadline);
        }
        cloud.handle(create_vpc(), server.cloud_now(), clock.wall());
        auto state = control_request(server, "GET", "/_albatross/state");
        const auto response = co_await transport.send(std::move(state), deadline);
        const auto calls = nlohmann::json::parse(response.body)["calls"];
        CO_ASSERT_EQ(calls.size(), 3U);
        EXPECT_GE(calls[0]["milliseconds"], 50) << "the delay is part of it";
        EXPECT_GT(calls[1]["milliseconds"], 0);
        EXPECT_LT(calls[1]["milliseconds"], 50);
        EXPECT_TRUE(calls[2]["milliseconds"].is_null()) << "it did not come through the server";
      });
}

TEST(Server, ShowsItsPageButTakesNoOrdersFromOthers) {
  with_server([](Cloud&, Server& server, http::BeastTransport& transport, Clock& clock) -> Task<> {
    const Deadline deadline = Deadline::after(clock, 5s);
    auto root = control_request(server, "GET", "/");
    auto response = co_await transport.send(std::move(root), deadline);
    EXPECT_TRUE(response.body.starts_with("<!doctype html>"));
    auto foreign = control_request(server, "POST", "/_albatross/reset");
    foreign.headers.add("Origin", "http://evil.example");
    response = co_await transport.send(std::move(foreign), deadline);
    EXPECT_EQ(response.status, 403);
  });
}

}  // namespace
}  // namespace albatross::sim::test
