#pragma once

#include "albatross/orchestrator/stack.hpp"

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace albatross {

/// One mistake in a stack file.
struct SpecProblem {
  std::string file;
  /// From 1; 0 when the place is unknown.
  int line = 0;
  int column = 0;
  /// What is wrong, what was found, what was expected; one sentence, with a suggestion if there is
  /// a likely one ("did you mean 'instances'?").
  std::string message;

  /// "stack.yaml:12:5: …"
  std::string text() const;
};

/// The file cannot be used. Holds every mistake found, in file order.
class SpecError : public std::runtime_error {
 public:
  /// @param problems at least one, in file order
  /// @param text of the file, for showing the lines that are wrong
  explicit SpecError(std::vector<SpecProblem> problems, std::string text = {});
  /// Every mistake, in file order.
  const std::vector<SpecProblem>& problems() const { return problems_; }
  /// All of them, each with its line and a caret: see render_problem.
  std::string rendered() const;

 private:
  std::vector<SpecProblem> problems_;
  std::string text_;
};

/// Reads a file named in the stack file (user_data_file), relative to the stack file's folder;
/// nullopt when it cannot be read.
using ReadFile = std::function<std::optional<std::string>(const std::string& path)>;

/// Parses and checks a stack file (YAML or JSON). Pure but for `read_file`.
/// @param text the file's content
/// @param file the name to show in complaints, and the base of relative file names
/// @param read_file reads what the file names (user_data_file)
/// @throws SpecError with all mistakes at once
Stack parse_stack(std::string_view text, const std::string& file, const ReadFile& read_file);

/// Sets one timeout by its name in the file, as --step-timeout does: "health", "10m".
/// @throws std::invalid_argument in words for people, naming the steps or the form that is expected
void set_timeout(TimeoutsSpec& timeouts, std::string_view step, std::string_view duration);

/// Like a compiler's: the complaint, the line of `text` that it is about, and a caret under the
/// place. The content of user data is not shown. Ends in a line feed.
std::string render_problem(const SpecProblem& problem, std::string_view text);

/// A complaint about a member ("services.web.port", "instances.type"), at its place in a file that
/// parse_stack() accepts; at the place of what it is in, where the file leaves it to its default.
/// Pure.
SpecProblem problem_at(std::string_view text, const std::string& file, const std::string& member,
                       std::string message);

/// The JSON Schema (draft 2020-12) of stack files, made from the table that the parser reads by.
/// What it accepts may still be refused: rules that span members are the parser's alone.
std::string stack_schema();

/// The reference part of docs/stack-file.md, in Markdown, made from the same table.
std::string stack_reference();

/// The same stack as a YAML file that can be shown to anybody: without comments, and with user data
/// of the same kind that says nothing. A user_data_file becomes user_data.
/// @throws SpecError for a text that parse_stack() refuses
std::string shareable_stack(std::string_view text, const std::string& file,
                            const ReadFile& read_file);
/// Of a file on disk. @throws SpecError
std::string load_shareable_stack(const std::string& path);

/// Reads and parses a file from disk. @throws SpecError (also when it cannot be read).
Stack load_stack(const std::string& path);

}  // namespace albatross
