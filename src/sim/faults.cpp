#include "albatross/sim/faults.hpp"

#include "sim/core/glob.hpp"
#include "sim/core/ids.hpp"

#include <array>
#include <utility>

namespace albatross::sim {
namespace {

constexpr std::array<std::pair<FaultKind, std::string_view>, 15> names{{
    {FaultKind::api_error, "api_error"},
    {FaultKind::throttle, "throttle"},
    {FaultKind::http_error, "http_error"},
    {FaultKind::credentials_expired, "credentials_expired"},
    {FaultKind::clock_skew, "clock_skew"},
    {FaultKind::reset_before, "reset_before"},
    {FaultKind::lost_answer, "lost_answer"},
    {FaultKind::delay, "delay"},
    {FaultKind::stall, "stall"},
    {FaultKind::truncated_body, "truncated_body"},
    {FaultKind::malformed_body, "malformed_body"},
    {FaultKind::capacity, "capacity"},
    {FaultKind::load_balancer_failed, "load_balancer_failed"},
    {FaultKind::never_healthy, "never_healthy"},
    {FaultKind::instance_terminates, "instance_terminates"},
}};

bool of_resource(FaultKind kind) {
  return kind >= FaultKind::capacity;
}

bool of_transport(FaultKind kind) {
  return kind >= FaultKind::reset_before && kind <= FaultKind::truncated_body;
}

}  // namespace

std::string_view to_string(FaultKind kind) {
  return names[static_cast<std::size_t>(kind)].second;
}

std::optional<FaultKind> parse_fault_kind(std::string_view name) {
  for (const auto& [kind, text] : names) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

std::size_t FaultPlan::add(FaultRule rule) {
  rules_.push_back(std::move(rule));
  matched_.push_back(0);
  hits_.push_back(0);
  return rules_.size() - 1;
}

void FaultPlan::set_rates(FaultRates rates) {
  rates_ = rates;
  random_state_ = rates.seed;
  random_ = true;
}

void FaultPlan::clear() {
  *this = FaultPlan{};
}

std::size_t FaultPlan::injected(FaultKind kind) const {
  const auto it = injected_.find(kind);
  return it == injected_.end() ? 0 : it->second;
}

std::size_t FaultPlan::total_injected() const {
  std::size_t total = 0;
  for (const auto& [kind, count] : injected_)
    total += count;
  return total;
}

bool FaultPlan::counts(std::size_t index) {
  const FaultRule& rule = rules_[index];
  const std::size_t place = matched_[index]++;
  if (place < rule.skip || hits_[index] >= rule.times) return false;
  ++hits_[index];
  ++injected_[rule.kind];
  return true;
}

std::optional<FaultRule> FaultPlan::next_call(std::string_view service, std::string_view action,
                                              bool transport_faults, std::string_view access_key_id,
                                              bool dry_run) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const FaultRule& rule = rules_[i];
    const bool applies = !of_resource(rule.kind) && (transport_faults || !of_transport(rule.kind));
    if (!applies || !glob(rule.service, service) || !glob(rule.action, action)) continue;
    if (dry_run && rule.action != "*") continue;
    const bool of_key = rule.kind == FaultKind::credentials_expired;
    if (of_key && !glob(rule.match, access_key_id)) continue;
    if (counts(i)) return rule;
  }
  return random_ ? roll(transport_faults) : std::nullopt;
}

std::optional<FaultRule> FaultPlan::next_resource(FaultKind kind, std::string_view name) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (rules_[i].kind == kind && glob(rules_[i].match, name) && counts(i)) return rules_[i];
  }
  return std::nullopt;
}

const FaultRule* FaultPlan::standing(FaultKind kind, std::string_view name) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (rules_[i].kind != kind || !glob(rules_[i].match, name)) continue;
    if (struck_.emplace(i, name).second) {
      ++hits_[i];
      ++injected_[kind];
    }
    return &rules_[i];
  }
  return nullptr;
}

double FaultPlan::uniform() {
  Ids source(random_state_);
  random_state_ = source.next();
  return static_cast<double>(random_state_ >> 11U) * 0x1.0p-53;
}

std::optional<FaultRule> FaultPlan::roll(bool transport_faults) {
  const std::pair<FaultKind, double> kinds[] = {
      {FaultKind::throttle, rates_.throttle},
      {FaultKind::api_error, rates_.internal_error},
      {FaultKind::http_error, rates_.unavailable},
      {FaultKind::reset_before, rates_.reset_before},
      {FaultKind::lost_answer, rates_.lost_answer},
      {FaultKind::delay, rates_.delay},
      {FaultKind::truncated_body, rates_.truncated_body},
      {FaultKind::malformed_body, rates_.malformed_body},
  };
  double draw = uniform();
  for (const auto& [kind, rate] : kinds) {
    if (draw >= rate) {
      draw -= rate;
      continue;
    }
    if (of_transport(kind) && !transport_faults) return std::nullopt;
    FaultRule rule;
    rule.kind = kind;
    if (kind == FaultKind::api_error) {
      rule.code = "InternalError";
      rule.status = 500;
    }
    if (kind == FaultKind::delay) {
      rule.delay = Duration(static_cast<Duration::rep>(
          uniform() * static_cast<double>(rates_.longest_delay.count())));
    }
    ++injected_[kind];
    return rule;
  }
  return std::nullopt;
}

}  // namespace albatross::sim
