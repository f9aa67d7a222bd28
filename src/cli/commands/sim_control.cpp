#include "cli/sim_control.hpp"

#include "albatross/http/beast_transport.hpp"

#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/fault_file.hpp"

#include <ostream>
#include <stdexcept>

namespace albatross::cli {
namespace {

constexpr std::chrono::seconds patience{10};

http::Origin simulator(const App& app) {
  for (const std::string& url :
       {app.global().endpoint_url, value_of(app.environment(), "AWS_ENDPOINT_URL")}) {
    if (url.empty()) continue;
    try {
      return http::parse_url(url).origin;
    } catch (const std::invalid_argument& wrong) {
      throw UsageError(wrong.what());
    }
  }
  throw UsageError("which simulator? Set AWS_ENDPOINT_URL as it printed it, or --endpoint-url");
}

Task<ExitCode> ask(App& app, const SimControlOptions& options, http::Request request) {
  const std::string url = request.origin.url();
  http::BeastTransport transport(app.clock());
  http::Response answer;
  std::string failure;
  try {
    answer = co_await transport.send(std::move(request), Deadline::after(app.clock(), patience));
  } catch (const http::TransportError& error) {
    failure = error.what();
  }
  transport.close_idle();
  if (!failure.empty()) throw std::runtime_error("no simulator answers at " + url + ": " + failure);
  if (answer.status != 200) throw UsageError(control_refusal(answer.body));
  app.out() << (app.wants_json() ? answer.body + "\n"
                                 : control_text(options, answer.body, app.console().out.style))
            << std::flush;
  co_return ExitCode::done;
}

}  // namespace

ExitCode sim_control(App& app, const SimControlOptions& options) {
  std::string faults;
  if (!options.faults_file.empty()) faults = read_fault_file(options.faults_file);
  http::Request request = control_request(options, faults);
  request.origin = simulator(app);
  return app.run(ask(app, options, std::move(request)));
}

}  // namespace albatross::cli
