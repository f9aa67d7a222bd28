#include "albatross/state/store.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "support/run_coro.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace albatross {
namespace {

/// A folder of its own for each test, removed with it.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "store_test.XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

ResourceRecord sample(const std::string& node) {
  ResourceRecord record;
  record.stack = "shop";
  record.node = node;
  record.kind = "target_group";
  record.tier = 2;
  record.status = RecordStatus::created;
  record.provenance = Provenance::created;
  record.id = "arn:aws:x";
  record.token = "token-1";
  record.generation = 3;
  record.properties["name"] = "shop-web";
  record.properties["subnets"] = std::vector<std::string>{"subnet-a", "subnet-b"};
  record.outputs["dns_name"] = "say \"hi\"\n\xff";
  record.outlived_by = {"vpc", "load_balancer"};
  record.created_at_ms = 1'767'225'600'123;
  return record;
}

void keeps_what_it_is_told(Store& store) {
  test::run_coro([&]() -> Task<> {
    StackRecord stack;
    stack.name = "shop";
    stack.deployment_id = "0123456789ab";
    stack.account = "123456789012";
    stack.region = "eu-west-1";
    stack.state = StackState::rolled_back;
    stack.outputs["url.web"] = "http://x/";
    stack.last_error = "CreateLoadBalancer failed";
    stack.updated_at_ms = 7;
    co_await store.put_stack(stack);
    ResourceRecord record = sample("target_group.web");
    co_await store.put_resource(record);
    record.status = RecordStatus::ready;
    co_await store.put_resource(record);
    ResourceRecord other = sample("a_first_one");
    co_await store.put_resource(other);

    auto found = co_await store.stack("shop");
    CO_ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->deployment_id, "0123456789ab");
    EXPECT_EQ(found->region, "eu-west-1");
    EXPECT_EQ(found->state, StackState::rolled_back);
    EXPECT_EQ(found->outputs, stack.outputs);
    EXPECT_EQ(found->last_error, "CreateLoadBalancer failed");
    auto resources = co_await store.resources("shop");
    CO_ASSERT_EQ(resources.size(), 2U);
    EXPECT_EQ(resources[0].node, "a_first_one");
    EXPECT_EQ(resources[1].status, RecordStatus::ready) << "the later put counts";
    EXPECT_EQ(resources[1].properties, record.properties);
    EXPECT_EQ(resources[1].outlived_by, record.outlived_by);
    EXPECT_EQ(resources[1].generation, 3);
    EXPECT_EQ(resources[1].tier, 2);
    EXPECT_EQ(resources[1].created_at_ms, record.created_at_ms);

    co_await store.erase_resource("shop", "a_first_one");
    resources = co_await store.resources("shop");
    EXPECT_EQ(resources.size(), 1U);
    co_await store.erase_stack("shop");
    found = co_await store.stack("shop");
    EXPECT_FALSE(found.has_value());
    resources = co_await store.resources("shop");
    EXPECT_TRUE(resources.empty());
  });
}

TEST(MemoryStore, KeepsWhatItIsTold) {
  MemoryStore store;
  keeps_what_it_is_told(store);
}

TEST(SqliteStore, KeepsWhatItIsTold) {
  const Folder folder;
  SqliteStore store(folder.file("state.db"));
  keeps_what_it_is_told(store);
}

Task<> put_all(Store& store, int count) {
  std::vector<Task<>> writes;
  for (int i = 0; i < count; ++i)
    writes.push_back(store.put_resource(sample("node." + std::to_string(i))));
  co_await when_all(std::move(writes));
}

TEST(SqliteStore, WritesAtTheSameTimeWaitForTheDiskTogether) {
  const Folder folder;
  const std::string path = folder.file("state.db");
  SqliteStore store(path);
  constexpr int count = 60;
  const auto before = std::filesystem::file_size(path + "-wal");
  test::run_coro([&]() -> Task<> {
    co_await put_all(store, count);
    const auto stored = co_await store.resources("shop");
    EXPECT_EQ(stored.size(), static_cast<std::size_t>(count));
  });
  // A transaction of its own would write at least one page for each.
  constexpr std::uintmax_t page = 4096;
  EXPECT_LT(std::filesystem::file_size(path + "-wal") - before, count * page);
}

Task<> put_and_note(Store& store, std::string node, bool& done) {
  co_await store.put_resource(sample(node));
  done = true;
}

