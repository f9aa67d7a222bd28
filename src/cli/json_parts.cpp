#include "cli/json_parts.hpp"

#include "cli/stack_urls.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <cmath>

namespace albatross::cli {
namespace {

Json time_json(std::int64_t unix_ms) {
  return unix_ms == 0 ? Json(nullptr) : Json(utc_text(unix_ms));
}

Json properties_json(const Properties& properties) {
  Json out = Json::object();
  for (const auto& [name, value] : properties) {
    Json& member = out[name];
    std::visit([&member](const auto& held) { member = held; }, value);
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
              {"description", or_null(target.description)},
              {"hint", or_null(target.hint)}};
}

const Json* member_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found == object.end() ? nullptr : &*found;
}

TargetState target_of(const Json& object) {
  TargetState target;
  target.service = text_in(object, "service");
  target.instance_node = text_in(object, "instance");
  target.instance_id = text_in(object, "instance_id");
  target.port = integer_in(object, "port");
  target.state = text_in(object, "state");
  target.reason = text_in(object, "reason");
  target.description = text_in(object, "description");
  target.hint = text_in(object, "hint");
  return target;
}

bool flag_in(const Json& object, const char* member) {
  const Json* value = member_of(object, member);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

Finding finding_of(const Json& object) {
  Finding finding;
  const bool warning = text_in(object, "severity") == "warning";
  finding.severity = warning ? Finding::Severity::warning : Finding::Severity::error;
  finding.doing = text_in(object, "doing");
  finding.code = text_in(object, "code");
  finding.member = text_in(object, "member");
  finding.message = text_in(object, "message");
  finding.hint = text_in(object, "hint");
  finding.request_id = text_in(object, "request_id");
  finding.access_denied = flag_in(object, "access_denied");
  return finding;
}

std::vector<Finding> findings_in(const Json& object, const char* member) {
  std::vector<Finding> out;
  const Json* list = member_of(object, member);
  if (list == nullptr || !list->is_array()) return out;
  for (const Json& entry : *list)
    out.push_back(finding_of(entry));
  return out;
}

}  // namespace

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json targets_json(const std::vector<TargetState>& targets) {
  Json out = Json::array();
  for (const TargetState& target : targets)
    out.push_back(target_json(target));
  return out;
}

Json findings_json(const std::vector<Finding>& findings) {
  Json out = Json::array();
  for (const Finding& finding : findings) {
    const bool error = finding.severity == Finding::Severity::error;
    out.push_back(Json{{"severity", error ? "error" : "warning"},
                       {"doing", or_null(finding.doing)},
                       {"code", finding.code},
                       {"member", or_null(finding.member)},
                       {"message", finding.message},
                       {"hint", or_null(finding.hint)},
                       {"request_id", or_null(finding.request_id)},
                       {"access_denied", finding.access_denied}});
  }
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
              {"targets", targets_json(failure.targets)},
              {"findings", findings_json(failure.findings)}};
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

Json receipt_json(const Receipt& receipt) {
  Json remnants = Json::array();
  for (const Remnant& remnant : receipt.remnants) {
    remnants.push_back(Json{{"type", remnant.type},
                            {"id", or_null(remnant.id)},
                            {"node", or_null(remnant.node)},
                            {"why", remnant.why},
                            {"command", or_null(remnant.command)}});
  }
  return Json{{"clean", receipt.clean()},
              {"checked", receipt.checked},
              {"unchecked", receipt.unchecked},
              {"remnants", std::move(remnants)}};
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

void add_run(Json& document, const RunResult& result, ExitCode exit_code, Duration elapsed) {
  document["outcome"] = outcome_name(result.outcome);
  document["exit_code"] = static_cast<int>(exit_code);
  document["elapsed_seconds"] = seconds_json(elapsed);
  add_stack(document, result.stack);
  document["resources"] = resources_json(result.resources);
  document["failure"] = result.failure ? failure_json(*result.failure) : Json(nullptr);
  document["removed"] = resources_json(result.removed);
  document["left"] = leftovers_json(result.left);
  document["receipt"] = result.receipt ? receipt_json(*result.receipt) : Json(nullptr);
  document["warnings"] = result.warnings;
}

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

Json seconds_json(Duration duration) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
  return static_cast<double>(ms) / 1000;
}

Json leftovers_json(const std::vector<Leftover>& left) {
  Json out = Json::array();
  for (const Leftover& item : left) {
    Json entry = resource_json(item.resource);
    entry["failure"] = failure_json(item.failure);
    out.push_back(std::move(entry));
  }
  return out;
}

std::string json_text(const Json& document, int indent) {
  return document.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string text_in(const Json& object, const char* member) {
  const Json* value = member_of(object, member);
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string{};
}

double number_in(const Json& object, const char* member) {
  const Json* value = member_of(object, member);
  return value != nullptr && value->is_number() ? value->get<double>() : 0;
}

int integer_in(const Json& object, const char* member) {
  return static_cast<int>(std::clamp(number_in(object, member), -1e9, 1e9));
}

Duration duration_in(const Json& object, const char* member) {
  const double seconds = std::clamp(number_in(object, member), -3e8, 3e8);
  return std::chrono::milliseconds{std::llround(seconds * 1000)};
}

std::vector<TargetState> targets_in(const Json& object, const char* member) {
  std::vector<TargetState> out;
  const Json* list = member_of(object, member);
  if (list == nullptr || !list->is_array()) return out;
  for (const Json& entry : *list)
    out.push_back(target_of(entry));
  return out;
}

std::vector<std::string> texts_in(const Json& object, const char* member) {
  std::vector<std::string> out;
  const Json* list = member_of(object, member);
  if (list == nullptr || !list->is_array()) return out;
  for (const Json& entry : *list) {
    if (entry.is_string()) out.push_back(entry.get<std::string>());
  }
  return out;
}

Receipt read_receipt(const Json& object) {
  Receipt receipt;
  receipt.checked = texts_in(object, "checked");
  receipt.unchecked = texts_in(object, "unchecked");
  const Json* remnants = member_of(object, "remnants");
  if (remnants == nullptr || !remnants->is_array()) return receipt;
  for (const Json& entry : *remnants) {
    receipt.remnants.push_back({text_in(entry, "type"), text_in(entry, "id"),
                                text_in(entry, "node"), text_in(entry, "why"),
                                text_in(entry, "command")});
  }
  return receipt;
}

Failure failure_of(const Json& object) {
  Failure failure;
  failure.doing = text_in(object, "doing");
  failure.node = text_in(object, "node");
  failure.resource = text_in(object, "resource");
  failure.code = text_in(object, "code");
  failure.message = text_in(object, "message");
  failure.request_id = text_in(object, "request_id");
  failure.hint = text_in(object, "hint");
  failure.retryable = flag_in(object, "retryable");
  failure.access_denied = flag_in(object, "access_denied");
  failure.targets = targets_in(object, "targets");
  failure.findings = findings_in(object, "findings");
  return failure;
}

}  // namespace albatross::cli
