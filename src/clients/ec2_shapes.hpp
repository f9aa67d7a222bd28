#pragma once

#include "albatross/clients/ec2.hpp"

#include "clients/query_operation.hpp"
#include "clients/tag_codec.hpp"

// What the areas of EC2 share: shapes, and where the page of a listing starts.

namespace albatross::ec2 {

using wire::call;
using wire::call_for_all;
using wire::Ec2Operation;
using wire::OperationInfo;
using wire::QueryWriter;
using wire::Repeat;
using wire::XmlReader;

/// One area of EC2 each.
std::vector<OperationInfo> vpc_operations();
std::vector<OperationInfo> routing_operations();
std::vector<OperationInfo> security_group_operations();
std::vector<OperationInfo> image_operations();
std::vector<OperationInfo> network_interface_operations();
std::vector<OperationInfo> instance_operations();
std::vector<OperationInfo> tag_operations();

inline void write(QueryWriter& out, const Filter& filter) {
  out.member("Name", filter.name);
  out.member("Value", filter.values);
}

inline void write(QueryWriter& out, const TagSpecification& specification) {
  out.member("ResourceType", specification.resource_type);
  out.member("Tag", specification.tags);
}

inline void read(XmlReader& in, Done& done) {
  in.member("return", done.result);
}

/// Filters and page of a listing.
template <class Request>
void write_listing(QueryWriter& out, const Request& request) {
  out.member("Filter", request.filters);
  out.member("MaxResults", request.max_results);
  out.member("NextToken", request.next_token);
}

/// Asks for pages of `size` unless the caller has said so or has named ids, with which some
/// listings refuse a size.
template <class Request>
Request with_page_size(Request request, int size, bool has_ids) {
  if (!request.max_results && !has_ids) request.max_results = size;
  return request;
}

// Defined in ec2_network_interfaces.cpp.
void read(XmlReader& in, GroupIdentifier& group);
void read(XmlReader& in, NetworkInterfaceAssociation& association);

// Defined in ec2_images.cpp.
void write(QueryWriter& out, const BlockDeviceMapping& mapping);

}  // namespace albatross::ec2
