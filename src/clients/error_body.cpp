#include "clients/error_body.hpp"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <initializer_list>
#include <string_view>

namespace albatross {
namespace {

using nlohmann::json;

/// "com.amazonaws.dynamodb.v20120810#ResourceInUseException" and "FileSystemNotFound:http://…" both
/// hold the code and more.
std::string bare_code(std::string_view text) {
  text = text.substr(0, text.find(':'));
  if (const auto hash = text.find('#'); hash != std::string_view::npos)
    text.remove_prefix(hash + 1);
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  return std::string(text);
}

std::string header(const http::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

/// EC2 says Response/Errors/Error, the Query services ErrorResponse/Error, some gateways mix them.
pugi::xml_node error_element(const pugi::xml_node& root) {
  if (const pugi::xml_node error = root.child("Error")) return error;
  if (const pugi::xml_node error = root.child("Errors").child("Error")) return error;
  return std::string_view(root.name()) == "Error" ? root : pugi::xml_node();
}

std::string xml_request_id(const pugi::xml_node& root) {
  for (const char* const name : {"RequestId", "RequestID", "requestId", "requestID"}) {
    if (const pugi::xml_node id = root.child(name)) return id.child_value();
  }
  return root.child("ResponseMetadata").child_value("RequestId");
}

void read_xml(const std::string& body, ErrorBody& error) {
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size(), pugi::parse_default, pugi::encoding_utf8)) {
    return;
  }
  const pugi::xml_node root = document.document_element();
  const pugi::xml_node element = error_element(root);
  if (!element) return;
  error.code = element.child_value("Code");
  error.message = element.child_value("Message");
  error.request_id = xml_request_id(root);
}

std::string first_string(const json& body, std::initializer_list<const char*> names) {
  for (const char* const name : names) {
    const auto member = body.find(name);
    if (member != body.end() && member->is_string()) return member->get<std::string>();
  }
  return {};
}

void read_json(const http::Response& response, Protocol protocol, ErrorBody& error) {
  // The order of botocore; "ErrorCode" is EFS's own and the last resort.
  const json body = json::parse(response.body, nullptr, false);
  const bool usable = body.is_object();
  const std::string type = header(response, "x-amzn-errortype");
  const std::string query_error = header(response, "x-amzn-query-error");
  if (protocol == Protocol::json && !query_error.empty()) {
    error.code = query_error.substr(0, query_error.find(';'));
  } else if (protocol == Protocol::rest_json && !type.empty()) {
    error.code = bare_code(type);
  } else if (usable) {
    error.code = bare_code(first_string(body, {"__type", "code", "Code"}));
  }
  if (error.code.empty()) error.code = bare_code(type);
  if (!usable) return;
  if (error.code.empty()) error.code = bare_code(first_string(body, {"ErrorCode"}));
  error.message = first_string(body, {"message", "Message", "errorMessage"});
  error.existing_id = first_string(body, {"FileSystemId"});
}

char first_character(std::string_view body) {
  const auto at = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return at == std::string_view::npos ? '\0' : body[at];
}

}  // namespace

ErrorBody parse_error_body(Protocol protocol, const http::Response& response) {
  ErrorBody error;
  // What stands in front of a service may answer in another form than the service does.
  if (first_character(response.body) == '<') {
    read_xml(response.body, error);
  } else {
    read_json(response, protocol, error);
  }
  if (error.code.empty()) {
    error.code = std::to_string(response.status);
    if (error.message.empty()) error.message = response.reason;
  }
  for (const char* const name : {"x-amzn-requestid", "x-amz-request-id"}) {
    if (error.request_id.empty()) error.request_id = header(response, name);
  }
  return error;
}

}  // namespace albatross
