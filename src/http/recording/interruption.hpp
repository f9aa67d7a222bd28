#pragma once

#include "albatross/http/recording.hpp"

#include <string>

namespace albatross::http {

/// The text of an interruption's note: "requests 31" and, when there are any, "open 28 31".
std::string interruption_text(const RecordedInterruption& interruption);

}  // namespace albatross::http
