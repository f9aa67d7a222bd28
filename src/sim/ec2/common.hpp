#pragma once

#include "sim/core/clock_text.hpp"
#include "sim/ec2/describe.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim::ec2 {

Vpc& vpc_of(Call& call, std::string_view id);
Subnet& subnet_of(Call& call, std::string_view id);
InternetGateway& gateway_of(Call& call, std::string_view id);
RouteTable& table_of(Call& call, std::string_view id);
SecurityGroup& group_of(Call& call, std::string_view id);
NetworkInterface& interface_of(Call& call, std::string_view id);
Instance& instance_of(Call& call, std::string_view id);

/// <tagSet> of a resource.
void write_tags(Call& call, std::string_view id, std::string_view element = "tagSet");
/// The tags that the call gives to a new resource of that type (TagSpecification.N). Refuses those
/// that it gives to anything else.
Tags tags_for(const Call& call, std::string_view resource_type);
/// The same for a call that makes and tags several things; any other type is refused.
Tags tags_for(const Call& call, std::string_view resource_type,
              std::initializer_list<std::string_view> types);
/// tags_for(), checked and stored for a new id.
void tag_new(Call& call, const std::string& id, std::string_view resource_type);
/// Refuses what EC2 refuses: reserved or over-long keys, more than 50.
void check_tags(const Tags& tags);

/// <return>true</return>.
void write_return(Call& call);
/// <groupSet> of group ids, with names.
void write_group_set(Call& call, const std::vector<std::string>& groups);
/// "ip-10-7-1-23.ec2.internal" and "ec2-198-51-100-7.compute-1.amazonaws.com".
std::string private_dns(const World& world, std::uint32_t address);
std::string public_dns(const World& world, const NetworkInterface& interface);

void write_vpc(Call& call, const Vpc& vpc);
void write_route_table(Call& call, const RouteTable& table);
void write_interface(Call& call, const NetworkInterface& interface);

/// Groups in a VPC by id, checked to exist and to belong to it; at most five.
std::vector<std::string> check_groups(Call& call, const std::vector<std::string_view>& ids,
                                      const Subnet& subnet);

/// Refuses when the token was used with other parameters; the id made with it, or empty.
std::string replayed(Call& call, std::string_view action);
void remember_token(Call& call, std::string_view action, const std::string& id);

}  // namespace albatross::sim::ec2
