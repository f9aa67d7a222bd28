// Looks that share calls.
#include "orchestrator/batch.hpp"

#include "albatross/clients/api_error.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace albatross {
namespace {

using namespace std::chrono_literals;
using test::run_virtual;

/// What is asked takes a second to answer and finds everything that does not begin with "no".
class Recorder {
 public:
  explicit Recorder(Clock& clock) : clock_(clock) {}

  Batch<std::string>::Call call() {
    return [this](std::vector<std::string> keys, CallOptions options) {
      return answer(std::move(keys), std::move(options));
    };
  }

  struct Sent {
    TimePoint at;
    std::vector<std::string> keys;
    Deadline deadline;
  };
  std::vector<Sent> sent;
  int cancelled = 0;
  bool fails = false;

 private:
  Task<Batch<std::string>::Answers> answer(std::vector<std::string> keys, CallOptions options) {
    sent.push_back({clock_.now(), keys, options.deadline});
    bool aborted = true;
    const auto note = [&](bool*) { cancelled += aborted ? 1 : 0; };
    const std::unique_ptr<bool, decltype(note)> guard(&aborted, note);
    co_await clock_.sleep_for(1s);
    aborted = false;
    if (fails) {
      ApiError::Details details;
      details.code = "InternalError";
      details.error_class = ErrorClass::transient;
      throw ApiError(std::move(details));
    }
    Batch<std::string>::Answers out;
    for (const std::string& key : keys) {
      if (!key.starts_with("no")) out.emplace(key, "found " + key);
    }
    co_return out;
  }

  Clock& clock_;
};

struct Outcome {
  std::vector<std::string> found;
  std::string error;
  std::optional<TimePoint> at;
};

Task<> look(Clock& clock, Batch<std::string>& batch, std::string key, Outcome& out,
            Duration after = Duration::zero(), Deadline deadline = Deadline::never(),
            bool patient = true) {
  co_await clock.sleep_for(after);
  try {
    out.found = co_await batch.look(std::move(key), CallOptions(deadline), patient);
  } catch (const ApiError& error) {
    out.error = error.code();
  }
  out.at = clock.now();
}

TEST(Batch, AnswersManyAtOnceWithOneCall) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(3);
    std::vector<Task<>> looks;
    looks.push_back(look(clock, batch, "a", outcomes[0]));
    looks.push_back(look(clock, batch, "none", outcomes[1]));
    looks.push_back(look(clock, batch, "a", outcomes[2]));
    co_await when_all(std::move(looks));
    EXPECT_EQ(recorder.sent.size(), 1U);
    EXPECT_EQ(recorder.sent.front().keys, (std::vector<std::string>{"a", "none"}));
    EXPECT_EQ(outcomes[0].found, std::vector<std::string>{"found a"});
    EXPECT_TRUE(outcomes[1].found.empty()) << "an unknown key hurts nobody";
    EXPECT_EQ(outcomes[2].found, std::vector<std::string>{"found a"});
  });
}

TEST(Batch, AsksNoMoreThanOnceASecondHoweverManyAsk) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {1000}, recorder.call());
    std::vector<Outcome> outcomes(500);
    std::vector<Task<>> looks;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const auto after = std::chrono::milliseconds{i * 10};
      looks.push_back(look(clock, batch, "k" + std::to_string(i), outcomes[i], after));
    }
    co_await when_all(std::move(looks));
    EXPECT_LE(recorder.sent.size(), 6U);
    for (std::size_t i = 1; i < recorder.sent.size(); ++i)
      EXPECT_GE(recorder.sent[i].at - recorder.sent[i - 1].at, Duration{1s});
    for (const Outcome& outcome : outcomes)
      EXPECT_EQ(outcome.found.size(), 1U);
  });
}

TEST(Batch, SharesNothingOnceToldSo) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    batch.stop_sharing();
    std::vector<Outcome> outcomes(3);
    std::vector<Task<>> looks;
    for (Outcome& outcome : outcomes)
      looks.push_back(look(clock, batch, "a", outcome));
    co_await when_all(std::move(looks));
    EXPECT_EQ(recorder.sent.size(), 3U);
    for (const Outcome& outcome : outcomes) {
      EXPECT_EQ(outcome.found, std::vector<std::string>{"found a"});
      EXPECT_EQ(outcome.at->time_since_epoch(), Duration{1s}) << "each is sent at once";
    }
  });
}

TEST(Batch, AnswersNoQuestionWithWhatWasAskedBeforeIt) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(2);
    std::vector<Task<>> looks;
    looks.push_back(look(clock, batch, "a", outcomes[0]));
    looks.push_back(look(clock, batch, "a", outcomes[1], 500ms));
    co_await when_all(std::move(looks));
    EXPECT_EQ(recorder.sent.size(), 2U);
    EXPECT_EQ(outcomes[1].at->time_since_epoch(), Duration{2s});
  });
}

TEST(Batch, AQuestionInAHurryDoesNotWaitForItsTurn) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(2);
    std::vector<Task<>> looks;
    looks.push_back(look(clock, batch, "a", outcomes[0]));
    looks.push_back(look(clock, batch, "b", outcomes[1], 100ms, Deadline::never(), false));
    co_await when_all(std::move(looks));
    EXPECT_EQ(outcomes[1].at->time_since_epoch(), Duration{1100ms});
  });
}

