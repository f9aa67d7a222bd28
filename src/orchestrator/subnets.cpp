#include "orchestrator/survey.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <tuple>

namespace albatross {
namespace {

struct Cidr {
  std::uint32_t address = 0;
  unsigned bits = 0;
};

Cidr parse_cidr(const std::string& text) {
  std::array<unsigned, 4> octets{};
  Cidr out;
  std::sscanf(text.c_str(), "%3u.%3u.%3u.%3u/%2u", &octets[0], &octets[1], &octets[2], &octets[3],
              &out.bits);
  for (const unsigned octet : octets)
    out.address = (out.address << 8U) | (octet & 0xFFU);
  return out;
}

}  // namespace

std::string subnet_cidr(const std::string& vpc_cidr, unsigned index) {
  const Cidr block = parse_cidr(vpc_cidr);
  // Sixteen subnets of a block, but none larger than /20 and none smaller than AWS's /28.
  const unsigned bits = std::min(28U, std::max(20U, block.bits + 4));
  const std::uint32_t address = block.address + (index << (32U - bits));
  return std::to_string(address >> 24U) + "." + std::to_string((address >> 16U) & 0xFFU) + "." +
         std::to_string((address >> 8U) & 0xFFU) + "." + std::to_string(address & 0xFFU) + "/" +
         std::to_string(bits);
}

std::vector<ChosenSubnet> choose_subnets(std::vector<ec2::Subnet> found, std::size_t needed,
                                         const std::vector<std::string>& preferred) {
  const auto rank = [&](const ec2::Subnet& subnet) {
    return std::find(preferred.begin(), preferred.end(), subnet.availability_zone) -
           preferred.begin();
  };
  std::sort(found.begin(), found.end(), [&](const ec2::Subnet& a, const ec2::Subnet& b) {
    return std::tuple(rank(a), a.availability_zone, !a.default_for_az, a.subnet_id) <
           std::tuple(rank(b), b.availability_zone, !b.default_for_az, b.subnet_id);
  });
  std::vector<ChosenSubnet> out;
  for (const ec2::Subnet& subnet : found) {
    const bool zone_taken = std::any_of(out.begin(), out.end(), [&](const ChosenSubnet& chosen) {
      return chosen.zone == subnet.availability_zone;
    });
    if (zone_taken) continue;
    out.push_back(
        {"", subnet.subnet_id, subnet.availability_zone, "", subnet.available_ip_address_count});
  }
  if (out.size() >= needed && !out.empty()) return out;
  std::string list;
  for (const ec2::Subnet& subnet : found) {
    list += (list.empty() ? "" : ", ") + subnet.subnet_id + " in " + subnet.availability_zone;
  }
  const std::string need =
      needed > 1 ? "a load balancer needs subnets in two different zones" : "a subnet is needed";
  throw finding("choosing subnets", "TooFewSubnets",
                need + "; found " + (list.empty() ? "none" : list),
                "Name suitable subnets in network.subnets, or set network.vpc to 'create'.");
}

}  // namespace albatross
