#include "albatross/http/replay.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace albatross::http {
namespace {

using namespace std::chrono_literals;
using albatross::test::run_virtual;
using Matching = ReplayOptions::Matching;

Request ask(const std::string& body, const std::string& target = "/") {
  Request request;
  request.origin = parse_url("http://server").origin;
  request.method = "POST";
  request.target = target;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Authorization", "changes from run to run"}};
  request.body = body;
  return request;
}

/// A session, one exchange after the other.
class Session {
 public:
  Session& then(const std::string& body, Duration sent, Duration ended, const std::string& answer) {
    RecordedExchange exchange;
    exchange.number = recording.exchanges.size() + 1;
    exchange.request = ask(body);
    exchange.sent = sent;
    exchange.ended = ended;
    exchange.end = RecordedEnd::response;
    exchange.response = {200, "OK", {}, answer};
    recording.exchanges.push_back(exchange);
    return *this;
  }
  RecordedExchange& last() { return recording.exchanges.back(); }

  Recording recording;
};

Task<std::string> reply(Transport& transport, Request request,
                        Deadline deadline = Deadline::never()) {
  std::string out;
  try {
    const Response response = co_await transport.send(std::move(request), deadline);
    out = response.body;
  } catch (const TransportError& error) {
    out = std::string(to_string(error.kind())) +
          (error.may_have_reached_server() ? " reached" : " not reached");
  } catch (const ReplayMismatch& mismatch) {
    out = std::string("mismatch: ") + mismatch.what() + "\n" + mismatch.diff();
  }
  co_return out;
}

TEST(Replay, AnswersAtTheRecordedInstants) {
  Session session;
  session.then("A=1", 10s, 11s, "one").then("A=2", 600s, 601s, "two");
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const TimePoint start = clock.now();
    const std::string one = co_await reply(replay, ask("A=1"));
    EXPECT_EQ(one, "one");
    EXPECT_EQ(clock.now() - start, 1s);
    // Asked two minutes early: the answer keeps its time.
    co_await clock.sleep_for(469s);
    const std::string two = co_await reply(replay, ask("A=2"));
    EXPECT_EQ(two, "two");
    EXPECT_EQ(clock.now() - start, 591s);
    EXPECT_TRUE(replay.unused().empty());
    EXPECT_EQ(replay.requests(), 2U);
  });
}

TEST(Replay, ShowsWhichParameterDiffers) {
  Session session;
  session.then("Action=Run&Image=a&Type=small&Count=1&Zone=z", 0s, 1s, "ran");
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const std::string got =
        co_await reply(replay, ask("Action=Run&Image=a&Type=large&Count=1&Zone=z"));
    EXPECT_EQ(got,
              "mismatch: POST / differs from every recorded one that is left\n"
              "--- recorded: exchange 1, POST /, sent at +0.000s\n"
              "+++ sent now: POST /\n"
              "  ...\n"
              "  Action=Run\n"
              "  Image=a\n"
              "- Type=small\n"
              "+ Type=large\n"
              "  Count=1\n"
              "  Zone=z\n");
    EXPECT_TRUE(replay.mismatch().has_value());
    EXPECT_EQ(replay.unused_text(), "1 POST /\n");
    const std::string other = co_await reply(replay, ask("", "/else"));
    EXPECT_NE(other.find("no such request is left"), std::string::npos) << other;
  });
}

TEST(Replay, ComparesNothingThatTheRulesTakeOut) {
  Session session;
  session.then("A=1", 0s, 1s, "one");
  session.last().request.headers.set("Authorization", "another signature");
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const std::string one = co_await reply(replay, ask("A=1"));
    EXPECT_EQ(one, "one");
  });
}

TEST(Replay, RequestsAtTheSameTimeMayComeInAnyOrder) {
  Session session;
  session.then("A=1", 0s, 3s, "one").then("A=2", 1ms, 2s, "two").then("A=3", 2ms, 1s, "three");
  std::vector<std::string> order;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const auto one = [&](std::string body) -> Task<> {
      std::string text = co_await reply(replay, ask(body));
      order.push_back(text);
    };
    std::vector<Task<>> all;
    all.push_back(one("A=3"));
    all.push_back(one("A=1"));
    all.push_back(one("A=2"));
    co_await when_all(std::move(all));
  });
  // The answers come in the recorded order all the same.
  EXPECT_EQ(order, (std::vector<std::string>{"three", "two", "one"}));
}

