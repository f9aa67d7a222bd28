#include "albatross/clients/sts.hpp"

#include "clients/operations.hpp"
#include "clients/query_operation.hpp"
#include "clients/tag_codec.hpp"

namespace albatross::sts {

using wire::call;
using wire::OperationInfo;
using wire::QueryWriter;
using wire::Repeat;
using wire::StsOperation;
using wire::XmlReader;

static void write(QueryWriter&, const GetCallerIdentityRequest&) {}

static void read(XmlReader& in, GetCallerIdentityResponse& response) {
  in.member("UserId", response.user_id);
  in.member("Account", response.account);
  in.member("Arn", response.arn);
}

static void read(XmlReader& in, TemporaryCredentials& temporary) {
  in.member("AccessKeyId", temporary.credentials.access_key_id);
  in.member("SecretAccessKey", temporary.credentials.secret_access_key);
  in.member("SessionToken", temporary.credentials.session_token);
  in.time("Expiration", temporary.expiration);
}

/// A managed policy that narrows a session.
struct PolicyDescriptor {
  std::string arn;
};

static void write(QueryWriter& out, const PolicyDescriptor& policy) {
  out.member("arn", policy.arn);
}

static void write(QueryWriter& out, const AssumeRoleRequest& request) {
  std::vector<PolicyDescriptor> policies;
  for (const std::string& arn : request.policy_arns) {
    policies.push_back({arn});
  }
  out.member("RoleArn", request.role_arn);
  out.member("RoleSessionName", request.role_session_name);
  out.member("PolicyArns", policies);
  out.member("Policy", request.policy);
  out.member("DurationSeconds", request.duration_seconds);
  out.member("Tags", request.tags);
  out.member("ExternalId", request.external_id);
  out.member("SerialNumber", request.serial_number);
  out.member("TokenCode", request.token_code);
  out.member("SourceIdentity", request.source_identity);
}

/// What both ways to assume a role answer.
template <class Response>
static void read_session(XmlReader& in, Response& response) {
  in.member("Credentials", response.credentials);
  in.nested("AssumedRoleUser", "AssumedRoleId", response.assumed_role_id);
  in.nested("AssumedRoleUser", "Arn", response.assumed_role_arn);
}

static void read(XmlReader& in, AssumeRoleResponse& response) {
  read_session(in, response);
}

static void write(QueryWriter& out, const AssumeRoleWithWebIdentityRequest& request) {
  out.member("RoleArn", request.role_arn);
  out.member("RoleSessionName", request.role_session_name);
  out.member("WebIdentityToken", request.web_identity_token);
  out.member("DurationSeconds", request.duration_seconds);
}

static void read(XmlReader& in, AssumeRoleWithWebIdentityResponse& response) {
  read_session(in, response);
  in.member("Provider", response.provider);
}

static void write(QueryWriter& out, const DecodeAuthorizationMessageRequest& request) {
  out.member("EncodedMessage", request.encoded_message);
}

static void read(XmlReader& in, DecodeAuthorizationMessageResponse& response) {
  in.member("DecodedMessage", response.decoded_message);
}

static constexpr std::tuple operation_table{
    StsOperation<GetCallerIdentityRequest, GetCallerIdentityResponse>{"GetCallerIdentity",
                                                                      Repeat::read},
    StsOperation<AssumeRoleRequest, AssumeRoleResponse>{"AssumeRole", Repeat::read},
    StsOperation<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse>{
        "AssumeRoleWithWebIdentity", Repeat::read, false},
    StsOperation<DecodeAuthorizationMessageRequest, DecodeAuthorizationMessageResponse>{
        "DecodeAuthorizationMessage", Repeat::read},
};

std::vector<OperationInfo> operations() {
  return describe_all(operation_table);
}

Task<GetCallerIdentityResponse> Client::get_caller_identity(GetCallerIdentityRequest request,
                                                            CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<AssumeRoleResponse> Client::assume_role(AssumeRoleRequest request, CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<AssumeRoleWithWebIdentityResponse> Client::assume_role_with_web_identity(
    AssumeRoleWithWebIdentityRequest request, CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

Task<DecodeAuthorizationMessageResponse> Client::decode_authorization_message(
    DecodeAuthorizationMessageRequest request, CallOptions options) {
  return call(*caller_, operation_table, request, std::move(options));
}

}  // namespace albatross::sts
