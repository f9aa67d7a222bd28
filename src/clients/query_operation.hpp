#pragma once

#include "clients/malformed.hpp"
#include "clients/operation.hpp"
#include "clients/query_writer.hpp"
#include "clients/xml_answer.hpp"

#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace albatross::wire {

/// An operation of a Query service: its name, whether it may be repeated, and by its types (and the
/// overloads of write and read for them) how it is written and read.
template <Service the_service, class RequestType, class ResponseType>
struct QueryOperation {
  using Request = RequestType;
  using Response = ResponseType;

  std::string_view action;
  Repeat repeat = Repeat::never;
  bool sign = true;

  static constexpr QueryDialect dialect =
      the_service == Service::ec2 ? QueryDialect::ec2 : QueryDialect::query;

  ApiRequest serialise(const Request& request) const {
    QueryWriter out(dialect, action, info(the_service).version);
    write(out, request);
    return {.service = the_service,
            .action = std::string(action),
            .content_type = "application/x-www-form-urlencoded; charset=utf-8",
            .body = out.take(),
            .idempotent = is_repeatable(repeat, request),
            .sign = sign};
  }

  /// @throws ApiError
  Response parse(http::Response answer) const {
    try {
      const XmlAnswer document(dialect, action, std::exchange(answer.body, {}));
      XmlReader in = document.reader();
      Response response;
      read(in, response);
      return response;
    } catch (const Malformed& error) {
      fail(answer, error.what());
    }
  }

  [[noreturn]] void fail(const http::Response& answer, std::string_view what) const {
    throw_malformed(the_service, action, repeat, answer, what);
  }
};

template <class Request, class Response>
using Ec2Operation = QueryOperation<Service::ec2, Request, Response>;
template <class Request, class Response>
using Elbv2Operation = QueryOperation<Service::elbv2, Request, Response>;
template <class Request, class Response>
using IamOperation = QueryOperation<Service::iam, Request, Response>;
template <class Request, class Response>
using StsOperation = QueryOperation<Service::sts, Request, Response>;

template <Service service, class Request, class Response>
OperationInfo describe(const QueryOperation<service, Request, Response>& operation) {
  using Operation = QueryOperation<service, Request, Response>;
  return {service,
          operation.action,
          operation.repeat,
          [] {
            Schema schema;
            QueryWriter out(Operation::dialect, schema);
            write(out, Request{});
            return schema;
          },
          [] {
            Schema schema;
            XmlReader in(Operation::dialect, schema, XmlReader::Record::names);
            Response response;
            read(in, response);
            return schema;
          },
          [](const OperationInfo& self, http::Response answer) {
            const Operation same{self.action, self.repeat};
            Response response = same.parse(std::move(answer));
            Schema values;
            XmlReader in(Operation::dialect, values, XmlReader::Record::values);
            read(in, response);
            return values;
          }};
}

}  // namespace albatross::wire
