#include "clients/error_body.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

ErrorBody parse(Protocol protocol, int status, std::string body, http::Headers headers = {}) {
  http::Response response;
  response.status = status;
  response.reason = "Reason";
  response.headers = std::move(headers);
  response.body = std::move(body);
  return parse_error_body(protocol, response);
}

TEST(ErrorBody, Ec2) {
  const ErrorBody error = parse(Protocol::ec2_query, 400,
                                R"(<?xml version="1.0" encoding="UTF-8"?>
<Response><Errors><Error><Code>InvalidGroup.NotFound</Code><Message>The security group 'sg-0' &amp; co</Message></Error></Errors><RequestID>6b1e</RequestID></Response>)");
  EXPECT_EQ(error.code, "InvalidGroup.NotFound");
  EXPECT_EQ(error.message, "The security group 'sg-0' & co");
  EXPECT_EQ(error.request_id, "6b1e");
}

TEST(ErrorBody, Query) {
  const ErrorBody error = parse(Protocol::query, 400,
                                R"(<ErrorResponse xmlns="http://x/"><Error><Type>Sender</Type>
<Code>LoadBalancerNotFound</Code><Message>One or more</Message></Error><RequestId>r-1</RequestId></ErrorResponse>)");
  EXPECT_EQ(error.code, "LoadBalancerNotFound");
  EXPECT_EQ(error.message, "One or more");
  EXPECT_EQ(error.request_id, "r-1");
}

TEST(ErrorBody, FormsThatOtherGatewaysAnswer) {
  EXPECT_EQ(parse(Protocol::query, 400,
                  "<Response><Errors><Error><Code>A</Code></Error></Errors></Response>")
                .code,
            "A");
  EXPECT_EQ(parse(Protocol::ec2_query, 400,
                  "<ErrorResponse><Errors><Error><Code>B</Code></Error></Errors></ErrorResponse>")
                .code,
            "B");
  EXPECT_EQ(parse(Protocol::ec2_query, 400, "<Error><Code>C</Code></Error>").code, "C");
  EXPECT_EQ(parse(Protocol::rest_json, 503,
                  "<ErrorResponse><Error><Code>D</Code></Error></ErrorResponse>")
                .code,
            "D");
  EXPECT_EQ(parse(Protocol::query, 400, R"({"__type":"E","message":"m"})").code, "E");
}

TEST(ErrorBody, TheRequestIdMayComeInAHeader) {
  const std::string body = "<Response><Errors><Error><Code>A</Code></Error></Errors></Response>";
  EXPECT_EQ(parse(Protocol::ec2_query, 400, body, {{"x-amzn-RequestId", "h-1"}}).request_id, "h-1");
  EXPECT_EQ(parse(Protocol::ec2_query, 400, body, {{"x-amz-request-id", "h-2"}}).request_id, "h-2");
}

TEST(ErrorBody, WithoutACodeTheStatusIsTheCode) {
  for (const char* const body :
       {"", "<html><body>busy</body></html>", "Service Unavailable", "<broken", "{", "[]", "null",
        "\xff\xfe", "<Response/>", "{\"Code\":5}"}) {
    const ErrorBody error = parse(Protocol::ec2_query, 503, body);
    EXPECT_EQ(error.code, "503") << body;
    EXPECT_EQ(error.message, "Reason") << body;
  }
}

TEST(ErrorBody, EfsNamesItsErrorInAHeader) {
  const ErrorBody error =
      parse(Protocol::rest_json, 409,
            R"({"ErrorCode":"FileSystemAlreadyExists","Message":"exists","FileSystemId":"fs-1"})",
            {{"x-amzn-errortype", "FileSystemAlreadyExists:http://internal/"}});
  EXPECT_EQ(error.code, "FileSystemAlreadyExists");
  EXPECT_EQ(error.message, "exists");
  EXPECT_EQ(error.existing_id, "fs-1");
}

TEST(ErrorBody, EfsWithoutTheHeaderIsUnderstoodByItsBody) {
  EXPECT_EQ(
      parse(Protocol::rest_json, 404, R"({"ErrorCode":"FileSystemNotFound","Message":"m"})").code,
      "FileSystemNotFound");
  EXPECT_EQ(parse(Protocol::rest_json, 403, R"({"message":"The security token is expired"})",
                  {{"x-amzn-errortype", "ExpiredTokenException"}})
                .message,
            "The security token is expired");
}

TEST(ErrorBody, JsonCodesLoseTheirNamespace) {
  EXPECT_EQ(parse(Protocol::json, 400,
                  R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                      "message":"The conditional request failed"})")
                .code,
            "ConditionalCheckFailedException");
  EXPECT_EQ(parse(Protocol::json, 400, R"({"__type":"ParameterNotFound"})").message, "");
  EXPECT_EQ(parse(Protocol::json, 400, R"({"__type":"a#b","Message":"m"})").message, "m");
}

TEST(ErrorBody, AQueryErrorHeaderOverridesTheJsonCode) {
  EXPECT_EQ(
      parse(Protocol::json, 400, R"({"__type":"New"})", {{"x-amzn-query-error", "Old;Sender"}})
          .code,
      "Old");
}

}  // namespace
}  // namespace albatross
