#include "clients/elbv2_shapes.hpp"
#include "clients/operations.hpp"

namespace albatross::elbv2 {

std::vector<OperationInfo> operations() {
  return wire::joined(load_balancer_operations(), target_group_operations(), listener_operations(),
                      certificate_operations(), rule_operations(), tag_operations());
}

}  // namespace albatross::elbv2
