#include "clients/efs_shapes.hpp"
#include "clients/operations.hpp"

namespace albatross::efs {

std::vector<OperationInfo> operations() {
  return wire::joined(file_system_operations(), mount_target_operations());
}

}  // namespace albatross::efs
