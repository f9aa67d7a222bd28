#include "orchestrator/preflight/account_checks.hpp"

#include "orchestrator/preflight/quota_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace albatross {
namespace {

// "at least 8 free IP addresses in each subnet": ELB user guide, "Subnets for your load balancer".
constexpr int addresses_of_load_balancer = 8;
// What a deployment usually takes, and some more.
constexpr Duration comfortable_life = std::chrono::minutes{15};

std::string counted(std::size_t count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : ", ") + word;
  return out;
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string whole(double number) {
  return std::to_string(std::llround(number));
}

/// "us-east-1" of "arn:aws:acm:us-east-1:123456789012:certificate/…".
std::string region_of_arn(const std::string& arn) {
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    at = arn.find(':', at);
    if (at == std::string::npos) return {};
    ++at;
  }
  return arn.substr(at, arn.find(':', at) - at);
}

class Checker {
 public:
  Checker(const Stack& stack, const std::string& region, const Survey& survey, const Needs& needs,
          const AccountFacts& facts)
      : stack_(stack), region_(region), survey_(survey), needs_(needs), facts_(facts) {}

  std::vector<Finding> run(WallTime now) {
    check_life(now);
    check_type();
    check_zones();
    check_image();
    check_root_volume();
    check_key();
    check_addresses();
    check_quotas();
    check_certificates();
    check_refusals();
    return std::move(out_);
  }

 private:
  Finding& find(std::string doing, std::string code, std::string member, std::string message,
                std::string hint) {
    Finding& out = out_.emplace_back();
    out.doing = std::move(doing);
    out.code = std::move(code);
    out.member = std::move(member);
    out.message = std::move(message);
    out.hint = std::move(hint);
    return out;
  }

  void check_life(WallTime now) {
    if (!facts_.credentials_end) return;
    const auto left = std::chrono::floor<std::chrono::minutes>(*facts_.credentials_end - now);
    if (*facts_.credentials_end - now > comfortable_life) return;
    Finding& found = find("checking credentials", "CredentialsEndSoon", "",
                          "the credentials (" + facts_.credentials_source + ") hold for " +
                              std::to_string(std::max<long>(left.count(), 0)) + " more minutes",
                          "Renew them now. When they end in the middle, nothing is lost: the same "
                          "command goes on with new ones.");
    found.severity = Finding::Severity::warning;
  }

  void check_type() {
    if (!facts_.type.missing) return;
    find("looking at the instance type", "InvalidInstanceType", "instances.type",
         "there is no instance type " + stack_.instances.type + " in " + region_,
         "Correct instances.type, or choose a type that the region has.");
  }

  /// Zones of the subnets that instances go to.
  void check_zones() {
    if (!facts_.zones_with_type || facts_.type.missing || needs_.instances == 0) return;
    const auto& offered = *facts_.zones_with_type;
    const std::string& type = stack_.instances.type;
    const std::string doing = "looking at the instance type";
    const std::string code = "InstanceTypeNotOffered";
    if (offered.empty()) {
      find(doing, code, "instances.type", type + " is not offered in " + region_,
           "Choose another type, or another region.");
      return;
    }
    std::vector<std::string> lacking;
    for (const std::size_t place : survey_.placement) {
      const std::string& zone = survey_.network.subnets[place].zone;
      if (!offered.contains(zone) && !holds(lacking, zone)) lacking.push_back(zone);
    }
    if (lacking.empty()) return;
    find(doing, code, stack_.network.zones.empty() ? "instances.type" : "network.zones",
         type + " is not offered in " + joined(lacking) + ", but in " +
             joined({offered.begin(), offered.end()}),
         "Name zones or subnets in 'network' that offer it, or choose another type.");
  }

  void check_image() {
    const std::string doing = "looking at the image";
    if (facts_.image.missing) {
      find(doing, "InvalidAMIID.NotFound", "instances.image",
           "image " + survey_.image_id + " does not exist in " + region_ +
               ", or this account may not see it",
           "Image ids differ from region to region: use this region's, or a public SSM parameter.");
      return;
    }
    if (!facts_.image.found) return;
    const ec2::Image& image = *facts_.image.found;
    if (!image.state.empty() && image.state != "available") {
      find(doing, "InvalidAMIID.Unavailable", "instances.image",
           "image " + image.image_id + " is " + image.state, "Choose one that is available.");
    }
    if (!facts_.type.found || image.architecture.empty()) return;
    const auto& runs = facts_.type.found->processor_info.supported_architectures;
    if (runs.empty() || holds(runs, image.architecture)) return;
    find(doing, "ArchitectureMismatch", "instances.image",
         "image " + image.image_id + " is for " + image.architecture + ", but " +
             stack_.instances.type + " runs " + joined(runs),
         "Leave instances.image out, so that it follows from the type, or choose another type.");
  }

  void check_root_volume() {
    const int wanted = stack_.instances.root_volume_gib;
    if (wanted == 0 || !facts_.image.found) return;
    const ec2::Image& image = *facts_.image.found;
    for (const ec2::BlockDeviceMapping& device : image.block_device_mappings) {
      if (device.device_name != image.root_device_name || !device.ebs) continue;
      const int least = device.ebs->volume_size.value_or(0);
      if (wanted >= least) continue;
      find("looking at the image", "RootVolumeTooSmall", "instances.root_volume_gib",
           "the image's snapshot holds " + std::to_string(least) + " GiB, the root volume " +
               std::to_string(wanted),
           "Set it to " + std::to_string(least) + " or more.");
    }
  }

