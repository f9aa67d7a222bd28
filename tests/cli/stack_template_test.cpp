#include "cli/stack_template.hpp"

#include "albatross/orchestrator/stack_file.hpp"

#include <gtest/gtest.h>

namespace albatross::cli {
namespace {

Stack parsed(const std::string& text) {
  return parse_stack(text, "stack.yaml", [](const std::string&) { return std::nullopt; });
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(StackTemplate, EveryTemplateIsAValidStackWithAndWithoutAnswers) {
  EXPECT_EQ(template_names(), (std::vector<std::string>{"ai-stack", "https", "web"}));
  for (const std::string& name : template_names()) {
    EXPECT_EQ(parsed(stack_template(name, {})).name, template_stack_name(name));
    for (const char* vpc : {"default", "create", "vpc-0123456789abcdef0"}) {
      StackAnswers answers;
      answers.name = "mine";
      answers.region = "eu-west-1";
      answers.vpc = vpc;
      const Stack stack = parsed(stack_template(name, answers));
      EXPECT_EQ(stack.name, "mine");
      EXPECT_EQ(stack.region, "eu-west-1");
      EXPECT_EQ(stack.network.mode == NetworkSpec::Mode::create, answers.vpc == "create") << name;
    }
  }
}

TEST(StackTemplate, ServicesTakeThePlaceOfTheTemplatesOwn) {
  StackAnswers answers;
  answers.services = {*parse_service("site=8000/up"), *parse_service("api=8080/healthz")};
  const Stack stack = parsed(stack_template("web", answers));
  ASSERT_EQ(stack.services.size(), 2u);
  EXPECT_EQ(stack.services[0].name, "site");
  EXPECT_EQ(stack.services[0].port, 8000);
  EXPECT_EQ(stack.services[0].health_check.path, "/up");
  EXPECT_EQ(stack.services[1].name, "api");
  EXPECT_EQ(stack.load_balancer.listeners.at(0).default_service, "site");
}

TEST(StackTemplate, CommentsSpeakOfTheNewFileAndStack) {
  StackAnswers answers;
  answers.name = "mine";
  answers.file = "my stack.yaml";
  answers.schema_file = "albatross.schema.json";
  const std::string text = stack_template("web", answers);
  EXPECT_EQ(text.rfind("# yaml-language-server: $schema=albatross.schema.json\n", 0), 0u);
  EXPECT_TRUE(contains(text, "albatross deploy 'my stack.yaml'"));
  EXPECT_TRUE(contains(text, "albatross destroy mine"));
  EXPECT_FALSE(contains(text, "examples/web.yaml"));
}

TEST(StackTemplate, ExplanationsOfCommandsStandInOneColumn) {
  for (const char* file : {"s.yaml", "a/long way/from/home.yaml"}) {
    StackAnswers answers;
    answers.name = "mine";
    answers.file = file;
    const std::string text = stack_template("web", answers);
    std::vector<std::size_t> columns;
    for (const char* explanation : {"says what", "prints the address", "removes all of it"}) {
      const std::size_t at = text.find(explanation);
      ASSERT_NE(at, std::string::npos) << text;
      EXPECT_EQ(text.substr(at - 5, 5), "     ") << text;
      columns.push_back(at - text.rfind('\n', at));
    }
    EXPECT_EQ(columns, std::vector<std::size_t>(3, columns[0])) << text;
  }
}

TEST(ParseService, TakesNamePortAndPathAndNothingElse) {
  EXPECT_EQ(parse_service("web=80")->port, 80);
  EXPECT_EQ(parse_service("web=80")->health_path, "/");
  EXPECT_EQ(parse_service("api=8080/healthz")->health_path, "/healthz");
  for (const char* wrong : {"", "web", "=80", "web=", "web=0", "web=65536", "web=80x", "web=x"}) {
    EXPECT_FALSE(parse_service(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace albatross::cli
