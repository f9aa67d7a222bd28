#pragma once

#include "clients/json_reader.hpp"
#include "clients/json_writer.hpp"
#include "clients/malformed.hpp"
#include "clients/operation.hpp"
#include "clients/rest_writer.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace albatross::wire {

/// Parses the answer of a JSON service, of either protocol.
template <class Response, class Operation>
Response parse_json(const Operation& operation, const http::Response& answer) {
  try {
    const JsonAnswer document(answer.body);
    JsonReader in = document.reader();
    Response response;
    read(in, response);
    return response;
  } catch (const Malformed& error) {
    operation.fail(answer, error.what());
  }
}

template <class Response>
Schema response_schema() {
  Schema schema;
  JsonReader in(schema, JsonReader::Record::names);
  Response response;
  read(in, response);
  return schema;
}

template <class Response>
Schema response_values(Response response) {
  Schema values;
  JsonReader in(values, JsonReader::Record::values);
  read(in, response);
  return values;
}

/// An operation of a service that speaks JSON with the action in a header (which ApiCaller sets).
template <Service the_service, class RequestType, class ResponseType>
struct JsonOperation {
  using Request = RequestType;
  using Response = ResponseType;

  std::string_view action;
  Repeat repeat = Repeat::never;

  ApiRequest serialise(const Request& request) const {
    JsonWriter out;
    write(out, request);
    return {.service = the_service,
            .action = std::string(action),
            .content_type = "application/x-amz-json-" + std::string(info(the_service).json_version),
            .body = out.take(),
            .idempotent = is_repeatable(repeat, request)};
  }

  /// @throws ApiError
  Response parse(const http::Response& answer) const { return parse_json<Response>(*this, answer); }

  [[noreturn]] void fail(const http::Response& answer, std::string_view what) const {
    throw_malformed(the_service, action, repeat, answer, what);
  }
};

/// An operation of a service that speaks REST with JSON bodies.
template <Service the_service, class RequestType, class ResponseType>
struct RestOperation {
  using Request = RequestType;
  using Response = ResponseType;

  std::string_view action;
  Repeat repeat = Repeat::never;
  std::string_view method = "GET";
  std::string_view path = "/";

  ApiRequest serialise(const Request& request) const {
    RestWriter out(path);
    write(out, request);
    return {.service = the_service,
            .action = std::string(action),
            .method = std::string(method),
            .target = out.take_target(),
            .content_type = out.has_body() ? "application/json" : "",
            .body = out.take_body(),
            .idempotent = is_repeatable(repeat, request)};
  }

  /// @throws ApiError
  Response parse(const http::Response& answer) const { return parse_json<Response>(*this, answer); }

  [[noreturn]] void fail(const http::Response& answer, std::string_view what) const {
    throw_malformed(the_service, action, repeat, answer, what);
  }
};

template <Service service, class Request, class Response>
OperationInfo describe(const JsonOperation<service, Request, Response>& operation) {
  using Operation = JsonOperation<service, Request, Response>;
  return {service,
          operation.action,
          operation.repeat,
          [] {
            Schema schema;
            JsonWriter out(schema);
            write(out, Request{});
            return schema;
          },
          response_schema<Response>,
          [](const OperationInfo& self, http::Response answer) {
            const Operation same{self.action, self.repeat};
            return response_values(same.parse(answer));
          }};
}

template <Service service, class Request, class Response>
OperationInfo describe(const RestOperation<service, Request, Response>& operation) {
  using Operation = RestOperation<service, Request, Response>;
  return {service,
          operation.action,
          operation.repeat,
          [] {
            Schema schema;
            RestWriter out("", schema);
            write(out, Request{});
            return schema;
          },
          response_schema<Response>,
          [](const OperationInfo& self, http::Response answer) {
            const Operation same{self.action, self.repeat};
            return response_values(same.parse(answer));
          }};
}

}  // namespace albatross::wire
