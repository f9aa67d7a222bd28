#include "albatross/clients/ssm.hpp"

#include "clients/json_operation.hpp"
#include "clients/operations.hpp"

namespace albatross::ssm {

using wire::call;
using wire::JsonReader;
using wire::JsonWriter;
using wire::OperationInfo;
using wire::Repeat;

template <class Request, class Response>
using SsmOperation = wire::JsonOperation<Service::ssm, Request, Response>;

static void read(JsonReader& in, Parameter& parameter) {
  in.member("Name", parameter.name);
  in.member("Type", parameter.type);
  in.member("Value", parameter.value);
  in.member("Version", parameter.version);
  in.member("ARN", parameter.arn);
  in.member("DataType", parameter.data_type);
}

static void write(JsonWriter& out, const GetParameterRequest& request) {
  out.member("Name", request.name);
  out.member("WithDecryption", request.with_decryption);
}

static void read(JsonReader& in, GetParameterResponse& response) {
  in.member("Parameter", response.parameter);
}

static void write(JsonWriter& out, const GetParametersRequest& request) {
  out.required("Names", request.names);
  out.member("WithDecryption", request.with_decryption);
}

static void read(JsonReader& in, GetParametersResponse& response) {
  in.member("Parameters", response.parameters);
  in.member("InvalidParameters", response.invalid_parameters);
}

static constexpr std::tuple operation_table{
    SsmOperation<GetParameterRequest, GetParameterResponse>{"GetParameter", Repeat::read},
    SsmOperation<GetParametersRequest, GetParametersResponse>{"GetParameters", Repeat::read},
};

std::vector<OperationInfo> operations() {
  return describe_all(operation_table);
}

Task<GetParameterResponse> Client::get_parameter(GetParameterRequest request, CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<GetParametersResponse> Client::get_parameters(GetParametersRequest request,
                                                   CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

}  // namespace albatross::ssm
