#pragma once

#include "albatross/state/record.hpp"

#include "cli/app.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// What the store says of a stack.
struct KnownStack {
  StackRecord stack;
  std::vector<ResourceRecord> resources;
};

/// Runs the event loop for it.
/// @throws UnknownStack; UsageError when --region names another region than the stack's
KnownStack known_stack(App& app, const std::string& name);

}  // namespace albatross::cli
