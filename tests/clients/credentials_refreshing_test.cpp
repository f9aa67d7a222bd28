#include "albatross/runtime/concurrency.hpp"

#include "clients/credentials/refreshing_credentials.hpp"
#include "clients/credentials_bench.hpp"
#include "support/run_coro.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

namespace albatross {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::Outcome;
using test::resolve;
using test::run_virtual;

/// Gives key-1, key-2, … after a while, or fails.
class Source final : public CredentialsProvider {
 public:
  explicit Source(VirtualClock& clock) : clock_(clock) {}

  Task<ResolvedCredentials> resolve(Deadline deadline) override {
    ++fetches;
    const bool in_time = takes <= deadline.remaining(clock_);
    const Duration time = in_time ? takes : deadline.remaining(clock_);
    co_await clock_.sleep_for(time);
    if (!in_time) throw CredentialsError("too slow");
    if (fails) throw CredentialsError("source is down");
    ResolvedCredentials resolved;
    resolved.credentials.access_key_id = "key-" + std::to_string(++given);
    if (life) resolved.expires_at = clock_.wall() + *life;
    resolved.source = "source";
    co_return resolved;
  }
  void invalidate() override { ++invalidations; }

  int fetches = 0;
  int given = 0;
  int invalidations = 0;
  bool fails = false;
  Duration takes = seconds{1};
  std::optional<WallTime::duration> life = hours{1};

 private:
  VirtualClock& clock_;
};

struct Bench {
  explicit Bench(VirtualClock& clock) {
    auto made = std::make_unique<Source>(clock);
    source = made.get();
    kept = std::make_unique<RefreshingCredentials>(clock, std::move(made));
  }
  Source* source;
  std::unique_ptr<RefreshingCredentials> kept;
};

Task<> store(RefreshingCredentials& kept, Deadline deadline, Outcome& outcome) {
  auto result = co_await resolve(kept, deadline);
  outcome = std::move(result);
}

TEST(RefreshingCredentials, AreFetchedOnceAndKept) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    for (int i = 0; i < 3; ++i) {
      const auto outcome = co_await resolve(*bench.kept);
      EXPECT_EQ(outcome.id(), "key-1");
    }
    EXPECT_EQ(bench.source->fetches, 1);
  });
}

TEST(RefreshingCredentials, WithoutExpiryAreKeptForEver) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.source->life.reset();
    auto outcome = co_await resolve(*bench.kept);
    co_await clock.sleep_for(hours(10'000));
    outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(outcome.id(), "key-1");
  });
}

TEST(RefreshingCredentials, AHundredWaitersCauseOneFetch) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    std::vector<Outcome> outcomes(100);
    std::vector<Task<>> tasks;
    for (Outcome& outcome : outcomes)
      tasks.push_back(store(*bench.kept, Deadline(), outcome));
    co_await when_all(std::move(tasks));
    for (const Outcome& outcome : outcomes)
      EXPECT_EQ(outcome.id(), "key-1");
    EXPECT_EQ(bench.source->fetches, 1);
  });
}

TEST(RefreshingCredentials, AllWaitersLearnWhyTheFetchFailed) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.source->fails = true;
    std::vector<Outcome> outcomes(10);
    std::vector<Task<>> tasks;
    for (Outcome& outcome : outcomes)
      tasks.push_back(store(*bench.kept, Deadline(), outcome));
    co_await when_all(std::move(tasks));
    for (const Outcome& outcome : outcomes)
      EXPECT_EQ(outcome.error, "source is down");
    EXPECT_EQ(bench.source->fetches, 1);
    bench.source->fails = false;  // the next call tries again
    const auto outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(outcome.id(), "key-1");
  });
}

TEST(RefreshingCredentials, AQuarterOfAnHourAheadOneRefreshesAndOthersGoOn) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    auto outcome = co_await resolve(*bench.kept);
    co_await clock.sleep_for(minutes(44));
    outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(outcome.id(), "key-1");
    co_await clock.sleep_for(minutes(2));
    std::vector<Outcome> outcomes(3);
    std::vector<Task<>> tasks;
    for (Outcome& one : outcomes)
      tasks.push_back(store(*bench.kept, Deadline(), one));
    co_await when_all(std::move(tasks));
    EXPECT_EQ(outcomes[0].id(), "key-2");
    EXPECT_EQ(outcomes[1].id(), "key-1");
    EXPECT_EQ(outcomes[2].id(), "key-1");
    EXPECT_EQ(bench.source->fetches, 2);
  });
}

