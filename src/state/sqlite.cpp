#include "state/sqlite.hpp"

#include "albatross/state/store.hpp"

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace albatross::state {
namespace {

[[noreturn]] void fail(sqlite3* database, const std::string& what) {
  const char* file = database != nullptr ? sqlite3_db_filename(database, "main") : nullptr;
  throw StateError("state database " + std::string(file != nullptr ? file : "") + ": " + what +
                   ": " + (database != nullptr ? sqlite3_errmsg(database) : "out of memory"));
}

// SQLite would create the file by the umask; it must never be readable by others, not for a moment.
void create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) throw StateError("state database " + path + " cannot be opened or created");
  ::close(file);
}

}  // namespace

void StatementCache::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}
void Sqlite::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

StatementCache::Handle StatementCache::take(std::string_view sql) {
  const auto found = idle_.find(sql);
  return found == idle_.end() ? nullptr : std::move(found->second);
}

void StatementCache::give_back(Handle statement) {
  sqlite3_reset(statement.get());
  sqlite3_clear_bindings(statement.get());
  Handle& place = idle_[sqlite3_sql(statement.get())];
  place = std::move(statement);
}

Statement::Statement(sqlite3* database, StatementCache& cache, std::string_view sql)
    : database_(database), cache_(cache), statement_(cache.take(sql)) {
  if (statement_) return;
  sqlite3_stmt* raw = nullptr;
  const int rc =
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  statement_.reset(raw);
  if (rc != SQLITE_OK) fail(database, "preparing a statement");
}

Statement::~Statement() {
  cache_.give_back(std::move(statement_));
}

Statement& Statement::bind(int position, std::string_view text) {
  if (sqlite3_bind_text(statement_.get(), position, text.data(), static_cast<int>(text.size()),
                        SQLITE_TRANSIENT) != SQLITE_OK) {
    fail(database_, "binding a text");
  }
  return *this;
}

Statement& Statement::bind(int position, std::int64_t number) {
  if (sqlite3_bind_int64(statement_.get(), position, number) != SQLITE_OK) {
    fail(database_, "binding a number");
  }
  return *this;
}

bool Statement::step() {
  const int rc = sqlite3_step(statement_.get());
  if (rc != SQLITE_ROW && rc != SQLITE_DONE) fail(database_, "running a statement");
  return rc == SQLITE_ROW;
}

std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr
             ? std::string()
             : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

Sqlite::Sqlite(std::string path) : path_(std::move(path)) {
  create_private(path_);
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(path_.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  database_.reset(raw);
  if (rc != SQLITE_OK) fail(raw, "opening");
  sqlite3_busy_timeout(raw, 5000);
  execute("PRAGMA journal_mode=WAL");
  execute("PRAGMA synchronous=FULL");
  execute("PRAGMA foreign_keys=ON");
}

void Sqlite::execute(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(database_.get(), sql);
  }
}

}  // namespace albatross::state
