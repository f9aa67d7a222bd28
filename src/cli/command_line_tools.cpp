// Global options, and the commands beside the stacks.
#include "cli/command_line_parser.hpp"
#include "cli/one_of.hpp"
#include "cli/stack_template.hpp"

#include <map>

namespace albatross::cli {

void Parser::add_global_options() {
  const std::map<std::string, OutputFormat> formats{{"text", OutputFormat::text},
                                                    {"json", OutputFormat::json}};
  app_.add_option("--state-dir", global_.state_dir, "Where to remember what was deployed")
      ->option_text("DIR")
      ->envname("ALBATROSS_STATE_DIR");
  app_.add_option("--record", global_.record, "Record all exchanges with AWS there, redacted")
      ->option_text("DIR")
      ->envname("ALBATROSS_RECORD");
  app_.add_option("--output", global_.output, "json: one document on standard output")
      ->transform(one_of(formats))
      ->option_text("text|json")
      ->envname("ALBATROSS_OUTPUT");
  app_.add_flag("--no-color", global_.no_color, "No colors (also: NO_COLOR)")
      ->option_text(" ")
      ->envname("ALBATROSS_NO_COLOR");
  app_.add_flag("--quiet,-q", global_.quiet, "No progress, only the result")
      ->option_text(" ")
      ->envname("ALBATROSS_QUIET");
}

/// What is stronger than AWS's own variables and the profile.
void Parser::add_aws_options() {
  app_.add_option("--region", global_.region, "AWS region")
      ->option_text("NAME")
      ->envname("ALBATROSS_REGION");
  app_.add_option("--profile", global_.profile, "Profile of the AWS config and credentials files")
      ->option_text("NAME")
      ->envname("ALBATROSS_PROFILE");
  app_.add_option("--endpoint-url", global_.endpoint_url, "Send all calls there instead of to AWS")
      ->option_text("URL")
      ->envname("ALBATROSS_ENDPOINT_URL");
  app_.add_option("--ca-bundle", global_.ca_bundle, "Trust the authorities in this PEM file")
      ->option_text("FILE")
      ->envname("ALBATROSS_CA_BUNDLE");
  app_.add_flag("--use-fips-endpoint", global_.use_fips, "Call AWS's FIPS endpoints")
      ->option_text(" ")
      ->envname("ALBATROSS_USE_FIPS_ENDPOINT");
  app_.add_flag("--use-dualstack-endpoint", global_.use_dual_stack, "... those that have IPv6 too")
      ->option_text(" ")
      ->envname("ALBATROSS_USE_DUALSTACK_ENDPOINT");
  app_.add_option("--retry-mode", global_.retry_mode, "What to do when AWS throttles")
      ->check(one_of({"standard", "adaptive"}))
      ->option_text("standard|adaptive")
      ->envname("ALBATROSS_RETRY_MODE");
  app_.add_option("--max-attempts", global_.max_attempts, "How often to try a call")
      ->check(CLI::Range(1, 100).description(""))
      ->option_text("NUMBER")
      ->envname("ALBATROSS_MAX_ATTEMPTS");
}

CLI::App* Parser::add_command(const char* name, const char* description, const char* footer) {
  CLI::App* command = app_.add_subcommand(name, description);
  command->footer(std::string(footer) +
                  "\n\nGlobal options (region, output, ...): albatross --help");
  return command;
}

void Parser::add_replay() {
  auto* command =
      add_command("replay", "Run a recorded command again, offline, and show what happened",
                  "A recording is made with --record DIR, which every command takes. Example:\n"
                  "  albatross deploy examples/web.yaml --record web-1\n"
                  "  albatross replay web-1");
  command->add_option("DIR", replay_.directory, "Folder with the recording")
      ->required()
      ->option_text(" ");
  command
      ->add_flag("--by-operation", replay_.by_operation,
                 "Match calls by what tells them apart, in any order")
      ->option_text(" ")
      ->envname("ALBATROSS_REPLAY_BY_OPERATION");
}

void Parser::add_sim() {
  add_sim_command(*add_command("sim", "Run a simulated AWS on this machine", ""), sim_);
}

void Parser::add_init() {
  auto* command =
      add_command("init", "Write a commented stack file to start from",
                  "On a terminal it asks for what is not given.\nExamples:\n  albatross init\n"
                  "  albatross init shop.yaml --service web=80 "
                  "--service api=8080/healthz");
  command->add_option("FILE", init_.file, "The file to write (stack.yaml)")->option_text(" ");
  command->add_option("--template", init_.template_name, "What to start from")
      ->check(one_of(template_names()))
      ->option_text("ai-stack|https|web")
      ->envname("ALBATROSS_TEMPLATE");
  command->add_option("--name", init_.name, "The stack's name")
      ->option_text("NAME")
      ->envname("ALBATROSS_NAME");
  command->add_option("--vpc", init_.vpc, "default, create, or the id of yours")
      ->option_text("VPC")
      ->envname("ALBATROSS_VPC");
  command
      ->add_option("--service", init_.services, "A service, its port and health path; repeatable")
      ->option_text("NAME=PORT[/PATH]")
      ->expected(1)
      ->take_all()
      ->envname("ALBATROSS_SERVICE");
  command->add_flag("--no-schema", init_.no_schema, "No JSON Schema beside it for editors")
      ->option_text(" ")
      ->envname("ALBATROSS_NO_SCHEMA");
  command->add_flag("--force", init_.force, "Write over a file that is there")
      ->option_text(" ")
      ->envname("ALBATROSS_FORCE");
}

void Parser::add_policy() {
  auto* command = add_command("policy", "Print the IAM policy that a stack file needs, and no more",
                              "Examples:\n  albatross policy examples/web.yaml > deploy-web.json\n"
                              "  albatross policy examples/web.yaml --for destroy");
  command->add_option("FILE", policy_.file, "Stack file (YAML or JSON)")
      ->required()
      ->option_text(" ");
  command->add_option("--for", policy_.purpose, "What it is to permit (default: deploy)")
      ->check(one_of({"deploy", "destroy"}))
      ->option_text("deploy|destroy")
      ->envname("ALBATROSS_FOR");
}

void Parser::add_schema() {
  add_command("schema", "Print the JSON Schema of stack files, for editors",
              "Example:\n  albatross schema > albatross.schema.json\nand as the first line of the "
              "stack file:\n  # yaml-language-server: $schema=albatross.schema.json");
}

void Parser::add_completion() {
  auto* command = add_command("completion", "Print a completion script for a shell",
                              "Examples:\n  source <(albatross completion bash)\n"
                              "  albatross completion zsh > ~/.zfunc/_albatross\n"
                              "  albatross completion fish > "
                              "~/.config/fish/completions/albatross.fish");
  command->add_option("bash|zsh|fish", completion_.shell, "The shell")
      ->required()
      ->check(one_of({"bash", "zsh", "fish"}))
      ->option_text(" ");
}

void Parser::add_man() {
  auto* command = add_command("man", "Print a manual page",
                              "Examples:\n  albatross man | man -l -\n"
                              "  albatross man deploy | man -l -");
  command->add_option("COMMAND", man_.command, "The command; none: the program")->option_text(" ");
}

void Parser::add_call() {
  auto* command = add_command(
      "call", "Make one signed call of any action of a service",
      "Services: ec2, elbv2, efs, iam, sts, ssm, dynamodb, acm, servicequotas.\n"
      "Parameters as in AWS's API reference; of efs the action is method and path.\n"
      "Examples:\n"
      "  albatross call sts GetCallerIdentity\n"
      "  albatross call ec2 DescribeVpcs Filter.1.Name=is-default Filter.1.Value.1=true\n"
      "  albatross call efs \"GET /2015-02-01/file-systems\" MaxItems=5\n"
      "  albatross call ssm GetParameter Name=/my/parameter --output json");
  command->add_option("SERVICE", call_.service, "The service")->required()->option_text(" ");
  command->add_option("ACTION", call_.action, "The action")->required()->option_text(" ");
  command->add_option("KEY=VALUE", call_.parameters, "Its parameters")->option_text(" ");
}

}  // namespace albatross::cli
