#include "albatross/clients/api_error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace albatross {
namespace {

using enum ErrorClass;

/// One line of the table: which service (any when absent) says which code (and which words, where
/// the code alone is ambiguous), and what it means.
struct Rule {
  std::optional<Service> service;
  std::string_view code;
  std::string_view words;
  ErrorClass error_class;
};

constexpr std::nullopt_t any = std::nullopt;

/// The code means one thing with these words and another without. Looked at first.
constexpr std::array by_words{
    Rule{Service::ec2, "InvalidParameterValue", "iamInstanceProfile", propagating},
    Rule{Service::ec2, "InvalidParameterValue", "Invalid IAM Instance Profile", propagating},
    Rule{Service::ec2, "InvalidParameterValue", "is currently in use", dependency},
    Rule{Service::ec2, "InvalidParameterValue", "already has an internet gateway", already_exists},
    Rule{Service::ec2, "InvalidParameterValue", "and network gateway", propagating},
    Rule{Service::ec2, "AuthFailure", "do not have permission", permission},
    Rule{Service::iam, "MalformedPolicyDocument", "Invalid principal", propagating},
    Rule{Service::iam, "InvalidInput", "Invalid principal", propagating},
    Rule{Service::iam, "LimitExceeded", "InstanceSessionsPerInstanceProfile", already_exists},
    Rule{Service::elbv2, "InvalidTarget", "not in a running state", propagating},
    Rule{Service::elbv2, "InvalidSubnet", "no internet gateway", propagating},
    Rule{Service::elbv2, "ValidationError", "VPC ID", propagating},
    Rule{Service::efs, "TooManyRequests", "throughput mode changes", quota},
    Rule{Service::elbv2, "OperationNotPermitted", "does not support creating load balancers",
         quota},
};

/// Exact codes. A code stands either in one line for all services, or in a line for each that has
/// it.
constexpr std::array by_code{
    // Too fast.
    Rule{any, "RequestLimitExceeded", "", throttling},
    Rule{any, "Throttling", "", throttling},
    Rule{any, "ThrottlingException", "", throttling},
    Rule{any, "ThrottledException", "", throttling},
    Rule{any, "RequestThrottled", "", throttling},
    Rule{any, "RequestThrottledException", "", throttling},
    Rule{any, "TooManyRequests", "", throttling},
    Rule{any, "TooManyRequestsException", "", throttling},
    Rule{any, "EC2ThrottledException", "", throttling},
    Rule{any, "ProvisionedThroughputExceededException", "", throttling},
    Rule{any, "BandwidthLimitExceeded", "", throttling},
    Rule{any, "LimitExceededException", "", throttling},
    Rule{any, "SlowDown", "", throttling},
    Rule{any, "ReplicatedWriteConflictException", "", throttling},
    // AWS's own trouble, or another writer.
    Rule{any, "InternalError", "", transient},
    Rule{any, "InternalFailure", "", transient},
    Rule{any, "ServerInternal", "", transient},
    Rule{any, "InternalServerError", "", transient},
    Rule{any, "InternalServiceError", "", transient},
    Rule{any, "ServiceFailure", "", transient},
    Rule{any, "Unavailable", "", transient},
    Rule{any, "ServiceUnavailable", "", transient},
    Rule{any, "ServiceUnavailableException", "", transient},
    Rule{any, "HealthUnavailable", "", transient},
    Rule{any, "RequestTimeout", "", transient},
    Rule{any, "RequestTimeoutException", "", transient},
    Rule{any, "DependencyTimeout", "", transient},
    Rule{any, "PriorRequestNotComplete", "", transient},
    Rule{any, "ConcurrentModification", "", transient},
    Rule{any, "EntityTemporarilyUnmodifiable", "", transient},
    Rule{any, "ConcurrentTagAccess", "", transient},
    Rule{any, "TransactionConflictException", "", transient},
    Rule{any, "TransactionInProgressException", "", transient},
    Rule{any, "IDPCommunicationError", "", transient},
    Rule{Service::service_quotas, "ServiceException", "", transient},
    Rule{Service::ec2, "IncorrectState", "", transient},
    Rule{Service::ec2, "InsufficientAddressCapacity", "", transient},
    // Not there.
    Rule{Service::ec2, "InvalidID", "", not_found},
    Rule{Service::ec2, "Gateway.NotAttached", "", not_found},
    Rule{Service::elbv2, "LoadBalancerNotFound", "", not_found},
    Rule{Service::elbv2, "ListenerNotFound", "", not_found},
    Rule{Service::elbv2, "RuleNotFound", "", not_found},
    Rule{Service::elbv2, "TargetGroupNotFound", "", not_found},
    Rule{Service::elbv2, "CertificateNotFound", "", not_found},
    Rule{Service::elbv2, "InvalidSecurityGroup", "", not_found},
    Rule{Service::elbv2, "SubnetNotFound", "", not_found},
    Rule{Service::efs, "AccessPointNotFound", "", not_found},
    Rule{Service::efs, "FileSystemNotFound", "", not_found},
    Rule{Service::efs, "MountTargetNotFound", "", not_found},
    Rule{Service::efs, "SecurityGroupNotFound", "", not_found},
    Rule{Service::efs, "SubnetNotFound", "", not_found},
    Rule{Service::iam, "NoSuchEntity", "", not_found},
    Rule{Service::dynamodb, "ResourceNotFoundException", "", not_found},
    Rule{Service::acm, "ResourceNotFoundException", "", not_found},
    Rule{Service::service_quotas, "NoSuchResourceException", "", not_found},
    Rule{Service::ssm, "ParameterNotFound", "", not_found},
    Rule{Service::ssm, "ParameterVersionNotFound", "", not_found},
    // Named by the user, never created by us: waiting does not help.
    Rule{Service::ec2, "InvalidAMIID.NotFound", "", invalid},
    Rule{Service::ec2, "InvalidKeyPair.NotFound", "", invalid},
    Rule{Service::elbv2, "SSLPolicyNotFound", "", invalid},
    // Still used, or still being made.
    Rule{Service::ec2, "DependencyViolation", "", dependency},
    Rule{Service::ec2, "InvalidGroup.InUse", "", dependency},
    Rule{Service::elbv2, "ResourceInUse", "", dependency},
    Rule{Service::elbv2, "TargetGroupAssociationLimit", "", dependency},
    Rule{Service::efs, "FileSystemInUse", "", dependency},
    Rule{Service::iam, "DeleteConflict", "", dependency},
    Rule{Service::efs, "IncorrectFileSystemLifeCycleState", "", propagating},
    Rule{Service::efs, "IncorrectMountTargetState", "", propagating},
    // There already.
    Rule{Service::ec2, "InvalidGroup.Duplicate", "", already_exists},
    Rule{Service::ec2, "InvalidSubnet.Conflict", "", already_exists},
    Rule{Service::ec2, "RouteAlreadyExists", "", already_exists},
    Rule{Service::ec2, "Resource.AlreadyAssociated", "", already_exists},
    Rule{Service::ec2, "InvalidPermission.Duplicate", "", already_exists},
    Rule{Service::elbv2, "DuplicateLoadBalancerName", "", already_exists},
    Rule{Service::elbv2, "DuplicateTargetGroupName", "", already_exists},
    Rule{Service::elbv2, "DuplicateListener", "", already_exists},
    Rule{Service::elbv2, "PriorityInUse", "", already_exists},
    Rule{Service::iam, "EntityAlreadyExists", "", already_exists},
    Rule{Service::efs, "FileSystemAlreadyExists", "", already_exists},
    Rule{Service::efs, "MountTargetConflict", "", already_exists},
    Rule{Service::dynamodb, "ResourceInUseException", "", already_exists},
    // No room now.
    Rule{Service::ec2, "InsufficientInstanceCapacity", "", capacity},
    Rule{Service::ec2, "InsufficientHostCapacity", "", capacity},
    Rule{Service::ec2, "InsufficientReservedInstanceCapacity", "", capacity},
    Rule{Service::ec2, "Unsupported", "", capacity},
    Rule{Service::efs, "InsufficientThroughputCapacity", "", capacity},
    Rule{Service::elbv2, "InsufficientCapacity", "", capacity},
    // An account limit. "TooMany…" and "…LimitExceeded" are in the patterns below.
    Rule{Service::iam, "LimitExceeded", "", quota},
    Rule{Service::ec2, "PendingVerification", "", quota},
    // The signature, key or clock.
    Rule{any, "AuthFailure", "", credentials},
    Rule{any, "InvalidClientTokenId", "", credentials},
    Rule{any, "UnrecognizedClientException", "", credentials},
    Rule{any, "SignatureDoesNotMatch", "", credentials},
    Rule{any, "InvalidSignatureException", "", credentials},
    Rule{any, "IncompleteSignature", "", credentials},
    Rule{any, "IncompleteSignatureException", "", credentials},
    Rule{any, "MissingAuthenticationToken", "", credentials},
    Rule{any, "MissingAuthenticationTokenException", "", credentials},
    Rule{any, "InvalidAccessKeyId", "", credentials},
    Rule{Service::sts, "InvalidIdentityToken", "", credentials},
    Rule{Service::sts, "IDPRejectedClaim", "", credentials},
    Rule{any, "RequestExpired", "", expired},
    Rule{any, "InvalidSecurity.RequestHasExpired", "", expired},
    Rule{any, "RequestTimeTooSkewed", "", expired},
    Rule{any, "RequestInTheFuture", "", expired},
    Rule{any, "ExpiredToken", "", expired},
    Rule{any, "ExpiredTokenException", "", expired},
    // Known, but not allowed.
    Rule{any, "UnauthorizedOperation", "", permission},
    Rule{any, "AccessDenied", "", permission},
    Rule{any, "AccessDeniedException", "", permission},
    Rule{any, "NotAuthorized", "", permission},
    Rule{any, "OptInRequired", "", permission},
    Rule{any, "Blocked", "", permission},
    Rule{Service::sts, "RegionDisabledException", "", permission},
    Rule{Service::ec2, "DryRunOperation", "", dry_run},
    // Below HTTP; `invalid` where the same answer would come again.
    Rule{any, "Network.resolve", "", transient},
    Rule{any, "Network.connect", "", transient},
    Rule{any, "Network.tls", "", transient},
    Rule{any, "Network.timeout", "", transient},
    Rule{any, "Network.closed", "", transient},
    Rule{any, "Network.malformed", "", transient},
    Rule{any, "Network.checksum", "", transient},
    Rule{any, "Network.too_large", "", invalid},
};

constexpr bool no_line_hides_another() {
  for (std::size_t i = 0; i < by_code.size(); ++i) {
    for (std::size_t j = i + 1; j < by_code.size(); ++j) {
      if (by_code[i].code != by_code[j].code) continue;
      if (!by_code[i].service || !by_code[j].service) return false;
      if (*by_code[i].service == *by_code[j].service) return false;
    }
  }
  return true;
}
static_assert(no_line_hides_another());

/// Families of codes, for the many that no list is complete in.
std::optional<ErrorClass> by_pattern(std::string_view code) {
  if (code.ends_with(".NotFound")) return not_found;
  if (code.ends_with(".Duplicate")) return already_exists;
  if (code.ends_with("LimitExceeded") || code.starts_with("TooMany")) return quota;
  return std::nullopt;
}

/// DynamoDB cancels a transaction for a list of reasons, one for each part: "… [None,
/// TransactionConflict]". It may succeed later when none of them is the caller's.
std::optional<ErrorClass> by_cancellation_reasons(std::string_view message) {
  constexpr std::array<std::string_view, 3> passing{"TransactionConflict", "ThrottlingError",
                                                    "ProvisionedThroughputExceeded"};
  const auto open = message.rfind('[');
  const auto close = message.find(']', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  std::string_view reasons = message.substr(open + 1, close - open - 1);
  bool any_passing = false;
  while (!reasons.empty()) {
    const std::string_view reason = reasons.substr(0, reasons.find(','));
    reasons.remove_prefix(std::min(reasons.size(), reason.size() + 1));
    while (reasons.starts_with(' '))
      reasons.remove_prefix(1);
    if (reason == "None") continue;
    if (std::find(passing.begin(), passing.end(), reason) == passing.end()) return std::nullopt;
    any_passing = true;
  }
  return any_passing ? std::optional(transient) : std::nullopt;
}

bool applies(const Rule& rule, Service service, std::string_view code) {
  return rule.code == code && (!rule.service || *rule.service == service);
}

ErrorClass by_status(int http_status) {
  if (http_status == 429) return throttling;
  return http_status >= 500 ? transient : invalid;
}

}  // namespace

ErrorClass classify_error(Service service, std::string_view code, std::string_view message,
                          int http_status) {
  const auto with_words = std::find_if(by_words.begin(), by_words.end(), [&](const Rule& rule) {
    return applies(rule, service, code) && message.find(rule.words) != std::string_view::npos;
  });
  if (with_words != by_words.end()) return with_words->error_class;
  if (service == Service::dynamodb && code == "TransactionCanceledException") {
    return by_cancellation_reasons(message).value_or(invalid);
  }
  const auto exact = std::find_if(by_code.begin(), by_code.end(),
                                  [&](const Rule& rule) { return applies(rule, service, code); });
  if (exact != by_code.end()) return exact->error_class;
  return by_pattern(code).value_or(by_status(http_status));
}

}  // namespace albatross
