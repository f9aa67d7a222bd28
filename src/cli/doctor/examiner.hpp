#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "cli/aws_session.hpp"
#include "cli/doctor/checkup.hpp"

#include <optional>
#include <string>
#include <vector>

namespace albatross::cli {

/// What a doctor is to look at beside the way to AWS. At most one of the two.
struct Patient {
  std::optional<Stack> file;
  /// The name of a stack that is known here.
  std::string stack;
};

/// Looks at everything that a deployment depends on: credentials, clock, endpoints, permissions,
/// quotas, and the patient. Reads only. What it cannot look at because something before it is
/// broken is left out.
/// @throws only what a cancellation throws, and StateError
Task<Checkup> examine(App& app, AwsSession& aws, Patient patient);

/// The role behind a session's ARN, else the ARN itself: what policies are asked about. Pure.
std::string principal_of(const std::string& caller_arn);

}  // namespace albatross::cli
