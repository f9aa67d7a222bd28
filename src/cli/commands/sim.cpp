#include "albatross/runtime/concurrency.hpp"
#include "albatross/sim/server.hpp"

#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/fault_file.hpp"
#include "cli/sim_text.hpp"

#include <boost/system/system_error.hpp>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <map>
#include <ostream>
#include <stdexcept>

namespace albatross::cli {
namespace {

std::map<std::string, double> quotas_of(const std::vector<std::string>& given) {
  std::map<std::string, double> quotas;
  for (const std::string& text : given) {
    const auto equals = text.find('=');
    double value = 0;
    const char* const end = text.data() + text.size();
    const char* const number = equals == std::string::npos ? end : text.data() + equals + 1;
    const auto [read_to, error] = std::from_chars(number, end, value);
    if (error != std::errc{} || read_to != end) {
      throw UsageError("--quota takes CODE=NUMBER, not " + text);
    }
    quotas[text.substr(0, equals)] = value;
  }
  return quotas;
}

sim::CloudOptions cloud_options(const App& app, const SimOptions& options) {
  sim::CloudOptions cloud;
  // The region that clients in the same shell will use.
  for (const std::string& region :
       {app.global().region, value_of(app.environment(), "AWS_REGION"),
        value_of(app.environment(), "AWS_DEFAULT_REGION"), cloud.region}) {
    if (region.empty()) continue;
    cloud.region = region;
    break;
  }
  cloud.seed = options.seed;
  if (options.times == "fast") cloud.times = sim::TimeCourse::fast();
  cloud.quotas = quotas_of(options.quotas);
  if (!options.policy_file.empty()) cloud.caller_policy = read_input_file(options.policy_file);
  return cloud;
}

sim::Cloud make_cloud(const App& app, const SimOptions& options) {
  try {
    return sim::Cloud(cloud_options(app, options));
  } catch (const std::invalid_argument& wrong) {
    throw UsageError(wrong.what());
  }
}

/// Whole or not at all: who waits for the file must not read half of it.
void write_ready_file(const std::string& path, const std::string& url) {
  const std::string draft = path + ".part";
  std::ofstream file(draft);
  file << url << "\n";
  file.close();
  if (!file || std::rename(draft.c_str(), path.c_str()) != 0) {
    throw UsageError("cannot write " + path);
  }
}

void load_faults(sim::Cloud& cloud, const std::string& path) {
  if (!path.empty()) cloud.faults().load_json(read_fault_file(path));
}

/// Where calls are logged, and how they look there.
class CallLog {
 public:
  CallLog(const App& app, const std::string& path) : style_(app.console().err.style) {
    if (path.empty()) {
      stream_ = app.global().quiet ? nullptr : &app.err();
      return;
    }
    file_.open(path, std::ios::app);
    if (!file_) throw UsageError("cannot write " + path);
    stream_ = &file_;
    style_ = {};
  }

  void write(const sim::CallRecord& call, Duration since_start, Duration took) {
    if (stream_ != nullptr) *stream_ << call_line(call, since_start, took, style_) << std::endl;
  }
  void write_front(const std::string& balancer, const std::string& url, Duration since_start) {
    if (stream_ != nullptr) *stream_ << front_line(balancer, url, since_start, style_) << std::endl;
  }

 private:
  std::ofstream file_;
  std::ostream* stream_ = nullptr;
  TextStyle style_;
};

void listen(sim::Server& server, const SimOptions& options) {
  try {
    server.listen();
  } catch (const boost::system::system_error& taken) {
    throw UsageError("cannot listen on " + options.host + ":" + std::to_string(options.port) +
                     ": " + taken.code().message());
  }
}

/// Stopping the server is what lets the event loop end.
Task<ExitCode> serve(Clock& clock, sim::Server& server) {
  std::exception_ptr ended;
  try {
    co_await clock.sleep_until(TimePoint::max());
  } catch (...) {
    ended = std::current_exception();
  }
  server.stop();
  if (ended && !is_cancellation(ended)) std::rethrow_exception(ended);
  co_return ExitCode::done;
}

}  // namespace

ExitCode sim(App& app, const SimOptions& options) {
  sim::Cloud cloud = make_cloud(app, options);
  load_faults(cloud, options.faults_file);
  CallLog log(app, options.log_file);
  const TimePoint start = app.clock().now();
  sim::ServerOptions serving;
  serving.address = options.host;
  serving.port = options.port;
  serving.time_scale = options.speed;
  serving.on_call = [&](const sim::CallRecord& call, Duration took) {
    log.write(call, app.clock().now() - start, took);
  };
  serving.data_plane = options.data_plane;
  serving.on_front = [&](const std::string& balancer, const std::string& url) {
    log.write_front(balancer, url, app.clock().now() - start);
  };
  sim::Server server(app.executor(), cloud, app.clock(), serving);
  listen(server, options);

  const std::vector<sim::Item> before = cloud.inventory(server.cloud_now());
  const TextStyle& style = app.console().out.style;
  SimFacts facts{server.url(), options.speed, options.data_plane};
  app.out() << sim_banner(facts, cloud.options(), cloud.credentials(), style) << std::flush;
  if (!options.ready_file.empty()) write_ready_file(options.ready_file, server.url());

  app.run_until_signal(serve(app.clock(), server));
  if (!options.ready_file.empty()) std::remove(options.ready_file.c_str());
  const std::vector<sim::Item> after = cloud.inventory(server.cloud_now());
  app.out() << "\n" << sim_receipt(before, after, cloud.total_calls(), style) << std::flush;
  return ExitCode::done;
}

}  // namespace albatross::cli
