#include "albatross/clients/api_error.hpp"

#include "clients/clock_skew.hpp"
#include "clients/error_hints.hpp"

#include <gtest/gtest.h>

#include <string>

namespace albatross {
namespace {

using enum ErrorClass;
using enum Service;

ErrorClass class_of(Service service, std::string_view code, std::string_view message = "",
                    int status = 400) {
  return classify_error(service, code, message, status);
}

ApiError::Details failure(Service service, std::string action, std::string code,
                          std::string message = "") {
  ApiError::Details details;
  details.service = service;
  details.action = std::move(action);
  details.code = std::move(code);
  details.message = std::move(message);
  details.http_status = 400;
  details.error_class = classify_error(service, details.code, details.message, 400);
  return details;
}

bool says(const std::string& hint, std::string_view words) {
  return hint.find(words) != std::string::npos;
}

TEST(ErrorClassification, KnowsTheCodesOfEachService) {
  EXPECT_EQ(class_of(ec2, "RequestLimitExceeded", "", 503), throttling);
  EXPECT_EQ(class_of(elbv2, "Throttling"), throttling);
  EXPECT_EQ(class_of(efs, "TooManyRequests", "", 429), throttling);
  EXPECT_EQ(class_of(dynamodb, "LimitExceededException"), throttling);
  EXPECT_EQ(class_of(iam, "ServiceFailure", "", 500), transient);
  EXPECT_EQ(class_of(iam, "ConcurrentModification", "", 409), transient);
  EXPECT_EQ(class_of(ec2, "InvalidVpcID.NotFound"), not_found);
  EXPECT_EQ(class_of(elbv2, "TargetGroupNotFound"), not_found);
  EXPECT_EQ(class_of(iam, "NoSuchEntity", "", 404), not_found);
  EXPECT_EQ(class_of(ec2, "DependencyViolation"), dependency);
  EXPECT_EQ(class_of(efs, "FileSystemInUse", "", 409), dependency);
  EXPECT_EQ(class_of(efs, "IncorrectFileSystemLifeCycleState", "", 409), propagating);
  EXPECT_EQ(class_of(elbv2, "PriorityInUse"), already_exists);
  EXPECT_EQ(class_of(elbv2, "TooManyLoadBalancers"), quota);
  EXPECT_EQ(class_of(ec2, "VcpuLimitExceeded"), quota);
  EXPECT_EQ(class_of(ec2, "AuthFailure", "", 401), credentials);
  EXPECT_EQ(class_of(sts, "ExpiredToken", "", 403), expired);
  EXPECT_EQ(class_of(ec2, "UnauthorizedOperation", "", 403), permission);
  EXPECT_EQ(class_of(ec2, "DryRunOperation", "", 412), dry_run);
  EXPECT_EQ(class_of(ec2, "InvalidParameterValue"), invalid);
  EXPECT_EQ(class_of(dynamodb, "ConditionalCheckFailedException"), invalid);
}

TEST(ErrorClassification, CapacityIsNotTransientAlthoughItComesWithStatus500) {
  EXPECT_EQ(class_of(ec2, "InsufficientInstanceCapacity", "", 500), capacity);
  EXPECT_EQ(class_of(efs, "InsufficientThroughputCapacity", "", 503), capacity);
}

TEST(ErrorClassification, TheSameCodeMeansDifferentThingsInDifferentServices) {
  EXPECT_EQ(class_of(elbv2, "ResourceInUse"), dependency);
  EXPECT_EQ(class_of(dynamodb, "ResourceInUseException"), already_exists);
  EXPECT_EQ(class_of(iam, "LimitExceeded", "", 409), quota);
  EXPECT_EQ(class_of(dynamodb, "ResourceNotFoundException"), not_found);
}

TEST(ErrorClassification, WordsDecideWhereTheCodeIsAmbiguous) {
  EXPECT_EQ(class_of(ec2, "InvalidParameterValue",
                     "Value (p) for parameter iamInstanceProfile.name is invalid."),
            propagating);
  EXPECT_EQ(class_of(iam, "LimitExceeded",
                     "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1", 409),
            already_exists);
  EXPECT_EQ(class_of(efs, "TooManyRequests",
                     "You have reached the maximum number of throughput mode changes or "
                     "provisioned throughput value decreases. Wait until 2026-11-27T12:51:32Z UTC "
                     "and try again.",
                     429),
            quota);
  EXPECT_EQ(class_of(elbv2, "InvalidTarget", "are not in a running state and cannot be registered"),
            propagating);
  EXPECT_EQ(class_of(elbv2, "InvalidTarget", "are not in the target group VPC"), invalid);
  EXPECT_EQ(class_of(elbv2, "OperationNotPermitted",
                     "This AWS account currently does not support creating load balancers."),
            quota);
  EXPECT_EQ(class_of(elbv2, "OperationNotPermitted", "deletion protection is enabled"), invalid);
}

TEST(ErrorClassification, WhatTheUserNamedWrongIsFinal) {
  EXPECT_EQ(class_of(ec2, "InvalidAMIID.NotFound"), invalid);
  EXPECT_EQ(class_of(ec2, "InvalidKeyPair.NotFound"), invalid);
}

TEST(ErrorClassification, UnknownCodesGoByFamilyAndThenByStatus) {
  EXPECT_EQ(class_of(ec2, "InvalidNatGatewayID.NotFound"), not_found);
  EXPECT_EQ(class_of(ec2, "VpcEndpointLimitExceeded"), quota);
  EXPECT_EQ(class_of(ec2, "InvalidFleet.Duplicate"), already_exists);
  EXPECT_EQ(class_of(ec2, "503", "Service Unavailable", 503), transient);
  EXPECT_EQ(class_of(efs, "Odd", "", 429), throttling);
  EXPECT_EQ(class_of(efs, "Odd", "", 418), invalid);
}

TEST(ApiErrorText, NamesServiceActionCodeMessageRequestAndAttempts) {
  ApiError::Details details = failure(ec2, "CreateVpc", "VpcLimitExceeded", "The maximum is 5.");
  details.request_id = "r-1";
  details.attempts = 3;
  EXPECT_STREQ(ApiError(details).what(),
               "EC2 CreateVpc: VpcLimitExceeded: The maximum is 5. (request r-1), tried 3 times");
}

TEST(ApiErrorText, IsRetryableOnlyWhenTimeAloneHelps) {
  const auto retryable = [](ErrorClass error_class) {
    ApiError::Details details;
    details.error_class = error_class;
    return ApiError(details).retryable();
  };
  for (const auto yes : {transient, throttling, propagating, dependency}) {
    EXPECT_TRUE(retryable(yes)) << to_string(yes);
  }
  for (const auto no : {not_found, already_exists, capacity, quota, credentials, expired,
                        permission, dry_run, invalid}) {
    EXPECT_FALSE(retryable(no)) << to_string(no);
  }
}

TEST(Hints, SpecialAdviceComesBeforeGeneral) {
  EXPECT_TRUE(says(hint_for(failure(ec2, "DeleteSecurityGroup", "DependencyViolation")),
                   "network interface"));
  EXPECT_TRUE(says(hint_for(failure(ec2, "DetachInternetGateway", "DependencyViolation")),
                   "public address"));
  EXPECT_TRUE(
      says(hint_for(failure(ec2, "DeleteSomething", "DependencyViolation")), "still uses it"));
  EXPECT_TRUE(says(hint_for(failure(elbv2, "CreateLoadBalancer", "InvalidSubnet",
                                    "VPC vpc-1 has no internet gateway")),
                   "internet gateway"));
  EXPECT_TRUE(says(hint_for(failure(elbv2, "CreateLoadBalancer", "InvalidSubnet",
                                    "Not enough IP space available in subnet-1.")),
                   "8 free addresses"));
}

TEST(Hints, PermissionAdviceNamesTheIamAction) {
  EXPECT_TRUE(says(hint_for(failure(elbv2, "CreateRule", "AccessDenied")),
                   "elasticloadbalancing:CreateRule"));
  EXPECT_TRUE(says(hint_for(failure(ec2, "RunInstances", "UnauthorizedOperation",
                                    "Encoded authorization failure message: abc")),
                   "decode-authorization-message"));
}

TEST(Hints, EveryLineOfTheTableCanBeReached) {
  for (const Hint& line : hint_table()) {
    ApiError::Details error = failure(line.service.value_or(ec2), std::string(line.action),
                                      std::string(line.code), std::string(line.words));
    std::string expected(line.text);
    const std::string hint = hint_for(error);
    // "{call}" is filled in; what stands before it identifies the line.
    EXPECT_EQ(hint.substr(0, expected.find("{call}")), expected.substr(0, expected.find("{call}")))
        << line.code << ' ' << line.action << ' ' << line.words;
  }
}

TEST(Hints, EveryClassButInvalidHasAdvice) {
  for (const auto error_class :
       {transient, throttling, not_found, dependency, propagating, already_exists, capacity, quota,
        credentials, expired, permission}) {
    ApiError::Details error = failure(ssm, "GetParameter", "SomethingNew");
    error.error_class = error_class;
    EXPECT_FALSE(hint_for(error).empty()) << to_string(error_class);
  }
  EXPECT_EQ(hint_for(failure(ssm, "GetParameter", "SomethingNew")), "");
}

TEST(SignatureHints, WrongClockIsToldApartFromWrongSecretByTheServersTime) {
  for (const char* code : {"SignatureDoesNotMatch", "AuthFailure", "InvalidSignatureException"}) {
    ApiError::Details error = failure(elbv2, "DescribeLoadBalancers", code);
    error.clock_offset_seconds = 3600;
    EXPECT_TRUE(says(hint_for(error), "clock is 3600 seconds behind")) << hint_for(error);
    error.clock_offset_seconds = -600;
    EXPECT_TRUE(says(hint_for(error), "clock is 600 seconds ahead of")) << hint_for(error);
    error.clock_offset_seconds = 2;
    EXPECT_TRUE(says(hint_for(error), "secret access key")) << hint_for(error);
    EXPECT_TRUE(says(hint_for(error), "within 2 seconds")) << hint_for(error);
    error.clock_offset_seconds = 0;
    EXPECT_TRUE(says(hint_for(error), "secret access key")) << hint_for(error);
  }
}

TEST(SignatureHints, SecretIsBlamedWhenTheCorrectedClockDidNotHelp) {
  ApiError::Details error = failure(iam, "GetRole", "SignatureDoesNotMatch");
  error.clock_offset_seconds = 3600;
  error.clock_corrected = true;
  EXPECT_TRUE(says(hint_for(error), "secret access key"));
  EXPECT_TRUE(says(hint_for(error), "AWS's time"));
}

TEST(SignatureHints, ExpiredWithARightClockMeansTheCredentials) {
  ApiError::Details error = failure(ec2, "DescribeVpcs", "RequestExpired", "Request has expired.");
  EXPECT_TRUE(says(hint_for(error), "sign in again"));
  error.clock_offset_seconds = 900;
  EXPECT_TRUE(says(hint_for(error), "clock is 900 seconds behind"));
}

TEST(SignatureHints, MessageAboutTimeIsBelievedWhenThereIsNoDate) {
  const ApiError::Details error = failure(sts, "GetCallerIdentity", "SignatureDoesNotMatch",
                                          "Signature expired: 2026 is now earlier than 2027");
  EXPECT_TRUE(says(hint_for(error), "set this machine's clock"));
}

TEST(HttpDate, ReadsBothFormsAndNothingElse) {
  const WallTime expected{std::chrono::seconds{1'440'938'160}};  // 2015-08-30T12:36:00Z
  EXPECT_EQ(parse_http_date("Sun, 30 Aug 2015 12:36:00 GMT"), expected);
  EXPECT_EQ(parse_http_date("20150830T123600Z"), expected);
  for (const char* bad :
       {"", "Sun, 30 Aug 2015 12:36:00 CET", "Sun, 30 Xxx 2015 12:36:00 GMT",
        "Sun, 31 Feb 2015 12:36:00 GMT", "Sun, 30 Aug 2015 25:36:00 GMT", "2015-08-30T12:36:00Z",
        "20150830X123600Z", "2015083aT123600Z", "Sunday, 30-Aug-15 12:36:00 GMT"}) {
    EXPECT_FALSE(parse_http_date(bad)) << bad;
  }
}

TEST(HttpDate, AmzDateIsPreferred) {
  http::Headers headers;
  headers.add("Date", "Sun, 30 Aug 2015 12:36:00 GMT");
  headers.add("X-Amz-Date", "20150830T123700Z");
  EXPECT_EQ(server_time(headers), WallTime{std::chrono::seconds{1'440'938'220}});
  headers.set("x-amz-date", "rubbish");
  EXPECT_EQ(server_time(headers), WallTime{std::chrono::seconds{1'440'938'160}});
  EXPECT_FALSE(server_time({}));
}

}  // namespace
}  // namespace albatross
