#include "orchestrator/preflight/quota_table.hpp"

#include <algorithm>
#include <array>

namespace albatross {
namespace {

/// Of running on-demand instances, in vCPUs.
constexpr QuotaId vcpus(std::string_view code, std::string_view name) {
  return {"ec2", code, name, "vCPUs in use", "ec2:DescribeInstances"};
}

constexpr QuotaId standard =
    vcpus("L-1216C47A", "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances (vCPUs)");
constexpr QuotaId graphics = vcpus("L-DB2E81BA", "Running On-Demand G and VT instances (vCPUs)");
constexpr QuotaId accelerated = vcpus("L-417A185B", "Running On-Demand P instances (vCPUs)");
constexpr QuotaId memory = vcpus("L-7295265B", "Running On-Demand X instances (vCPUs)");
constexpr QuotaId programmable = vcpus("L-74FC7D96", "Running On-Demand F instances (vCPUs)");
constexpr QuotaId inference = vcpus("L-1945791B", "Running On-Demand Inf instances (vCPUs)");
constexpr QuotaId training = vcpus("L-2C3B7624", "Running On-Demand Trn instances (vCPUs)");

struct Family {
  std::string_view letters;
  const QuotaId* quota;
};

constexpr std::array families{
    Family{"a", &standard},   Family{"c", &standard},     Family{"d", &standard},
    Family{"h", &standard},   Family{"i", &standard},     Family{"im", &standard},
    Family{"is", &standard},  Family{"m", &standard},     Family{"r", &standard},
    Family{"t", &standard},   Family{"z", &standard},     Family{"g", &graphics},
    Family{"gr", &graphics},  Family{"vt", &graphics},    Family{"p", &accelerated},
    Family{"x", &memory},     Family{"f", &programmable}, Family{"inf", &inference},
    Family{"trn", &training},
};

}  // namespace

const QuotaId* vcpu_quota_of(std::string_view instance_type) {
  const std::string_view letters =
      instance_type.substr(0, instance_type.find_first_of("0123456789"));
  const auto* found = std::find_if(families.begin(), families.end(),
                                   [&](const Family& family) { return family.letters == letters; });
  return found == families.end() ? nullptr : found->quota;
}

}  // namespace albatross
