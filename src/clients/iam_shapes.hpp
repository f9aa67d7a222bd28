#pragma once

#include "albatross/clients/iam.hpp"

#include "clients/query_operation.hpp"
#include "clients/tag_codec.hpp"

// What the areas of IAM share.

namespace albatross::iam {

using wire::call;
using wire::call_for_all;
using wire::IamOperation;
using wire::OperationInfo;
using wire::QueryWriter;
using wire::Repeat;
using wire::XmlReader;

/// One area of IAM each.
std::vector<OperationInfo> role_operations();
std::vector<OperationInfo> role_policy_operations();
std::vector<OperationInfo> instance_profile_operations();

inline void read(XmlReader&, Done&) {}

/// The page of a listing.
template <class Request>
void write_page(QueryWriter& out, const Request& request) {
  out.member("MaxItems", request.max_items);
  out.member("Marker", request.marker);
}

template <class Response>
void read_page(XmlReader& in, Response& response) {
  in.member("IsTruncated", response.is_truncated);
  in.member("Marker", response.marker);
}

// Defined in iam_roles.cpp.
void read(XmlReader& in, Role& role);

}  // namespace albatross::iam
