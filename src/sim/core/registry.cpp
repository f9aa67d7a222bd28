#include "sim/core/action.hpp"

#include <string_view>
#include <unordered_map>

namespace albatross::sim {
namespace {

constexpr Service services[] = {
    {"ec2", "ec2", Protocol::ec2, "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/"},
    {"elbv2", "elasticloadbalancing", Protocol::query, "2015-12-01",
     "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"},
    {"iam", "iam", Protocol::query, "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"},
    {"sts", "sts", Protocol::query, "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"},
    {"efs", "elasticfilesystem", Protocol::rest_json, "2015-02-01", ""},
    {"ssm", "ssm", Protocol::json, "2014-11-06", ""},
    {"dynamodb", "dynamodb", Protocol::json, "2012-08-10", ""},
    {"acm", "acm", Protocol::json, "2015-12-08", ""},
    {"servicequotas", "servicequotas", Protocol::json, "2019-06-24", ""},
};

using Index = std::unordered_map<std::string_view, const Action*>;

Index index_of(std::span<const std::span<const Action>> lists) {
  Index index;
  for (const auto list : lists) {
    for (const Action& action : list)
      index.emplace(action.name, &action);
  }
  return index;
}

const Index& index_for(const Service& service) {
  static const Index ec2 = index_of(ec2_actions());
  static const Index elbv2 = index_of(elbv2_actions());
  static const Index iam = index_of(iam_actions());
  static const Index sts = index_of(sts_actions());
  static const Index ssm = index_of(ssm_actions());
  static const Index dynamodb = index_of(dynamodb_actions());
  static const Index acm = index_of(acm_actions());
  static const Index servicequotas = index_of(service_quota_actions());
  const std::string_view name = service.name;
  if (name == "ec2") return ec2;
  if (name == "elbv2") return elbv2;
  if (name == "iam") return iam;
  if (name == "sts") return sts;
  if (name == "dynamodb") return dynamodb;
  if (name == "acm") return acm;
  if (name == "servicequotas") return servicequotas;
  return ssm;
}

}  // namespace

const Service* service_signed_as(std::string_view signing) {
  for (const Service& service : services) {
    if (service.signing == signing) return &service;
  }
  return nullptr;
}

const Service* service_named(std::string_view name) {
  for (const Service& service : services) {
    if (service.name == name) return &service;
  }
  return nullptr;
}

const Action* find_action(const Service& service, std::string_view name) {
  const Index& index = index_for(service);
  const auto it = index.find(name);
  return it == index.end() ? nullptr : it->second;
}

const std::map<std::string, std::set<std::string>>& simulated_actions() {
  static const auto all = [] {
    std::map<std::string, std::set<std::string>> actions;
    for (const Service& service : services) {
      if (service.protocol == Protocol::rest_json) continue;
      for (const auto& [name, action] : index_for(service))
        actions[service.name].emplace(name);
    }
    for (const std::string_view name : efs_action_names())
      actions["efs"].emplace(name);
    return actions;
  }();
  return all;
}

}  // namespace albatross::sim
