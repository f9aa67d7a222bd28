#pragma once

#include "albatross/orchestrator/deployer.hpp"

#include "cli/text.hpp"

#include <string>

namespace albatross::cli {

/// The result's own receipt; without one, one that holds just what the run says it has left.
Receipt receipt_of(const RunResult& result);

/// What the receipt proves, or what is there and the commands that remove it; with an empty line
/// before it. Empty when it says nothing. Pure.
std::string receipt_text(const Receipt& receipt, const TextStyle& style);

}  // namespace albatross::cli
