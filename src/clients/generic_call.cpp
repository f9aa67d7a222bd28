#include "albatross/clients/generic_call.hpp"

#include "clients/percent.hpp"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace albatross {
namespace {

using Json = nlohmann::ordered_json;

bool only_reads(std::string_view action) {
  static constexpr std::array<std::string_view, 7> reading{
      "Describe", "Get", "List", "BatchGet", "Query", "Scan", "Simulate"};
  for (const std::string_view word : reading) {
    if (action.starts_with(word)) return true;
  }
  return false;
}

std::string form_text(const GenericParameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    wire::append_percent_encoded(out, name);
    out += '=';
    wire::append_percent_encoded(out, value);
  }
  return out;
}

std::string json_text(const GenericParameters& parameters) {
  Json body = Json::object();
  for (const auto& [name, value] : parameters) {
    Json parsed = Json::parse(value, nullptr, false);
    body[name] = parsed.is_discarded() ? Json(value) : std::move(parsed);
  }
  return body.dump();
}

GenericParameters form_parameters(std::string_view form) {
  GenericParameters out;
  while (!form.empty()) {
    const std::string_view pair = form.substr(0, form.find('&'));
    const std::size_t equals = std::min(pair.size(), pair.find('='));
    out.emplace_back(wire::percent_decode(pair.substr(0, equals)),
                     wire::percent_decode(pair.substr(std::min(pair.size(), equals + 1))));
    form.remove_prefix(std::min(form.size(), pair.size() + 1));
  }
  return out;
}

/// A text that would be taken for JSON is written as the JSON that it is.
GenericParameters json_parameters(std::string_view body) {
  GenericParameters out;
  const Json object = Json::parse(body, nullptr, false);
  if (!object.is_object()) return out;
  for (const auto& [name, value] : object.items()) {
    const bool plain =
        value.is_string() &&
        Json::parse(value.get_ref<const std::string&>(), nullptr, false).is_discarded();
    out.emplace_back(name, plain ? value.get<std::string>() : value.dump());
  }
  return out;
}

ApiRequest rest_request(Service service, const std::string& action,
                        const GenericParameters& parameters) {
  const std::size_t blank = action.find(' ');
  if (blank == std::string::npos || action.substr(blank + 1, 1) != "/") {
    throw std::invalid_argument(std::string(info(service).name) +
                                " is called by method and path, such as "
                                "\"GET /2015-02-01/file-systems\", not by \"" +
                                action + "\"");
  }
  ApiRequest request;
  request.method = action.substr(0, blank);
  request.target = action.substr(blank + 1);
  request.idempotent = request.method == "GET";
  if (request.method == "GET" || request.method == "DELETE") {
    if (!parameters.empty()) request.target += '?' + form_text(parameters);
  } else {
    request.content_type = "application/json";
    request.body = json_text(parameters);
  }
  return request;
}

ApiRequest query_request(Service service, const std::string& action,
                         const GenericParameters& parameters) {
  GenericParameters all{{"Action", action}, {"Version", std::string(info(service).version)}};
  all.insert(all.end(), parameters.begin(), parameters.end());
  ApiRequest request;
  request.content_type = "application/x-www-form-urlencoded; charset=utf-8";
  request.body = form_text(all);
  request.idempotent = only_reads(action);
  return request;
}

ApiRequest json_request(Service service, const std::string& action,
                        const GenericParameters& parameters) {
  ApiRequest request;
  request.content_type = "application/x-amz-json-" + std::string(info(service).json_version);
  request.body = json_text(parameters);
  request.idempotent = only_reads(action);
  return request;
}

/// The names under which Query services put the entries of a list.
bool is_list_entry(std::string_view name) {
  return name == "member" || name == "item" || name == "entry";
}

Json json_of(const pugi::xml_node& element) {
  const pugi::xml_node first = element.first_child();
  if (!first || first.type() != pugi::node_element) return element.text().get();
  if (is_list_entry(first.name())) {
    Json list = Json::array();
    for (const pugi::xml_node& entry : element.children())
      list.push_back(json_of(entry));
    return list;
  }
  Json object = Json::object();
  for (const pugi::xml_node& member : element.children())
    object[member.name()] = json_of(member);
  return object;
}

bool parse_xml(pugi::xml_document& document, std::string_view body) {
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || body[start] != '<') return false;
  return static_cast<bool>(document.load_buffer(body.data(), body.size()));
}

}  // namespace

ApiRequest generic_request(Service service, const std::string& action,
                           const GenericParameters& parameters) {
  ApiRequest request;
  switch (info(service).protocol) {
    case Protocol::rest_json:
      request = rest_request(service, action, parameters);
      break;
    case Protocol::json:
      request = json_request(service, action, parameters);
      break;
    case Protocol::ec2_query:
    case Protocol::query:
      request = query_request(service, action, parameters);
      break;
  }
  request.service = service;
  request.action = action;
  return request;
}

GenericParameters generic_parameters(const ApiRequest& request) {
  const Protocol protocol = info(request.service).protocol;
  if (protocol == Protocol::json) return json_parameters(request.body);
  if (protocol == Protocol::rest_json) {
    const std::string_view target = request.target;
    const std::size_t question = std::min(target.size(), target.find('?'));
    const std::string_view query = target.substr(std::min(target.size(), question + 1));
    return request.body.empty() ? form_parameters(query) : json_parameters(request.body);
  }
  GenericParameters out = form_parameters(request.body);
  // Action and Version are no parameters of it.
  out.erase(out.begin(), out.begin() + std::min<std::ptrdiff_t>(2, std::ssize(out)));
  return out;
}

std::string readable_body(std::string_view body) {
  pugi::xml_document document;
  if (parse_xml(document, body)) {
    std::ostringstream out;
    document.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    return out.str();
  }
  const Json parsed = Json::parse(body, nullptr, false);
  return parsed.is_discarded() ? std::string(body) : parsed.dump(2) + "\n";
}

std::string body_as_json(std::string_view body) {
  pugi::xml_document document;
  if (body.empty()) return "null";
  if (parse_xml(document, body)) return json_of(document.document_element()).dump(2);
  const Json parsed = Json::parse(body, nullptr, false);
  if (!parsed.is_discarded()) return parsed.dump(2);
  return Json(std::string(body)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace albatross
