#include "orchestrator/resources/kinds.hpp"

#include "orchestrator/resources/support.hpp"

#include <array>
#include <stdexcept>

namespace albatross {

// Verbs that a kind does not have are never asked for: the engine looks at mutates() and
// effect_of() first.
Task<Observed> Kind::create(Session&, ResourceRecord record, Secrets) const {
  throw std::logic_error("a " + record.kind + " cannot be created");
  co_return Observed();
}

Task<> Kind::update(Session&, ResourceRecord record, Observed, std::vector<std::string>) const {
  throw std::logic_error("a " + record.kind + " cannot be changed in place");
  co_return;
}

Task<> Kind::join(Session& session, ResourceRecord record, Observed now,
                  std::vector<std::string> changed) const {
  for (const std::string& property : changed) {
    const auto there = now.actual.find(property);
    auto* wanted = std::get_if<std::vector<std::string>>(&record.properties[property]);
    if (wanted == nullptr || there == now.actual.end()) continue;
    for (std::string& text : resources::without(texts_of(there->second), *wanted))
      wanted->push_back(std::move(text));
  }
  auto both = update(session, std::move(record), std::move(now), std::move(changed));
  co_await std::move(both);
}

Task<> Kind::destroy(Session&, ResourceRecord record) const {
  throw std::logic_error("a " + record.kind + " cannot be deleted");
  co_return;
}

Task<> Kind::explain(Session&, ResourceRecord, Observed&) const {
  co_return;
}

ChangeEffect Kind::effect_of(std::string_view) const {
  return ChangeEffect::replace;
}

Watch Kind::watch(const ResourceRecord&) const {
  return {};
}

Belonging Kind::belonging(const ResourceRecord&, bool) const {
  return {};
}

const Kind& kind_of(std::string_view name) {
  namespace r = resources;
  static const std::array<const Kind*, 27> all{&r::answer(),
                                               &r::vpc(),
                                               &r::vpc_dns_hostnames(),
                                               &r::subnet(),
                                               &r::internet_gateway(),
                                               &r::internet_gateway_attachment(),
                                               &r::route_table(),
                                               &r::route(),
                                               &r::route_table_association(),
                                               &r::security_group(),
                                               &r::security_group_rules(),
                                               &r::file_system(),
                                               &r::mount_target(),
                                               &r::role(),
                                               &r::role_policy(),
                                               &r::instance_profile(),
                                               &r::instance_profile_role(),
                                               &r::instance(),
                                               &r::load_balancer(),
                                               &r::load_balancer_attributes(),
                                               &r::target_group(),
                                               &r::target_group_attributes(),
                                               &r::registration(),
                                               &r::listener(),
                                               &r::listener_certificate(),
                                               &r::rule(),
                                               &r::target_health()};
  for (const Kind* kind : all) {
    if (kind->name() == name) return *kind;
  }
  throw std::logic_error("there is no resource kind " + std::string(name));
}

}  // namespace albatross
