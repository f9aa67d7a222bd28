#include "albatross/http/recorder.hpp"
#include "albatross/http/replay.hpp"
#include "albatross/runtime/concurrency.hpp"

#include "support/fake_transport.hpp"
#include "support/folder.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

// Where a recorded program was told to stop, a replayed one is told too.
namespace albatross::http {
namespace {

using namespace std::chrono_literals;
using albatross::test::FakeTransport;
using albatross::test::Folder;
using albatross::test::run_virtual;

Request get(const std::string& target) {
  Request request;
  request.origin = parse_url("http://server").origin;
  request.target = target;
  return request;
}

RecordedExchange exchange(std::size_t number, const std::string& target, Duration sent,
                          Duration ended) {
  RecordedExchange out;
  out.number = number;
  out.request = get(target);
  out.sent = sent;
  out.ended = ended;
  out.end = RecordedEnd::response;
  out.response = {200, "OK", {}, "answer to " + target};
  return out;
}

RecordedNote interrupted(Duration at, const std::string& text) {
  return {interrupted_note, text, at};
}

/// A program that does several things at once and can be told to stop, as the command line's does.
class Program {
 public:
  Program(Recording recording, VirtualClock& clock)
      : clock_(clock), replay_(std::move(recording), rules_, clock) {}

  ReplayTransport& replay() { return replay_; }
  const std::vector<std::string>& log() const { return log_; }
  void say(std::string line) { log_.push_back(std::move(line)); }

  /// Asks after a pause.
  Task<> ask(std::string target, Duration pause) {
    co_await clock_.sleep_for(pause);
    co_await exchange(std::move(target));
  }

  Task<> exchange(std::string target) {
    std::string ending = "was told to stop before " + target;
    try {
      const Response answer = co_await replay_.send(get(target), Deadline::never());
      ending = answer.body;
    } catch (const ReplayMismatch& mismatch) {
      ending = std::string("mismatch: ") + mismatch.what();
    } catch (const std::exception&) {
      say(ending);
      throw;
    }
    say(ending);
  }

  /// Runs all at once until they are done or told to stop.
  Task<> run(std::vector<Task<>> all) {
    auto body = [&](TaskGroup& group) -> Task<> {
      auto watch = [](Program& program, TaskGroup& told) -> Task<> {
        co_await program.replay_.until_interrupted();
        program.say("stop");
        told.cancel();
      };
      group.spawn(watch(*this, group));
      for (Task<>& one : all)
        group.spawn(std::move(one));
      co_await clock_.sleep_for(1h);
    };
    co_await TaskGroup::run(std::move(body));
  }

 private:
  VirtualClock& clock_;
  ExchangeRules rules_;
  ReplayTransport replay_;
  std::vector<std::string> log_;
};

using Log = std::vector<std::string>;

// The replay is ahead of the recorded run, in which computing took time: its second look is due
// before the interruption, and the recorded one's was not.
TEST(ReplayInterruption, ComesBeforeWhatWasSentLaterWhateverTheClockSays) {
  Recording recording;
  recording.exchanges = {exchange(1, "/look", 0s, 1s)};
  recording.notes = {interrupted(3050ms, "requests 1")};
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Program program(recording, clock);
    const auto look_twice = [&]() -> Task<> {
      co_await program.exchange("/look");
      co_await program.ask("/look", 1s);
    };
    std::vector<Task<>> all;
    all.push_back(look_twice());
    co_await program.run(std::move(all));
    EXPECT_EQ(program.log(), (Log{"answer to /look", "stop", "was told to stop before /look"}));
    EXPECT_FALSE(program.replay().mismatch().has_value());
    EXPECT_FALSE(program.replay().interruption_ahead());
    EXPECT_LE(clock.now().time_since_epoch(), 3050ms);
  });
}

// What had been answered has been answered, and what that led to has been sent.
TEST(ReplayInterruption, WaitsForAllThatCameBefore) {
  Recording recording;
  recording.exchanges = {exchange(1, "/a", 0s, 4s), exchange(2, "/b", 1ms, 8s),
                         exchange(3, "/after-a", 4010ms, 9s)};
  // Its time says that the third was not sent yet; what is written counts.
  recording.notes = {interrupted(4005ms, "requests 3\nopen 2 3")};
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Program program(recording, clock);
    const auto chain = [&]() -> Task<> {
      co_await program.exchange("/a");
      co_await program.exchange("/after-a");
    };
    std::vector<Task<>> all;
    all.push_back(chain());
    all.push_back(program.exchange("/b"));
    co_await program.run(std::move(all));
    EXPECT_EQ(program.log(), (Log{"answer to /a", "stop", "was told to stop before /after-a",
                                  "was told to stop before /b"}));
    EXPECT_EQ(program.replay().unused_text(), "");
  });
}

