#include "albatross/http/recorder.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "support/fake_transport.hpp"
#include "support/folder.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace albatross::http {
namespace {

using namespace std::chrono_literals;
using albatross::test::FakeTransport;
using albatross::test::Folder;
using albatross::test::run_virtual;
using std::filesystem::perms;

Request get(const std::string& target) {
  Request request;
  request.origin = parse_url("http://server").origin;
  request.target = target;
  request.headers = {{"Authorization", "Bearer hush-hush"}, {"Accept", "*/*"}};
  return request;
}

std::string text_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

perms mode(const std::string& path) {
  return std::filesystem::status(path).permissions() & perms::mask;
}

TEST(Recorder, WritesWhatGoesThroughAndChangesNothingOfIt) {
  const Folder folder;
  const std::string place = folder.path() + "/new/session";
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    FakeTransport server(clock, 200ms);
    server.then(200, "<a><b>1</b></a>").then_fail(TransportErrorKind::closed, true);
    Recorder recorder(place, rules, clock);
    RecordingTransport recording(server, recorder);
    const Response answer = co_await recording.send(get("/one"), Deadline::never());
    EXPECT_EQ(answer.body, "<a><b>1</b></a>");
    std::string failure;
    try {
      co_await recording.send(get("/two"), Deadline::never());
    } catch (const TransportError& error) {
      failure = error.what();
    }
    EXPECT_EQ(failure, "http://server: scripted");
    EXPECT_EQ(server.requests().front().headers.find("Authorization"), "Bearer hush-hush");
    recorder.add_file("extra.txt", "more\n");
    recorder.note("exit_code", "0");
    EXPECT_EQ(recorder.problem(), "");
  });
  EXPECT_EQ(mode(place), perms::owner_all);
  EXPECT_EQ(mode(place + "/session.txt"), perms::owner_read | perms::owner_write);
  EXPECT_EQ(mode(place + "/extra.txt"), perms::owner_read | perms::owner_write);
  EXPECT_EQ(text_of(place + "/session.txt").find("hush-hush"), std::string::npos);
  const Recording kept = load_recording(place);
  ASSERT_EQ(kept.exchanges.size(), 2U);
  EXPECT_EQ(kept.exchanges[0].title, "GET /one");
  EXPECT_EQ(kept.exchanges[0].request.headers.find("Authorization"), "REDACTED");
  EXPECT_EQ(kept.exchanges[0].ended, 200ms);
  EXPECT_EQ(kept.exchanges[1].failure.detail, "scripted");
  EXPECT_EQ(kept.exchanges[1].failure.kind, TransportErrorKind::closed);
  EXPECT_EQ(kept.note("exit_code")->text, "0");
}

// What a process that is killed leaves: the text as it is before anything is finished.
TEST(Recorder, HasWrittenEverythingBeforeTheNextThingHappens) {
  const Folder folder;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    FakeTransport server(clock);
    Recorder recorder(folder.path() + "/r", rules, clock);
    server.otherwise([&](const Request& request) {
      const Recording so_far = load_recording(folder.path() + "/r");
      EXPECT_EQ(so_far.exchanges.back().request.target, request.target);
      EXPECT_EQ(so_far.exchanges.back().end, RecordedEnd::unknown);
      return albatross::test::answer(200, "done");
    });
    RecordingTransport recording(server, recorder);
    for (const char* target : {"/1", "/2", "/3"}) {
      co_await recording.send(get(target), Deadline::never());
      const Recording so_far = load_recording(folder.path() + "/r");
      EXPECT_EQ(so_far.exchanges.back().response.body, "done");
    }
  });
}

TEST(Recorder, ArrangesAnswersBehindTheirRequestsInTheEnd) {
  const Folder folder;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    FakeTransport server(clock, 1s);
    server.then(200, "a").then(200, "b");
    Recorder recorder(folder.path() + "/r", rules, clock);
    RecordingTransport recording(server, recorder);
    std::vector<Task<>> both;
    const auto ask = [](RecordingTransport& to, std::string target) -> Task<> {
      co_await to.send(get(target), Deadline::never());
    };
    both.push_back(ask(recording, "/1"));
    both.push_back(ask(recording, "/2"));
    co_await when_all(std::move(both));
    recorder.finish();
    recorder.note("late", "not written");
  });
  const std::string text = text_of(folder.path() + "/r/session.txt");
  EXPECT_LT(text.find("<<< GET /1"), text.find(">>> GET /2"));
  EXPECT_EQ(text.find("late"), std::string::npos);
  EXPECT_EQ(load_recording(folder.path() + "/r").exchanges.size(), 2U);
}

TEST(Recorder, NotesThatTheCallerDidNotWait) {
  const Folder folder;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    ExchangeRules rules;
    FakeTransport server(clock, 1h);
    server.then(200);
    Recorder recorder(folder.path() + "/r", rules, clock);
    RecordingTransport recording(server, recorder);
    auto exchange = recording.send(get("/slow"), Deadline::never());
    bool late = false;
    try {
      co_await with_deadline(clock, std::move(exchange), Deadline::after(clock, 2s));
    } catch (const DeadlineExceeded&) {
      late = true;
    }
    EXPECT_TRUE(late);
  });
  const Recording kept = load_recording(folder.path() + "/r");
  EXPECT_EQ(kept.exchanges.front().end, RecordedEnd::cancelled);
  EXPECT_EQ(kept.exchanges.front().ended, 2s);
}

TEST(Recorder, NeverWritesOverARecordingAndSaysWhatIsInTheWay) {
  const Folder folder;
  SystemClock clock;
  ExchangeRules rules;
  { const Recorder first(folder.path() + "/r", rules, clock); }
  const auto trouble = [&](const std::string& path) -> std::string {
    try {
      const Recorder second(path, rules, clock);
      return "none";
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  };
  EXPECT_NE(trouble(folder.path() + "/r").find("exists already"), std::string::npos);
  EXPECT_NE(trouble(folder.path() + "/r/session.txt/x").find("cannot write"), std::string::npos);
}

TEST(Recorder, TroubleWithTheDiskEndsTheRecordingNotTheRun) {
  const Folder folder;
  std::filesystem::create_directory(folder.path() + "/r");
  SystemClock clock;
  ExchangeRules rules;
  Recorder recorder(folder.path() + "/r", rules, clock);
  recorder.add_file("session.txt", "taken");
  EXPECT_NE(recorder.problem().find("exists already"), std::string::npos);
  recorder.note("more", "ignored");
  recorder.finish();
}

}  // namespace
}  // namespace albatross::http
