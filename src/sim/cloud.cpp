#include "albatross/sim/cloud.hpp"

#include "sim/core/action.hpp"
#include "sim/core/answer.hpp"
#include "sim/core/authenticate.hpp"
#include "sim/core/clock_text.hpp"
#include "sim/core/json_shapes.hpp"
#include "sim/core/shapes.hpp"
#include "sim/core/throttle.hpp"
#include "sim/elbv2/target_health.hpp"
#include "sim/iam/policy.hpp"
#include "sim/inventory.hpp"

#include <algorithm>

namespace albatross::sim {
namespace {

CloudOptions completed(CloudOptions options) {
  if (options.access_keys.empty()) {
    options.access_keys.push_back(
        {default_access_key_id, Secret(default_secret_access_key), Secret()});
  }
  return options;
}

/// What was asked for, before anything is decided about it.
struct Question {
  const Service* service = nullptr;
  std::string action;
  std::optional<Form> form;
};

bool is_secret(std::string_view name) {
  return name == "UserData" || name == "PolicyDocument" || name == "AssumeRolePolicyDocument" ||
         name == "WebIdentityToken" || name == "Policy" || name == "TokenCode" ||
         name.starts_with("X-Amz-");
}

void describe_parameter(std::string& out, std::string_view name, Param value) {
  while (!value.has_text() && value.has_children())
    value = value.children().front();
  if (out.size() > 240) return;
  if (!out.empty()) out.push_back(' ');
  out.append(name).push_back('=');
  out.append(value.text().substr(0, 120));
}

/// Of a DynamoDB call only the table: what its items hold is nobody's business.
std::string json_summary(const Service& service, std::string_view body) {
  if (std::string_view(service.name) != "dynamodb") return std::string(body.substr(0, 160));
  const auto at = body.find("\"TableName\"");
  if (at == std::string_view::npos) return {};
  const auto begin = body.find('"', at + 11) + 1;
  return cat("TableName=", body.substr(begin, body.find('"', begin) - begin));
}

std::string summary_of(const Question& question, const http::Request& request) {
  std::string out;
  if (!question.form) {
    if (question.service == nullptr) return {};
    if (question.service->protocol == Protocol::rest_json) {
      return cat(request.method, " ", request.target);
    }
    return json_summary(*question.service, request.body);
  }
  for (const Param child : question.form->root().children()) {
    if (child.name() == "Action" || child.name() == "Version" || is_secret(child.name())) continue;
    describe_parameter(out, child.name(), child);
  }
  return out;
}

std::string_view form_text(const http::Request& request) {
  if (request.method != "GET") return request.body;
  const auto mark = request.target.find('?');
  return mark == std::string::npos ? "" : std::string_view(request.target).substr(mark + 1);
}

Question read_question(const http::Request& request) {
  Question question;
  question.service = service_of(request);
  if (question.service == nullptr) return question;
  switch (question.service->protocol) {
    case Protocol::rest_json:
      question.action = efs_action(request.method, request.target);
      break;
    case Protocol::json:
      if (const auto target = request.headers.find("x-amz-target")) {
        question.action = target->substr(target->find('.') + 1);
      }
      break;
    default:
      question.form.emplace(form_text(request));
      question.action = (*question.form)["Action"].str();
  }
  return question;
}

[[noreturn]] void refuse_unknown(const Question& question) {
  const Service& service = *question.service;
  const std::string_view version =
      question.form ? (*question.form)["Version"].text() : std::string_view{};
  switch (service.protocol) {
    case Protocol::ec2:
      if (question.action.empty())
        refuse("MissingAction", "The request is missing an action or a required parameter.");
      refuse("InvalidAction",
             cat("The action ", question.action, " is not valid for this web service."));
    case Protocol::query:
      if (question.action.empty())
        refuse("MissingAction", "The request is missing an action or a required parameter.");
      refuse("InvalidAction",
             cat("Could not find operation ", question.action, " for version ", version));
    case Protocol::rest_json:
      refuse("UnknownOperationException", "Unknown operation", 404);
    default:
      refuse("UnknownOperationException", "", 400);
  }
}

void check_version(const Question& question) {
  if (!question.form) return;
  const auto version = (*question.form)["Version"].text();
  if (version == question.service->version) return;
  if (question.service->protocol == Protocol::ec2) {
    refuse("InvalidParameterValue", cat("The API version '", version, "' is not valid"));
  }
  refuse_unknown(question);
}

std::size_t instances_in(const Question& question) {
  if (!question.form || std::string_view(question.service->name) != "ec2") return 0;
  const Form& form = *question.form;
  if (question.action == "RunInstances") {
    return static_cast<std::size_t>(std::max<std::int64_t>(form["MaxCount"].number_or(1), 0));
  }
  if (question.action == "TerminateInstances" || question.action == "StopInstances" ||
      question.action == "StartInstances") {
    return form["InstanceId"].items().size();
  }
  return 0;
}

bool is_dry_run(const Question& question) {
  return question.form && (*question.form)["DryRun"].text() == "true";
}

bool is_paged(const Question& question) {
  if (!question.form || !question.action.starts_with("Describe")) return true;
  const auto children = question.form->root().children();
  return std::any_of(children.begin(), children.end(),
                     [](Param p) { return p.name() != "Action" && p.name() != "Version"; });
}

}  // namespace

struct Cloud::Impl {
  explicit Impl(CloudOptions options) : world(completed(std::move(options))) {}

