#pragma once

#include "cli/runs/run_record.hpp"

#include <string>

namespace albatross::cli {

/// A run as one HTML page that needs nothing else: timeline with the critical path, resources,
/// waits and retries, targets' health, errors, what is left, every event. Pure.
std::string report_page(const RunRecord& run);

}  // namespace albatross::cli
