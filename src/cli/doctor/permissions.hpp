#pragma once

#include "albatross/orchestrator/session.hpp"
#include "albatross/orchestrator/stack.hpp"

#include "cli/doctor/checkup.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// Whether the principal's policies permit exactly what a deploy of the file needs, asked of IAM.
/// Where IAM may not be asked, that is told as a warning.
/// @throws only what a cancellation throws
Task<std::vector<Check>> permission_checks(AwsClients& aws, Stack stack, std::string principal,
                                           Deadline deadline);

}  // namespace albatross::cli