TEST(RefreshingCredentials, FailuresAheadOfTimeAreForgivenAndNotRepeatedAtOnce) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    auto outcome = co_await resolve(*bench.kept);
    co_await clock.sleep_for(minutes(46));
    bench.source->fails = true;
    for (int i = 0; i < 5; ++i) {
      outcome = co_await resolve(*bench.kept);
      EXPECT_EQ(outcome.id(), "key-1");
    }
    EXPECT_EQ(bench.source->fetches, 2);
    co_await clock.sleep_for(minutes(2));
    outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(bench.source->fetches, 3);
    co_await clock.sleep_for(minutes(3));  // 51 minutes: now it matters
    outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(outcome.error, "source is down");
  });
}

TEST(RefreshingCredentials, ShortLivesAreNotRefreshedAtEveryCall) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.source->life = minutes{15};
    auto outcome = co_await resolve(*bench.kept);
    co_await clock.sleep_for(minutes(9));
    outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(bench.source->fetches, 1);
    co_await clock.sleep_for(minutes(2));
    outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(bench.source->fetches, 2);
  });
}

TEST(RefreshingCredentials, ThatHaveExpiredAlreadyAreRefused) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.source->life = minutes{-1};
    const auto outcome = co_await resolve(*bench.kept);
    EXPECT_TRUE(outcome.says("expired already"));
  });
}

TEST(RefreshingCredentials, InvalidatedOnesAreFetchedAnew) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    auto outcome = co_await resolve(*bench.kept);
    bench.kept->invalidate();
    EXPECT_EQ(bench.source->invalidations, 1);
    outcome = co_await resolve(*bench.kept);
    EXPECT_EQ(outcome.id(), "key-2");
  });
}

TEST(RefreshingCredentials, AWaiterWithMoreTimeTakesOverFromOneWithLess) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.source->takes = seconds{10};
    std::vector<Outcome> outcomes(2);
    std::vector<Task<>> tasks;
    tasks.push_back(store(*bench.kept, Deadline::after(clock, seconds(5)), outcomes[0]));
    tasks.push_back(store(*bench.kept, Deadline::after(clock, seconds(60)), outcomes[1]));
    co_await when_all(std::move(tasks));
    EXPECT_EQ(outcomes[0].error, "too slow");
    EXPECT_EQ(outcomes[1].id(), "key-1");
    EXPECT_EQ(bench.source->fetches, 2);
  });
}

TEST(RefreshingCredentials, AWaiterDoesNotWaitBeyondItsOwnDeadline) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Bench bench(clock);
    bench.source->takes = seconds{10};
    std::vector<Outcome> outcomes(2);
    std::vector<Task<>> tasks;
    tasks.push_back(store(*bench.kept, Deadline(), outcomes[0]));
    tasks.push_back(store(*bench.kept, Deadline::after(clock, seconds(5)), outcomes[1]));
    co_await when_all(std::move(tasks));
    EXPECT_EQ(outcomes[0].id(), "key-1");
    EXPECT_TRUE(outcomes[1].says("in time"));
  });
}

TEST(RefreshingCredentials, AWaiterTakesOverWhenTheFetcherIsCancelled) {
  boost::asio::io_context context{1};
  VirtualClock clock(context);
  Bench bench(clock);
  bench.source->takes = seconds{10};
  Outcome first;
  Outcome second;
  test::Root fetcher(context, store(*bench.kept, Deadline(), first));
  test::Root waiter(context, store(*bench.kept, Deadline(), second));
  clock.drive_until(clock.now() + seconds{1});
  fetcher.cancel();
  clock.drive();
  ASSERT_TRUE(fetcher.done());
  EXPECT_THROW(fetcher.rethrow(), boost::system::system_error);
  ASSERT_TRUE(waiter.done());
  waiter.rethrow();
  EXPECT_EQ(second.id(), "key-1");
  EXPECT_EQ(bench.source->fetches, 2);
}

}  // namespace
}  // namespace albatross
