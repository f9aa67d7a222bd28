#pragma once

#include "albatross/orchestrator/graph.hpp"
#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"

#include "orchestrator/survey.hpp"

#include <string>
#include <vector>

namespace albatross {

/// Turns a stack into the graph of a Tier 1 deployment: network, security groups, storage,
/// instances. Pure. The next tier overrides the hooks.
class Tier1 {
 public:
  /// All references must outlive the object.
  Tier1(const Stack& stack, const Survey& survey, const StackIdentity& identity);
  virtual ~Tier1() = default;

  Graph build();

 protected:
  /// Who may reach the services' ports on the instances.
  virtual std::vector<Term> service_clients() const;
  virtual void add_load_balancing() {}
  /// Nodes that are ready when the services answer their clients.
  virtual std::vector<Dependency> proofs_of_service() const { return {}; }

  /// A node with these inputs, added to the graph.
  Node& add(std::string name, std::string kind, Step step, Inputs inputs);
  /// The same of an existing thing that is only used.
  Node& add_reused(std::string name, std::string kind, Step step, std::string id);
  void add_security_group(const std::string& role, const std::string& description);
  /// Groups that exist and are only used.
  void add_reused_groups(const std::vector<std::string>& ids);
  Node& add_ingress(const std::string& role, std::vector<Term> ports, std::vector<Term> sources,
                    const std::string& description);

  /// The stack's own group of that role, or the existing ones that stand in for it.
  static std::vector<Term> group_refs(const std::string& role,
                                      const std::vector<std::string>& existing);
  std::vector<Term> app_groups() const;
  /// Refs to all of them, for lists.
  std::vector<Term> subnet_refs() const;
  std::vector<Term> instance_refs(Milestone milestone) const;
  std::vector<std::string> instance_nodes() const;
  std::vector<Term> service_ports() const;
  bool makes_network() const { return survey_.network.vpc_id.empty(); }

  const Stack& stack_;
  const Survey& survey_;
  const StackIdentity& identity_;
  Graph graph_;

 private:
  void add_network();
  void add_made_network();
  void add_security_groups();
  void add_storage_group();
  void add_storage();
  void add_mount_target(const ChosenSubnet& subnet);
  /// Whether every subnet's zone has a mount target of the existing file system.
  bool reuses_all_mount_targets() const;
  void add_instance_role();
  void add_instances();
  void add_instance(int index);
};

}  // namespace albatross
