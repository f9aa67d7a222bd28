#pragma once

#include "cli/app.hpp"
#include "cli/aws_session.hpp"

namespace albatross::cli {

/// status --watch: redrawn in place on a terminal; elsewhere written again each time something
/// changed. Ends by a signal, which is no failure, or with the stack.
ExitCode watch_status(App& app, AwsSession& aws, const StatusOptions& options);

}  // namespace albatross::cli
