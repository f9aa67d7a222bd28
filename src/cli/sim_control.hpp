#pragma once

#include "albatross/http/message.hpp"

#include "cli/options.hpp"
#include "cli/text.hpp"

#include <string>

/// What `albatross sim ctl` asks a running simulator, and what it makes of the answer. Pure.
namespace albatross::cli {

/// The request to the control endpoint. @param faults the content of the fault file, when one was
/// named.
http::Request control_request(const SimControlOptions& options, const std::string& faults);

/// The answer (JSON) in words. @throws std::invalid_argument when it is no such answer.
std::string control_text(const SimControlOptions& options, const std::string& answer,
                         const TextStyle& style);
/// What the simulator says of a request that it refused.
std::string control_refusal(const std::string& answer);

}  // namespace albatross::cli
