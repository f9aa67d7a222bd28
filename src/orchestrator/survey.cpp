#include "orchestrator/survey.hpp"

#include "albatross/runtime/concurrency.hpp"

#include "orchestrator/placement.hpp"
#include "orchestrator/resources/elbv2_support.hpp"
#include "orchestrator/survey_names.hpp"

#include <algorithm>
#include <set>

namespace albatross {
namespace {

constexpr std::string_view ssm_prefix = "resolve:ssm:";

std::size_t zones_needed(const Stack& stack) {
  return stack.load_balancer.enabled && stack.load_balancer.existing.empty() ? 2 : 1;
}

/// Zones of the subnets that an earlier run chose.
std::vector<std::string> known_zones(const std::vector<ResourceRecord>& known) {
  std::vector<std::string> out;
  for (const ResourceRecord& record : known) {
    if (record.kind != "subnet") continue;
    const std::string& zone = record.output("zone");
    out.push_back(zone.empty() ? record.property("zone") : zone);
  }
  return out;
}

/// So many zones: those of an earlier run (which may have made one subnet before it died), then by
/// name.
std::vector<std::string> first_zones(std::vector<std::string> known,
                                     std::vector<std::string> available, std::size_t count) {
  std::sort(available.begin(), available.end());
  for (const std::string& zone : resources::without(available, known)) {
    if (known.size() < count) known.push_back(zone);
  }
  std::sort(known.begin(), known.end());
  return known;
}

/// The letter of the zone when that tells the subnets apart, else the zone's whole name.
void label(std::vector<ChosenSubnet>& subnets) {
  std::set<std::string> letters;
  for (const ChosenSubnet& subnet : subnets)
    letters.insert(subnet.zone.substr(subnet.zone.size() - 1));
  const bool letters_suffice = letters.size() == subnets.size();
  for (ChosenSubnet& subnet : subnets) {
    subnet.label = letters_suffice ? subnet.zone.substr(subnet.zone.size() - 1) : subnet.zone;
  }
}

class Surveyor {
 public:
  explicit Surveyor(SurveyContext context)
      : aws_(context.aws),
        stack_(context.stack),
        identity_(context.identity),
        known_(context.known),
        zones_(context.zones),
        options_(std::move(context.options)),
        look_(context.look),
        findings_(context.findings) {}

  Task<Survey> run() {
    remember_priorities();
    std::vector<Task<>> tasks;
    const auto add = [&](const char* doing, Task<> look) {
      tasks.push_back(findings_.collect(doing, std::move(look)));
    };
    const bool makes_network = stack_.network.mode == NetworkSpec::Mode::create;
    add("checking the account", ask_identity());
    add("looking for the image", ask_image());
    if (!stack_.file_system.existing_id.empty()) add("looking for storage", ask_mount_targets());
    add("choosing a network", makes_network ? ask_zones() : ask_network());
    for (Task<>& check : name_checks(aws_, stack_, identity_, known_, options_))
      add("checking names", std::move(check));
    co_await when_all(std::move(tasks));
    if (!result_.network.subnets.empty())
      result_.placement = place_instances(stack_.instances.count, result_.network.subnets, known_);
    co_return std::move(result_);
  }

 private:
  void remember_priorities() {
    for (const ResourceRecord& record : known_) {
      if (record.kind != "rule") continue;
      result_.rule_priorities[record.base_node()] = resources::number(record.property("priority"));
    }
  }

  Task<> ask_mount_targets() {
    result_.mount_targets = co_await survey_mount_targets(aws_, stack_, known_, options_);
  }

  Task<> ask_identity() {
    sts::GetCallerIdentityRequest request;
    auto answer = co_await aws_.sts.get_caller_identity(std::move(request), options_);
    result_.account = answer.account;
  }

