#include "albatross/clients/service_quotas.hpp"

#include "clients/json_operation.hpp"
#include "clients/operations.hpp"

namespace albatross::service_quotas {

using wire::call;
using wire::JsonReader;
using wire::JsonWriter;
using wire::OperationInfo;
using wire::Repeat;

template <class Request, class Response>
using QuotasOperation = wire::JsonOperation<Service::service_quotas, Request, Response>;

static void read(JsonReader& in, ServiceQuota& quota) {
  in.member("ServiceCode", quota.service_code);
  in.member("QuotaCode", quota.quota_code);
  in.member("QuotaName", quota.quota_name);
  in.member("Value", quota.value);
  in.member("Adjustable", quota.adjustable);
}

static void write(JsonWriter& out, const GetServiceQuotaRequest& request) {
  out.member("ServiceCode", request.service_code);
  out.member("QuotaCode", request.quota_code);
}

static void read(JsonReader& in, GetServiceQuotaResponse& response) {
  in.member("Quota", response.quota);
}

static constexpr std::tuple operation_table{
    QuotasOperation<GetServiceQuotaRequest, GetServiceQuotaResponse>{"GetServiceQuota",
                                                                     Repeat::read},
};

std::vector<OperationInfo> operations() {
  return describe_all(operation_table);
}

Task<GetServiceQuotaResponse> Client::get_service_quota(GetServiceQuotaRequest request,
                                                        CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

}  // namespace albatross::service_quotas
