#include "sim/control.hpp"

#include "sim/core/answer.hpp"
#include "sim/core/clock_text.hpp"
#include "sim/live_page.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace albatross::sim {
namespace {

using Json = nlohmann::json;

http::Response json_answer(const Json& json, int status = 200) {
  http::Response response;
  response.status = status;
  response.reason = std::string(reason_phrase(status));
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

http::Response page_answer() {
  http::Response response;
  response.status = 200;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Content-Security-Policy",
                       "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
                       "connect-src 'self'");
  response.body = live_page();
  return response;
}

Json item_json(const Item& item) {
  Json tags = Json::object();
  for (const auto& [key, value] : item.tags)
    tags[key] = value;
  return {{"type", item.type},
          {"id", item.id},
          {"name", item.name},
          {"state", item.state},
          {"tags", tags}};
}

Json call_json(const CallRecord& call) {
  return {{"number", call.number},         {"time", iso_time(call.wall)},
          {"service", call.service},       {"action", call.action},
          {"parameters", call.parameters}, {"status", call.status},
          {"error", call.error_code},      {"message", call.error_message},
          {"request_id", call.request_id}, {"fault", call.fault}};
}

Json state_json(const ControlContext& context) {
  Json items = Json::array();
  for (const Item& item : context.cloud.inventory(context.now))
    items.push_back(item_json(item));
  Json calls = Json::array();
  const auto& history = context.cloud.calls();
  const auto first = history.size() > 100 ? history.size() - 100 : 0;
  for (std::size_t i = first; i < history.size(); ++i)
    calls.push_back(call_json(history[i]));
  Json injected = Json::object();
  for (const auto& [kind, count] : context.cloud.faults().injected()) {
    injected[std::string(to_string(kind))] = count;
  }
  Json endpoints = Json::array();
  for (const Front& front : context.fronts) {
    endpoints.push_back(
        {{"load_balancer", front.load_balancer}, {"listener", front.listener}, {"url", front.url}});
  }
  const auto& options = context.cloud.options();
  return {{"region", options.region},
          {"account", options.account},
          {"time_scale", context.scale},
          {"total_calls", context.cloud.total_calls()},
          {"fault_rules", context.cloud.faults().rules().size()},
          {"faults_injected", injected},
          {"endpoints", endpoints},
          {"items", items},
          {"calls", calls}};
}

Json body_of(const http::Request& request) {
  Json body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) throw std::invalid_argument("the body must be a JSON object");
  return body;
}

void change_time(const http::Request& request, ControlContext& context) {
  const Json body = body_of(request);
  const double seconds = body.value("advance", 0.0);
  const double scale = body.value("scale", context.scale);
  if (seconds < 0 || scale < 0) throw std::invalid_argument("time does not go back");
  context.advance = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
  context.scale = scale;
}

void set_service(const http::Request& request, ControlContext& context) {
  const Json body = body_of(request);
  const int port = body.value("port", 0);
  if (port < 1 || port > 65535) throw std::invalid_argument("port must be 1 to 65535");
  context.cloud.set_service(body.value("instance", ""), static_cast<std::uint16_t>(port),
                            body.value("listening", true), context.now);
}

http::Response route(const http::Request& request, ControlContext& context) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  const std::string what = request.method + " " + path;
  if (path == "/") return page_answer();
  if (what == "GET /_albatross/health") return json_answer({{"status", "ok"}});
  if (what == "GET /_albatross/state") return json_answer(state_json(context));
  if (what == "POST /_albatross/faults") {
    context.cloud.faults().load_json(request.body);
    return json_answer({{"fault_rules", context.cloud.faults().rules().size()}});
  }
  if (what == "DELETE /_albatross/faults") {
    context.cloud.faults().clear();
    return json_answer({{"fault_rules", 0}});
  }
  if (what == "POST /_albatross/time") {
    change_time(request, context);
    return json_answer(
        {{"advanced", body_of(request).value("advance", 0.0)}, {"scale", context.scale}});
  }
  if (what == "POST /_albatross/service") {
    set_service(request, context);
    return json_answer({{"done", true}});
  }
  if (what == "POST /_albatross/reset") {
    context.cloud = Cloud(context.cloud.options());
    return json_answer({{"done", true}});
  }
  return json_answer({{"error", "there is no " + what}}, 404);
}

/// A web page of another site must not be able to change anything here: browsers send Origin with
/// every cross-site request that can, and this endpoint's own page needs none.
bool from_elsewhere(const http::Request& request) {
  const auto origin = request.headers.find("origin");
  const auto host = request.headers.find("host");
  return origin && (!host || *origin != "http://" + std::string(*host));
}

}  // namespace

bool is_control_request(const http::Request& request) {
  if (request.target.starts_with("/_albatross/")) return true;
  const bool root = request.target == "/" || request.target.starts_with("/?");
  return root && (request.method == "GET" || request.method == "HEAD") &&
         !request.headers.find("authorization") &&
         request.target.find("X-Amz-") == std::string::npos &&
         request.target.find("Action=") == std::string::npos;
}

http::Response control(const http::Request& request, ControlContext& context) {
  if (from_elsewhere(request)) return json_answer({{"error", "cross-site request refused"}}, 403);
  try {
    return route(request, context);
  } catch (const std::invalid_argument& error) {
    return json_answer({{"error", error.what()}}, 400);
  } catch (const nlohmann::json::exception&) {
    return json_answer({{"error", "a member has the wrong type"}}, 400);
  }
}

}  // namespace albatross::sim
