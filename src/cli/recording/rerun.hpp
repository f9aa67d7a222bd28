#pragma once

#include "cli/app.hpp"
#include "cli/recording/session.hpp"

#include <memory>
#include <string>

namespace albatross::cli {

/// The program as it was when the session was recorded: command, settings, state and chance, in
/// virtual time. Nothing of this machine's settings or state takes part.
/// @param options output and quiet are taken of it
/// @param scratch a folder for what a run leaves beside its state
std::unique_ptr<App> make_rerun(const RecordedSession& session, GlobalOptions options,
                                Console console, const std::string& scratch);

}  // namespace albatross::cli