  Task<> resolve_image() {
    if (stack_.instances.existing()) co_return;
    result_.image_id = stack_.instances.image;
    if (!stack_.instances.image.starts_with(ssm_prefix)) co_return;
    ssm::GetParameterRequest request;
    request.name = stack_.instances.image.substr(ssm_prefix.size());
    auto answer = co_await aws_.ssm.get_parameter(std::move(request), options_);
    result_.image_id = answer.parameter.value.reveal();
  }

  Task<> ask_image() {
    try {
      co_await resolve_image();
    } catch (...) {
      // Whoever waits for the image must not wait for ever.
      look_.image_known.open();
      throw;
    }
    look_.image_id = result_.image_id;
    look_.image_known.open();
    if (stack_.instances.root_volume_gib == 0) co_return;
    ec2::DescribeImagesRequest images;
    images.image_ids = {result_.image_id};
    auto answer = co_await aws_.ec2.describe_images(std::move(images), options_);
    if (!answer.images.empty()) result_.root_device = answer.images.front().root_device_name;
  }

  /// Zones for subnets that are to be made.
  Task<> ask_zones() {
    std::vector<std::string> zones = stack_.network.zones;
    if (zones.empty()) {
      std::vector<std::string> available = co_await available_zones();
      co_await look_.offers_known.wait();
      available = with_the_type(std::move(available));
      zones = first_zones(known_zones(known_), available, zones_);
      result_.has_more_zones = zones.size() < available.size();
    }
    if (zones.size() < zones_needed(stack_)) {
      throw finding("choosing zones", "TooFewZones",
                    "a load balancer needs two zones; " + identity_.region + " has " +
                        std::to_string(zones.size()) + " available",
                    "Choose another region.");
    }
    for (const std::string& zone : zones)
      result_.network.subnets.push_back({"", "", zone, cidr_in(zone)});
    label(result_.network.subnets);
  }

  /// Instances cannot run in the others; where no zone has the type, the preflight says so.
  std::vector<std::string> with_the_type(std::vector<std::string> zones) const {
    if (!look_.zones_with_type) return zones;
    std::vector<std::string> out;
    for (std::string& zone : zones) {
      if (look_.zones_with_type->contains(zone)) out.push_back(zone);
    }
    return out.size() < zones_needed(stack_) ? zones : out;
  }

  /// The block of the zone's subnet: the one it has, else the first that is free.
  std::string cidr_in(const std::string& zone) const {
    std::set<std::string> taken;
    for (const ResourceRecord& record : known_) {
      if (record.kind != "subnet" || record.property("cidr").empty()) continue;
      if (record.property("zone") == zone && !record.superseded()) return record.property("cidr");
      taken.insert(record.property("cidr"));
    }
    for (const ChosenSubnet& subnet : result_.network.subnets)
      taken.insert(subnet.cidr);
    unsigned index = 0;
    while (taken.contains(subnet_cidr(stack_.network.cidr, index)))
      ++index;
    return subnet_cidr(stack_.network.cidr, index);
  }

  Task<std::vector<std::string>> available_zones() {
    ec2::DescribeAvailabilityZonesRequest request;
    request.filters = {ec2::Filter{"zone-type", {"availability-zone"}},
                       ec2::Filter{"state", {"available"}}};
    auto answer = co_await aws_.ec2.describe_availability_zones(std::move(request), options_);
    std::vector<std::string> out;
    for (const auto& zone : answer.availability_zones)
      out.push_back(zone.zone_name);
    co_return out;
  }

