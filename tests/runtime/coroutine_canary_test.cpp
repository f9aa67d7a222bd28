// The forms of co_await that the code base allows itself work on this compiler. When one of these
// fails after a compiler upgrade, code elsewhere is being miscompiled too.
#include "support/run_coro.hpp"

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace albatross {
namespace {

using test::run_virtual;

struct Options {
  std::string name;
  std::vector<std::string> values;
  std::shared_ptr<int> counter;
};

/// Counts what is alive: a double destruction shows as a negative count.
struct Counted {
  explicit Counted(int& alive) : alive_(&alive) { ++*alive_; }
  Counted(const Counted& other) : alive_(other.alive_) { ++*alive_; }
  Counted& operator=(const Counted&) = default;
  ~Counted() { --*alive_; }
  int* alive_;
};

Task<Options> echo(VirtualClock& clock, Options options) {
  co_await clock.sleep_for(std::chrono::seconds{1});
  co_return options;
}

Task<std::string> text(VirtualClock& clock, std::string value) {
  co_await clock.sleep_for(std::chrono::seconds{1});
  co_return value + " and a tail that is too long for the small-string buffer";
}

Task<bool> yes(VirtualClock& clock) {
  co_await clock.sleep_for(std::chrono::seconds{1});
  co_return true;
}

TEST(CoroutineCanary, NamedLocalMovedIntoTheCall) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    Options options{.name = "a name longer than any small-string buffer could be",
                    .values = {"one", "two"},
                    .counter = std::make_shared<int>(7)};
    const auto counter = options.counter;
    auto result = co_await echo(clock, std::move(options));
    EXPECT_EQ(result.name, "a name longer than any small-string buffer could be");
    EXPECT_EQ(result.values.size(), 2U);
    EXPECT_EQ(counter.use_count(), 2);
  });
}

TEST(CoroutineCanary, SplitCreationFromAwait) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    auto counter = std::make_shared<int>(7);
    auto op = echo(clock, {.name = "x", .values = {"a", "b", "c"}, .counter = counter});
    auto result = co_await std::move(op);
    EXPECT_EQ(result.values.size(), 3U);
    EXPECT_EQ(counter.use_count(), 2);
  });
}

Task<> condition_without_locals(VirtualClock& clock, int& taken) {
  const bool answer = co_await yes(clock);
  if (answer) ++taken;
}

TEST(CoroutineCanary, ConditionIsAwaitedIntoALocalFirst) {
  int taken = 0;
  run_virtual(
      [&](VirtualClock& clock) -> Task<> { co_await condition_without_locals(clock, taken); });
  EXPECT_EQ(taken, 1);
}

Task<std::string> chosen(VirtualClock& clock, bool first) {
  if (first) co_return co_await text(clock, "first");
  co_return co_await text(clock, "second");
}

TEST(CoroutineCanary, BranchesInsteadOfTheConditionalOperator) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const auto a = co_await chosen(clock, true);
    const auto b = co_await chosen(clock, false);
    EXPECT_EQ(a.substr(0, 5), "first");
    EXPECT_EQ(b.substr(0, 6), "second");
  });
}

Task<std::string> closure_held_in_local(VirtualClock& clock, std::string name) {
  auto shared = std::make_shared<std::string>(std::move(name));
  auto make = [shared, &clock]() { return text(clock, *shared); };
  auto op = make();
  auto result = co_await std::move(op);
  EXPECT_EQ(shared.use_count(), 2);
  co_return result;
}

TEST(CoroutineCanary, ClosureWithCapturesIsANamedLocal) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const auto result = co_await closure_held_in_local(clock, "a captured string of some length");
    EXPECT_TRUE(result.starts_with("a captured string"));
  });
}

Task<std::pair<std::string, int>> pair_of(VirtualClock& clock) {
  co_await clock.sleep_for(std::chrono::seconds{1});
  co_return std::make_pair(std::string(64, 'p'), 4);
}

TEST(CoroutineCanary, StructuredBindingOfAnAwaitedPair) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    auto [letters, number] = co_await pair_of(clock);
    EXPECT_EQ(letters, std::string(64, 'p'));
    EXPECT_EQ(number, 4);
  });
}

Task<Counted> counted(VirtualClock& clock, Counted value) {
  co_await clock.sleep_for(std::chrono::seconds{1});
  co_return value;
}

TEST(CoroutineCanary, EveryCopyIsDestroyedExactlyOnce) {
  int alive = 0;
  run_virtual([&](VirtualClock& clock) -> Task<> {
    Counted value(alive);
    for (int i = 0; i < 10; ++i) {
      auto op = counted(clock, value);
      value = co_await std::move(op);
    }
    std::vector<Counted> many;
    many.push_back(co_await counted(clock, value));
    many.emplace_back(co_await counted(clock, value));
    EXPECT_EQ(alive, 3);
  });
  EXPECT_EQ(alive, 0);
}

Task<int> throwing(VirtualClock& clock) {
  co_await clock.sleep_for(std::chrono::seconds{1});
  throw std::string(64, 'e');
}

TEST(CoroutineCanary, ExceptionIsKeptAndHandledAfterTheHandler) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    std::exception_ptr error;
    std::string message;
    try {
      co_await throwing(clock);
    } catch (const std::string& e) {
      message = e;
      error = std::current_exception();
    }
    co_await clock.sleep_for(std::chrono::seconds{1});
    EXPECT_EQ(message, std::string(64, 'e'));
    EXPECT_TRUE(error);
  });
}

Task<int> depth(VirtualClock& clock, int n) {
  if (n == 0) {
    co_await clock.sleep_for(std::chrono::seconds{1});
    co_return 0;
  }
  const int below = co_await depth(clock, n - 1);
  co_return below + 1;
}

TEST(CoroutineCanary, DeepRecursionDoesNotGrowTheStack) {
  run_virtual([](VirtualClock& clock) -> Task<> {
    const int levels = co_await depth(clock, 10'000);
    EXPECT_EQ(levels, 10'000);
  });
}

}  // namespace
}  // namespace albatross
