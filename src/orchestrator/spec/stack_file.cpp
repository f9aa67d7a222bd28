#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/spec/checks.hpp"
#include "orchestrator/spec/finish.hpp"
#include "orchestrator/spec/shareable.hpp"
#include "orchestrator/spec/stack_table.hpp"
#include "orchestrator/spec/yaml_reader.hpp"

#include <fstream>
#include <iterator>
#include <utility>

namespace albatross {
namespace {

std::string summary(const std::vector<SpecProblem>& problems) {
  std::string all;
  for (const auto& problem : problems)
    all += (all.empty() ? "" : "\n") + problem.text();
  return all;
}

std::optional<std::string> read_from_disk(const std::string& path) {
  try {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(stream), {}};
  } catch (const std::ios_base::failure&) {
    // A folder can be opened, but not read.
    return std::nullopt;
  }
}

std::string load_text(const std::string& path) {
  auto text = read_from_disk(path);
  if (!text) throw SpecError({{path, 0, 0, "cannot be read; expected a stack file"}});
  return std::move(*text);
}

void check_all(const Stack& stack, spec::Reading& reading) {
  spec::check_network(stack, reading);
  spec::check_storage(stack, reading);
  spec::check_instances(stack, reading);
  spec::check_services(stack, reading);
  spec::check_rules(stack, reading);
  spec::check_reuse(stack, reading);
  spec::check_load_balancer(stack, reading);
}

}  // namespace

std::string SpecProblem::text() const {
  if (line == 0) return file + ": " + message;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message;
}

SpecError::SpecError(std::vector<SpecProblem> problems, std::string text)
    : std::runtime_error(summary(problems)),
      problems_(std::move(problems)),
      text_(std::move(text)) {}

std::string SpecError::rendered() const {
  std::string all;
  for (const auto& problem : problems_)
    all += render_problem(problem, text_);
  return all;
}

Stack parse_stack(std::string_view text, const std::string& file, const ReadFile& read_file) {
  spec::Reading reading(file);
  reading.set_vocabulary(&spec::stack_vocabulary());
  Stack stack;
  if (const auto tree = spec::read_yaml(text, reading)) {
    reading.place("", tree, tree->mark);
    spec::read_section(stack, *tree, "", reading, spec::stack_table());
    spec::finish(stack, reading, file, read_file);
    check_all(stack, reading);
  }
  if (reading.failed()) throw SpecError(reading.problems(), std::string(text));
  return stack;
}

SpecProblem problem_at(std::string_view text, const std::string& file, const std::string& member,
                       std::string message) {
  spec::Reading reading(file);
  Stack stack;
  if (const auto tree = spec::read_yaml(text, reading)) {
    reading.place("", tree, tree->mark);
    spec::read_section(stack, *tree, "", reading, spec::stack_table());
  }
  const spec::Mark mark = reading.mark(member);
  return {file, mark.line, mark.column, std::move(message)};
}

std::string shareable_stack(std::string_view text, const std::string& file,
                            const ReadFile& read_file) {
  const Stack stack = parse_stack(text, file, read_file);
  spec::Reading reading(file);
  const auto tree = spec::read_yaml(text, reading);
  return spec::shareable_text(*tree, kind_of_user_data(stack.instances.user_data.reveal()));
}

Stack load_stack(const std::string& path) {
  return parse_stack(load_text(path), path, read_from_disk);
}

std::string load_shareable_stack(const std::string& path) {
  return shareable_stack(load_text(path), path, read_from_disk);
}

}  // namespace albatross
