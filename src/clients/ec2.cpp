#include "clients/ec2_shapes.hpp"
#include "clients/operations.hpp"

namespace albatross::ec2 {

std::vector<OperationInfo> operations() {
  return wire::joined(vpc_operations(), routing_operations(), security_group_operations(),
                      network_interface_operations(), image_operations(), instance_operations(),
                      tag_operations());
}

}  // namespace albatross::ec2
