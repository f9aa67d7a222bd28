#include "cli/fault_file.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include "cli/error_report.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

namespace albatross::cli {
namespace {

std::string read_all(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

std::string read_input_file(const std::string& path) {
  if (path == "-") return read_all(std::cin);
  std::ifstream file(path);
  std::string text = read_all(file);
  if (!file.is_open() || file.bad()) throw UsageError("cannot read " + path);
  return text;
}

std::string read_fault_file(const std::string& path) {
  std::string text = read_input_file(path);
  sim::FaultPlan plan;
  try {
    plan.load_json(text);
  } catch (const sim::FaultPlanError& wrong) {
    std::vector<SpecProblem> problems;
    for (const sim::FaultProblem& problem : wrong.problems()) {
      problems.push_back({path, static_cast<int>(problem.line), static_cast<int>(problem.column),
                          problem.message});
    }
    throw SpecError(std::move(problems));
  }
  return text;
}

}  // namespace albatross::cli