  Exchange exchange(const http::Request& request, TimePoint now, WallTime wall, bool way_faults);
  http::Response answer(const Question& question, const http::Request& request,
                        const std::optional<FaultRule>& fault, CallRecord& record);
  http::Response run(const Question& question, const http::Request& request, CallRecord& record);
  void check_and_run(const Question& question, const http::Request& request, Call& call);
  std::string_view date(WallTime wall);
  void remember(CallRecord record);

  World world;
  Throttle throttle;
  std::deque<CallRecord> calls;
  std::uint64_t total = 0;
  std::string date_text;
  std::chrono::sys_seconds date_second{};
};

std::string_view Cloud::Impl::date(WallTime wall) {
  const auto second = std::chrono::floor<std::chrono::seconds>(wall);
  if (second != date_second || date_text.empty()) {
    date_text = http_date(wall);
    date_second = second;
  }
  return date_text;
}

void Cloud::Impl::remember(CallRecord record) {
  if (world.options.call_history == 0) return;
  if (calls.size() >= world.options.call_history) calls.pop_front();
  calls.push_back(std::move(record));
}

void Cloud::Impl::check_and_run(const Question& question, const http::Request& request,
                                Call& call) {
  const Service& service = *question.service;
  if (service.protocol == Protocol::rest_json) {
    if (efs_touches_health(question.action)) world.advance_health(call.now);
    return efs_run(call, question.action, request.target);
  }
  const Action* action = find_action(service, question.action);
  if (action == nullptr) refuse_unknown(question);
  if (question.form) {
    const shapes::Input* input = shapes::find(service.name, question.action);
    if (input != nullptr && service.protocol == Protocol::ec2) {
      shapes::check_ec2(*input, call.params);
      if (call.params["DryRun"].is_true()) {
        refuse("DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
      }
    } else if (input != nullptr) {
      shapes::check_query(*input, call.params);
    }
  } else {
    shapes::check_json_call(service, question.action, call);
  }
  if (action->touches_health) world.advance_health(call.now);
  action->run(call);
}

http::Response Cloud::Impl::run(const Question& question, const http::Request& request,
                                CallRecord& record) {
  const Service& service = *question.service;
  if (question.action.empty()) refuse_unknown(question);
  const bool unsigned_action = question.action == "AssumeRoleWithWebIdentity";
  const Caller caller =
      unsigned_action ? anonymous() : authenticate(world, service, request, record.wall);
  record.access_key_id = caller.access_key_id;
  if (world.expired_keys.contains(caller.access_key_id)) refuse_expired(service);
  check_version(question);
  if (!unsigned_action) iam::authorize(world, caller, service, question.action);
  if (world.options.throttling) {
    throttle.admit(service, question.action, instances_in(question), is_paged(question), record.at);
  }
  Call call{world, caller, record.at, record.wall};
  if (question.form) {
    call.form = &*question.form;
    call.params = call.form->root();
  }
  call.method = request.method;
  call.body = request.body;
  begin_answer(service, question.action, call, record.request_id);
  check_and_run(question, request, call);
  return render_success(service, question.action, call, record.request_id);
}

http::Response Cloud::Impl::answer(const Question& question, const http::Request& request,
                                   const std::optional<FaultRule>& fault, CallRecord& record) {
  const Service& service = *question.service;
  try {
    if (fault && fault->kind == FaultKind::http_error) {
      return render_html(fault->status == 0 ? 503 : fault->status);
    }
    if (fault && fault->kind == FaultKind::throttle) throw throttling_error(service);
    if (fault && fault->kind == FaultKind::credentials_expired) {
      world.expired_keys.emplace(claimed_key(request));
    }
    if (fault && fault->kind == FaultKind::api_error) {
      throw ApiError{fault->code.empty() ? "InternalError" : fault->code,
                     fault->message.empty() ? "An internal error has occurred" : fault->message,
                     fault->status};
    }
    return run(question, request, record);
  } catch (const ApiError& error) {
    record.error_code = error.code;
    record.error_message = error.message;
    return render_error(service, error, record.request_id);
  }
}

Exchange Cloud::Impl::exchange(const http::Request& request, TimePoint now, WallTime wall,
                               bool way_faults) {
  world.settle(now);
  CallRecord record;
  record.number = ++total;
  record.at = now;
  record.wall = wall;
  record.request_id = world.ids.uuid();
  Exchange result;
  Question question;
  try {
    question = read_question(request);
  } catch (const ApiError& error) {
    question.service = service_of(request);
    record.error_code = error.code;
    result.response = render_error(*question.service, error, record.request_id);
  }
  if (question.service == nullptr) {
    question.service = service_named("ec2");
    record.error_code = "UnknownService";
    result.response =
        render_error(*question.service,
                     {"UnknownService",
                      "This service is not simulated: ec2, elasticloadbalancing, "
                      "elasticfilesystem, iam, sts, ssm, acm, dynamodb and servicequotas are.",
                      404},
                     record.request_id);
  }
  record.service = question.service->name;
  record.action = question.action;
  if (world.options.call_history > 0) record.parameters = summary_of(question, request);
  if (record.error_code.empty()) {
    auto fault = world.faults.empty()
                     ? std::nullopt
                     : world.faults.next_call(record.service, record.action, way_faults,
                                              claimed_key(request), is_dry_run(question));
    if (fault) record.fault = to_string(fault->kind);
    if (fault && fault->kind == FaultKind::clock_skew) record.wall += fault->skew;
    if (fault && fault->kind == FaultKind::reset_before) {
      result.fault = std::move(fault);
      remember(std::move(record));
      return result;
    }
    result.response = answer(question, request, fault, record);
    if (fault && fault->kind == FaultKind::malformed_body) {
      result.response.body =
          "<<<not what you expected" + result.response.body.substr(result.response.body.size() / 2);
    }
    if (fault && fault->kind > FaultKind::reset_before && fault->kind < FaultKind::malformed_body) {
      result.fault = std::move(fault);
    }
  }
  result.response.headers.add("x-amzn-requestid", record.request_id);
  result.response.headers.add("Date", std::string(date(record.wall)));
  record.status = result.response.status;
  if (record.error_code.empty() && record.status >= 400) {
    record.error_code = std::to_string(record.status);
  }
  remember(std::move(record));
  return result;
}

Cloud::Cloud(CloudOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Cloud::Cloud(Cloud&&) noexcept = default;
Cloud& Cloud::operator=(Cloud&&) noexcept = default;
Cloud::~Cloud() = default;

http::Response Cloud::handle(const http::Request& request, TimePoint now, WallTime wall) {
  return impl_->exchange(request, now, wall, false).response;
}

Exchange Cloud::exchange(const http::Request& request, TimePoint now, WallTime wall) {
  return impl_->exchange(request, now, wall, true);
}

std::vector<Item> Cloud::inventory(TimePoint now) const {
  impl_->world.settle(now);
  impl_->world.advance_health(now);
  return take_inventory(impl_->world, now);
}

FaultPlan& Cloud::faults() {
  return impl_->world.faults;
}
const FaultPlan& Cloud::faults() const {
  return impl_->world.faults;
}
const std::deque<CallRecord>& Cloud::calls() const {
  return impl_->calls;
}
std::uint64_t Cloud::total_calls() const {
  return impl_->total;
}
const CloudOptions& Cloud::options() const {
  return impl_->world.options;
}
const Credentials& Cloud::credentials() const {
  return impl_->world.options.access_keys.front();
}
World& Cloud::world() {
  return impl_->world;
}
const World& Cloud::world() const {
  return impl_->world;
}

bool Cloud::set_service(std::string_view instance_id, std::uint16_t port, const ServiceState& state,
                        TimePoint now) {
  impl_->world.settle(now);
  impl_->world.advance_health(now);
  const auto it = impl_->world.instances.find(instance_id);
  if (it == impl_->world.instances.end()) return false;
  auto& services = it->second.services;
  if (port == 0) services.clear();
  services[port] = state;
  return true;
}

bool Cloud::set_service(std::string_view instance_id, std::uint16_t port, bool listening,
                        TimePoint now) {
  return set_service(instance_id, port, ServiceState{listening}, now);
}

void Cloud::report_probe(std::string_view target_group_arn, std::string_view target_id,
                         std::uint16_t port, const Probe& probe, TimePoint now) {
  impl_->world.settle(now);
  const auto group = impl_->world.target_groups.find(target_group_arn);
  if (group == impl_->world.target_groups.end()) return;
  const auto target = group->second.targets.find({std::string(target_id), port});
  if (target != group->second.targets.end()) count_check(group->second, target->second, probe);
}

}  // namespace albatross::sim
