#pragma once

#include <memory>
#include <string>
#include <vector>

namespace albatross::cli {

/// A run's file while the run writes it. It is locked as long: whoever reads can tell a run that
/// goes on from one whose process is gone.
class RunWriter {
 public:
  RunWriter(int descriptor, int run) : descriptor_(descriptor), run_(run) {}
  RunWriter(const RunWriter&) = delete;
  RunWriter& operator=(const RunWriter&) = delete;
  ~RunWriter();

  int run() const { return run_; }
  /// At once, so that a killed run leaves what it had said. @throws StateError
  void append(const std::string& line);

 private:
  int descriptor_;
  int run_;
};

/// Where the event streams of past runs are kept: FOLDER/STACK/000007.ndjson, for the owner only;
/// of each stack the last runs. They stay when the stack is gone.
class RunArchive {
 public:
  /// How many runs of a stack are kept.
  static constexpr std::size_t kept_runs = 20;

  explicit RunArchive(std::string folder) : folder_(std::move(folder)) {}

  /// The stack's next run; the oldest go. To be called by who holds the stack's lock.
  /// @throws StateError
  std::unique_ptr<RunWriter> begin(const std::string& stack) const;

  /// In order of name.
  std::vector<std::string> stacks() const;
  /// In order of number.
  std::vector<int> runs(const std::string& stack) const;
  /// A run's stream as far as it came. @throws StateError
  std::string text(const std::string& stack, int run) const;
  /// Is its process still at it?
  bool is_under_way(const std::string& stack, int run) const;

 private:
  std::string path_of(const std::string& stack, int run) const;

  std::string folder_;
};

}  // namespace albatross::cli
