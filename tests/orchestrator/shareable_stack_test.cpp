#include "albatross/orchestrator/names.hpp"
#include "albatross/orchestrator/stack_file.hpp"
#include "albatross/orchestrator/user_data.hpp"

#include "support/source_dir.hpp"

#include <gtest/gtest.h>

namespace albatross {
namespace {

std::optional<std::string> nothing(const std::string&) {
  return std::nullopt;
}

constexpr const char* secretive = R"(
# password of the database: hunter2
name: "shop"
tags: {Owner: "a: b", "we ird": '- x=y'}
instances:
  count: 2
  user_data: |
    #!/bin/sh
    serve --password=hunter2
services:
  web: {port: 80, route: {paths: ["/api/*", /x]}}
load_balancer: {enabled: true, listeners: [{port: 80, default_service: web}]}
)";

TEST(ShareableStack, SaysTheSameWithoutTheSecrets) {
  const std::string text = shareable_stack(secretive, "s.yaml", nothing);
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  const Stack before = parse_stack(secretive, "s.yaml", nothing);
  const Stack after = parse_stack(text, "s.yaml", nothing);
  EXPECT_EQ(after.name, before.name);
  EXPECT_EQ(after.tags, before.tags);
  EXPECT_EQ(after.instances.count, 2);
  EXPECT_EQ(after.services.at(0).route.paths, before.services.at(0).route.paths);
  EXPECT_EQ(after.load_balancer.listeners.at(0).default_service, "web");
  EXPECT_EQ(after.instances.user_data.reveal(), "#!/bin/sh\n# REDACTED\n");
  EXPECT_EQ(shareable_stack(text, "s.yaml", nothing), text);
}

TEST(ShareableStack, KeepsTheKindOfUserData) {
  const auto kind_after = [](const std::string& user_data) {
    const ReadFile read = [&](const std::string&) { return user_data; };
    const std::string text =
        shareable_stack("name: a\ninstances: {user_data_file: secret.txt}\n", "s.yaml", read);
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    return kind_of_user_data(parse_stack(text, "s.yaml", nothing).instances.user_data.reveal());
  };
  for (const char* data : {"#!/bin/bash\nx", "#cloud-config\nx: 1", "MIME-Version: 1.0\nx"}) {
    EXPECT_EQ(kind_after(data), kind_of_user_data(data)) << data;
  }
}

TEST(ShareableStack, IsOneOfTheExamplesToo) {
  for (const char* name : {"web", "ai-stack", "https"}) {
    const std::string path = test::source_dir() + "/examples/" + name + ".yaml";
    const std::string text = load_shareable_stack(path);
    const Stack stack = parse_stack(text, path, nothing);
    EXPECT_EQ(stack.services.size(), load_stack(path).services.size());
    EXPECT_EQ(text.find('#'), text.find("#!/bin/sh")) << text;
  }
}

TEST(ShareableStack, RefusesWhatIsNoStack) {
  EXPECT_THROW(shareable_stack("name: [", "s.yaml", nothing), SpecError);
  EXPECT_THROW(shareable_stack("colour: red", "s.yaml", nothing), SpecError);
}

TEST(SecretFingerprint, TellsSecretsApartAndNeverChanges) {
  EXPECT_EQ(secret_fingerprint("0123456789ab", "x").size(), 8U);
  EXPECT_EQ(secret_fingerprint("0123456789ab", "x"), fit_name("0123456789abx", 9).substr(0, 9));
  EXPECT_NE(secret_fingerprint("0123456789ab", "x"), secret_fingerprint("0123456789ab", "y"));
}

}  // namespace
}  // namespace albatross
