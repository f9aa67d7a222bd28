#include "sim/control.hpp"

#include "sim/core/answer.hpp"
#include "sim/live_page.hpp"
#include "sim/state_json.hpp"
#include "sim/world.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim {
namespace {

using Json = nlohmann::ordered_json;

/// What was named does not exist.
struct NotThere : std::runtime_error {
  using std::runtime_error::runtime_error;
};

http::Response json_answer(std::string json, int status = 200) {
  http::Response response;
  response.status = status;
  response.reason = std::string(reason_phrase(status));
  response.headers.add("Content-Type", "application/json");
  response.headers.add("Cache-Control", "no-store");
  response.body = std::move(json);
  return response;
}

http::Response json_answer(const Json& json, int status = 200) {
  return json_answer(json.dump(-1, ' ', false, Json::error_handler_t::replace), status);
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

/// Is an instance of that Name meant by what was said: its whole Name, or the end of it after a
/// separator ("app.0" of "shop/instance.app.0")?
bool is_meant(std::string_view said, std::string_view name) {
  if (said.empty() || !name.ends_with(said)) return false;
  if (said.size() == name.size()) return true;
  return std::string_view("/.-_ ").find(name[name.size() - said.size() - 1]) !=
         std::string_view::npos;
}

/// The id of the instance that is called that, by id or by Name.
std::string instance_called(const World& world, const std::string& name) {
  if (world.instances.contains(name)) return name;
  std::vector<std::string> named, ending;
  for (const auto& [id, instance] : world.instances) {
    const Tags& tags = world.tags_of(id);
    const auto tag = tags.find("Name");
    if (instance.terminating || tag == tags.end() || !is_meant(name, tag->second)) continue;
    (tag->second == name ? named : ending).push_back(id);
  }
  const std::vector<std::string>& found = named.empty() ? ending : named;
  if (found.size() > 1) throw std::invalid_argument("several instances are named " + name);
  if (found.empty()) throw NotThere("there is no instance " + name);
  return found.front();
}

Json set_service(const http::Request& request, ControlContext& context) {
  const Json body = body_of(request);
  const int port = body.value("port", 0);
  if (port < 0 || port > 65535) throw std::invalid_argument("port must be 1 to 65535");
  ServiceState state;
  state.listening = body.value("listening", true);
  state.hangs = body.value("hangs", false);
  state.status = body.value("status", 200);
  if (state.status < 200 || state.status > 599) {
    throw std::invalid_argument("status must be 200 to 599");
  }
  const std::string id = instance_called(context.cloud.world(), body.value("instance", ""));
  context.cloud.set_service(id, static_cast<std::uint16_t>(port), state, context.now);
  return {{"instance", id},
          {"port", port == 0 ? Json() : Json(port)},
          {"listening", state.listening},
          {"hangs", state.hangs},
          {"status", state.status}};
}

void reset(ControlContext& context) {
  context.cloud = Cloud(context.cloud.options());
  context.durations.clear();
}

http::Response certificates(const ControlContext& context) {
  http::Response response;
  response.status = 200;
  response.headers.add("Content-Type", "application/x-pem-file");
  if (context.plane != nullptr) response.body = context.plane->certificates();
  return response;
}

/// What is asked for under /_albatross/faults.
std::optional<http::Response> fault_route(const http::Request& request, Cloud& cloud) {
  const std::string& method = request.method;
  if (method == "PUT" || method == "POST") {
    FaultPlan plan = method == "PUT" ? FaultPlan{} : cloud.faults();
    plan.load_json(request.body);
    cloud.faults() = std::move(plan);
  } else if (method == "DELETE") {
    cloud.faults().clear();
  } else if (method != "GET") {
    return std::nullopt;
  }
  return json_answer(faults_json(cloud.faults()));
}

std::optional<http::Response> found_route(const http::Request& request, ControlContext& context) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  const std::string what = request.method + " " + path;
  if (path == "/") return page_answer();
  if (what == "GET /_albatross/health") return json_answer(Json{{"status", "ok"}});
  if (what == "GET /_albatross/state") return json_answer(state_json(context));
  if (path == "/_albatross/faults") return fault_route(request, context.cloud);
  if (what == "GET /_albatross/time") return json_answer(time_json(context));
  if (what == "POST /_albatross/time") {
    change_time(request, context);
    return json_answer(time_json(context));
  }
  if (what == "POST /_albatross/service") return json_answer(set_service(request, context));
  if (what == "GET /_albatross/certificates.pem") return certificates(context);
  if (what == "POST /_albatross/reset") {
    reset(context);
    return json_answer(Json{{"done", true}});
  }
  return std::nullopt;
}

http::Response error_answer(int status, const std::string& message) {
  return json_answer(Json{{"error", message}}, status);
}

http::Response route(const http::Request& request, ControlContext& context) {
  if (auto answer = found_route(request, context)) return std::move(*answer);
  return error_answer(404, "there is no " + request.method + " " + request.target);
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
  if (from_elsewhere(request)) return error_answer(403, "cross-site request refused");
  try {
    return route(request, context);
  } catch (const NotThere& error) {
    return error_answer(404, error.what());
  } catch (const std::invalid_argument& error) {
    return error_answer(400, error.what());
  } catch (const nlohmann::json::exception&) {
    return error_answer(400, "a member has the wrong type");
  }
}

}  // namespace albatross::sim