TEST(Batch, SendsSeveralCallsShortlyAfterEachOtherWhenOneIsTooSmall) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {2}, recorder.call());
    std::vector<Outcome> outcomes(5);
    std::vector<Task<>> looks;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      looks.push_back(look(clock, batch, "k" + std::to_string(i), outcomes[i]));
    co_await when_all(std::move(looks));
    CO_ASSERT_EQ(recorder.sent.size(), 3U);
    EXPECT_EQ(recorder.sent[2].at.time_since_epoch(), Duration{200ms});
    for (const Outcome& outcome : outcomes)
      EXPECT_EQ(outcome.found.size(), 1U);
  });
}

TEST(Batch, AFailedCallIsToldToAllWhoSharedItAndToNobodyElse) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    recorder.fails = true;
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(3);
    std::vector<Task<>> looks;
    looks.push_back(look(clock, batch, "a", outcomes[0]));
    looks.push_back(look(clock, batch, "b", outcomes[1]));
    co_await when_all(std::move(looks));
    recorder.fails = false;
    co_await look(clock, batch, "c", outcomes[2]);
    EXPECT_EQ(outcomes[0].error, "InternalError");
    EXPECT_EQ(outcomes[1].error, "InternalError");
    EXPECT_EQ(outcomes[2].found.size(), 1U);
  });
}

TEST(Batch, EachWaiterHasItsOwnDeadline) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(2);
    const Deadline soon = Deadline::after(clock, 300ms);
    const Deadline late = Deadline::after(clock, 10s);
    std::vector<Task<>> looks;
    looks.push_back(look(clock, batch, "a", outcomes[0], Duration::zero(), soon));
    looks.push_back(look(clock, batch, "b", outcomes[1], Duration::zero(), late));
    co_await when_all(std::move(looks));
    EXPECT_EQ(outcomes[0].error, "Network.timeout");
    EXPECT_EQ(outcomes[0].at->time_since_epoch(), Duration{300ms});
    EXPECT_EQ(outcomes[1].found.size(), 1U);
    EXPECT_EQ(recorder.sent.size(), 1U);
    EXPECT_EQ(recorder.sent.front().deadline, late) << "the call has as long as the most patient";
    EXPECT_EQ(recorder.cancelled, 0);
  });
}

/// Runs a look in a group of its own and cancels it after a while.
Task<> cancelled_look(Clock& clock, Batch<std::string>& batch, std::string key, Outcome& out,
                      Duration after) {
  auto group = co_await TaskGroup::create();
  group.spawn(look(clock, batch, std::move(key), out));
  co_await clock.sleep_for(after);
  group.cancel();
  co_await group.join();
}

Task<> late_and_cancelled(Clock& clock, Batch<std::string>& batch, Outcome& out) {
  co_await clock.sleep_for(100ms);
  co_await cancelled_look(clock, batch, "b", out, 400ms);
}

TEST(Batch, AWaiterThatIsCancelledLeavesTheOthersTheirCall) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(2);
    std::vector<Task<>> looks;
    // The first asked, and is not there any more when the answer comes.
    looks.push_back(cancelled_look(clock, batch, "a", outcomes[0], 400ms));
    looks.push_back(look(clock, batch, "b", outcomes[1]));
    co_await when_all(std::move(looks));
    EXPECT_FALSE(outcomes[0].at.has_value());
    EXPECT_EQ(outcomes[1].found, std::vector<std::string>{"found b"});
    EXPECT_EQ(recorder.sent.size(), 1U);
    EXPECT_EQ(recorder.cancelled, 0);
  });
}

TEST(Batch, WhenAllHaveLeftTheCallIsCancelledAndTheNextLookAsksAnew) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(3);
    std::vector<Task<>> looks;
    looks.push_back(cancelled_look(clock, batch, "a", outcomes[0], 400ms));
    looks.push_back(cancelled_look(clock, batch, "b", outcomes[1], 300ms));
    co_await when_all(std::move(looks));
    EXPECT_EQ(recorder.cancelled, 1);
    EXPECT_EQ(clock.now().time_since_epoch(), Duration{400ms});
    co_await look(clock, batch, "a", outcomes[2]);
    EXPECT_EQ(outcomes[2].found.size(), 1U);
    EXPECT_EQ(recorder.sent.size(), 2U);
  });
}

TEST(Batch, WhatNobodyWaitsForAnyMoreIsNotSent) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Recorder recorder(clock);
    Batch<std::string> batch(clock, {10}, recorder.call());
    std::vector<Outcome> outcomes(3);
    std::vector<Task<>> looks;
    looks.push_back(look(clock, batch, "a", outcomes[0]));
    // It comes while the first is on its way, and leaves before its turn has come.
    looks.push_back(late_and_cancelled(clock, batch, outcomes[1]));
    co_await when_all(std::move(looks));
    EXPECT_EQ(recorder.sent.size(), 1U);
    co_await look(clock, batch, "c", outcomes[2]);
    CO_ASSERT_EQ(recorder.sent.size(), 2U);
    EXPECT_EQ(recorder.sent[1].keys, std::vector<std::string>{"c"});
  });
}

}  // namespace
}  // namespace albatross
