#include "albatross/clients/elbv2/listeners.hpp"

#include "clients/elbv2_shapes.hpp"

namespace albatross::elbv2 {

static void read(XmlReader& in, Listener& listener) {
  in.member("ListenerArn", listener.listener_arn);
  in.member("LoadBalancerArn", listener.load_balancer_arn);
  in.member("Port", listener.port);
  in.member("Protocol", listener.protocol);
  in.member("Certificates", listener.certificates);
  in.member("SslPolicy", listener.ssl_policy);
  in.member("DefaultActions", listener.default_actions);
}

static void write(QueryWriter& out, const DescribeListenersRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
  out.member("ListenerArns", request.listener_arns);
  write_page(out, request);
}

static void read(XmlReader& in, DescribeListenersResponse& response) {
  in.member("Listeners", response.listeners);
  in.member("NextMarker", response.next_marker);
}

static void write(QueryWriter& out, const CreateListenerRequest& request) {
  out.member("LoadBalancerArn", request.load_balancer_arn);
  out.member("Protocol", request.protocol);
  out.member("Port", request.port);
  out.member("SslPolicy", request.ssl_policy);
  out.member("Certificates", request.certificates);
  out.member("DefaultActions", request.default_actions);
  out.member("Tags", request.tags);
}

static void read(XmlReader& in, CreateListenerResponse& response) {
  in.member("Listeners", response.listeners);
}

static void write(QueryWriter& out, const ModifyListenerRequest& request) {
  out.member("ListenerArn", request.listener_arn);
  out.member("Port", request.port);
  out.member("Protocol", request.protocol);
  out.member("SslPolicy", request.ssl_policy);
  out.member("Certificates", request.certificates);
  out.member("DefaultActions", request.default_actions);
}

static void read(XmlReader& in, ModifyListenerResponse& response) {
  in.member("Listeners", response.listeners);
}

static void write(QueryWriter& out, const DeleteListenerRequest& request) {
  out.member("ListenerArn", request.listener_arn);
}

static void read(XmlReader& in, Cipher& cipher) {
  in.member("Name", cipher.name);
  in.member("Priority", cipher.priority);
}

static void read(XmlReader& in, SslPolicy& policy) {
  in.member("SslProtocols", policy.ssl_protocols);
  in.member("Ciphers", policy.ciphers);
  in.member("Name", policy.name);
  in.member("SupportedLoadBalancerTypes", policy.supported_load_balancer_types);
}

static void write(QueryWriter& out, const DescribeSSLPoliciesRequest& request) {
  out.member("Names", request.names);
  out.member("LoadBalancerType", request.load_balancer_type);
  write_page(out, request);
}

static void read(XmlReader& in, DescribeSSLPoliciesResponse& response) {
  in.member("SslPolicies", response.ssl_policies);
  in.member("NextMarker", response.next_marker);
}

static constexpr std::tuple operations{
    Elbv2Operation<DescribeListenersRequest, DescribeListenersResponse>{"DescribeListeners",
                                                                        Repeat::read},
    Elbv2Operation<CreateListenerRequest, CreateListenerResponse>{"CreateListener",
                                                                  Repeat::harmless},
    Elbv2Operation<ModifyListenerRequest, ModifyListenerResponse>{"ModifyListener",
                                                                  Repeat::harmless},
    Elbv2Operation<DeleteListenerRequest, DeleteListenerResponse>{"DeleteListener",
                                                                  Repeat::harmless},
    Elbv2Operation<DescribeSSLPoliciesRequest, DescribeSSLPoliciesResponse>{"DescribeSSLPolicies",
                                                                            Repeat::read},
};

std::vector<OperationInfo> listener_operations() {
  return describe_all(operations);
}

Task<DescribeListenersResponse> Client::describe_listeners(DescribeListenersRequest request,
                                                           CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateListenerResponse> Client::create_listener(CreateListenerRequest request,
                                                     CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<ModifyListenerResponse> Client::modify_listener(ModifyListenerRequest request,
                                                     CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteListenerResponse> Client::delete_listener(DeleteListenerRequest request,
                                                     CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeSSLPoliciesResponse> Client::describe_ssl_policies(DescribeSSLPoliciesRequest request,
                                                                CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<Listener>> Client::all_listeners(DescribeListenersRequest request,
                                                  CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeListenersResponse::listeners, std::move(options));
}

Task<std::vector<SslPolicy>> Client::all_ssl_policies(DescribeSSLPoliciesRequest request,
                                                      CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeSSLPoliciesResponse::ssl_policies, std::move(options));
}

}  // namespace albatross::elbv2
