#include "albatross/clients/ec2.hpp"
#include "albatross/orchestrator/stack_file.hpp"

#include "cli/aws_session.hpp"
#include "cli/commands/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/questions.hpp"
#include "cli/stack_template.hpp"
#include "cli/text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <optional>
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

/// What is wrong with an answer; nothing when it will do.
using Complaint = std::function<std::optional<std::string>(const std::string& answer)>;

/// Asks until the answer will do. An empty one means `otherwise`, which is shown.
std::string asked(App& app, const std::string& question, const std::string& otherwise,
                  const Complaint& complaint) {
  for (;;) {
    std::string answer = ask_user(app, question + " [" + otherwise + "]: ");
    if (answer.empty()) return otherwise;
    const std::optional<std::string> wrong = complaint(answer);
    if (!wrong) return answer;
    for (const std::string& line : wrap(one_line(*wrong), app.console().err.style.width - 2))
      app.err() << "  " << line << "\n";
  }
}

std::optional<std::string> complaint_about_template(const std::string& name) {
  const std::vector<std::string> names = template_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) return std::nullopt;
  return "there is no template named " + name + "; there are " + join(names, ", ");
}

/// As the stack file would be complained about, in which that is the only answer.
std::optional<std::string> complaint_about(const StackAnswers& answer,
                                           const std::string& template_name) {
  const ReadFile no_files = [](const std::string&) { return std::nullopt; };
  try {
    parse_stack(stack_template(template_name, answer), answer.file, no_files);
  } catch (const SpecError& error) {
    return error.problems().front().message;
  }
  return std::nullopt;
}

/// For an answer that is one member of them.
Complaint complaint_about(std::string StackAnswers::*member, const std::string& template_name) {
  return [member, &template_name](const std::string& text) {
    StackAnswers answer;
    answer.*member = text;
    return complaint_about(answer, template_name);
  };
}

/// Shows what the account holds, where it can be asked.
std::string ask_vpc(App& app, const std::string& region, const std::string& template_name) {
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
    std::string first = one_line(reason.substr(0, reason.find('\n')));
    if (first.ends_with(':')) first.pop_back();
    err << "The account could not be asked for its VPCs: " << first << "\n";
  }
  return asked(app, "VPC: default, create (one of its own), or an id", "default",
               complaint_about(&StackAnswers::vpc, template_name));
}

std::vector<ServiceAnswer> read_services(const std::vector<std::string>& words) {
  std::vector<ServiceAnswer> services;
  for (const std::string& word : words) {
    const std::optional<ServiceAnswer> service = parse_service(word);
    if (!service) {
      throw UsageError("a service is NAME=PORT or NAME=PORT/HEALTH-PATH, not " + shell_word(word));
    }
    const bool twice = std::any_of(services.begin(), services.end(),
                                   [&](const auto& each) { return each.name == service->name; });
    if (twice) throw UsageError("there are two services named " + service->name);
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

std::optional<std::string> complaint_about_services(const std::string& text) {
  StackAnswers answer;
  try {
    answer.services = read_services(words_of(text));
  } catch (const UsageError& error) {
    return error.what();
  }
  return complaint_about(answer, "web");
}

/// Fills in what was not given: by asking on a terminal, else by the template.
void complete(App& app, InitOptions& options, StackAnswers& answers) {
  const bool may_ask = app.console().input_is_terminal && app.console().err.terminal;
  std::string& base = options.template_name;
  if (base.empty() && may_ask) {
    base = asked(app, "Template (" + join(template_names(), ", ") + ")", "web",
                 complaint_about_template);
  }
  if (base.empty()) base = "web";
  if (const auto wrong = complaint_about_template(base)) throw UsageError(*wrong);
  if (!may_ask) return;
  if (answers.name.empty()) {
    answers.name = asked(app, "Name of the stack", template_stack_name(base),
                         complaint_about(&StackAnswers::name, base));
  }
  if (answers.region.empty()) {
    const std::string region = value_of(app.environment(), "AWS_REGION");
    answers.region = asked(app, "Region", region.empty() ? "us-east-1" : region,
                           complaint_about(&StackAnswers::region, base));
  }
  if (answers.vpc.empty()) answers.vpc = ask_vpc(app, answers.region, base);
  if (options.services.empty() && base == "web") {
    options.services = words_of(
        asked(app, "Services, as NAME=PORT[/HEALTH-PATH]", "web=80/", complaint_about_services));
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
