#include "cli/json_output.hpp"

#include "cli/stack_urls.hpp"
#include "cli/text.hpp"

#include <nlohmann/json.hpp>

namespace albatross::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return "done";
    case Outcome::failed:
      return "failed";
    case Outcome::left_behind:
      return "left_behind";
    case Outcome::interrupted:
      return "interrupted";
  }
  return "";
}

/// Bytes that are not UTF-8 (out of a log or a header) must not make the document invalid.
std::string text_of(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json begin(const std::string& command) {
  return Json{{"format", 1}, {"command", command}};
}

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json time_json(std::int64_t unix_ms) {
  return unix_ms == 0 ? Json(nullptr) : Json(utc_text(unix_ms));
}

Json properties_json(const Properties& properties) {
  Json out = Json::object();
  for (const auto& [name, value] : properties) {
    std::visit([&out, &name = name](const auto& held) { out[name] = held; }, value);
  }
  return out;
}

Json target_json(const TargetState& target) {
  return Json{{"service", target.service},
              {"instance", target.instance_node},
              {"instance_id", target.instance_id},
              {"port", target.port},
              {"state", target.state},
              {"reason", or_null(target.reason)},
              {"description", or_null(target.description)}};
}

Json targets_json(const std::vector<TargetState>& targets) {
  Json out = Json::array();
  for (const TargetState& target : targets)
    out.push_back(target_json(target));
  return out;
}

Json failure_json(const Failure& failure) {
  return Json{{"doing", failure.doing},
              {"node", or_null(failure.node)},
              {"resource", or_null(failure.resource)},
              {"code", failure.code},
              {"message", failure.message},
              {"request_id", or_null(failure.request_id)},
              {"retryable", failure.retryable},
              {"access_denied", failure.access_denied},
              {"hint", or_null(failure.hint)},
              {"targets", targets_json(failure.targets)}};
}

Json resource_json(const ResourceRecord& resource) {
  return Json{{"node", resource.node},
              {"kind", resource.kind},
              {"id", or_null(resource.id)},
              {"status", albatross::to_string(resource.status)},
              {"created_by_stack", resource.provenance == Provenance::created},
              {"outputs", properties_json(resource.outputs)}};
}

Json resources_json(const std::vector<ResourceRecord>& resources) {
  Json out = Json::array();
  for (const ResourceRecord& resource : resources)
    out.push_back(resource_json(resource));
  return out;
}

Json stack_json(const StackRecord& stack) {
  return Json{{"name", stack.name},
              {"state", albatross::to_string(stack.state)},
              {"deployment_id", stack.deployment_id},
              {"account", or_null(stack.account)},
              {"region", stack.region},
              {"created_at", time_json(stack.created_at_ms)},
              {"updated_at", time_json(stack.updated_at_ms)},
              {"last_error", or_null(stack.last_error)}};
}

/// {"n8n": ["http://…"]}: always a list, since a Tier 1 service has a URL on each instance.
Json urls_json(const StackRecord& stack) {
  Json out = Json::object();
  for (const auto& [service, url] : service_urls(stack))
    out[service].push_back(url);
  return out;
}

void add_stack(Json& document, const StackRecord& stack) {
  document["stack"] = stack_json(stack);
  document["dns_name"] = or_null(dns_name(stack));
  document["urls"] = urls_json(stack);
}

Json status_line_json(const StackStatus::Line& line) {
  Json out = resource_json(line.resource);
  out["state"] = or_null(line.state);
  out["detail"] = or_null(line.detail);
  return out;
}

}  // namespace

std::string run_json(const std::string& command, const RunResult& result, ExitCode exit_code,
                     Duration elapsed) {
  Json document = begin(command);
  document["outcome"] = to_string(result.outcome);
  document["exit_code"] = static_cast<int>(exit_code);
  document["elapsed_seconds"] =
      static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count()) /
      1000;
  add_stack(document, result.stack);
  document["resources"] = resources_json(result.resources);
  document["failure"] = result.failure ? failure_json(*result.failure) : Json(nullptr);
  document["removed"] = resources_json(result.removed);
  document["left"] = Json::array();
  for (const Leftover& item : result.left) {
    Json left = resource_json(item.resource);
    left["failure"] = failure_json(item.failure);
    document["left"].push_back(std::move(left));
  }
  return text_of(document);
}

std::string status_json(const StackStatus& status) {
  Json document = begin("status");
  document["outcome"] = "done";
  document["exit_code"] = 0;
  add_stack(document, status.stack);
  document["resources"] = Json::array();
  for (const StackStatus::Line& line : status.resources) {
    document["resources"].push_back(status_line_json(line));
  }
  document["targets"] = targets_json(status.targets);
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

std::string error_json(const std::string& command, const Failure& failure, ExitCode exit_code) {
  Json document = begin(command);
  document["outcome"] = exit_code == ExitCode::interrupted ? "interrupted" : "failed";
  document["exit_code"] = static_cast<int>(exit_code);
  document["failure"] = failure_json(failure);
  return text_of(document);
}

}  // namespace albatross::cli