  /// A VPC and subnets that exist.
  Task<> ask_network() {
    if (!stack_.load_balancer.existing.empty())
      result_.load_balancer = co_await survey_load_balancer(aws_, stack_, known_, options_);
    if (stack_.instances.existing())
      result_.instances = co_await survey_instances(aws_, stack_, options_);
    std::string vpc_id = given_vpc();
    ec2::DescribeSubnetsRequest request;
    if (!stack_.network.subnet_ids.empty()) {
      request.subnet_ids = stack_.network.subnet_ids;
    } else {
      if (vpc_id.empty()) vpc_id = co_await default_vpc();
      request.filters = {ec2::Filter{"vpc-id", {vpc_id}}};
      request.max_results = 1000;
    }
    std::vector<ec2::Subnet> subnets = co_await aws_.ec2.all_subnets(std::move(request), options_);
    subnets = in_wanted_zones(std::move(subnets));
    check_one_vpc(subnets, vpc_id);
    co_await look_.offers_known.wait();
    subnets = in_zones_with_the_type(std::move(subnets));
    choose(subnets);
    result_.network.vpc_id = subnets.front().vpc_id;
    co_await survey_security_groups(aws_, stack_, result_.network.vpc_id, options_);
  }

  /// Where the choice is open, subnets in which instances of the type cannot run are passed over.
  std::vector<ec2::Subnet> in_zones_with_the_type(std::vector<ec2::Subnet> subnets) const {
    const bool open = stack_.network.subnet_ids.empty() && stack_.network.zones.empty() &&
                      result_.load_balancer.arn.empty() && known_zones(known_).empty();
    if (!open) return subnets;
    std::vector<std::string> zones;
    for (const ec2::Subnet& subnet : subnets)
      zones.push_back(subnet.availability_zone);
    std::sort(zones.begin(), zones.end());
    zones.erase(std::unique(zones.begin(), zones.end()), zones.end());
    const std::vector<std::string> kept = with_the_type(std::move(zones));
    std::erase_if(subnets, [&](const ec2::Subnet& subnet) {
      return std::find(kept.begin(), kept.end(), subnet.availability_zone) == kept.end();
    });
    return subnets;
  }

  /// The file's VPC, or that of what it reuses; empty: it does not matter.
  std::string given_vpc() const {
    if (!stack_.network.vpc_id.empty()) return stack_.network.vpc_id;
    if (!result_.load_balancer.vpc_id.empty()) return result_.load_balancer.vpc_id;
    return result_.instances.empty() ? std::string() : result_.instances.front().vpc_id;
  }

  void choose(const std::vector<ec2::Subnet>& subnets) {
    const std::vector<std::string> preferred = preferred_zones();
    const bool all = !stack_.network.subnet_ids.empty();
    const std::size_t needed = zones_needed(stack_);
    result_.network.subnets = choose_subnets(subnets, needed, preferred);
    // Two zones are enough to survive one; more only when the file names them.
    const std::size_t wanted = std::max<std::size_t>({zones_, preferred.size(), needed});
    if (!all && result_.network.subnets.size() > wanted) {
      result_.network.subnets.resize(wanted);
      // A load balancer that exists stays in the zones that it is in.
      result_.has_more_zones =
          stack_.network.zones.empty() && stack_.load_balancer.existing.empty();
    }
    check_addresses(subnets);
    check_zones_served();
    label(result_.network.subnets);
  }

  /// The file's zones, or those of an earlier run and of what is reused.
  std::vector<std::string> preferred_zones() const {
    if (!stack_.network.zones.empty()) return stack_.network.zones;
    std::vector<std::string> out = known_zones(known_);
    const auto add = [&](const std::string& zone) {
      if (std::find(out.begin(), out.end(), zone) == out.end()) out.push_back(zone);
    };
    for (const std::string& zone : result_.load_balancer.zones)
      add(zone);
    for (const ExistingInstance& instance : result_.instances)
      add(instance.zone);
    return out;
  }

  /// A load balancer with IPv6 needs it in every subnet.
  void check_addresses(const std::vector<ec2::Subnet>& subnets) const {
    if (stack_.load_balancer.ip_address_type != "dualstack") return;
    for (const ec2::Subnet& subnet : subnets) {
      const auto& chosen = result_.network.subnets;
      const bool used = std::any_of(chosen.begin(), chosen.end(), [&](const ChosenSubnet& one) {
        return one.id == subnet.subnet_id;
      });
      if (!used || !subnet.ipv6_cidr_block_association_set.empty()) continue;
      throw finding("choosing subnets", "NoIpv6",
                    "load_balancer.ip_address_type is dualstack, but subnet " + subnet.subnet_id +
                        " in " + subnet.availability_zone + " has no IPv6 block",
                    "Give it one, or name subnets with IPv6 in network.subnets.");
    }
  }

