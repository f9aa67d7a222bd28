#include "orchestrator/spec/aws_formats.hpp"
#include "orchestrator/spec/balancing_tables.hpp"
#include "orchestrator/spec/formats.hpp"
#include "orchestrator/spec/shorthand.hpp"

namespace albatross::spec {
namespace {

using std::chrono::seconds;
using Type = ActionSpec::Type;

void set_methods(RouteSpec& route, std::vector<std::string> methods) {
  route.methods = std::move(methods);
}

void set_sources(RouteSpec& route, std::vector<std::string> blocks) {
  route.source_ips = std::move(blocks);
}

void add_header(RouteSpec& route, const std::string& name, std::vector<std::string> values) {
  route.headers[name] = std::move(values);
}

void add_query(RouteSpec& route, const std::string& key, std::vector<std::string> values) {
  route.query[key] = std::move(values);
}

void add_weight(ActionSpec& action, const std::string& service, int weight) {
  action.forward.push_back({service, weight});
}

void forward_to_one(ActionSpec& action, std::string service) {
  action.type = Type::forward;
  action.forward = {{std::move(service), 1}};
}

void set_redirect_port(RedirectSpec& redirect, std::uint16_t port) {
  redirect.port = std::to_string(port);
}

/// The port follows when the listeners are known.
void redirect_to_https(ActionSpec& action, std::string) {
  action.type = Type::redirect;
  action.redirect.protocol = "HTTPS";
}

void answer_with(ActionSpec& action, int status) {
  action.type = Type::fixed_response;
  action.fixed_response.status = status;
}

/// Having the member decides what the action is.
Member<ActionSpec> deciding(Type type, Member<ActionSpec> line) {
  line.read = [type, inner = std::move(line.read)](ActionSpec& into, const ValuePtr& value,
                                                   const std::string& path, Reading& reading) {
    into.type = type;
    inner(into, value, path, reading);
  };
  return line;
}

Format<int> redirect_status() {
  Format<int> format = number_between(301, 302, "a status code");
  format.expected = "301 or 302";
  return format;
}

Format<int> response_status() {
  Format<int> format = number_between(200, 599, "a status code");
  format.expected = "a status code: 2xx, 4xx or 5xx";
  format.parse = [inner = std::move(format.parse)](const Value& value, std::string& reason) {
    auto parsed = inner(value, reason);
    const bool redirects = parsed && *parsed >= 300 && *parsed < 400;
    return redirects ? std::nullopt : parsed;
  };
  return format;
}

const Section<RedirectSpec>& redirect_table() {
  using R = RedirectSpec;
  static const Section<R> table = {
      defaulting_to("as the request had it",
                    member("protocol", &R::protocol, word({"HTTP", "HTTPS"}), "HTTP or HTTPS.")),
      member("port", set_redirect_port, port_number(), "The port.",
             "443 or 80 with a protocol, else as the request had it"),
      defaulting_to("as the request had it",
                    member("host", &R::host, redirect_host(),
                           "The host; AWS's placeholders such as #{host} stand for the request's "
                           "own parts, here and in path and query.")),
      defaulting_to("as the request had it",
                    member("path", &R::path, redirect_path(), "The path, with its '/'.")),
      defaulting_to("as the request had it",
                    member("query", &R::query, redirect_query(), "The query, without its '?'.")),
      member("status", &R::status, redirect_status(), "301: for good. 302: for now."),
  };
  return table;
}

const Section<FixedResponseSpec>& fixed_response_table() {
  using F = FixedResponseSpec;
  static const Section<F> table = {
      member("status", &F::status, response_status(), "The status code: 2xx, 4xx or 5xx."),
      member("content_type", &F::content_type,
             word({"text/plain", "text/css", "text/html", "application/javascript",
                   "application/json"}),
             "What the body is."),
      defaulting_to("empty", member("body", &F::body, response_body(), "The body.")),
  };
  return table;
}

}  // namespace

const Section<RouteSpec>& route_table() {
  using R = RouteSpec;
  static const Section<R> table = {
      defaulting_to("any", list("paths", &R::paths, path_pattern(), 1,
                                "Requests whose path matches one of these, with * and ?.")),
      defaulting_to("any", list("hosts", &R::hosts, host_pattern(), 1,
                                "Requests whose Host header matches one of these, with * and ?.")),
      member("methods", set_methods, one_or_more(http_method()),
             "Requests with one of these methods.", "any"),
      defaulting_to("any", mapped("headers", add_header, header_name(), one_or_more(header_value()),
                                  "Requests that have every one of these headers with one of its "
                                  "values, with * and ?.")),
      defaulting_to("any", mapped("query", add_query, query_text(), one_or_more(query_text()),
                                  "Requests whose query string has every one of these keys with "
                                  "one of its values, with * and ?.")),
      member("source_ips", set_sources, one_or_more(any_cidr_block()),
             "Requests from these addresses.", "any"),
      defaulting_to("after the rules before it in the file; kept once it is chosen",
                    member("priority", &R::priority, number_between(1, 50000, "a priority"),
                           "Which rule is asked first: the lowest.")),
  };
  return table;
}

const Section<ActionSpec>& action_table() {
  using A = ActionSpec;
  static const Section<A> table = {
      defaulting_to(
          "none",
          deciding(Type::forward,
                   or_short(forward_to_one, any_text("the name of a service"),
                            mapped("forward", add_weight, any_text("the name of a service"),
                                   number_between(0, 999, "a weight"),
                                   "The service that gets the request, or several with the weight "
                                   "of each.")))),
      defaulting_to(
          "off", member("stickiness", &A::stickiness, seconds_between(seconds{1}, seconds{604800}),
                        "With several services: how long a client stays with the one that its "
                        "first request came to.")),
      defaulting_to(
          "none",
          deciding(Type::redirect, or_short(redirect_to_https, word({"https"}),
                                            section("redirect", &A::redirect, redirect_table(),
                                                    "Send the client elsewhere. https: to the same "
                                                    "address over HTTPS.")))),
      defaulting_to(
          "none",
          deciding(Type::fixed_response,
                   or_short(answer_with, response_status(),
                            section("fixed_response", &A::fixed_response, fixed_response_table(),
                                    "Answer at once, without any service: a status code, "
                                    "or more.")))),
  };
  return table;
}

}  // namespace albatross::spec
