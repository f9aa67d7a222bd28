#include "cli/commands/call_request.hpp"

#include "cli/error_report.hpp"
#include "cli/text.hpp"

#include <cctype>
#include <stdexcept>
#include <string_view>

namespace albatross::cli {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

Service service_named(const std::string& name) {
  std::string known;
  for (const Service service : all_services()) {
    const std::string own = lower(info(service).name);
    if (own == lower(name)) return service;
    known += (known.empty() ? "" : ", ") + own;
  }
  throw UsageError("there is no service named " + name + "; there are " + known);
}

GenericParameters read_parameters(const std::vector<std::string>& words) {
  GenericParameters parameters;
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == 0 || equals == std::string::npos) {
      throw UsageError("a parameter is NAME=VALUE, not " + shell_word(word));
    }
    parameters.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return parameters;
}

}  // namespace

ApiRequest call_request(const CallCommandOptions& options) {
  try {
    return generic_request(service_named(options.service), options.action,
                           read_parameters(options.parameters));
  } catch (const std::invalid_argument& wrong) {
    throw UsageError(wrong.what());
  }
}

}  // namespace albatross::cli
