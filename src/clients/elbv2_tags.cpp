#include "clients/elbv2_shapes.hpp"

#include <algorithm>
#include <iterator>

namespace albatross::elbv2 {

static void write(QueryWriter& out, const AddTagsRequest& request) {
  out.member("ResourceArns", request.resource_arns);
  out.member("Tags", request.tags);
}

static void write(QueryWriter& out, const RemoveTagsRequest& request) {
  out.member("ResourceArns", request.resource_arns);
  out.member("TagKeys", request.tag_keys);
}

static void read(XmlReader& in, TagDescription& description) {
  in.member("ResourceArn", description.resource_arn);
  in.member("Tags", description.tags);
}

static void write(QueryWriter& out, const DescribeTagsRequest& request) {
  out.member("ResourceArns", request.resource_arns);
}

static void read(XmlReader& in, DescribeTagsResponse& response) {
  in.member("TagDescriptions", response.tag_descriptions);
}

static constexpr std::tuple operations{
    Elbv2Operation<AddTagsRequest, AddTagsResponse>{"AddTags", Repeat::harmless},
    Elbv2Operation<RemoveTagsRequest, RemoveTagsResponse>{"RemoveTags", Repeat::harmless},
    Elbv2Operation<DescribeTagsRequest, DescribeTagsResponse>{"DescribeTags", Repeat::read},
};

std::vector<OperationInfo> tag_operations() {
  return describe_all(operations);
}

Task<AddTagsResponse> Client::add_tags(AddTagsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<RemoveTagsResponse> Client::remove_tags(RemoveTagsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<DescribeTagsResponse> Client::describe_tags(DescribeTagsRequest request, CallOptions options) {
  return call(*caller_, operations, request, std::move(options));
}

Task<std::vector<TagDescription>> Client::all_tags(DescribeTagsRequest request,
                                                   CallOptions options) {
  constexpr std::size_t per_call = 20;
  std::vector<TagDescription> all;
  for (std::size_t from = 0; from < request.resource_arns.size(); from += per_call) {
    const std::size_t to = std::min(from + per_call, request.resource_arns.size());
    DescribeTagsRequest part;
    part.resource_arns.assign(request.resource_arns.begin() + static_cast<std::ptrdiff_t>(from),
                              request.resource_arns.begin() + static_cast<std::ptrdiff_t>(to));
    DescribeTagsResponse page = co_await describe_tags(std::move(part), options);
    std::move(page.tag_descriptions.begin(), page.tag_descriptions.end(), std::back_inserter(all));
  }
  co_return all;
}

}  // namespace albatross::elbv2
