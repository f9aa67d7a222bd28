#include "clients/request_signing.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

void sign(http::Request& request, const Endpoint& endpoint, const Credentials& credentials,
          WallTime time, sigv4::KeyCache& keys) {
  const std::string host = request.origin.authority();
  std::vector<sigv4::HeaderView> headers;
  headers.reserve(request.headers.size() + 1);
  headers.push_back({"host", host});
  for (const http::Header& header : request.headers)
    headers.push_back({header.name, header.value});

  const std::string_view target = request.target;
  const std::size_t question = target.find('?');
  sigv4::RequestView view;
  view.method = request.method;
  view.path = target.substr(0, question);
  if (question != std::string_view::npos) view.query = target.substr(question + 1);
  view.headers = headers;
  view.body = request.body;

  const sigv4::Scope scope{time, endpoint.signing_region, endpoint.signing_name};
  sigv4::SignedHeaders signature =
      sigv4::sign_headers(view, credentials, scope, sigv4::ServiceRules::standard(), &keys);
  request.headers.add("X-Amz-Date", std::move(signature.amz_date));
  if (!signature.security_token.empty()) {
    request.headers.add("X-Amz-Security-Token", std::move(signature.security_token));
  }
  request.headers.add("Authorization", std::move(signature.authorization));
}

}  // namespace albatross
