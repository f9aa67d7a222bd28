#pragma once

#include "albatross/orchestrator/stack_file.hpp"

#include "orchestrator/spec/reading.hpp"

#include <string>

namespace albatross::spec {

/// Fills what depends on more than one member: tier, image, names, listeners, default services,
/// user data from its file. Complains of what cannot be filled.
void finish(Stack& stack, Reading& reading, const std::string& file, const ReadFile& read_file);

/// The part of it that is about load balancing.
void settle_balancing(Stack& stack, const Reading& reading);

}  // namespace albatross::spec
