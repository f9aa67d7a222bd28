#include "clients/request_signing.hpp"

#include <string>
#include <string_view>

namespace albatross {

http::Request to_http(const ApiRequest& request, const Endpoint& endpoint) {
  http::Request result;
  result.origin = endpoint.origin;
  result.method = request.method;
  result.target = endpoint.path_prefix + request.target;
  result.body = request.body;
  if (!request.content_type.empty()) result.headers.add("Content-Type", request.content_type);
  const ServiceInfo& service = info(request.service);
  if (service.protocol == Protocol::json) {
    result.headers.add("X-Amz-Target", std::string(service.json_target) + "." + request.action);
  }
  return result;
}

void RequestSigner::sign(http::Request& request, const Endpoint& endpoint,
                         const Credentials& credentials, WallTime time) {
  const std::string host = request.origin.authority();
  headers_.clear();
  headers_.push_back({"host", host});
  for (const http::Header& header : request.headers)
    headers_.push_back({header.name, header.value});

  const std::string_view target = request.target;
  const std::size_t question = target.find('?');
  sigv4::RequestView view;
  view.method = request.method;
  view.path = target.substr(0, question);
  if (question != std::string_view::npos) view.query = target.substr(question + 1);
  view.headers = headers_;
  view.body = request.body;

  const sigv4::Scope scope{time, endpoint.signing_region, endpoint.signing_name};
  const auto rules = sigv4::ServiceRules::for_service(endpoint.signing_name);
  const sigv4::Signer::Headers signature = signer_.sign(view, credentials, scope, rules);
  const auto add = [&request](const char* name, std::string_view value) {
    if (!value.empty()) request.headers.add(name, std::string(value));
  };
  add("X-Amz-Date", signature.amz_date);
  add("X-Amz-Security-Token", signature.security_token);
  add("X-Amz-Content-Sha256", signature.content_sha256);
  add("Authorization", signature.authorization);
}

}  // namespace albatross
