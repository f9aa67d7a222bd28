#include "clients/ec2_shapes.hpp"

namespace albatross::ec2 {

static void write(QueryWriter& out, const CreateTagsRequest& request) {
  out.member("ResourceId", request.resources);
  out.member("Tag", request.tags);
  out.member("DryRun", request.dry_run);
}

static void write(QueryWriter& out, const TagKey& tag) {
  out.member("Key", tag.key);
  out.member("Value", tag.value);
}

static void write(QueryWriter& out, const DeleteTagsRequest& request) {
  out.member("ResourceId", request.resources);
  out.member("Tag", request.tags);
  out.member("DryRun", request.dry_run);
}

static void read(XmlReader& in, TagDescription& tag) {
  in.member("resourceId", tag.resource_id);
  in.member("resourceType", tag.resource_type);
  in.member("key", tag.key);
  in.member("value", tag.value);
}

static void write(QueryWriter& out, const DescribeTagsRequest& request) {
  write_listing(out, request);
}

static void read(XmlReader& in, DescribeTagsResponse& response) {
  in.member("tagSet", response.tags);
  in.member("nextToken", response.next_token);
}

static constexpr std::tuple operations{
    Ec2Operation<DescribeTagsRequest, DescribeTagsResponse>{"DescribeTags", Repeat::read},
    Ec2Operation<CreateTagsRequest, CreateTagsResponse>{"CreateTags", Repeat::harmless},
    Ec2Operation<DeleteTagsRequest, DeleteTagsResponse>{"DeleteTags", Repeat::harmless},
};

std::vector<OperationInfo> tag_operations() {
  return describe_all(operations);
}

Task<DescribeTagsResponse> Client::describe_tags(DescribeTagsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<CreateTagsResponse> Client::create_tags(CreateTagsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DeleteTagsResponse> Client::delete_tags(DeleteTagsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<TagDescription>> Client::all_tags(DescribeTagsRequest request,
                                                   CallOptions options) {
  request = with_page_size(std::move(request), 1000, false);
  return call_for_all(*caller_, operations, std::move(request), &DescribeTagsResponse::tags,
                      std::move(options));
}

}  // namespace albatross::ec2
