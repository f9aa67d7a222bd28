#include "albatross/clients/efs.hpp"

#include "wire_bench.hpp"

namespace albatross::test {
namespace {

using efs::Client;

const std::string subnet = "subnet-0a1b2c3d";
const std::string group = "sg-0a1b2c3d";
const std::string mount = "fsmt-0a1b2c3d";

template <class Operation, class Request>
void expect_sent(const std::string& sample, Operation operation, Request request) {
  expect_like_botocore<Client>("efs", sample, operation, std::move(request));
}

TEST(Efs, SendsFileSystemOperationsAsBotocoreDoes) {
  using namespace efs;
  expect_sent("CreateFileSystem", &Client::create_file_system,
              CreateFileSystemRequest{.creation_token = "demo",
                                      .performance_mode = "generalPurpose",
                                      .encrypted = true,
                                      .kms_key_id = "alias/k",
                                      .throughput_mode = "provisioned",
                                      .provisioned_throughput_in_mibps = 1.5,
                                      .availability_zone_name = "us-east-1a",
                                      .backup = false,
                                      .tags = {{"Name", "\"quoted\"\n\\ é"}, {"k", ""}}});
  expect_sent("DescribeFileSystems", &Client::describe_file_systems,
              DescribeFileSystemsRequest{"fs-1", "a/b", 10, "m+/="});
  expect_sent("UpdateFileSystem", &Client::update_file_system,
              UpdateFileSystemRequest{"fs-1", "provisioned", 2.5});
  expect_sent("DeleteFileSystem", &Client::delete_file_system, DeleteFileSystemRequest{"fs-1"});
  expect_sent("TagResource", &Client::tag_resource,
              TagResourceRequest{"arn:aws:elasticfilesystem:r:1:file-system/fs-1", {{"k", "v"}}});
  expect_sent("UntagResource", &Client::untag_resource, UntagResourceRequest{"fs-1", {"k", "l"}});
}

TEST(Efs, SendsMountTargetOperationsAsBotocoreDoes) {
  using namespace efs;
  expect_sent("CreateMountTarget", &Client::create_mount_target,
              CreateMountTargetRequest{"fs-1", subnet, "10.0.0.9", {group}});
  expect_sent(
      "DescribeMountTargets", &Client::describe_mount_targets,
      DescribeMountTargetsRequest{.file_system_id = "fs-1", .max_items = 10, .marker = "m"});
  expect_sent("DescribeMountTargets/one", &Client::describe_mount_targets,
              DescribeMountTargetsRequest{.mount_target_id = mount});
  expect_sent("DeleteMountTarget", &Client::delete_mount_target, DeleteMountTargetRequest{mount});
  expect_sent("DescribeMountTargetSecurityGroups", &Client::describe_mount_target_security_groups,
              DescribeMountTargetSecurityGroupsRequest{mount});
  expect_sent("ModifyMountTargetSecurityGroups", &Client::modify_mount_target_security_groups,
              ModifyMountTargetSecurityGroupsRequest{mount, {group, group}});
}

TEST(Efs, ReadsAFileSystemAsAwsWritesIt) {
  WireBench<Client> bench(
      {answer(200, R"({"FileSystems":[{"FileSystemId":"fs-1","CreationToken":"demo",
    "CreationTime":1.7676E9,"LifeCycleState":"available","NumberOfMountTargets":2,
    "SizeInBytes":{"Value":6144,"ValueInIA":0},"Encrypted":true,"KmsKeyId":null,
    "Tags":[{"Key":"Name","Value":"demo"}],"FileSystemProtection":{}}],"NextMarker":null})")});
  const auto all = bench.run(&Client::all_file_systems, efs::DescribeFileSystemsRequest{});
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 1u);
  const efs::FileSystem& file_system = all->front();
  EXPECT_EQ(file_system.life_cycle_state, "available");
  EXPECT_EQ(file_system.number_of_mount_targets, 2);
  EXPECT_EQ(file_system.size_in_bytes, 6144);
  EXPECT_EQ(file_system.creation_time, 1767600000.0);
  EXPECT_TRUE(file_system.encrypted);
  EXPECT_TRUE(file_system.kms_key_id.empty());
  EXPECT_EQ(file_system.tags.at(0).value, "demo");
}

TEST(Efs, FollowsMarkers) {
  WireBench<Client> bench(
      {answer(200, R"({"MountTargets":[{"MountTargetId":"a"}],"NextMarker":"x/y"})"),
       answer(200, R"({"MountTargets":[{"MountTargetId":"b"}]})")});
  const auto all = bench.run(&Client::all_mount_targets,
                             efs::DescribeMountTargetsRequest{.file_system_id = "fs-1"});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->size(), 2u);
  EXPECT_EQ(bench.requests().at(1).target,
            "/2015-02-01/mount-targets?Marker=x%2Fy&FileSystemId=fs-1");
}

TEST(Efs, AnAnswerWithoutContentIsASuccess) {
  WireBench<Client> bench({answer(204)});
  EXPECT_TRUE(bench.run(&Client::delete_mount_target, efs::DeleteMountTargetRequest{mount}));
  EXPECT_EQ(bench.requests().at(0).method, "DELETE");
  EXPECT_TRUE(bench.requests().at(0).body.empty());
  EXPECT_FALSE(bench.requests().at(0).headers.find("content-type"));
}

TEST(Efs, AMemberOfTheWrongTypeIsMalformed) {
  for (const char* const body : {R"({"FileSystems":{}})", R"({"FileSystems":[1]})",
                                 R"({"FileSystems":[{"Encrypted":"true"}]})",
                                 R"({"FileSystems":[{"NumberOfMountTargets":1e99}]})", R"([])",
                                 R"({"FileSystems":)", "\"x\""}) {
    WireBench<Client> bench({answer(200, body)});
    EXPECT_FALSE(bench.run(&Client::describe_file_systems, efs::DescribeFileSystemsRequest{}))
        << body;
    ASSERT_TRUE(bench.error()) << body;
    EXPECT_EQ(bench.error()->code(), "Response.malformed") << body;
  }
}

TEST(Efs, TheIdOfTheFileSystemThatHoldsTheTokenIsInTheError) {
  http::Response conflict = answer(
      409, R"({"ErrorCode":"FileSystemAlreadyExists","Message":"exists","FileSystemId":"fs-9"})");
  conflict.headers.add("x-amzn-errortype", "FileSystemAlreadyExists:");
  WireBench<Client> bench({conflict});
  EXPECT_FALSE(bench.run(&Client::create_file_system, efs::CreateFileSystemRequest{}));
  ASSERT_TRUE(bench.error());
  EXPECT_TRUE(bench.error()->is("FileSystemAlreadyExists"));
  EXPECT_EQ(bench.error()->details().existing_id, "fs-9");
}

}  // namespace
}  // namespace albatross::test
