#include "albatross/state/store.hpp"

#include "state/file_lock.hpp"
#include "state/record_json.hpp"
#include "state/sqlite.hpp"
#include "state/write_group.hpp"

#include <filesystem>
#include <system_error>

namespace albatross {
namespace {

constexpr std::int64_t schema_version = 1;

// Numbers in status, state and provenance columns are the enumerators' values: append, never
// reorder.
constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS stack (
  name TEXT PRIMARY KEY, deployment_id TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL,
  state INTEGER NOT NULL, outputs TEXT NOT NULL, last_error TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS resource (
  stack TEXT NOT NULL, node TEXT NOT NULL, kind TEXT NOT NULL, tier INTEGER NOT NULL,
  status INTEGER NOT NULL, provenance INTEGER NOT NULL, id TEXT NOT NULL, token TEXT NOT NULL,
  attempt INTEGER NOT NULL, properties TEXT NOT NULL, outputs TEXT NOT NULL,
  outlived_by TEXT NOT NULL, created_at_ms INTEGER NOT NULL, PRIMARY KEY (stack, node)
) STRICT;
)";

constexpr const char* stack_columns =
    "SELECT name, deployment_id, account, region, state, outputs, last_error, created_at_ms, "
    "updated_at_ms FROM stack ";

StackRecord read_stack(const state::Statement& row) {
  StackRecord record;
  record.name = row.text(0);
  record.deployment_id = row.text(1);
  record.account = row.text(2);
  record.region = row.text(3);
  record.state = static_cast<StackState>(row.number(4));
  record.outputs = state::properties_from_json(row.text(5));
  record.last_error = row.text(6);
  record.created_at_ms = row.number(7);
  record.updated_at_ms = row.number(8);
  return record;
}

ResourceRecord read_resource(const state::Statement& row) {
  ResourceRecord record;
  record.stack = row.text(0);
  record.node = row.text(1);
  record.kind = row.text(2);
  record.tier = static_cast<int>(row.number(3));
  record.status = static_cast<RecordStatus>(row.number(4));
  record.provenance = static_cast<Provenance>(row.number(5));
  record.id = row.text(6);
  record.token = row.text(7);
  record.generation = static_cast<int>(row.number(8));
  record.properties = state::properties_from_json(row.text(9));
  record.outputs = state::properties_from_json(row.text(10));
  record.outlived_by = state::names_from_json(row.text(11));
  record.created_at_ms = row.number(12);
  return record;
}

void write_stack(state::Sqlite& database, const StackRecord& record) {
  auto write = database.prepare(
      "INSERT OR REPLACE INTO stack (name, deployment_id, account, region, state, outputs, "
      "last_error, created_at_ms, updated_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  write.bind(1, record.name).bind(2, record.deployment_id).bind(3, record.account);
  write.bind(4, record.region).bind(5, static_cast<std::int64_t>(record.state));
  write.bind(6, state::to_json(record.outputs)).bind(7, record.last_error);
  write.bind(8, record.created_at_ms).bind(9, record.updated_at_ms);
  write.step();
}

void write_resource(state::Sqlite& database, const ResourceRecord& record) {
  auto write = database.prepare(
      "INSERT OR REPLACE INTO resource (stack, node, kind, tier, status, provenance, id, token, "
      "attempt, properties, outputs, outlived_by, created_at_ms) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  write.bind(1, record.stack).bind(2, record.node).bind(3, record.kind);
  write.bind(4, std::int64_t{record.tier}).bind(5, static_cast<std::int64_t>(record.status));
  write.bind(6, static_cast<std::int64_t>(record.provenance)).bind(7, record.id);
  write.bind(8, record.token).bind(9, std::int64_t{record.generation});
  write.bind(10, state::to_json(record.properties)).bind(11, state::to_json(record.outputs));
  write.bind(12, state::to_json(record.outlived_by)).bind(13, record.created_at_ms);
  write.step();
}

void make_private_folder(const std::filesystem::path& folder) {
  if (folder.empty() || std::filesystem::exists(folder)) return;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw StateError("state folder " + folder.string() + ": " + failed.message());
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
}

// The statement is gone when this returns: an open read would make the write after it fail at once
// whenever another process has written meanwhile, instead of waiting.
std::int64_t version_of(state::Sqlite& database) {
  auto version = database.prepare("PRAGMA user_version");
  return version.step() ? version.number(0) : 0;
}

state::Sqlite open_database(const std::string& path) {
  make_private_folder(std::filesystem::path(path).parent_path());
  state::Sqlite database(path);
  const std::int64_t found = version_of(database);
  if (found > schema_version) {
    throw StateError("state database " + path + " was written by a newer version of albatross");
  }
  if (found == schema_version) return database;
  database.execute("BEGIN IMMEDIATE");
  database.execute(schema);
  database.execute("PRAGMA user_version = 1");
  database.execute("COMMIT");
  return database;
}

}  // namespace

struct SqliteStore::Database {
  explicit Database(const std::string& path) : sqlite(open_database(path)) {}
  state::Sqlite sqlite;
  state::WriteGroup writes{sqlite};
};

SqliteStore::SqliteStore(const std::string& path) : database_(std::make_unique<Database>(path)) {}
SqliteStore::~SqliteStore() = default;

Task<std::unique_ptr<StackLock>> SqliteStore::lock(std::string stack, std::string holder) {
  const std::filesystem::path folder =
      std::filesystem::path(database_->sqlite.path()).parent_path() / "locks";
  make_private_folder(folder);
  const std::string path = (folder / (stack + ".lock")).string();
  co_return state::lock_file(path, stack, holder);
}

Task<std::vector<StackRecord>> SqliteStore::stacks() {
  std::vector<StackRecord> out;
  auto rows = database_->sqlite.prepare(std::string(stack_columns) + "ORDER BY name");
  while (rows.step())
    out.push_back(read_stack(rows));
  co_return out;
}

Task<std::optional<StackRecord>> SqliteStore::stack(std::string name) {
  std::optional<StackRecord> out;
  auto rows = database_->sqlite.prepare(std::string(stack_columns) + "WHERE name = ?1");
  rows.bind(1, name);
  if (rows.step()) out = read_stack(rows);
  co_return out;
}

Task<std::vector<ResourceRecord>> SqliteStore::resources(std::string stack) {
  std::vector<ResourceRecord> out;
  auto rows = database_->sqlite.prepare(
      "SELECT stack, node, kind, tier, status, provenance, id, token, attempt, properties, "
      "outputs, outlived_by, created_at_ms FROM resource WHERE stack = ?1 ORDER BY node");
  rows.bind(1, stack);
  while (rows.step())
    out.push_back(read_resource(rows));
  co_return out;
}

Task<> SqliteStore::put_stack(StackRecord record) {
  auto write = database_->writes.add(
      [record = std::move(record)](state::Sqlite& database) { write_stack(database, record); });
  co_await std::move(write);
}

Task<> SqliteStore::put_resource(ResourceRecord record) {
  auto write = database_->writes.add(
      [record = std::move(record)](state::Sqlite& database) { write_resource(database, record); });
  co_await std::move(write);
}

Task<> SqliteStore::erase_stack(std::string name) {
  auto write = database_->writes.add([name = std::move(name)](state::Sqlite& database) {
    auto resources = database.prepare("DELETE FROM resource WHERE stack = ?1");
    resources.bind(1, name).step();
    auto stacks = database.prepare("DELETE FROM stack WHERE name = ?1");
    stacks.bind(1, name).step();
  });
  co_await std::move(write);
}

Task<> SqliteStore::erase_resource(std::string stack, std::string node) {
  auto write = database_->writes.add(
      [stack = std::move(stack), node = std::move(node)](state::Sqlite& database) {
        auto erase = database.prepare("DELETE FROM resource WHERE stack = ?1 AND node = ?2");
        erase.bind(1, stack).bind(2, node).step();
      });
  co_await std::move(write);
}

}  // namespace albatross