  /// Targets in a zone that the load balancer is not in would get no request.
  void check_zones_served() const {
    std::vector<std::string> served = result_.load_balancer.zones;
    if (result_.load_balancer.arn.empty()) {
      if (!stack_.load_balancer.enabled) return;
      for (const ChosenSubnet& subnet : result_.network.subnets)
        served.push_back(subnet.zone);
    }
    const auto check = [&](const std::string& what, const std::string& zone) {
      if (std::find(served.begin(), served.end(), zone) != served.end()) return;
      throw finding("choosing subnets", "ZoneNotServed",
                    what + " is in " + zone + ", where the load balancer is not",
                    "Name subnets or zones in network that the load balancer is in.");
    };
    for (const ExistingInstance& instance : result_.instances)
      check("instance " + instance.id, instance.zone);
    if (!result_.instances.empty()) return;
    for (const ChosenSubnet& subnet : result_.network.subnets)
      check("subnet " + subnet.id, subnet.zone);
  }

  Task<std::string> default_vpc() {
    ec2::DescribeVpcsRequest request;
    request.filters = {ec2::Filter{"is-default", {"true"}}};
    auto answer = co_await aws_.ec2.describe_vpcs(std::move(request), options_);
    if (answer.vpcs.empty()) {
      throw finding("choosing a network", "NoDefaultVpc",
                    "the account has no default VPC in " + identity_.region,
                    "Set network.vpc to 'create' or to the id of a VPC.");
    }
    co_return answer.vpcs.front().vpc_id;
  }

  std::vector<ec2::Subnet> in_wanted_zones(std::vector<ec2::Subnet> subnets) const {
    const auto& zones = stack_.network.zones;
    if (zones.empty()) return subnets;
    std::erase_if(subnets, [&](const ec2::Subnet& subnet) {
      return std::find(zones.begin(), zones.end(), subnet.availability_zone) == zones.end();
    });
    return subnets;
  }

  /// @param vpc_id empty: any one
  void check_one_vpc(const std::vector<ec2::Subnet>& subnets, const std::string& vpc_id) const {
    for (const ec2::Subnet& subnet : subnets) {
      const std::string& expected = vpc_id.empty() ? subnets.front().vpc_id : vpc_id;
      if (subnet.vpc_id == expected) continue;
      throw finding(
          "choosing a network", "SubnetInOtherVpc",
          "subnet " + subnet.subnet_id + " is in " + subnet.vpc_id + ", not in " + expected,
          "Name subnets of one VPC only.");
    }
    const auto& reused = result_.load_balancer;
    const bool apart =
        !reused.arn.empty() && !subnets.empty() && subnets.front().vpc_id != reused.vpc_id;
    if (apart)
      throw finding("choosing a network", "LoadBalancerInOtherVpc",
                    "load balancer " + stack_.load_balancer.existing + " is in " + reused.vpc_id +
                        ", not in " + subnets.front().vpc_id,
                    "Leave 'network' out, or name the load balancer's VPC.");
  }

  AwsClients& aws_;
  const Stack& stack_;
  const StackIdentity& identity_;
  const std::vector<ResourceRecord>& known_;
  std::size_t zones_;
  CallOptions options_;
  SharedLook& look_;
  Findings& findings_;
  Survey result_;
};

}  // namespace

Task<Survey> survey(SurveyContext context) {
  Surveyor surveyor(std::move(context));
  Survey result = co_await surveyor.run();
  co_return result;
}

}  // namespace albatross