TEST(Replay, StrictlyWhatWasAnsweredLongBeforeMustHaveBeenAsked) {
  Session session;
  session.then("A=1", 0s, 1s, "one").then("A=2", 2s, 3s, "two").then("A=3", 3100ms, 4s, "three");
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const std::string early = co_await reply(replay, ask("A=2"));
    EXPECT_EQ(early,
              "mismatch: POST / comes too early: it was exchange 2, POST /, sent at +2.000s, and "
              "what was answered long before has not been sent\n"
              "- exchange 1, POST /, sent at +0.000s\n"
              "+ POST /\n");
    const std::string one = co_await reply(replay, ask("A=1"));
    EXPECT_EQ(one, "one");
    // 0.1 s apart, which may have been chance.
    const std::string three = co_await reply(replay, ask("A=3"));
    EXPECT_EQ(three, "three");

    ReplayOptions options;
    options.matching = Matching::by_operation;
    ReplayTransport loose(session.recording, rules, clock, options);
    const std::string two = co_await reply(loose, ask("A=2"));
    EXPECT_EQ(two, "two");
  });
}

TEST(Replay, EqualRequestsAreAnsweredInTurn) {
  Session session;
  session.then("A=1", 0s, 1s, "pending").then("A=1", 5s, 6s, "ready");
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const std::string first = co_await reply(replay, ask("A=1"));
    const std::string second = co_await reply(replay, ask("A=1"));
    const std::string third = co_await reply(replay, ask("A=1"));
    EXPECT_EQ(first, "pending");
    EXPECT_EQ(second, "ready");
    EXPECT_EQ(third.substr(0, 9), "mismatch:");
  });
}

/// Names that tell apart, and one that does not.
class Rules final : public ExchangeRules {
 public:
  std::vector<RequestMember> members(const Request& request) const override {
    std::vector<RequestMember> out = ExchangeRules::members(request);
    for (RequestMember& member : out) {
      member.distinguishing = member.name != "Note";
    }
    return out;
  }
  bool is_read(const Request& request) const override { return request.body.starts_with("Get="); }
};

TEST(Replay, ByOperationComparesWhatTellsCallsApart) {
  Session session;
  session.then("Get=1&Note=a", 0s, 10s, "one").then("Put=2&Note=b", 20s, 21s, "two");
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Rules rules;
    ReplayOptions options;
    options.matching = Matching::by_operation;
    options.pace = ReplayOptions::Pace::durations;
    options.repeat_reads = true;
    ReplayTransport replay(session.recording, rules, clock, options);
    const TimePoint start = clock.now();
    const std::string two = co_await reply(replay, ask("Put=2&Note=other"));
    EXPECT_EQ(two, "two");
    EXPECT_EQ(clock.now() - start, 1s);
    const std::string one = co_await reply(replay, ask("Get=1&Note=other"));
    const std::string again = co_await reply(replay, ask("Get=1&Note=again"));
    EXPECT_EQ(one, "one");
    EXPECT_EQ(again, "one");
    EXPECT_EQ(clock.now() - start, 21s);
    const std::string change = co_await reply(replay, ask("Put=2&Note=again"));
    EXPECT_EQ(change.substr(0, 9), "mismatch:");
    const std::string unknown = co_await reply(replay, ask("Get=3"));
    EXPECT_EQ(unknown.substr(0, 9), "mismatch:");
  });
}

TEST(Replay, FailsAsItFailed) {
  Session session;
  session.then("A=1", 0s, 2s, "");
  session.last().end = RecordedEnd::failure;
  session.last().failure = {TransportErrorKind::connect, false, "refused"};
  session.then("A=2", 3s, 4s, "").then("A=3", 5s, 65s, "three");
  session.recording.exchanges[1].end = RecordedEnd::cancelled;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const std::string one = co_await reply(replay, ask("A=1"));
    EXPECT_EQ(one, "connect not reached");
    // Nobody waited for this one, so nobody knows the answer.
    const Deadline soon = Deadline::after(clock, 30s);
    const std::string two = co_await reply(replay, ask("A=2"), soon);
    EXPECT_EQ(two, "timeout reached");
    EXPECT_EQ(clock.now(), soon.at());
    // A deadline ahead of the recorded answer.
    const std::string three = co_await reply(replay, ask("A=3"), Deadline::after(clock, 1s));
    EXPECT_EQ(three, "timeout reached");
  });
}

TEST(Replay, SaysWhenTheRecordingEndsBeforeTheRun) {
  Session session;
  session.then("A=1", 0s, 1s, "one").then("A=2", 2s, 2s, "");
  session.last().end = RecordedEnd::unknown;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    ReplayTransport replay(session.recording, rules, clock);
    const std::string one = co_await reply(replay, ask("A=1"));
    EXPECT_EQ(one, "one");
    const std::string two = co_await reply(replay, ask("A=2"));
    EXPECT_EQ(two.substr(0, 35), "mismatch: the recording ends before");
    const std::string more = co_await reply(replay, ask("A=3", "/more"));
    EXPECT_NE(more.find("ends before POST /more was sent"), std::string::npos) << more;
    EXPECT_EQ(replay.mismatch()->kind(), ReplayMismatch::Kind::ended);
  });
}

}  // namespace
}  // namespace albatross::http
