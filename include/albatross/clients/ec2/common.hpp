#pragma once

#include "albatross/clients/tag.hpp"

#include <optional>
#include <string>
#include <vector>

// Conventions of all request and response structs of the clients:
//  - names are AWS's, in snake_case; only the members that the job needs are there;
//  - requests are aggregates: make a named local with designated initialisers and move it into the
//    call (aggregate temporaries inside a co_await expression are miscompiled by g++ 12);
//  - in a request an empty string, an empty vector, false and nullopt are not sent; std::optional
//    stands where "not sent" and a plain value must be told apart;
//  - in a response a string is empty when AWS did not send it, std::optional stands where absence
//    means something; identifiers, enum values and timestamps (ISO 8601) are AWS's text as it is.

namespace albatross::ec2 {

using albatross::Tag;

/// Values of one filter are alternatives, several filters must all match. `*` and `?` are
/// wildcards.
struct Filter {
  std::string name;
  std::vector<std::string> values;
};

/// Tags for what a call creates, by resource type: "vpc", "instance", "volume", …
struct TagSpecification {
  std::string resource_type;
  std::vector<Tag> tags;
};

/// The answer of calls that return nothing but "done".
struct Done {
  bool result = false;
};

struct CreateTagsRequest {
  /// Ids of any kind, at most 1000.
  std::vector<std::string> resources;
  std::vector<Tag> tags;
  bool dry_run = false;
};
using CreateTagsResponse = Done;

/// A key to remove; with a value only where the value matches.
struct TagKey {
  std::string key;
  std::optional<std::string> value;
};

struct DeleteTagsRequest {
  std::vector<std::string> resources;
  /// Beware: an empty list removes every tag of the resources.
  std::vector<TagKey> tags;
  bool dry_run = false;
};
using DeleteTagsResponse = Done;

struct DescribeTagsRequest {
  /// key, resource-id, resource-type, tag:KEY, value.
  std::vector<Filter> filters;
  std::optional<int> max_results;
  std::string next_token;
};

struct TagDescription {
  std::string resource_id;
  std::string resource_type;
  std::string key;
  std::string value;
};

struct DescribeTagsResponse {
  std::vector<TagDescription> tags;
  std::string next_token;
};

}  // namespace albatross::ec2
