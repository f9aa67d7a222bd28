#include "clients/iam_shapes.hpp"
#include "clients/operations.hpp"

namespace albatross::iam {

std::vector<OperationInfo> operations() {
  return wire::joined(role_operations(), role_policy_operations(), instance_profile_operations());
}

}  // namespace albatross::iam
