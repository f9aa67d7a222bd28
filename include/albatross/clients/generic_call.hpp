#pragma once

#include "albatross/clients/api_caller.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace albatross {

/// Name and value, in the order in which they are sent.
using GenericParameters = std::vector<std::pair<std::string, std::string>>;

/// A request for any action of a service, also for those without a typed function. Pure.
///
/// Query services (EC2, ELBv2, IAM, STS): `action` is the action, parameters are those of the API
/// reference ("Filter.1.Name"). JSON services (SSM, DynamoDB): each value is JSON where it parses
/// as such, else text. EFS (REST): `action` is method and path, "GET /2015-02-01/file-systems"; the
/// parameters of GET and DELETE go into the query, those of others into a JSON body.
/// The request counts as repeatable when its name says that it only reads (Describe, Get, List,
/// Batch Get, Query, Scan, Simulate; GET).
/// @throws std::invalid_argument when a REST action is not "METHOD /path"
ApiRequest generic_request(Service service, const std::string& action,
                           const GenericParameters& parameters);

/// The parameters of a request that generic_request() has made, also when values in it have been
/// replaced since: with them it makes the same again. Pure.
GenericParameters generic_parameters(const ApiRequest& request);

/// An answer's body indented for people: XML, JSON, or as it is when it is neither. Pure.
std::string readable_body(std::string_view body);

/// An answer's body as JSON (an XML element becomes a member; `member` and `item` lists become
/// arrays; all values are text); "null" when it is empty, a string when it is neither XML nor JSON.
std::string body_as_json(std::string_view body);

}  // namespace albatross
