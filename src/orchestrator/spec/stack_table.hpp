#pragma once

#include "albatross/orchestrator/stack.hpp"

#include "orchestrator/spec/table.hpp"

namespace albatross::spec {

/// The whole stack file. Built once, on first use.
const Section<Stack>& stack_table();

/// The same without types.
const SectionInfo& stack_vocabulary();

}  // namespace albatross::spec
