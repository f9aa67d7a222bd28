#include "cli/recording/session.hpp"

#include "albatross/clients/exchange_rules.hpp"
#include "albatross/orchestrator/names.hpp"
#include "albatross/orchestrator/stack_file.hpp"

#include "cli/command_line.hpp"
#include "cli/error_report.hpp"
#include "support/folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace albatross::cli {
namespace {

Snapshot example(const std::string& user_data) {
  Snapshot snapshot;
  StackRecord stack;
  stack.name = "shop";
  stack.deployment_id = "0123456789ab";
  stack.account = "123456789012";
  stack.region = "us-east-1";
  stack.state = StackState::failed;
  stack.outputs["zones"] = std::vector<std::string>{"a", "b"};
  stack.last_error = "no";
  stack.created_at_ms = 5;
  snapshot.stacks.push_back(stack);
  ResourceRecord instance;
  instance.stack = "shop";
  instance.node = "instance.app.0";
  instance.kind = "instance";
  instance.status = RecordStatus::created;
  instance.provenance = Provenance::reused;
  instance.id = "i-1";
  instance.token = "t";
  instance.generation = 2;
  instance.properties["user_data"] = secret_fingerprint("0123456789ab", user_data);
  instance.outlived_by = {"vpc"};
  snapshot.resources.push_back(instance);
  return snapshot;
}

Stack stack_with(const std::string& user_data) {
  return parse_stack("name: shop\ninstances: {user_data: \"" + user_data + "\"}\n", "s.yaml",
                     [](const std::string&) { return std::nullopt; });
}

TEST(Snapshot, IsReadBackAsItWas) {
  const std::string text = snapshot_text(example("x"));
  EXPECT_EQ(snapshot_text(read_snapshot(text)), text);
  const Snapshot back = read_snapshot(text);
  EXPECT_EQ(back.stacks.front().state, StackState::failed);
  EXPECT_EQ(back.resources.front().provenance, Provenance::reused);
  EXPECT_EQ(back.resources.front().generation, 2);
  EXPECT_EQ(back.resources.front().outlived_by, std::vector<std::string>{"vpc"});
}

TEST(Snapshot, OfAnotherFormIsRefused) {
  EXPECT_THROW(read_snapshot(""), std::runtime_error);
  EXPECT_THROW(read_snapshot("{\"stacks\": []}"), std::runtime_error);
  std::string newer = snapshot_text(example("x"));
  newer.replace(newer.find("\"state\": 2"), 10, "\"state\": 9");
  EXPECT_THROW(read_snapshot(newer), std::runtime_error);
}

TEST(Snapshot, KeepsOfASecretWhetherItIsTheSame) {
  const Stack real = stack_with("#!/bin/sh\\nhunter2");
  const Stack shown = stack_with("#!/bin/sh\\n# REDACTED");
  for (const bool same : {true, false}) {
    Snapshot snapshot = example(same ? "#!/bin/sh\nhunter2" : "#!/bin/sh\nhunter1");
    const std::string before = std::get<std::string>(snapshot.resources[0].properties["user_data"]);
    hide_fingerprints(snapshot, &real);
    EXPECT_EQ(snapshot_text(snapshot).find(before), std::string::npos);
    restore_fingerprints(snapshot, shown);
    const std::string now = secret_fingerprint("0123456789ab", "#!/bin/sh\n# REDACTED");
    EXPECT_EQ(snapshot.resources[0].property("user_data") == now, same);
  }
  Snapshot of_a_destroy = example("x");
  hide_fingerprints(of_a_destroy, nullptr);
  EXPECT_EQ(of_a_destroy.resources[0].property("user_data").substr(0, 8), "REDACTED");
}

std::string complaint(const std::string& directory) {
  try {
    load_session(directory);
    return "none";
  } catch (const UsageError& wrong) {
    return wrong.what();
  }
}

TEST(Session, KeepsOfTheCommandLineWhatIsNotOfThisMachine) {
  Invocation invocation;
  invocation.words = {"deploy", "/home/me/web.yaml", "--record",  "rec", "--state-dir=/s",
                      "-q",     "--no-drain",        "--profile", "dev"};
  DeployOptions options;
  options.files = {"/home/me/web.yaml"};
  invocation.command = options;
  AwsExchangeRules rules;
  EXPECT_EQ(command_text(invocation, rules), "deploy\nweb.yaml\n-q\n--no-drain");
}

// Options may come from ALBATROSS_* variables; a replay reads none.
TEST(Session, KeepsOptionsThatVariablesGiveAndReplaysWithoutVariables) {
  const std::vector<std::string> words{"destroy", "web", "--timeout", "5m"};
  ::setenv("ALBATROSS_YES", "1", 1);
  ::setenv("ALBATROSS_TIMEOUT", "9m", 1);
  ::setenv("ALBATROSS_STEP_TIMEOUT", "gone=1m", 1);
  ::setenv("ALBATROSS_PROFILE", "dev", 1);
  const std::vector<std::string> all = words_with_variables(words);
  const ParsedCommandLine plain = parse_words(words);
  for (const char* name :
       {"ALBATROSS_YES", "ALBATROSS_TIMEOUT", "ALBATROSS_STEP_TIMEOUT", "ALBATROSS_PROFILE"})
    ::unsetenv(name);
  EXPECT_EQ(all, (std::vector<std::string>{"destroy", "web", "--timeout", "5m", "--yes=1",
                                           "--step-timeout=gone=1m"}));
  ASSERT_TRUE(plain.invocation);
  EXPECT_FALSE(std::get<DestroyOptions>(plain.invocation->command).yes);
  const ParsedCommandLine again = parse_words(all);
  ASSERT_TRUE(again.invocation);
  const auto options = std::get<DestroyOptions>(again.invocation->command);
  EXPECT_TRUE(options.yes);
  EXPECT_EQ(options.timeouts.run, "5m");
  EXPECT_EQ(options.timeouts.steps, std::vector<std::string>{"gone=1m"});
}

TEST(Session, KeepsTheWordsOfACallWithoutItsSecrets) {
  Invocation invocation;
  CallCommandOptions call;
  call.service = "ssm";
  call.action = "PutParameter";
  call.parameters = {"Name=/db\\x", "Type=SecureString", "Value=hunter2\nhunter2",
                     "Description=of arn:aws:iam::998877665544:role/x"};
  invocation.command = call;
  AwsExchangeRules rules;
  const std::string text = command_text(invocation, rules);
  EXPECT_EQ(command_words(text),
            (std::vector<std::string>{"call", "ssm", "PutParameter", "Name=/db\\x",
                                      "Type=SecureString", "Value=REDACTED",
                                      "Description=of arn:aws:iam::123456789012:role/x"}));
  call.service = "nowhere";
  invocation.command = call;
  EXPECT_EQ(command_text(invocation, rules), "call\nnowhere\nPutParameter");
}

TEST(Session, KeepsLinesWithinAWord) {
  Invocation invocation;
  CallCommandOptions call;
  call.service = "ec2";
  call.action = "CreateTags";
  call.parameters = {"Tag.1.Value=a\nb\\n", "Tag.2.Value="};
  invocation.command = call;
  AwsExchangeRules rules;
  EXPECT_EQ(command_words(command_text(invocation, rules)),
            (std::vector<std::string>{"call", "ec2", "CreateTags", "Tag.1.Value=a\nb\\n",
                                      "Tag.2.Value="}));
}

TEST(Session, SaysWhyAFolderCannotBeReplayed) {
  const test::Folder folder;
  EXPECT_NE(complaint(folder.path()).find("expected a recording"), std::string::npos);
  const std::string file = folder.path() + "/session.txt";
  std::ofstream(file) << "albatross recording 1\n\n";
  EXPECT_NE(complaint(folder.path()).find("not recorded with 'albatross --record'"),
            std::string::npos);
  const std::string head =
      "albatross recording 1\n\n=== started\nat 0.000000\n-- text\n| 5\n\n"
      "=== seed\nat 0.000000\n-- text\n| 7\n\n=== command\nat 0.000000\n-- text\n| ";
  std::ofstream(file) << head + "fly\n| away\n\n";
  EXPECT_NE(complaint(folder.path()).find("'fly away' is a command that cannot be replayed"),
            std::string::npos);
  std::ofstream(file) << head + "deploy\n| web.yaml\n\n";
  EXPECT_NE(complaint(folder.path()).find("holds no stack file"), std::string::npos);
  std::ofstream(file) << head + "list\n\n";
  EXPECT_EQ(complaint(folder.path()), "none");
  EXPECT_FALSE(load_session(folder.path()).exit_code);
}

}  // namespace
}  // namespace albatross::cli
