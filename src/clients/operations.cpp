#include "clients/operations.hpp"

namespace albatross::wire {

std::vector<OperationInfo> all_operations() {
  return joined(ec2::operations(), elbv2::operations(), efs::operations(), iam::operations(),
                sts::operations(), ssm::operations(), dynamodb::operations(), acm::operations(),
                service_quotas::operations());
}

}  // namespace albatross::wire
