#include "albatross/clients/generic_call.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/json_output.hpp"
#include "cli/text.hpp"

#include <cctype>
#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

// Of one call with its retries; nobody can give another one on the command line yet.
constexpr Duration call_timeout = std::chrono::minutes{2};

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

ApiRequest request_of(const CallCommandOptions& options) {
  try {
    return generic_request(service_named(options.service), options.action,
                           read_parameters(options.parameters));
  } catch (const std::invalid_argument& wrong) {
    throw UsageError(wrong.what());
  }
}

Task<ExitCode> send(App& app, AwsSession& aws, ApiRequest request) {
  CallOptions call(Deadline::after(app.clock(), call_timeout));
  http::Response answer = co_await aws.caller().call(std::move(request), std::move(call));
  app.out() << (app.wants_json() ? body_as_json(answer.body) + "\n" : readable_body(answer.body))
            << std::flush;
  co_return ExitCode::done;
}

}  // namespace

ExitCode call(App& app, const CallCommandOptions& options) {
  ApiRequest request = request_of(options);
  AwsSession aws(app, "", "call");
  return app.run(send(app, aws, std::move(request)));
}

}  // namespace albatross::cli
