#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace albatross::state {

/// Prepared statements by their text. One that is done goes back, for whoever runs the same next:
/// preparing takes as long as running.
class StatementCache {
 public:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Handle = std::unique_ptr<sqlite3_stmt, Finalize>;

  /// Null when there is none.
  Handle take(std::string_view sql);
  void give_back(Handle statement);

 private:
  std::map<std::string, Handle, std::less<>> idle_;
};

/// A prepared statement: bind by position from 1, step, read by column from 0.
class Statement {
 public:
  /// @param cache outlives it
  Statement(sqlite3* database, StatementCache& cache, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();
  Statement& bind(int position, std::string_view text);
  Statement& bind(int position, std::int64_t number);
  /// True while there is a row.
  bool step();
  std::string text(int column) const;
  std::int64_t number(int column) const;

 private:
  sqlite3* database_;
  StatementCache& cache_;
  StatementCache::Handle statement_;
};

/// An open database file. Every failure is a StateError that names the file.
class Sqlite {
 public:
  explicit Sqlite(std::string path);
  void execute(const char* sql);
  Statement prepare(std::string_view sql) { return Statement(database_.get(), cache_, sql); }
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> database_;
  StatementCache cache_;
};

}  // namespace albatross::state
