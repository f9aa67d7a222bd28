#include "cli/json_output.hpp"

#include "cli/json_parts.hpp"
#include "cli/stack_urls.hpp"
#include "cli/text.hpp"

namespace albatross::cli {
namespace {

std::string text_of(const Json& document) {
  return json_text(document, 2);
}

Json begin(const std::string& command) {
  return Json{{"format", 1}, {"command", command}};
}

Json status_line_json(const StackStatus::Line& line) {
  Json out = resource_json(line.resource);
  out["state"] = or_null(line.state);
  out["detail"] = or_null(line.detail);
  return out;
}

void add_status(Json& document, const StackStatus& status) {
  add_stack(document, status.stack);
  document["resources"] = Json::array();
  for (const StackStatus::Line& line : status.resources) {
    document["resources"].push_back(status_line_json(line));
  }
  document["targets"] = targets_json(status.targets);
}

}  // namespace

std::string run_json(const std::string& command, const RunResult& result, ExitCode exit_code,
                     Duration elapsed) {
  Json document = begin(command);
  add_run(document, result, exit_code, elapsed);
  return text_of(document);
}

std::string status_json(const StackStatus& status) {
  Json document = begin("status");
  document["outcome"] = "done";
  document["exit_code"] = 0;
  add_status(document, status);
  return text_of(document);
}

std::string statuses_json(const std::vector<StatusOrFailure>& entries, ExitCode exit_code) {
  Json document = begin("status");
  const bool done = exit_code == ExitCode::done;
  document["outcome"] = done ? "done" : "failed";
  document["exit_code"] = static_cast<int>(exit_code);
  document["stacks"] = Json::array();
  for (const StatusOrFailure& entry : entries) {
    Json one{{"outcome", entry.status != nullptr ? "done" : "failed"},
             {"exit_code", static_cast<int>(entry.exit_code)}};
    if (entry.status != nullptr) add_status(one, *entry.status);
    if (entry.status == nullptr) one["stack"] = Json{{"name", entry.stack}};
    one["failure"] = entry.failure != nullptr ? failure_json(*entry.failure) : Json(nullptr);
    document["stacks"].push_back(std::move(one));
  }
  return text_of(document);
}

std::string list_json(const std::vector<StackRecord>& stacks) {
  Json document = begin("list");
  document["outcome"] = "done";
  document["exit_code"] = 0;
  document["stacks"] = Json::array();
  for (const StackRecord& stack : stacks) {
    Json entry = stack_json(stack);
    entry["dns_name"] = or_null(dns_name(stack));
    entry["urls"] = urls_json(stack);
    document["stacks"].push_back(std::move(entry));
  }
  return text_of(document);
}

std::string valid_json(const Stack& stack, const std::string& summary) {
  Json document = begin("validate");
  document["outcome"] = "done";
  document["exit_code"] = 0;
  document["stack"] = Json{{"name", stack.name},
                           {"tier", stack.tier},
                           {"region", or_null(stack.region)},
                           {"instances", stack.instances.count},
                           {"services", stack.services.size()},
                           {"load_balancer", stack.load_balancer.enabled},
                           {"file_system", stack.file_system.enabled}};
  document["summary"] = summary;
  document["problems"] = Json::array();
  return text_of(document);
}

std::string problems_json(const std::string& command, const std::vector<SpecProblem>& problems) {
  Json document = begin(command);
  document["outcome"] = "failed";
  document["exit_code"] = static_cast<int>(ExitCode::usage);
  document["problems"] = Json::array();
  for (const SpecProblem& problem : problems) {
    document["problems"].push_back(Json{{"file", problem.file},
                                        {"line", problem.line},
                                        {"column", problem.column},
                                        {"message", problem.message}});
  }
  return text_of(document);
}

std::string history_json(const std::vector<RunRecord>& runs) {
  Json list = Json::array();
  for (const RunRecord& run : runs) {
    Json entry{{"stack", run.header.stack},
               {"run", run.header.run},
               {"doing", run.header.doing},
               {"region", run.header.region},
               {"by", run.header.by},
               {"at", utc_text(std::chrono::duration_cast<std::chrono::milliseconds>(
                                   run.header.at.time_since_epoch())
                                   .count())}};
    entry["under_way"] = run.under_way;
    entry["outcome"] = run.ending ? Json(run.ending->outcome) : Json(nullptr);
    entry["exit_code"] = run.ending ? Json(static_cast<int>(run.ending->exit_code)) : Json(nullptr);
    entry["elapsed_seconds"] = run.ending ? seconds_json(run.ending->elapsed) : Json(nullptr);
    const bool failed = run.ending && run.ending->failure;
    entry["failure"] = failed ? failure_json(*run.ending->failure) : Json(nullptr);
    list.push_back(std::move(entry));
  }
  Json document = begin("history");
  document["outcome"] = "done";
  document["exit_code"] = 0;
  document["runs"] = std::move(list);
  return text_of(document);
}

std::string written_json(const std::string& command, const std::string& file) {
  Json document = begin(command);
  document["outcome"] = "done";
  document["exit_code"] = 0;
  document["file"] = file;
  return text_of(document);
}

std::string error_json(const std::string& command, const Failure& failure, ExitCode exit_code) {
  Json document = begin(command);
  document["outcome"] = exit_code == ExitCode::interrupted ? "interrupted" : "failed";
  document["exit_code"] = static_cast<int>(exit_code);
  document["failure"] = failure_json(failure);
  return text_of(document);
}

}  // namespace albatross::cli
