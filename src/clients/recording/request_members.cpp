#include "clients/recording/request_members.hpp"

#include "clients/percent.hpp"
#include "clients/recording/operation_of.hpp"
#include "clients/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace albatross::recording {
namespace {

using http::RequestMember;
using Members = std::vector<RequestMember>;

// Chosen at random for each thing that is made: only whether there is one can be compared.
constexpr std::array<std::string_view, 3> token_names = {"clienttoken", "creationtoken",
                                                         "idempotencytoken"};
// They describe what an operation is about, and do not tell it from another.
constexpr std::array<std::string_view, 9> describing = {
    "tag",        "tags",       "tagspecification", "description", "userdata",
    "maxresults", "maxrecords", "pagesize",         "maxitems"};

template <std::size_t N>
bool any_part_is(std::string_view name, const std::array<std::string_view, N>& names) {
  const std::string lower = lower_case(name);
  std::string_view rest = lower;
  if (rest.starts_with('?')) rest.remove_prefix(1);
  for (;;) {
    const std::size_t dot = rest.find('.');
    if (std::find(names.begin(), names.end(), rest.substr(0, dot)) != names.end()) return true;
    if (dot == std::string_view::npos) return false;
    rest.remove_prefix(dot + 1);
  }
}

void add(Members& out, std::string name, std::string value) {
  RequestMember member{std::move(name), std::move(value), true};
  const bool token = any_part_is(member.name, token_names);
  if (token && !member.value.empty()) member.value = "(any)";
  member.distinguishing = !token && !any_part_is(member.name, describing);
  out.push_back(std::move(member));
}

/// "Filter.1.Name=client-token" makes the filter's values tokens too.
void hide_token_filters(Members& members) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].value != "client-token" || !members[i].name.ends_with(".Name")) continue;
    const std::string filter = members[i].name.substr(0, members[i].name.size() - 4) + "Value.";
    for (RequestMember& member : members) {
      if (member.name.starts_with(filter)) member.value = "(any)";
    }
  }
}

void add_form(Members& out, const std::string& prefix, std::string_view form) {
  while (!form.empty()) {
    const std::size_t end = form.find('&');
    const std::string_view parameter = form.substr(0, end);
    const std::size_t equals = std::min(parameter.size(), parameter.find('='));
    const std::string_view value = parameter.substr(std::min(parameter.size(), equals + 1));
    add(out, prefix + wire::percent_decode(parameter.substr(0, equals)),
        wire::percent_decode(value));
    form.remove_prefix(end == std::string_view::npos ? form.size() : end + 1);
  }
}

std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Deeper than any request; what lies deeper is compared as text.
constexpr int deepest = 16;

void add_json(Members& out, const std::string& name, const nlohmann::json& value, int depth) {
  if (!value.is_structured() || value.empty() || depth > deepest) {
    add(out, name, text_of(value));
    return;
  }
  std::size_t number = 0;
  for (const auto& [key, member] : value.items()) {
    const std::string part = value.is_array() ? std::to_string(++number) : key;
    add_json(out, name.empty() ? part : name + "." + part, member, depth + 1);
  }
}

void add_body(Members& out, const http::Request& request) {
  const std::string type = lower_case(request.headers.find("Content-Type").value_or(""));
  if (request.body.empty()) return;
  if (type.find("x-www-form-urlencoded") != std::string::npos) {
    add_form(out, "", request.body);
    return;
  }
  const auto json = nlohmann::json::parse(request.body, nullptr, false);
  if (json.is_discarded()) {
    add(out, "body", request.body);
  } else {
    add_json(out, "", json, 0);
  }
}

}  // namespace

std::vector<RequestMember> request_members(const http::Request& request) {
  Members out;
  const std::string_view target = request.target;
  const std::size_t question = std::min(target.size(), target.find('?'));
  add(out, "method", request.method);
  add(out, "path", wire::percent_decode(target.substr(0, question)));
  if (question < target.size()) add_form(out, "?", target.substr(question + 1));
  const Scope scope = scope_of(request);
  if (!scope.region.empty()) add(out, "region", std::string(scope.region));
  for (const char* name : {"Content-Type", "X-Amz-Target"}) {
    const auto value = request.headers.find(name);
    if (value) add(out, name, std::string(*value));
  }
  add_body(out, request);
  hide_token_filters(out);
  return out;
}

}  // namespace albatross::recording
