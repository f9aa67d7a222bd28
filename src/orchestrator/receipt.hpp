#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "orchestrator/run.hpp"

#include <vector>

namespace albatross {

/// Looks afresh at what a removal has left: what carries the deployment's tag in EC2, ELB and EFS,
/// what the removed records of IAM named, and what could not be removed. Things that AWS still
/// shows for a moment after their end are looked at again for a while. A service that cannot be
/// asked is named in the receipt.
/// @param scope what was to go
/// @param removed what the removal has taken away
/// @param left what it could not
/// @throws only operation_aborted
Task<Receipt> take_receipt(const Run& run, RollbackScope scope, std::vector<ResourceRecord> removed,
                           std::vector<Leftover> left);

}  // namespace albatross
