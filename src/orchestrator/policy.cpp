#include "albatross/orchestrator/policy.hpp"

#include "albatross/clients/endpoints.hpp"

#include "orchestrator/policy_table.hpp"
#include "orchestrator/run.hpp"
#include "orchestrator/tier2.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace albatross {
namespace {

// Version, Statement, Effect, …: in the order in which people write them.
using Json = nlohmann::ordered_json;
using Scope = PermissionScope;

constexpr std::string_view ssm_prefix = "resolve:ssm:";
// Characters, white space not counted (IAM user guide, "IAM and AWS STS quotas").
constexpr std::size_t largest_managed_policy = 6144;

/// A network of the kind that the stack asks for: which subnets they are changes no permission.
Survey imagined_survey(const Stack& stack) {
  Survey out;
  const bool exists = stack.network.mode != NetworkSpec::Mode::create;
  if (exists) out.network.vpc_id = stack.network.vpc_id.empty() ? "*" : stack.network.vpc_id;
  for (const char* label : {"a", "b"})
    out.network.subnets.push_back({label, exists ? "*" : "", label, ""});
  if (stack.instances.existing()) out.instances.push_back({"*", "a", out.network.vpc_id});
  if (stack.load_balancer.existing.empty()) return out;
  out.load_balancer.arn = "*";
  for (const ListenerSpec& listener : stack.load_balancer.listeners) {
    if (listener.existing) out.load_balancer.listeners[listener.port] = "*";
  }
  return out;
}

/// What stands before the resource in an ARN: the service's, in the stack's region.
std::string arn_head(std::string_view service, std::string_view resource,
                     const StackIdentity& identity) {
  // IAM is global; what AWS itself provides belongs to no account.
  const std::string region = service == "iam" ? std::string() : identity.region;
  const bool public_thing =
      resource.starts_with("image/") || resource.starts_with("parameter/aws/");
  return "arn:" + identity.partition + ":" + std::string(service) + ":" + region +
         (public_thing ? "::" : ":*:");
}

/// Roles bear the region in their name. Long names are cut somewhere behind this.
std::string role_in_any_region(const std::string& stack) {
  constexpr std::size_t room = 39;
  return stack.size() > room ? stack.substr(0, room) + "*" : stack + "-*-instance";
}

/// Of a name or an ARN ("…:loadbalancer/app/NAME/ID").
std::string name_of_load_balancer(const std::string& reference) {
  constexpr std::string_view before = "loadbalancer/app/";
  const std::size_t at = reference.find(before);
  if (at == std::string::npos) return reference;
  const std::string rest = reference.substr(at + before.size());
  return rest.substr(0, rest.find('/'));
}

class PolicyWriter {
 public:
  PolicyWriter(const Stack& stack, PolicyPurpose purpose) : stack_(stack), purpose_(purpose) {
    identity_.stack = stack.name;
    identity_.region = stack.region.empty() ? "*" : stack.region;
    identity_.partition = partition_of(stack.region).id;
    const Survey survey = imagined_survey(stack);
    const Graph graph = build_graph(stack, survey, identity_);
    for (const Node& node : graph.nodes())
      need(node);
    fill_placeholders(graph);
    need_extras();
  }

  std::string write() {
    collect(true);
    Json whole = document();
    if (whole.dump().size() > largest_managed_policy) {
      // What a deploy works without gives way to what it needs.
      statements_.clear();
      tagging_calls_.clear();
      collect(false);
      whole = document();
    }
    return whole.dump(2) + "\n";
  }

  std::vector<NeededPermission> list() {
    collect(true);
    std::vector<NeededPermission> out;
    for (const auto& [key, actions] : statements_) {
      const auto& [scope, confined_to] = key;
      NeededPermission needed;
      needed.actions = actions;
      for (const std::string& action : actions) {
        if (!indispensable_.contains(action)) needed.optional.insert(action);
      }
      needed.resources = {"*"};
      if (!confined_to.empty() && scope != Scope::tag_new) needed.resources = confined_to;
      const Json condition = condition_of(scope, *actions.begin());
      for (const auto& [name, values] : condition.items()) {
        if (values.is_string()) needed.conditions[name] = {values.get<std::string>()};
        if (values.is_array()) needed.conditions[name] = values.get<std::set<std::string>>();
      }
      out.push_back(std::move(needed));
    }
    return out;
  }

