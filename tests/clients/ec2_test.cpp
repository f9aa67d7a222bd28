// The EC2 operations of instances, images and tags, and what holds for all EC2 operations.

#include "albatross/clients/ec2.hpp"

#include "wire_bench.hpp"

namespace albatross::test {
namespace {

using ec2::Client;

template <class Operation, class Request>
void expect_sent(const std::string& sample, Operation operation, Request request) {
  expect_like_botocore<Client>("ec2", sample, operation, std::move(request));
}

template <class Request>
Request page(Request request) {
  request.filters = {{"tag:x", {"a", "b*"}}, {"vpc-id", {"vpc-1"}}};
  request.max_results = 100;
  request.next_token = "to+ken/=";
  return request;
}

ec2::RunInstancesRequest full_launch() {
  using namespace ec2;
  RunInstancesRequest request;
  request.image_id = "ami-1";
  request.instance_type = "t3.micro";
  request.max_count = 2;
  request.user_data = Secret("#!/bin/sh\n");
  request.client_token = "tok";
  request.key_name = "key";
  request.iam_instance_profile_name = "p";
  request.network_interfaces = {{.device_index = 0,
                                 .subnet_id = "subnet-1",
                                 .groups = {"sg-1", "sg-2"},
                                 .associate_public_ip_address = true,
                                 .delete_on_termination = false,
                                 .private_ip_address = "10.7.1.9",
                                 .description = "first"}};
  EbsBlockDevice root{.snapshot_id = "snap-1",
                      .volume_size = 8,
                      .volume_type = "gp3",
                      .iops = 3000,
                      .throughput = 125,
                      .encrypted = true,
                      .kms_key_id = "alias/k",
                      .delete_on_termination = true};
  request.block_device_mappings = {{.device_name = "/dev/xvda", .ebs = root},
                                   {.device_name = "/dev/sdb", .virtual_name = "ephemeral0"}};
  request.metadata_options = {.http_tokens = "required",
                              .http_put_response_hop_limit = 2,
                              .http_endpoint = "enabled",
                              .instance_metadata_tags = "enabled"};
  request.disable_api_termination = false;
  request.instance_initiated_shutdown_behavior = "terminate";
  request.monitoring = false;
  request.ebs_optimized = true;
  request.tag_specifications = {{"instance", {{"Name", "a b"}}}, {"volume", {{"Name", "v"}}}};
  request.dry_run = true;
  return request;
}

TEST(Ec2, SendsRunInstancesAsBotocoreDoes) {
  expect_sent("RunInstances", &Client::run_instances, full_launch());
  ec2::RunInstancesRequest plain;
  plain.image_id = "resolve:ssm:/a/b";
  plain.instance_type = "t3.micro";
  plain.iam_instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/p";
  plain.subnet_id = "subnet-1";
  plain.security_group_ids = {"sg-1"};
  plain.availability_zone = "us-east-1a";
  expect_sent("RunInstances/plain", &Client::run_instances, plain);
}

TEST(Ec2, SendsInstanceOperationsAsBotocoreDoes) {
  using namespace ec2;
  expect_sent("DescribeInstances", &Client::describe_instances,
              page(DescribeInstancesRequest{.instance_ids = {"i-1", "i-2"}}));
  DescribeInstanceStatusRequest status{.instance_ids = {"i-1"}};
  status.include_all_instances = true;
  expect_sent("DescribeInstanceStatus", &Client::describe_instance_status, page(status));
  expect_sent("GetConsoleOutput", &Client::get_console_output,
              GetConsoleOutputRequest{.instance_id = "i-1", .latest = true});
  expect_sent("TerminateInstances", &Client::terminate_instances,
              TerminateInstancesRequest{{"i-1", "i-2"}, true});
  expect_sent(
      "ModifyInstanceAttribute", &Client::modify_instance_attribute,
      ModifyInstanceAttributeRequest{.instance_id = "i-1", .disable_api_termination = false});
  expect_sent("ModifyInstanceAttribute/groups", &Client::modify_instance_attribute,
              ModifyInstanceAttributeRequest{
                  .instance_id = "i-1", .groups = {"sg-1", "sg-2"}, .dry_run = true});
}

TEST(Ec2, SendsImageAndInterfaceOperationsAsBotocoreDoes) {
  using namespace ec2;
  DescribeImagesRequest images{.image_ids = {"ami-1"}, .owners = {"self", "amazon"}};
  images.include_deprecated = false;
  expect_sent("DescribeImages", &Client::describe_images, page(images));
  expect_sent("DescribeInstanceTypes", &Client::describe_instance_types,
              page(DescribeInstanceTypesRequest{.instance_types = {"t3.micro"}}));
  expect_sent("DescribeInstanceTypeOfferings", &Client::describe_instance_type_offerings,
              page(DescribeInstanceTypeOfferingsRequest{.location_type = "availability-zone"}));
  DescribeKeyPairsRequest keys{.key_names = {"k"}};
  keys.filters = {{"tag:x", {"a", "b*"}}, {"vpc-id", {"vpc-1"}}};
  expect_sent("DescribeKeyPairs", &Client::describe_key_pairs, keys);
  expect_sent("DescribeNetworkInterfaces", &Client::describe_network_interfaces,
              page(DescribeNetworkInterfacesRequest{.network_interface_ids = {"eni-1"}}));
  expect_sent("DeleteNetworkInterface", &Client::delete_network_interface,
              DeleteNetworkInterfaceRequest{"eni-1", true});
}

TEST(Ec2, SendsTagOperationsAsBotocoreDoes) {
  using namespace ec2;
  expect_sent("DescribeTags", &Client::describe_tags, page(DescribeTagsRequest{}));
  expect_sent("CreateTags", &Client::create_tags,
              CreateTagsRequest{{"i-1", "vpc-1"}, {{"k", ""}}, true});
  expect_sent("DeleteTags", &Client::delete_tags,
              DeleteTagsRequest{{"i-1"}, {{"k", std::nullopt}, {"l", ""}}, true});
}

/// Whether a lost answer would be asked for again.
template <class Operation, class Request>
bool is_repeated(const std::string& action, Operation operation, Request request) {
  const std::string body = response_sample("ec2", action).body;
  WireBench<Client> bench({answer(503, "<html>busy</html>"), answer(200, body)});
  bench.run(operation, std::move(request));
  return bench.requests().size() == 2;
}

TEST(Ec2, RepeatsOnlyWhatIsSafeToRepeat) {
  EXPECT_TRUE(is_repeated("DescribeVpcs", &Client::describe_vpcs, ec2::DescribeVpcsRequest{}));
  EXPECT_TRUE(is_repeated("DeleteVpc", &Client::delete_vpc, ec2::DeleteVpcRequest{"vpc-1"}));
  EXPECT_TRUE(is_repeated("RunInstances", &Client::run_instances,
                          ec2::RunInstancesRequest{.client_token = "t"}));
  EXPECT_FALSE(is_repeated("RunInstances", &Client::run_instances, ec2::RunInstancesRequest{}));
  EXPECT_FALSE(is_repeated("CreateVpc", &Client::create_vpc, ec2::CreateVpcRequest{}));
}

TEST(Ec2, AnswersThatAreNotAwsAreMalformedAndNotEmpty) {
  WireBench<Client> bench({answer(200, "<html><body>Please log in</body></html>")});
  EXPECT_FALSE(bench.run(&Client::describe_vpcs, ec2::DescribeVpcsRequest{}));
  ASSERT_TRUE(bench.error());
  EXPECT_EQ(bench.error()->code(), "Response.malformed");
  EXPECT_EQ(bench.error()->error_class(), ErrorClass::transient);
  EXPECT_EQ(bench.error()->details().action, "DescribeVpcs");
}

TEST(Ec2, AMalformedAnswerToACreationMayHaveTakenEffectAndIsNotToBeRepeated) {
  http::Response broken = answer(200, "<CreateVpcResponse><vpc><vpcId>vpc-1");
  broken.headers.add("x-amzn-requestid", "req-7");
  WireBench<Client> bench({broken});
  EXPECT_FALSE(bench.run(&Client::create_vpc, ec2::CreateVpcRequest{}));
  ASSERT_TRUE(bench.error());
  EXPECT_TRUE(bench.error()->details().may_have_taken_effect);
  EXPECT_FALSE(bench.error()->retryable());
  EXPECT_EQ(bench.error()->request_id(), "req-7");
}

std::string vpc_page(const std::string& id, const std::string& next) {
  const std::string item = id.empty() ? "" : "<item><vpcId>" + id + "</vpcId></item>";
  return "<DescribeVpcsResponse><vpcSet>" + item + "</vpcSet><nextToken>" + next +
         "</nextToken></DescribeVpcsResponse>";
}

TEST(Ec2, FollowsPagesThroughEmptyOnesToTheEnd) {
  WireBench<Client> bench({answer(200, vpc_page("vpc-1", "a")), answer(200, vpc_page("", "b")),
                           answer(200, vpc_page("vpc-2", ""))});
  const auto vpcs = bench.run(&Client::all_vpcs, ec2::DescribeVpcsRequest{});
  ASSERT_TRUE(vpcs);
  ASSERT_EQ(vpcs->size(), 2u);
  EXPECT_EQ((*vpcs)[1].vpc_id, "vpc-2");
  ASSERT_EQ(bench.requests().size(), 3u);
  EXPECT_NE(bench.requests()[0].body.find("MaxResults=1000"), std::string::npos);
  EXPECT_EQ(bench.requests()[0].body.find("NextToken"), std::string::npos);
  EXPECT_NE(bench.requests()[2].body.find("NextToken=b"), std::string::npos);
}

TEST(Ec2, APageThatNamesItselfAsTheNextEndsInAnErrorAndNotInALoop) {
  WireBench<Client> bench(
      {answer(200, vpc_page("vpc-1", "a")), answer(200, vpc_page("vpc-2", "a"))});
  EXPECT_FALSE(bench.run(&Client::all_vpcs, ec2::DescribeVpcsRequest{}));
  ASSERT_TRUE(bench.error());
  EXPECT_EQ(bench.error()->code(), "Response.malformed");
}

TEST(Ec2, AsksForNoPageSizeTogetherWithIds) {
  WireBench<Client> bench({answer(200, "<DescribeInstancesResponse/>")});
  const auto instances =
      bench.run(&Client::all_instances, ec2::DescribeInstancesRequest{.instance_ids = {"i-1"}});
  ASSERT_TRUE(instances);
  EXPECT_TRUE(instances->empty());
  EXPECT_EQ(bench.requests().at(0).body.find("MaxResults"), std::string::npos);
}

TEST(Ec2, ReadsAnInstanceAsAwsWritesIt) {
  WireBench<Client> bench({answer(200, R"(<DescribeInstancesResponse><reservationSet><item>
    <reservationId>r-1</reservationId><instancesSet><item><instanceId>i-1</instanceId>
    <instanceState><code>16</code><name>running</name></instanceState><privateDnsName/>
    <dnsName>ec2-198-51-100-7.compute-1.amazonaws.com</dnsName><instanceType>t3.micro</instanceType>
    <placement><availabilityZone>us-east-1a</availabilityZone></placement><subnetId>subnet-1</subnetId>
    <privateIpAddress>10.7.1.23</privateIpAddress><ipAddress>198.51.100.7</ipAddress>
    <groupSet><item><groupId>sg-1</groupId><groupName>app</groupName></item></groupSet>
    <clientToken>tok</clientToken><tagSet><item><key>Name</key><value>app.0</value></item></tagSet>
    <networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId><attachment>
    <deviceIndex>0</deviceIndex></attachment></item></networkInterfaceSet><stateReason/>
    </item></instancesSet></item></reservationSet></DescribeInstancesResponse>)")});
  const auto instances = bench.run(&Client::all_instances, ec2::DescribeInstancesRequest{});
  ASSERT_TRUE(instances);
  ASSERT_EQ(instances->size(), 1u);
  const ec2::Instance& instance = instances->front();
  EXPECT_EQ(instance.state.code, 16);
  EXPECT_EQ(instance.state.name, "running");
  EXPECT_EQ(instance.public_ip_address, "198.51.100.7");
  EXPECT_EQ(instance.private_ip_address, "10.7.1.23");
  EXPECT_EQ(instance.placement.availability_zone, "us-east-1a");
  EXPECT_EQ(instance.security_groups.at(0).group_id, "sg-1");
  EXPECT_EQ(instance.network_interfaces.at(0).network_interface_id, "eni-1");
  EXPECT_TRUE(instance.network_interfaces.at(0).attachment);
  EXPECT_FALSE(instance.state_reason);
  EXPECT_FALSE(instance.iam_instance_profile);
  ASSERT_NE(find_tag(instance.tags, "Name"), nullptr);
  EXPECT_EQ(*find_tag(instance.tags, "Name"), "app.0");
  EXPECT_EQ(find_tag(instance.tags, "name"), nullptr);
}

TEST(Ec2, DecodesConsoleOutput) {
  WireBench<Client> bench(
      {answer(200,
              "<GetConsoleOutputResponse><instanceId>i-1</instanceId>"
              "<output>aGVsbG8K\nIHdvcmxkIQ==\n</output></GetConsoleOutputResponse>")});
  const auto console = bench.run(&Client::get_console_output, ec2::GetConsoleOutputRequest{"i-1"});
  ASSERT_TRUE(console);
  EXPECT_EQ(console->output, "hello\n world!");
}

}  // namespace
}  // namespace albatross::test
