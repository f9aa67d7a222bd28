#include "clients/recording/operation_of.hpp"

#include "albatross/clients/service.hpp"

#include "clients/text.hpp"

namespace albatross::recording {
namespace {

constexpr std::string_view credential = "Credential=";

std::string_view take_part(std::string_view& text) {
  const std::size_t slash = text.find('/');
  const std::string_view part = text.substr(0, slash);
  text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
  return part;
}

std::string name_of(std::string_view signing_name) {
  for (const Service service : all_services()) {
    if (info(service).signing_name == signing_name) return lower_case(info(service).name);
  }
  return std::string(signing_name);
}

bool is_name(std::string_view host) {
  return host.find_first_not_of("0123456789.") != std::string_view::npos &&
         host.find(':') == std::string_view::npos && host.find('.') != std::string_view::npos;
}

}  // namespace

Scope scope_of(const http::Request& request) {
  const std::string_view header = request.headers.find("Authorization").value_or("");
  const std::size_t start = header.find(credential);
  Scope scope;
  if (start == std::string_view::npos) return scope;
  std::string_view rest = header.substr(start + credential.size());
  rest = rest.substr(0, rest.find(','));
  scope.key = take_part(rest);
  take_part(rest);  // the date
  scope.region = take_part(rest);
  scope.service = take_part(rest);
  return scope;
}

std::string service_of(const http::Request& request) {
  const std::string_view signed_for = scope_of(request).service;
  if (!signed_for.empty()) return name_of(signed_for);
  const std::string& host = request.origin.host;
  return is_name(host) ? host.substr(0, host.find('.')) : "metadata";
}

std::string action_of(const http::Request& request) {
  const std::string_view target = request.headers.find("X-Amz-Target").value_or("");
  if (!target.empty()) return std::string(target.substr(target.rfind('.') + 1));
  constexpr std::string_view member = "Action=";
  std::string_view body = request.body;
  while (!body.empty() && !body.starts_with(member)) {
    const std::size_t next = body.find('&');
    if (next == std::string_view::npos) return {};
    body.remove_prefix(next + 1);
  }
  body.remove_prefix(std::min(body.size(), member.size()));
  return std::string(body.substr(0, body.find('&')));
}

}  // namespace albatross::recording
