#pragma once

#include "clients/operation.hpp"

#include <vector>

// Which operations there are: by service, and all of them.

namespace albatross {
namespace ec2 {
std::vector<wire::OperationInfo> operations();
}
namespace elbv2 {
std::vector<wire::OperationInfo> operations();
}
namespace efs {
std::vector<wire::OperationInfo> operations();
}
namespace iam {
std::vector<wire::OperationInfo> operations();
}
namespace sts {
std::vector<wire::OperationInfo> operations();
}
namespace ssm {
std::vector<wire::OperationInfo> operations();
}
namespace dynamodb {
std::vector<wire::OperationInfo> operations();
}
namespace acm {
std::vector<wire::OperationInfo> operations();
}
namespace service_quotas {
std::vector<wire::OperationInfo> operations();
}

namespace wire {

std::vector<OperationInfo> all_operations();

template <class... Lists>
std::vector<OperationInfo> joined(const Lists&... lists) {
  std::vector<OperationInfo> all;
  (all.insert(all.end(), lists.begin(), lists.end()), ...);
  return all;
}

}  // namespace wire
}  // namespace albatross
