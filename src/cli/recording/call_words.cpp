#include "cli/recording/call_words.hpp"

#include "cli/commands/call_request.hpp"

#include <exception>

namespace albatross::cli {
namespace {

/// As much of it as decides what is secret.
void redact(ApiRequest& api, http::ExchangeRules& rules) {
  http::Request request;
  request.method = api.method;
  request.target = api.target;
  request.body = api.body;
  if (!api.content_type.empty()) request.headers.set("Content-Type", api.content_type);
  rules.redact(request);
  api.target = request.target;
  api.body = request.body;
}

}  // namespace

std::vector<std::string> shareable_words(const CallCommandOptions& options,
                                         http::ExchangeRules& rules) {
  std::vector<std::string> words{"call", options.service, rules.redact_text(options.action)};
  try {
    ApiRequest request = call_request(options);
    redact(request, rules);
    for (const auto& [name, value] : generic_parameters(request))
      words.push_back(name + "=" + value);
  } catch (const std::exception&) {
    return words;  // the command will say what is wrong with it
  }
  return words;
}

}  // namespace albatross::cli
