#pragma once

#include "albatross/runtime/task.hpp"
#include "albatross/state/record.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace albatross {

/// The state cannot be read or written, or is of a newer version.
class StateError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Another run works on the stack.
class LockedError : public std::runtime_error {
 public:
  /// what() names the stack and the holder.
  LockedError(const std::string& stack, std::string holder);
  /// "deploy by pid 4711 on host build-3 since 2026-01-02T03:04:05Z".
  const std::string& holder() const { return holder_; }

 private:
  std::string holder_;
};

/// Held while a run works on a stack; released by destruction, and by the end of the process
/// however it ends.
class StackLock {
 public:
  virtual ~StackLock() = default;
};

/// What exists and what was intended. Every put is durable when it returns: a power cut right
/// after it loses nothing. Single-threaded per instance; several processes may share one database.
/// All members throw StateError; cancellation never leaves a half-done write.
class Store {
 public:
  virtual ~Store() = default;

  /// @param stack its name; need not be known
  /// @param holder who asks, in words for LockedError
  /// @throws LockedError when another holder is alive
  virtual Task<std::unique_ptr<StackLock>> lock(std::string stack, std::string holder) = 0;

  /// All that are known, in order of name.
  virtual Task<std::vector<StackRecord>> stacks() = 0;
  /// That stack; nothing when it is not known.
  virtual Task<std::optional<StackRecord>> stack(std::string name) = 0;
  /// Keeps it durably, in place of what was known under that name.
  virtual Task<> put_stack(StackRecord record) = 0;
  /// Removes the stack and all records of its resources.
  virtual Task<> erase_stack(std::string name) = 0;

  /// In order of node name.
  virtual Task<std::vector<ResourceRecord>> resources(std::string stack) = 0;
  /// Keeps it durably, in place of what was known of that stack's node.
  virtual Task<> put_resource(ResourceRecord record) = 0;
  /// Forgets it; nothing happens when it is not known.
  virtual Task<> erase_resource(std::string stack, std::string node) = 0;
};

/// Keeps everything in memory: for tests, simulation and embedders who persist elsewhere.
class MemoryStore final : public Store {
 public:
  MemoryStore();
  ~MemoryStore() override;
  Task<std::unique_ptr<StackLock>> lock(std::string stack, std::string holder) override;
  Task<std::vector<StackRecord>> stacks() override;
  Task<std::optional<StackRecord>> stack(std::string name) override;
  Task<> put_stack(StackRecord record) override;
  Task<> erase_stack(std::string name) override;
  Task<std::vector<ResourceRecord>> resources(std::string stack) override;
  Task<> put_resource(ResourceRecord record) override;
  Task<> erase_resource(std::string stack, std::string node) override;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// A SQLite database (WAL, full sync) at `path`, created with mode 0600 in a folder of mode 0700.
/// Locks are held through the operating system on files beside it, so a killed run leaves none.
class SqliteStore final : public Store {
 public:
  /// Opens the database, or creates it with its folder. @throws StateError
  explicit SqliteStore(const std::string& path);
  ~SqliteStore() override;
  Task<std::unique_ptr<StackLock>> lock(std::string stack, std::string holder) override;
  Task<std::vector<StackRecord>> stacks() override;
  Task<std::optional<StackRecord>> stack(std::string name) override;
  Task<> put_stack(StackRecord record) override;
  Task<> erase_stack(std::string name) override;
  Task<std::vector<ResourceRecord>> resources(std::string stack) override;
  Task<> put_resource(ResourceRecord record) override;
  Task<> erase_resource(std::string stack, std::string node) override;

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace albatross
