#pragma once

#include "albatross/clients/api_caller.hpp"
#include "albatross/clients/service.hpp"
#include "albatross/http/message.hpp"

#include "clients/schema.hpp"

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace albatross::wire {

/// What happens when an operation is carried out twice.
enum class Repeat : std::uint8_t {
  read,        ///< nothing is changed at all
  harmless,    ///< the second time changes nothing more
  with_token,  ///< harmless when the request carries its client token, else `never`
  never,       ///< makes a second thing, or fails because of the first
};

/// An operation without its types: what tests and tools can ask of each.
struct OperationInfo {
  Service service;
  std::string_view action;
  Repeat repeat;
  /// All members that are sent and read.
  Schema (*request)();
  Schema (*response)();
  /// Parses an answer and tells what was found in it. Throws ApiError "Response.malformed".
  Schema (*parse)(const OperationInfo& self, http::Response answer);
};

template <class Request>
bool is_repeatable(Repeat repeat, const Request& request) {
  if constexpr (requires { request.client_token.empty(); }) {
    if (repeat == Repeat::with_token) return !request.client_token.empty();
  }
  return repeat == Repeat::read || repeat == Repeat::harmless;
}

/// The error for an answer that says success and cannot be understood.
[[noreturn]] void throw_malformed(Service service, std::string_view action, Repeat repeat,
                                  const http::Response& answer, std::string_view what);

/// Where the next page starts; empty at the end.
template <class Response>
std::string next_page(const Response& page) {
  if constexpr (requires { page.is_truncated; }) {
    return page.is_truncated ? page.marker : std::string();
  } else if constexpr (requires { page.next_marker; }) {
    return page.next_marker;
  } else {
    return page.next_token;
  }
}

template <class Request>
std::string& page_start(Request& request) {
  if constexpr (requires { request.marker; }) {
    return request.marker;
  } else {
    return request.next_token;
  }
}

/// One call. `Operation` knows how to serialise a request and to parse an answer.
template <class Response, class Operation>
Task<Response> exchange(ApiCaller& caller, Operation operation, ApiRequest request,
                        CallOptions options) {
  http::Response answer = co_await caller.call(std::move(request), std::move(options));
  co_return operation.parse(std::move(answer));
}

template <class... Operations>
std::vector<OperationInfo> describe_all(const std::tuple<Operations...>& table) {
  return std::apply([](const auto&... each) { return std::vector{describe(each)...}; }, table);
}

/// The line of a table that takes this request.
template <class Request, class... Operations>
constexpr const auto& operation_for(const std::tuple<Operations...>& table) {
  constexpr std::size_t index = [] {
    std::size_t at = 0;
    const bool found =
        ((std::is_same_v<Request, typename Operations::Request> || (++at, false)) || ...);
    return found ? at : sizeof...(Operations);
  }();
  return std::get<index>(table);
}

/// Serialises at once and returns what is left to await.
template <class Request, class Table>
auto call(ApiCaller& caller, const Table& table, const Request& request, CallOptions options) {
  const auto& operation = operation_for<Request>(table);
  using Response = decltype(operation.parse(http::Response()));
  return exchange<Response>(caller, operation, operation.serialise(request), std::move(options));
}

/// All pages of a listing, one after the other. A page may be empty and yet not the last; one that
/// names itself as the next is an error and not an endless loop.
template <class Item, class Operation, class Request, class Response>
Task<std::vector<Item>> all_pages(ApiCaller& caller, Operation operation, Request request,
                                  std::vector<Item> Response::*items, CallOptions options) {
  std::vector<Item> all;
  for (;;) {
    ApiRequest wire = operation.serialise(request);
    http::Response answer = co_await caller.call(std::move(wire), options);
    Response page = operation.parse(answer);
    std::vector<Item>& found = page.*items;
    all.insert(all.end(), std::make_move_iterator(found.begin()),
               std::make_move_iterator(found.end()));
    std::string next = next_page(page);
    if (next.empty()) co_return all;
    if (next == page_start(request)) operation.fail(answer, "the next page is the same page");
    page_start(request) = std::move(next);
  }
}

/// The same, with the operation from the table.
template <class Item, class Request, class Table, class Response>
auto call_for_all(ApiCaller& caller, const Table& table, Request request,
                  std::vector<Item> Response::*items, CallOptions options) {
  return all_pages(caller, operation_for<Request>(table), std::move(request), items,
                   std::move(options));
}

}  // namespace albatross::wire
