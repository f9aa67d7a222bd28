#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace albatross::state {

/// A prepared statement: bind by position from 1, step, read by column from 0.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  Statement& bind(int position, std::string_view text);
  Statement& bind(int position, std::int64_t number);
  /// True while there is a row.
  bool step();
  std::string text(int column) const;
  std::int64_t number(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// An open database file. Every failure is a StateError that names the file.
class Sqlite {
 public:
  explicit Sqlite(std::string path);
  void execute(const char* sql);
  Statement prepare(std::string_view sql) { return Statement(database_.get(), sql); }
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace albatross::state
