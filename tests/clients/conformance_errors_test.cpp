// Every error that AWS's models name for our operations, with what it means to us. A code that is
// new in the models fails here until somebody has decided.

#include "albatross/clients/api_error.hpp"

#include "model_fixtures.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace albatross::test {
namespace {

using enum ErrorClass;
using Codes = std::map<ErrorClass, std::vector<std::string>>;

const std::map<Service, Codes>& meanings() {
  static const std::map<Service, Codes> all{
      {Service::ec2, {}},  // its model names none; see api_error_test.cpp
      {Service::elbv2,
       {{transient, {"HealthUnavailable"}},
        {not_found,
         {"CertificateNotFound", "InvalidSecurityGroup", "ListenerNotFound", "LoadBalancerNotFound",
          "RuleNotFound", "SubnetNotFound", "TargetGroupNotFound"}},
        {dependency, {"ResourceInUse", "TargetGroupAssociationLimit"}},
        {already_exists,
         {"DuplicateListener", "DuplicateLoadBalancerName", "DuplicateTargetGroupName",
          "PriorityInUse"}},
        {quota,
         {"TooManyActions", "TooManyCertificates", "TooManyListeners", "TooManyLoadBalancers",
          "TooManyRegistrationsForTargetId", "TooManyRules", "TooManyTags", "TooManyTargetGroups",
          "TooManyTargets", "TooManyUniqueTargetGroupsPerLoadBalancer"}},
        {invalid,
         {"ALPNPolicyNotFound", "AllocationIdNotFound", "AvailabilityZoneNotSupported",
          "CapacityReservationPending", "DuplicateTagKeys", "IncompatibleProtocols",
          "InvalidConfigurationRequest", "InvalidLoadBalancerAction", "InvalidScheme",
          "InvalidSubnet", "InvalidTarget", "OperationNotPermitted", "SSLPolicyNotFound",
          "TrustStoreNotFound", "TrustStoreNotReady", "UnsupportedProtocol"}}}},
      {Service::efs,
       {{transient, {"DependencyTimeout", "InternalServerError"}},
        {not_found,
         {"AccessPointNotFound", "FileSystemNotFound", "MountTargetNotFound",
          "SecurityGroupNotFound", "SubnetNotFound"}},
        {throttling, {"TooManyRequests"}},
        {dependency, {"FileSystemInUse"}},
        {propagating, {"IncorrectFileSystemLifeCycleState", "IncorrectMountTargetState"}},
        {already_exists, {"FileSystemAlreadyExists", "MountTargetConflict"}},
        {capacity, {"InsufficientThroughputCapacity"}},
        {quota,
         {"FileSystemLimitExceeded", "NetworkInterfaceLimitExceeded", "SecurityGroupLimitExceeded",
          "ThroughputLimitExceeded"}},
        {invalid,
         {"AvailabilityZonesMismatch", "BadRequest", "IpAddressInUse", "NoFreeAddressesInSubnet",
          "UnsupportedAvailabilityZone"}}}},
      {Service::iam,
       {{transient, {"ConcurrentModification", "PolicyEvaluation", "ServiceFailure"}},
        {not_found, {"NoSuchEntity"}},
        {dependency, {"DeleteConflict"}},
        {already_exists, {"EntityAlreadyExists"}},
        {quota, {"LimitExceeded"}},
        {invalid,
         {"InvalidInput", "MalformedPolicyDocument", "PolicyNotAttachable",
          "UnmodifiableEntity"}}}},
      {Service::sts,
       {{transient, {"IDPCommunicationError"}},
        {credentials, {"IDPRejectedClaim", "InvalidIdentityToken"}},
        {expired, {"ExpiredTokenException"}},
        {permission, {"RegionDisabledException"}},
        {invalid,
         {"InvalidAuthorizationMessageException", "MalformedPolicyDocument",
          "PackedPolicyTooLarge"}}}},
      {Service::ssm,
       {{transient, {"InternalServerError"}},
        {not_found, {"ParameterNotFound", "ParameterVersionNotFound"}},
        {invalid, {"InvalidKeyId"}}}},
      {Service::dynamodb,
       {{transient,
         {"InternalServerError", "TransactionConflictException", "TransactionInProgressException"}},
        {throttling,
         {"LimitExceededException", "ProvisionedThroughputExceededException",
          "ReplicatedWriteConflictException", "RequestLimitExceeded", "ThrottlingException"}},
        {not_found, {"ResourceNotFoundException"}},
        {already_exists, {"ResourceInUseException"}},
        {invalid,
         {"ConditionalCheckFailedException", "IdempotentParameterMismatchException",
          "ItemCollectionSizeLimitExceededException", "TransactionCanceledException"}}}},
      {Service::acm,
       {{not_found, {"ResourceNotFoundException"}}, {invalid, {"InvalidArnException"}}}},
      {Service::service_quotas,
       {{transient, {"ServiceException"}},
        {throttling, {"TooManyRequestsException"}},
        {not_found, {"NoSuchResourceException"}},
        {permission, {"AccessDeniedException"}},
        {invalid, {"IllegalArgumentException"}}}},
  };
  return all;
}

TEST(ConformanceOfErrors, EveryCodeOfTheModelsHasTheMeaningThatWasDecided) {
  for (const auto& [service, classes] : meanings()) {
    const auto& model = service_models().at(key_of(service));
    for (const auto& [meaning, codes] : classes) {
      for (const std::string& code : codes) {
        const int status = model.errors.at(code);
        EXPECT_EQ(to_string(classify_error(service, code, "", status)), to_string(meaning))
            << key_of(service) << " " << code;
      }
    }
  }
}

TEST(ConformanceOfErrors, NoCodeOfTheModelsWasOverlooked) {
  for (const auto& [service, classes] : meanings()) {
    std::set<std::string> decided;
    for (const auto& [meaning, codes] : classes)
      decided.insert(codes.begin(), codes.end());
    std::set<std::string> named;
    for (const auto& [action, operation] : operation_details().at(key_of(service)))
      named.insert(operation.errors.begin(), operation.errors.end());
    EXPECT_EQ(decided, named) << key_of(service);
  }
}

TEST(ConformanceOfErrors, ThrottlingAndServerFailuresAreKnownInWhateverOperation) {
  for (const auto& [service, classes] : meanings()) {
    for (const auto& [code, status] : service_models().at(key_of(service)).errors) {
      const ErrorClass found = classify_error(service, code, "", status);
      if (code.starts_with("Throttl") || code == "TooManyRequests") {
        EXPECT_EQ(found, throttling) << code;
      }
      if (status >= 500 && code.starts_with("Internal")) {
        EXPECT_EQ(found, transient) << code;
      }
    }
  }
}

}  // namespace
}  // namespace albatross::test
