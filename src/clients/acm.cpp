#include "albatross/clients/acm.hpp"

#include "clients/json_operation.hpp"
#include "clients/operations.hpp"

namespace albatross::acm {

using wire::call;
using wire::JsonReader;
using wire::JsonWriter;
using wire::OperationInfo;
using wire::Repeat;

template <class Request, class Response>
using AcmOperation = wire::JsonOperation<Service::acm, Request, Response>;

static void read(JsonReader& in, CertificateDetail& certificate) {
  in.member("CertificateArn", certificate.certificate_arn);
  in.member("DomainName", certificate.domain_name);
  in.member("SubjectAlternativeNames", certificate.subject_alternative_names);
  in.member("Status", certificate.status);
  in.member("FailureReason", certificate.failure_reason);
}

static void write(JsonWriter& out, const DescribeCertificateRequest& request) {
  out.member("CertificateArn", request.certificate_arn);
}

static void read(JsonReader& in, DescribeCertificateResponse& response) {
  in.member("Certificate", response.certificate);
}

static constexpr std::tuple operation_table{
    AcmOperation<DescribeCertificateRequest, DescribeCertificateResponse>{"DescribeCertificate",
                                                                          Repeat::read},
};

std::vector<OperationInfo> operations() {
  return describe_all(operation_table);
}

Task<DescribeCertificateResponse> Client::describe_certificate(DescribeCertificateRequest request,
                                                               CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

}  // namespace albatross::acm
