#pragma once

#include "albatross/clients/generic_call.hpp"

#include "cli/options.hpp"

namespace albatross::cli {

/// What `albatross call` sends. @throws UsageError
ApiRequest call_request(const CallCommandOptions& options);

}  // namespace albatross::cli