 private:
  /// What is confined alike, and to what: one statement.
  using Key = std::pair<Scope, std::set<std::string>>;

  struct Statement {
    Scope scope;
    std::set<std::string> confined_to;
    std::set<std::string> actions;
    std::set<std::string> services;
  };

  Json document() const {
    Json out{{"Version", "2012-10-17"}, {"Statement", Json::array()}};
    for (const Statement& each : joined_statements())
      out["Statement"].push_back(written(each));
    return out;
  }

  /// Statements that are confined alike become one where no action of one goes with a resource of
  /// the other: where they are of different services. A managed policy has room for 6,144
  /// characters.
  std::vector<Statement> joined_statements() const {
    std::vector<Statement> out;
    for (const auto& [key, actions] : statements_) {
      Statement next{key.first, key.second, actions, {service_of(*actions.begin())}};
      const auto other = std::find_if(out.begin(), out.end(), [&](const Statement& each) {
        return by_arn(each) && by_arn(next) && each.scope == next.scope &&
               !each.services.contains(*next.services.begin());
      });
      if (other == out.end()) {
        out.push_back(std::move(next));
      } else {
        other->confined_to.merge(next.confined_to);
        other->actions.merge(next.actions);
        other->services.merge(next.services);
      }
    }
    return out;
  }

  static bool by_arn(const Statement& statement) {
    return !statement.confined_to.empty() && statement.scope != Scope::tag_new;
  }

  static std::string service_of(std::string_view action) {
    return std::string(action.substr(0, action.find(':')));
  }

  void collect(bool with_checks) {
    for (const Permission& permission : all_permissions()) {
      if (!is_needed(permission)) continue;
      if (!with_checks && permission.use == PermissionUse::check) continue;
      add(permission);
      if (permission.use != PermissionUse::check)
        indispensable_.insert(std::string(permission.action));
    }
  }

  void need(const Node& node) {
    if (node.kind == answer_kind) return;  // asks nothing of AWS
    const auto table = all_permissions();
    const bool known = std::any_of(table.begin(), table.end(), [&](const Permission& permission) {
      return permission.kind == node.kind;
    });
    if (!known) throw std::logic_error("no permissions are known for a " + node.kind);
    bool& made = kinds_[node.kind];
    made = made || node.reuse_id.empty();
  }

  void fill_placeholders(const Graph& graph) {
    if (const Node* role = graph.find("role"); role != nullptr) {
      placeholders_["{role}"] = stack_.region.empty()
                                    ? role_in_any_region(stack_.name)
                                    : std::get<std::string>(role->inputs.at("name"));
    }
    const std::string& image = stack_.instances.image;
    if (image.starts_with(ssm_prefix)) {
      const std::string name = image.substr(ssm_prefix.size());
      placeholders_["{parameter}"] = (name.starts_with("/") ? "" : "/") + name;
    }
    const std::string balancer = name_of_load_balancer(stack_.load_balancer.existing);
    if (!balancer.empty()) placeholders_["{load_balancer}"] = balancer;
    if (!stack_.file_system.existing_id.empty())
      placeholders_["{file_system}"] = stack_.file_system.existing_id;
    const std::string& vpc = stack_.network.vpc_id;
    placeholders_["{vpc}"] = "vpc/" + (vpc.empty() ? "*" : vpc);
  }

  /// What the file asks for beside kinds.
  void need_extras() {
    kinds_["run"] = true;
    if (placeholders_.contains("{load_balancer}")) kinds_["existing_load_balancer"] = true;
    if (placeholders_.contains("{file_system}")) kinds_["existing_file_system"] = true;
    if (purpose_ == PolicyPurpose::destroy) return;
    if (placeholders_.contains("{parameter}")) kinds_["image_parameter"] = true;
    if (stack_.instances.root_volume_gib != 0) kinds_["root_volume"] = true;
    need_preflight();
  }

