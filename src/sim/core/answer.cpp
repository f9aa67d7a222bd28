#include "sim/core/answer.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace albatross::sim {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

using Status = std::pair<std::string_view, int>;

constexpr std::array<Status, 12> ec2_statuses{{
    {"AuthFailure", 401},
    {"UnauthorizedOperation", 403},
    {"OptInRequired", 403},
    {"Blocked", 403},
    {"MissingAuthenticationToken", 403},
    {"DryRunOperation", 412},
    {"InternalError", 500},
    {"InsufficientInstanceCapacity", 500},
    {"InsufficientHostCapacity", 500},
    {"InsufficientReservedInstanceCapacity", 500},
    {"RequestLimitExceeded", 503},
    {"Unavailable", 503},
}};

constexpr std::array<Status, 20> other_statuses{{
    {"NoSuchEntity", 404},
    {"EntityAlreadyExists", 409},
    {"LimitExceeded", 409},
    {"DeleteConflict", 409},
    {"ConcurrentModification", 409},
    {"EntityTemporarilyUnmodifiable", 409},
    {"ServiceFailure", 500},
    {"InternalFailure", 500},
    {"InternalError", 500},
    {"ServiceUnavailable", 503},
    {"AccessDenied", 403},
    {"PriorRequestNotComplete", 429},
    {"HealthUnavailable", 500},
    {"FileSystemNotFound", 404},
    {"MountTargetNotFound", 404},
    {"AccessPointNotFound", 404},
    {"FileSystemAlreadyExists", 409},
    {"FileSystemInUse", 409},
    {"PolicyNotFound", 404},
    {"MissingAuthenticationToken", 403},
}};

http::Response base(int status, std::string_view type, std::string body) {
  http::Response response;
  response.status = status;
  response.reason = std::string(reason_phrase(status));
  response.headers.add("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

constexpr std::string_view xml_type = "text/xml;charset=UTF-8";

std::string_view json_type(const Service& service) {
  if (service.protocol != Protocol::json) return "application/json";
  return std::string_view(service.name) == "dynamodb" ? "application/x-amz-json-1.0"
                                                      : "application/x-amz-json-1.1";
}

std::string ec2_error(const ApiError& error, const std::string& request_id) {
  Xml xml;
  xml.raw(declaration);
  xml.raw("<Response><Errors><Error>");
  xml.leaf("Code", error.code);
  xml.leaf("Message", error.message);
  xml.raw("</Error></Errors>");
  xml.leaf("RequestID", request_id);
  xml.raw("</Response>");
  return xml.take();
}

std::string query_error(const Service& service, const ApiError& error, int status,
                        const std::string& request_id) {
  Xml xml;
  xml.raw(cat("<ErrorResponse xmlns=\"", service.xmlns, "\"><Error>"));
  xml.leaf("Type", status < 500 ? "Sender" : "Receiver");
  xml.leaf("Code", error.code);
  xml.leaf("Message", error.message);
  xml.raw("</Error>");
  xml.leaf("RequestId", request_id);
  xml.raw("</ErrorResponse>");
  return xml.take();
}

bool from_gateway(std::string_view code) {
  return code.ends_with("TokenException") || code == "InvalidSignatureException" ||
         code == "UnrecognizedClientException" || code == "IncompleteSignatureException";
}

std::string efs_error(const ApiError& error) {
  if (from_gateway(error.code)) return cat("{\"message\":", json_string(error.message), "}");
  std::string body =
      cat("{\"ErrorCode\":", json_string(error.code), ",\"Message\":", json_string(error.message));
  if (!error.file_system_id.empty()) {
    body += cat(",\"FileSystemId\":", json_string(error.file_system_id));
  }
  return body + "}";
}

std::string json_error(const Service& service, const ApiError& error) {
  const bool dynamodb = std::string_view(service.name) == "dynamodb";
  const char* prefix = from_gateway(error.code) ? "com.amazon.coral.service#"
                       : dynamodb               ? "com.amazonaws.dynamodb.v20120810#"
                                                : "";
  return cat("{\"__type\":", json_string(cat(prefix, error.code)),
             ",\"message\":", json_string(error.message), error.members.empty() ? "" : ",",
             error.members, "}");
}

std::string ec2_body(std::string_view action, Call& call) {
  call.out.raw("</");
  call.out.raw(action);
  call.out.raw("Response>");
  return call.out.take();
}

/// Closes the result, which is left out when it is empty (ELBv2: written as an empty element).
std::string query_body(const Service& service, std::string_view action, Call& call,
                       const std::string& request_id) {
  std::string& body = call.out.buffer();
  const std::string result = cat(action, "Result>");
  if (!body.ends_with(result)) {
    body.append("</").append(result);
  } else if (std::string_view(service.name) == "elbv2") {
    body.insert(body.size() - 1, 1, '/');
  } else {
    body.resize(body.size() - result.size() - 1);
  }
  body.append("<ResponseMetadata><RequestId>").append(request_id);
  body.append("</RequestId></ResponseMetadata></").append(action).append("Response>");
  return call.out.take();
}

}  // namespace

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Payload Too Large";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return status < 400 ? "OK" : "Error";
  }
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

int status_of(const Service& service, const ApiError& error) {
  if (error.status != 0) return error.status;
  if (service.protocol == Protocol::ec2) {
    for (const auto& [code, status] : ec2_statuses) {
      if (code == error.code) return status;
    }
    return 400;
  }
  for (const auto& [code, status] : other_statuses) {
    if (code == error.code) return status;
  }
  return 400;
}

void begin_answer(const Service& service, std::string_view action, Call& call,
                  const std::string& request_id) {
  if (service.protocol != Protocol::ec2 && service.protocol != Protocol::query) return;
  std::string& body = call.out.buffer();
  body.reserve(2048);
  const bool ec2 = service.protocol == Protocol::ec2;
  if (ec2) body.append(declaration);
  body.append("<").append(action).append("Response xmlns=\"").append(service.xmlns).append("\">");
  if (ec2) {
    body.append("<requestId>").append(request_id).append("</requestId>");
  } else {
    body.append("<").append(action).append("Result>");
  }
}

http::Response render_success(const Service& service, std::string_view action, Call& call,
                              const std::string& request_id) {
  http::Response response;
  if (service.protocol == Protocol::ec2) {
    response = base(call.status, xml_type, ec2_body(action, call));
  } else if (service.protocol == Protocol::query) {
    response = base(call.status, "text/xml", query_body(service, action, call, request_id));
  } else {
    response = base(call.status, json_type(service), std::move(call.json));
    if (call.status == 204) response.headers.remove("Content-Type");
  }
  return response;
}

http::Response render_error(const Service& service, const ApiError& error,
                            const std::string& request_id) {
  const int status = status_of(service, error);
  switch (service.protocol) {
    case Protocol::ec2:
      return base(status, xml_type, ec2_error(error, request_id));
    case Protocol::query:
      return base(status, "text/xml", query_error(service, error, status, request_id));
    case Protocol::json:
      return base(status, json_type(service), json_error(service, error));
    default:
      break;
  }
  auto response = base(status, json_type(service), efs_error(error));
  response.headers.add("x-amzn-errortype", error.code + ":");
  return response;
}

http::Response render_html(int status) {
  const auto phrase = reason_phrase(status);
  return base(status, "text/html",
              cat("<html><head><title>", std::to_string(status), " ", phrase,
                  "</title></head><body><h1>", phrase, "</h1></body></html>\n"));
}

}  // namespace albatross::sim
