#include "albatross/clients/elbv2/listeners.hpp"

#include "clients/elbv2_shapes.hpp"

namespace albatross::elbv2 {

static void write(QueryWriter& out, const DescribeListenerCertificatesRequest& request) {
  out.member("ListenerArn", request.listener_arn);
  write_page(out, request);
}

static void read(XmlReader& in, DescribeListenerCertificatesResponse& response) {
  in.member("Certificates", response.certificates);
  in.member("NextMarker", response.next_marker);
}

static void write(QueryWriter& out, const AddListenerCertificatesRequest& request) {
  out.member("ListenerArn", request.listener_arn);
  out.member("Certificates", request.certificates);
}

static void read(XmlReader& in, AddListenerCertificatesResponse& response) {
  in.member("Certificates", response.certificates);
}

static void write(QueryWriter& out, const RemoveListenerCertificatesRequest& request) {
  out.member("ListenerArn", request.listener_arn);
  out.member("Certificates", request.certificates);
}

static constexpr std::tuple operations{
    Elbv2Operation<DescribeListenerCertificatesRequest, DescribeListenerCertificatesResponse>{
        "DescribeListenerCertificates", Repeat::read},
    Elbv2Operation<AddListenerCertificatesRequest, AddListenerCertificatesResponse>{
        "AddListenerCertificates", Repeat::harmless},
    Elbv2Operation<RemoveListenerCertificatesRequest, RemoveListenerCertificatesResponse>{
        "RemoveListenerCertificates", Repeat::harmless},
};

std::vector<OperationInfo> certificate_operations() {
  return describe_all(operations);
}

Task<DescribeListenerCertificatesResponse> Client::describe_listener_certificates(
    DescribeListenerCertificatesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<AddListenerCertificatesResponse> Client::add_listener_certificates(
    AddListenerCertificatesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<RemoveListenerCertificatesResponse> Client::remove_listener_certificates(
    RemoveListenerCertificatesRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<Certificate>> Client::all_listener_certificates(
    DescribeListenerCertificatesRequest request, CallOptions options) {
  return call_for_all(*caller_, operations, std::move(request),
                      &DescribeListenerCertificatesResponse::certificates, std::move(options));
}

}  // namespace albatross::elbv2