  void need_preflight() {
    if (stack_.network.mode == NetworkSpec::Mode::create) {
      kinds_["zones"] = true;
      kinds_["new_network"] = true;
    }
    if (!stack_.instances.existing()) kinds_["launch"] = true;
    if (!stack_.instances.key_name.empty()) kinds_["key_pair"] = true;
    if (stack_.load_balancer.enabled) kinds_["balancing_limits"] = true;
    for (const ListenerSpec& listener : stack_.load_balancer.listeners) {
      if (!listener.certificates.empty()) kinds_["acm_certificate"] = true;
    }
  }

  bool is_needed(const Permission& permission) const {
    const bool removes = permission.use == PermissionUse::remove;
    const bool looks = permission.use == PermissionUse::look;
    const bool deploys = purpose_ == PolicyPurpose::deploy;
    const auto kind = kinds_.find(permission.kind);
    if (kind == kinds_.end()) return false;
    if (permission.use == PermissionUse::check) return deploys;
    // What is only used is only looked at. Deploys remove too: what is replaced, what is rolled
    // back.
    return looks || (kind->second && (deploys || removes));
  }

  void add(const Permission& permission) {
    std::set<std::string> confined_to;
    std::istringstream words{std::string(permission.resources)};
    const std::string service = service_of(permission.action);
    for (std::string word; words >> word;) {
      if (permission.scope == Scope::tag_new) {
        tagging_calls_[std::string(permission.action)].insert(word);
        continue;
      }
      for (const auto& [placeholder, text] : placeholders_) {
        const std::size_t at = word.find(placeholder);
        if (at != std::string::npos) word.replace(at, placeholder.size(), text);
      }
      confined_to.insert(arn_head(service, word, identity_) + word);
    }
    if (permission.scope == Scope::tag_new) confined_to = {std::string(permission.action)};
    statements_[{permission.scope, confined_to}].insert(std::string(permission.action));
  }

  Json written(const Statement& statement) const {
    Json out{{"Effect", "Allow"}, {"Action", one_or_several(statement.actions)}};
    out["Resource"] = by_arn(statement) ? one_or_several(statement.confined_to) : Json("*");
    const Json condition = condition_of(statement.scope, *statement.actions.begin());
    if (!condition.is_null()) out["Condition"] = {{"StringEquals", condition}};
    return out;
  }

  /// A list of one is written without brackets, for the same reason.
  static Json one_or_several(const std::set<std::string>& texts) {
    return texts.size() == 1 ? Json(*texts.begin()) : Json(texts);
  }

  Json condition_of(Scope scope, const std::string& action) const {
    switch (scope) {
      case Scope::anything:
      case Scope::resources:
        return nullptr;
      case Scope::new_ours:
        return {{"aws:RequestTag/" + std::string(tag_stack), stack_.name}};
      case Scope::ours:
        return {{"aws:ResourceTag/" + std::string(tag_stack), stack_.name}};
      case Scope::tag_new:
        return {{service_of(action) + ":CreateAction", one_or_several(tagging_calls_.at(action))}};
      case Scope::pass_role:
        return {{"iam:PassedToService",
                 identity_.partition == "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com"}};
      case Scope::service_linked:
        return {{"iam:AWSServiceName", "elasticloadbalancing.amazonaws.com"}};
    }
    return nullptr;
  }

  const Stack& stack_;
  PolicyPurpose purpose_;
  StackIdentity identity_;
  /// Kinds of the stack, and whether it makes any of them itself.
  std::map<std::string, bool, std::less<>> kinds_;
  std::map<std::string, std::string> placeholders_;
  /// The calls that may give tags, by the action that gives them.
  std::map<std::string, std::set<std::string>> tagging_calls_;
  std::map<Key, std::set<std::string>> statements_;
  /// Without these a deploy does not work at all.
  std::set<std::string> indispensable_;
};

}  // namespace

std::string least_privilege_policy(const Stack& stack, PolicyPurpose purpose) {
  return PolicyWriter(stack, purpose).write();
}

std::vector<NeededPermission> needed_permissions(const Stack& stack, PolicyPurpose purpose) {
  return PolicyWriter(stack, purpose).list();
}

}  // namespace albatross
