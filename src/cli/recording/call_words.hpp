#pragma once

#include "albatross/http/exchange_rules.hpp"

#include "cli/options.hpp"

#include <string>
#include <vector>

namespace albatross::cli {

/// The words of a single call, with what is secret in its request replaced as the rules replace it
/// there: made again from them, the request is the recorded one.
std::vector<std::string> shareable_words(const CallCommandOptions& options,
                                         http::ExchangeRules& rules);

}  // namespace albatross::cli