  void check_key() {
    if (!facts_.key_pair.missing) return;
    find("looking at the key pair", "InvalidKeyPair.NotFound", "instances.key_name",
         "there is no key pair " + stack_.instances.key_name + " in " + region_,
         "Key pairs belong to a region: import it there, or correct the name.");
  }

  std::size_t instances_in(std::size_t place) const {
    if (needs_.instances < static_cast<std::size_t>(stack_.instances.count)) return 0;
    return static_cast<std::size_t>(
        std::count(survey_.placement.begin(), survey_.placement.end(), place));
  }

  /// Of subnets that exist.
  void check_addresses() {
    for (std::size_t place = 0; place < survey_.network.subnets.size(); ++place) {
      const ChosenSubnet& subnet = survey_.network.subnets[place];
      if (subnet.id.empty() || !subnet.free_addresses) continue;
      const int free = *subnet.free_addresses;
      const std::size_t instances = instances_in(place);
      const int needed = static_cast<int>(instances) +
                         (needs_.load_balancer ? addresses_of_load_balancer : 0) +
                         (needs_.file_system ? 1 : 0);
      if (free >= needed) continue;
      std::vector<std::string> users;
      if (needs_.load_balancer) users.emplace_back("8 for the load balancer");
      if (instances > 0) users.push_back(counted(instances, "instance"));
      if (needs_.file_system) users.emplace_back("1 mount target");
      Finding& found = find(
          "looking at subnets", "InsufficientFreeAddressesInSubnet",
          stack_.network.subnet_ids.empty() ? "network" : "network.subnets",
          "subnet " + subnet.id + " in " + subnet.zone + " has " + std::to_string(free) +
              " free addresses; needed are " + std::to_string(needed) + " (" + joined(users) + ")",
          "Name subnets with more room in network.subnets, or free addresses in this one.");
      // Instances alone go to another subnet when one is full.
      const bool others = !needs_.load_balancer && survey_.network.subnets.size() > 1;
      if (others) found.severity = Finding::Severity::warning;
    }
  }

  std::string member_of_quota(const QuotaUse& quota) const {
    if (quota.name.ends_with(vcpu_words)) return "instances.count";
    if (quota.name.find("Load Balancers") != std::string::npos) return "load_balancer";
    if (quota.name.find("Target Groups") != std::string::npos) return "services";
    if (quota.name.find("File systems") != std::string::npos) return "storage";
    return quota.name.find("ecurity groups") != std::string::npos ? "" : "network.vpc";
  }

  void check_quotas() {
    for (const QuotaUse& quota : facts_.quotas) {
      const double used = quota.used ? static_cast<double>(*quota.used) : 0;
      if (quota.needed == 0 || used + static_cast<double>(quota.needed) <= quota.limit) continue;
      find("checking quotas", "QuotaExceeded", member_of_quota(quota),
           quota.name + ": " + whole(quota.limit) + " allowed, " +
               (quota.used ? std::to_string(*quota.used) + " in use, " : std::string()) +
               std::to_string(quota.needed) + " more needed",
           "Ask for a higher quota (" + quota.code +
               " in Service Quotas; minutes to days), or remove what is not used any more.");
    }
  }

  void check_certificates() {
    for (std::size_t i = 0; i < needs_.certificates.size(); ++i) {
      const std::string& arn = needs_.certificates[i];
      const std::string region = region_of_arn(arn);
      const std::string doing = "looking at certificates";
      const std::string member = member_of_certificate(arn);
      if (!region.empty() && region != region_) {
        find(doing, "CertificateInOtherRegion", member,
             "certificate " + arn + " is in " + region + ", the load balancer in " + region_,
             "Use (or request) a certificate in " + region_ + ".");
        continue;
      }
      if (i >= facts_.certificates.size()) continue;
      const Asked<acm::CertificateDetail>& asked = facts_.certificates[i];
      if (asked.missing) {
        find(doing, "CertificateNotFound", member, "there is no certificate " + arn,
             "Correct the ARN, or request the certificate in ACM.");
      } else if (asked.found && asked.found->status != "ISSUED") {
        find(doing, "CertificateNotIssued", member,
             "certificate " + arn + " (" + asked.found->domain_name + ") is " + asked.found->status,
             asked.found->status == "PENDING_VALIDATION"
                 ? "Finish its validation (the DNS records that ACM names) first."
                 : "A load balancer takes issued ones only: request a new one.");
      }
    }
  }

  std::string member_of_certificate(const std::string& arn) const {
    const auto& listeners = stack_.load_balancer.listeners;
    for (std::size_t i = 0; i < listeners.size(); ++i) {
      if (holds(listeners[i].certificates, arn))
        return "load_balancer.listeners[" + std::to_string(i) + "].certificate";
    }
    return "load_balancer";
  }

  void check_refusals() {
    for (const Refusal& refusal : facts_.refusals) {
      Finding& found = find("checking permissions", "UnauthorizedOperation", "",
                            refusal.action + " is not permitted: " + refusal.message,
                            "Ask for that permission; `albatross policy FILE` prints all that this "
                            "file needs.");
      found.request_id = refusal.request_id;
      found.access_denied = true;
    }
  }

  const Stack& stack_;
  const std::string& region_;
  const Survey& survey_;
  const Needs& needs_;
  const AccountFacts& facts_;
  std::vector<Finding> out_;
};

}  // namespace

std::vector<Finding> check_account(const Stack& stack, const std::string& region,
                                   const Survey& survey, const Needs& needs,
                                   const AccountFacts& facts, WallTime now) {
  return Checker(stack, region, survey, needs, facts).run(now);
}

}  // namespace albatross