TEST(SqliteStore, AWriterThatIsCancelledLeavesTheOthersTheirs) {
  const Folder folder;
  SqliteStore store(folder.file("state.db"));
  test::run_coro([&]() -> Task<> {
    bool first = false;
    bool second = false;
    auto leaving = co_await TaskGroup::create();
    auto staying = co_await TaskGroup::create();
    leaving.spawn(put_and_note(store, "leaving", first));
    staying.spawn(put_and_note(store, "staying", second));
    // Both are spawned in the turn after this one, and written in the one after that.
    co_await boost::asio::post(boost::asio::use_awaitable);
    leaving.cancel();
    co_await leaving.join();
    co_await staying.join();
    EXPECT_TRUE(second);
    const auto stored = co_await store.resources("shop");
    const bool kept = std::any_of(stored.begin(), stored.end(), [](const ResourceRecord& record) {
      return record.node == "staying";
    });
    EXPECT_TRUE(kept);
  });
}

TEST(SqliteStore, AWriteThatFailsIsToldToAllWhoWroteWithIt) {
  const Folder folder;
  const std::string path = folder.file("state.db");
  SqliteStore store(path);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "DROP TABLE resource", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(other);
  EXPECT_THROW(test::run_coro([&]() -> Task<> { co_await put_all(store, 3); }), StateError);
  test::run_coro([&]() -> Task<> {
    StackRecord stack;
    stack.name = "shop";
    co_await store.put_stack(stack);
    const auto stacks = co_await store.stacks();
    EXPECT_EQ(stacks.size(), 1U) << "and the next transaction is none the worse for it";
  });
}

TEST(SqliteStore, AnotherProcessSeesWhatWasPut) {
  const Folder folder;
  {
    SqliteStore store(folder.file("deep/er/state.db"));
    test::run_coro([&]() -> Task<> {
      ResourceRecord record = sample("target_group.web");
      co_await store.put_resource(record);
    });
  }
  SqliteStore store(folder.file("deep/er/state.db"));
  test::run_coro([&]() -> Task<> {
    auto resources = co_await store.resources("shop");
    CO_ASSERT_EQ(resources.size(), 1U);
    EXPECT_EQ(resources[0].id, "arn:aws:x");
  });
}

TEST(SqliteStore, FilesAreForTheirOwnerOnly) {
  const Folder folder;
  ::umask(0);
  SqliteStore store(folder.file("own/state.db"));
  test::run_coro([&]() -> Task<> {
    ResourceRecord record = sample("x");
    co_await store.put_resource(record);
    auto lock = co_await store.lock("shop", "somebody");
  });
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.file("own"))) {
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0077U, 0U) << entry.path();
  }
}

TEST(SqliteStore, RefusesADatabaseOfANewerVersion) {
  const Folder folder;
  { const SqliteStore store(folder.file("state.db")); }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file("state.db").c_str(), &raw), SQLITE_OK);
  sqlite3_exec(raw, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
  sqlite3_close(raw);
  EXPECT_THROW(SqliteStore store(folder.file("state.db")), StateError);
}

TEST(SqliteStore, ADamagedFileIsAnErrorThatNamesIt) {
  const Folder folder;
  std::ofstream(folder.file("state.db")) << std::string(4096, 'x');
  try {
    const SqliteStore store(folder.file("state.db"));
    FAIL() << "opened";
  } catch (const StateError& error) {
    EXPECT_NE(std::string(error.what()).find("state.db"), std::string::npos);
  }
}

void second_holder_is_refused(Store& first, Store& second) {
  test::run_coro([&]() -> Task<> {
    auto held = co_await first.lock("shop", "deploy by pid 4711");
    std::string holder;
    try {
      auto refused = co_await second.lock("shop", "deploy by pid 4712");
    } catch (const LockedError& error) {
      holder = error.holder();
    }
    EXPECT_EQ(holder, "deploy by pid 4711");
    auto another = co_await second.lock("other-stack", "deploy by pid 4712");
    held.reset();
    auto taken_over = co_await second.lock("shop", "deploy by pid 4712");
    EXPECT_NE(taken_over, nullptr);
  });
}

TEST(MemoryStore, ASecondHolderIsRefusedUntilTheFirstLetsGo) {
  MemoryStore store;
  second_holder_is_refused(store, store);
}

TEST(SqliteStore, ASecondHolderIsRefusedUntilTheFirstLetsGo) {
  const Folder folder;
  SqliteStore first(folder.file("state.db"));
  SqliteStore second(folder.file("state.db"));
  second_holder_is_refused(first, second);
}

TEST(SqliteStore, TheLockOfAKilledProcessHoldsNobodyUp) {
  const Folder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    SqliteStore store(folder.file("state.db"));
    test::run_coro([&]() -> Task<> {
      auto lock = co_await store.lock("shop", "the killed one");
      ::kill(::getpid(), SIGKILL);
    });
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  SqliteStore store(folder.file("state.db"));
  test::run_coro([&]() -> Task<> {
    auto lock = co_await store.lock("shop", "the next one");
    EXPECT_NE(lock, nullptr);
  });
}

}  // namespace
}  // namespace albatross
