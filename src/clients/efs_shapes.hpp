#pragma once

#include "albatross/clients/efs.hpp"

#include "clients/json_operation.hpp"
#include "clients/json_tag_codec.hpp"

// What the areas of EFS share.

namespace albatross::efs {

using wire::call;
using wire::call_for_all;
using wire::JsonReader;
using wire::OperationInfo;
using wire::Repeat;
using wire::RestWriter;

template <class Request, class Response>
using EfsOperation = wire::RestOperation<Service::efs, Request, Response>;

/// One area of EFS each.
std::vector<OperationInfo> file_system_operations();
std::vector<OperationInfo> mount_target_operations();

inline void read(JsonReader&, Done&) {}

/// The page of a listing.
template <class Request>
void write_page(RestWriter& out, const Request& request) {
  out.query("MaxItems", request.max_items);
  out.query("Marker", request.marker);
}

}  // namespace albatross::efs
