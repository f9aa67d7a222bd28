#include "sim/ec2/common.hpp"
#include "sim/ec2/lists.hpp"
#include "sim/ec2/profiles.hpp"

namespace albatross::sim::ec2 {
namespace {

constexpr Filter<Instance> filters[] = {
    {"instance-id", [](const Call&, const Instance& i, Values& out) { out.push_back(i.id); }},
    {"state", [](const Call&, const Instance&, Values& out) { out.emplace_back("associated"); }},
};

void write_association(Call& call, const Instance& instance, const char* state) {
  Xml& out = call.out;
  const auto profile = call.world.profiles.find(instance.profile);
  out.leaf("associationId", instance.profile_association);
  out.leaf("instanceId", instance.id);
  out.in("iamInstanceProfile", [&] {
    if (profile == call.world.profiles.end()) return;
    out.leaf("arn", profile->second.arn);
    out.leaf("id", profile->second.id);
  });
  out.leaf("state", state);
}

void answer(Call& call, const Instance& instance, const char* state) {
  call.out.in("iamInstanceProfileAssociation", [&] { write_association(call, instance, state); });
}

/// The instance that has this association; refuses when there is none.
Instance& associated(Call& call, std::string_view id) {
  for (auto& [key, instance] : call.world.instances) {
    if (!instance.profile.empty() && instance.profile_association == id) return instance;
  }
  refuse("NoSuchAssociation", cat("The association ID '", id, "' does not exist"));
}

void describe_associations(Call& call) {
  Table<Instance> by_association;
  for (const auto& [id, instance] : call.world.instances) {
    if (!instance.profile.empty() && !instance.terminating) {
      by_association.emplace(instance.profile_association, instance);
    }
  }
  static constexpr Listing<Instance> listing{"AssociationId",
                                             "iamInstanceProfileAssociationSet",
                                             "iip-assoc-",
                                             "InvalidAssociationID",
                                             "association ID",
                                             5,
                                             1000,
                                             false,
                                             filters};
  describe(call, listing, by_association,
           [&](const Instance& instance) { write_association(call, instance, "associated"); });
}

void associate(Call& call) {
  Instance& instance = instance_of(call, call.params["InstanceId"].text());
  if (!instance.profile.empty()) {
    refuse("IncorrectState", cat("There is an existing association for instance ", instance.id));
  }
  instance.profile = usable_profile(call, call.params["IamInstanceProfile"]).name;
  instance.profile_association = call.world.ids.make("iip-assoc-");
  answer(call, instance, "associating");
}

void replace(Call& call) {
  Instance& instance = associated(call, call.params["AssociationId"].text());
  instance.profile = usable_profile(call, call.params["IamInstanceProfile"]).name;
  instance.profile_association = call.world.ids.make("iip-assoc-");
  answer(call, instance, "associating");
}

void disassociate(Call& call) {
  Instance& instance = associated(call, call.params["AssociationId"].text());
  answer(call, instance, "disassociating");
  instance.profile.clear();
}

constexpr Action actions[] = {
    {"AssociateIamInstanceProfile", associate},
    {"DescribeIamInstanceProfileAssociations", describe_associations},
    {"ReplaceIamInstanceProfileAssociation", replace},
    {"DisassociateIamInstanceProfile", disassociate},
};

}  // namespace

std::span<const Action> profile_association_actions() {
  return actions;
}

const InstanceProfile& usable_profile(Call& call, Param given) {
  const Param name = given["Name"];
  const Param arn = given["Arn"];
  const InstanceProfile* found = nullptr;
  for (const auto& [key, profile] : call.world.profiles) {
    if ((name && profile.name == name.text()) || (arn && profile.arn == arn.text())) {
      found = &profile;
    }
  }
  if (found == nullptr || call.now < found->usable_at) {
    refuse("InvalidParameterValue",
           cat("Value (", name ? name.text() : arn.text(), ") for parameter iamInstanceProfile.",
               name ? "name" : "arn", " is invalid. Invalid IAM Instance Profile ",
               name ? "name" : "ARN"));
  }
  if (found->role.empty()) {
    refuse("InvalidParameterValue",
           cat("IAM Instance Profile \"", found->arn, "\" has no associated IAM Roles"));
  }
  return *found;
}

}  // namespace albatross::sim::ec2
