#include "albatross/clients/generic_call.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/call_request.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json_output.hpp"

#include <ostream>
#include <utility>

namespace albatross::cli {
namespace {

// Of one call with its retries; nobody can give another one on the command line yet.
constexpr Duration call_timeout = std::chrono::minutes{2};

Task<ExitCode> send(App& app, AwsSession& aws, ApiRequest request) {
  CallOptions call(Deadline::after(app.clock(), call_timeout));
  http::Response answer = co_await aws.caller().call(std::move(request), std::move(call));
  app.out() << (app.wants_json() ? body_as_json(answer.body) + "\n" : readable_body(answer.body))
            << std::flush;
  co_return ExitCode::done;
}

}  // namespace

ExitCode call(App& app, const CallCommandOptions& options) {
  ApiRequest request = call_request(options);
  AwsSession aws(app, "", "call");
  return app.run(send(app, aws, std::move(request)));
}

}  // namespace albatross::cli