// A change that is under way is not given up: it was sent after the interruption.
TEST(ReplayInterruption, LetsOutOfReachWhatWasSentAfterIt) {
  Recording recording;
  recording.exchanges = {exchange(1, "/a", 0s, 1s), exchange(2, "/change", 2s, 3s)};
  recording.notes = {interrupted(1900ms, "requests 1")};
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Program program(recording, clock);
    const auto change = [&]() -> Task<> {
      co_await program.exchange("/a");
      co_await shielded(program.exchange("/change"));
    };
    std::vector<Task<>> all;
    all.push_back(change());
    co_await program.run(std::move(all));
    EXPECT_EQ(program.log(), (Log{"answer to /a", "stop", "answer to /change"}));
  });
}

TEST(ReplayInterruption, OfAProgramThatAsksForSomethingElseComesAllTheSame) {
  Recording recording;
  recording.exchanges = {exchange(1, "/a", 0s, 1s), exchange(2, "/b", 2s, 3s)};
  recording.notes = {interrupted(5s, "requests 2")};
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Program program(recording, clock);
    const auto other = [&]() -> Task<> {
      co_await program.exchange("/a");
      co_await shielded(program.exchange("/c"));
    };
    std::vector<Task<>> all;
    all.push_back(other());
    co_await program.run(std::move(all));
    CO_ASSERT_EQ(program.log().size(), 3U);
    EXPECT_EQ(program.log()[1], "stop");
    EXPECT_EQ(program.log()[2],
              "mismatch: GET /c is sent, but no such request is left in the recording");
    EXPECT_EQ(program.replay().unused_text(), "2 GET /b\n");
  });
}

// Whoever replays without asking for the interruption is not held up by it.
TEST(ReplayInterruption, HoldsNothingWhenNobodyWaitsForIt) {
  Recording recording;
  recording.exchanges = {exchange(1, "/a", 0s, 1s), exchange(2, "/b", 2s, 3s)};
  recording.notes = {interrupted(1500ms, "requests 1")};
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Program program(recording, clock);
    co_await program.exchange("/a");
    co_await program.exchange("/b");
    EXPECT_EQ(program.log(), (Log{"answer to /a", "answer to /b"}));
    EXPECT_TRUE(program.replay().interruption_ahead());
  });
}

TEST(ReplayInterruption, OfANoteWithoutWordsIsToldByTheTimes) {
  Recording recording;
  recording.exchanges = {exchange(1, "/a", 0s, 1s), exchange(2, "/b", 1s, 3s),
                         exchange(3, "/c", 4s, 5s)};
  recording.notes = {interrupted(2s, "")};
  const RecordedInterruption expected{2s, 2, {2}};
  EXPECT_EQ(recording.interruption(), expected);
  EXPECT_FALSE(Recording().interruption().has_value());
}

TEST(RecorderInterruption, IsWrittenAsAPlaceBetweenExchanges) {
  const Folder folder;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    FakeTransport server(clock, 1s);
    server.then(200).then(200).then(200);
    Recorder recorder(folder.path() + "/r", rules, clock);
    RecordingTransport recording(server, recorder);
    const auto send = [](RecordingTransport& to, std::string target) -> Task<> {
      co_await to.send(get(target), Deadline::never());
    };
    co_await send(recording, "/1");
    std::vector<Task<>> all;
    all.push_back(send(recording, "/2"));
    const auto stop = [](Recorder& to, Clock& time) -> Task<> {
      co_await time.sleep_for(1ms);
      to.interrupted();
    };
    all.push_back(stop(recorder, clock));
    co_await when_all(std::move(all));
    co_await send(recording, "/3");
  });
  const RecordedInterruption expected{1001ms, 2, {2}};
  EXPECT_EQ(load_recording(folder.path() + "/r").interruption(), expected);
}

}  // namespace
}  // namespace albatross::http
