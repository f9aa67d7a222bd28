#include "albatross/clients/ec2.hpp"
#include "albatross/orchestrator/stack_file.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/stack_template.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <ostream>
#include <unistd.h>
#include <utility>

namespace albatross::cli {
namespace {

// The account is asked for its VPCs only as a courtesy.
constexpr Duration patience = std::chrono::seconds{8};
constexpr const char* schema_name = "albatross.schema.json";

Task<ExitCode> list_vpcs(App& app, AwsSession& aws, std::vector<ec2::Vpc>& vpcs) {
  ec2::Client client(aws.caller());
  ec2::DescribeVpcsRequest request;
  CallOptions options(Deadline::after(app.clock(), patience));
  vpcs = co_await client.all_vpcs(std::move(request), std::move(options));
  co_return ExitCode::done;
}

std::string describe(const ec2::Vpc& vpc) {
  std::string text = vpc.vpc_id + "  " + vpc.cidr_block;
  for (const Tag& tag : vpc.tags) {
    if (tag.key == "Name") text += "  " + one_line(tag.value);
  }
  return text + (vpc.is_default ? "  (the default VPC)" : "");
}

/// Shows what the account holds, where it can be asked.
std::string ask_vpc(App& app, const std::string& region) {
  std::ostream& err = app.err();
  try {
    AwsSession aws(app, region, "init");
    std::vector<ec2::Vpc> vpcs;
    app.run(list_vpcs(app, aws, vpcs));
    err << "VPCs in " << aws.region() << ":\n";
    for (const ec2::Vpc& vpc : vpcs)
      err << "  " << describe(vpc) << "\n";
    if (vpcs.empty()) err << "  none\n";
  } catch (const std::exception& error) {
    const std::string reason = error.what();
    err << "The account could not be asked for its VPCs: "
        << one_line(reason.substr(0, reason.find('\n'))) << "\n";
  }
  return asked(app.console(), "VPC: default, create (one of its own), or an id", "default");
}

std::vector<ServiceAnswer> read_services(const std::vector<std::string>& words) {
  std::vector<ServiceAnswer> services;
  for (const std::string& word : words) {
    const std::optional<ServiceAnswer> service = parse_service(word);
    if (!service) {
      throw UsageError("a service is NAME=PORT or NAME=PORT/HEALTH-PATH, not " + shell_word(word));
    }
    services.push_back(*service);
  }
  return services;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

/// Fills in what was not given: by asking on a terminal, else by the template.
void complete(App& app, InitOptions& options, StackAnswers& answers) {
  const bool may_ask = app.console().input_is_terminal && app.console().err.terminal;
  if (options.template_name.empty()) {
    options.template_name = "web";
    if (may_ask) {
      options.template_name =
          asked(app.console(), "Template (" + join(template_names(), ", ") + ")", "web");
    }
  }
  if (!may_ask) return;
  const auto& console = app.console();
  if (answers.name.empty()) {
    answers.name = asked(console, "Name of the stack", template_stack_name(options.template_name));
  }
  if (answers.region.empty()) {
    const std::string region = value_of(app.environment(), "AWS_REGION");
    answers.region = asked(console, "Region", region.empty() ? "us-east-1" : region);
  }
  if (answers.vpc.empty()) answers.vpc = ask_vpc(app, answers.region);
  if (options.services.empty() && options.template_name == "web") {
    options.services = words_of(asked(console, "Services, as NAME=PORT[/HEALTH-PATH]", "web=80/"));
  }
}

/// Writes it whole or not at all. @throws UsageError when it is there and may not be replaced
void write_file(const std::string& path, const std::string& text, bool replace) {
  const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (replace ? O_TRUNC : O_EXCL);
  const int file = ::open(path.c_str(), flags, 0644);
  if (file < 0 && errno == EEXIST) {
    throw UsageError(path + " is there already; --force writes over it");
  }
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (!written) throw UsageError(path + " cannot be written: " + std::strerror(reason));
}

}  // namespace

ExitCode init(App& app, const InitOptions& given) {
  InitOptions options = given;
  StackAnswers answers;
  answers.file = options.file;
  answers.name = options.name;
  answers.region = app.global().region;
  answers.vpc = options.vpc;
  if (!options.force && std::filesystem::exists(options.file)) {
    throw UsageError(options.file + " is there already; --force writes over it");
  }
  complete(app, options, answers);
  const std::vector<std::string> names = template_names();
  if (std::find(names.begin(), names.end(), options.template_name) == names.end()) {
    throw UsageError("there is no template named " + options.template_name + "; there are " +
                     join(names, ", "));
  }
  if (!options.services.empty() && options.template_name != "web") {
    throw UsageError("--service goes with --template web; " + options.template_name +
                     " has services of its own");
  }
  answers.services = read_services(options.services);
  if (!options.no_schema) answers.schema_file = schema_name;
  const std::string text = stack_template(options.template_name, answers);
  const ReadFile no_files = [](const std::string&) { return std::nullopt; };
  parse_stack(text, options.file, no_files);  // what was answered may be wrong: nothing is written
  write_file(options.file, text, options.force);
  const std::filesystem::path folder = std::filesystem::path(options.file).parent_path();
  if (!options.no_schema) write_file((folder / schema_name).string(), stack_schema(), true);
  app.err() << "Wrote " << options.file << (options.no_schema ? "" : " and, for editors, ")
            << (options.no_schema ? "" : schema_name) << ". Next:\n  "
            << app.command_line({"validate", options.file}) << "\n  "
            << app.command_line({"deploy", options.file}) << "\n";
  return ExitCode::done;
}

}  // namespace albatross::cli
