#include "albatross/clients/config.hpp"
#include "albatross/clients/default_credentials.hpp"

#include "clients/config_parser.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <sys/stat.h>

namespace albatross {
namespace {

std::string value(const ConfigSections& sections, const char* section, const char* key) {
  const auto found = sections.find(section);
  if (found == sections.end()) return "(no section)";
  const ConfigValue* const line = found->second.find(key);
  return line == nullptr ? "(no key)" : line->text;
}

/// The error of a text, or "" when there is none.
std::string error_of(const std::string& text) {
  try {
    parse_config_file(text, "/h/.aws/config");
    return "";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

TEST(ConfigFile, ReadsSectionsKeysAndValues) {
  const auto sections = parse_config_file(
      "\xEF\xBB\xBF# comment\n[default]\r\nRegion = eu-west-1 \r\noutput=json\n\n"
      "[profile dev]\nregion\t=\tus-east-1 ; inline\nname = a#b\nempty =\n",
      "f");
  EXPECT_EQ(value(sections, "default", "region"), "eu-west-1");
  EXPECT_EQ(value(sections, "default", "output"), "json");
  EXPECT_EQ(value(sections, "profile dev", "region"), "us-east-1");
  EXPECT_EQ(value(sections, "profile dev", "name"), "a#b");
  EXPECT_EQ(value(sections, "profile dev", "empty"), "");
}

TEST(ConfigFile, SecretsAndCommandsKeepEverythingAfterTheEqualsSign) {
  const auto sections = parse_config_file(
      "[a]\naws_secret_access_key = x/y+z= #1\ncredential_process = \"/a b\" --x ;y\n", "f");
  EXPECT_EQ(value(sections, "a", "aws_secret_access_key"), "x/y+z= #1");
  EXPECT_EQ(value(sections, "a", "credential_process"), "\"/a b\" --x ;y");
}

TEST(ConfigFile, RepeatedSectionsMergeAndLaterKeysWin) {
  const auto sections = parse_config_file("[a]\nx = 1\ny = 1\n[b]\n[a]\nx = 2\n", "f");
  EXPECT_EQ(value(sections, "a", "x"), "2");
  EXPECT_EQ(value(sections, "a", "y"), "1");
}

TEST(ConfigFile, IndentedKeysOfASectionAreKeys) {
  const auto sections = parse_config_file("[a]\n  region = r\n  output = o\n", "f");
  EXPECT_EQ(value(sections, "a", "region"), "r");
  EXPECT_EQ(value(sections, "a", "output"), "o");
}

TEST(ConfigFile, LinesBelowAnEmptyKeyAreItsBlock) {
  const auto sections = parse_config_file(
      "[services local]\nec2 =\n  endpoint_url = http://127.0.0.1:5000\n  # no\n\n"
      "  other = x\ns3 = y\n",
      "f");
  const ConfigSection& section = sections.at("services local");
  ASSERT_NE(section.find("ec2", "endpoint_url"), nullptr);
  EXPECT_EQ(section.find("ec2", "endpoint_url")->text, "http://127.0.0.1:5000");
  EXPECT_EQ(section.find("ec2", "endpoint_url")->line, 3);
  EXPECT_EQ(section.find("ec2", "other")->text, "x");
  EXPECT_EQ(section.find("s3", "endpoint_url"), nullptr);
  EXPECT_EQ(value(sections, "services local", "s3"), "y");
}

TEST(ConfigFile, LinesBelowAFullKeyContinueItsValue) {
  const auto sections = parse_config_file("[a]\nx = one\n  two\ny = 3\n", "f");
  EXPECT_EQ(value(sections, "a", "x"), "one\ntwo");
  EXPECT_EQ(value(sections, "a", "y"), "3");
}

TEST(ConfigFile, ErrorsNameFileAndLineAndNeverTheContent) {
  EXPECT_EQ(error_of("[a]\nx = 1\nsecret words\n"), "/h/.aws/config:3: expected 'key = value'");
  EXPECT_EQ(error_of("x = 1\n"),
            "/h/.aws/config:1: a line before the first section: expected '[name]'");
  EXPECT_EQ(error_of("[a\n"), "/h/.aws/config:1: a section header without ']'");
  EXPECT_EQ(error_of("\n[ ]\n"), "/h/.aws/config:2: a section without a name");
  EXPECT_EQ(error_of("[a] b\n"), "/h/.aws/config:1: unexpected text after the section header");
  EXPECT_EQ(error_of("[a]\n= 1\n"), "/h/.aws/config:2: a value without a key");
  EXPECT_EQ(error_of("[a]\nx =\n  secret\n"), "/h/.aws/config:3: expected 'key = value'");
  EXPECT_EQ(error_of("[a] ; fine\nx = 1"), "");
}

TEST(ConfigFile, EveryPrefixOfAFileIsReadOrRefusedCleanly) {
  const std::string text =
      "[profile \"a b\"]\r\nregion = x # y\nec2 =\n  endpoint_url = u\n [z\n;\n[q]\n=\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string error = error_of(text.substr(0, size));
    EXPECT_TRUE(error.empty() || error.starts_with("/h/.aws/config:")) << error;
  }
}

SharedConfig both(const std::string& config, const std::string& credentials) {
  SharedConfig files;
  add_config_file(files, parse_config_file(config, "config"));
  add_credentials_file(files, parse_config_file(credentials, "credentials"));
  return files;
}

TEST(SharedConfigFiles, ProfilesOfBothFilesMergeAndCredentialsWin) {
  const SharedConfig files =
      both("[profile dev]\nregion = r\naws_access_key_id = config\n[profile \"a b\"]\nregion = q\n",
           "[dev]\naws_access_key_id = credentials\n[only]\nregion = o\n");
  EXPECT_EQ(files.find_profile("dev")->get("region"), "r");
  EXPECT_EQ(files.find_profile("dev")->get("aws_access_key_id"), "credentials");
  EXPECT_EQ(files.find_profile("a b")->get("region"), "q");
  EXPECT_EQ(files.find_profile("only")->get("region"), "o");
  EXPECT_EQ(files.find_profile("only")->name, "only");
}

TEST(SharedConfigFiles, OnlySectionsOfAKnownKindCountInTheConfigFile) {
  const SharedConfig files = both(
      "[dev]\nregion = r\n[plugins]\nx = y\n[profiles]\n[sso-session s]\nsso_region = e\n"
      "[services l]\n",
      "");
  EXPECT_TRUE(files.profiles.empty());
  EXPECT_EQ(files.sso_sessions.at("s").find("sso_region")->text, "e");
  EXPECT_EQ(files.services.count("l"), 1U);
}

TEST(SharedConfigFiles, ProfileDefaultBeatsDefault) {
  for (const char* text : {"[profile default]\nregion = p\n[default]\nregion = d\noutput = o\n",
                           "[default]\nregion = d\noutput = o\n[profile default]\nregion = p\n"}) {
    const SharedConfig files = both(text, "");
    EXPECT_EQ(files.find_profile("default")->get("region"), "p");
    EXPECT_EQ(files.find_profile("default")->find("output"), nullptr);
  }
}

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "albatross_files_XXXXXX") {
    std::string name = path_.string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const char* name) const { return (path_ / name).string(); }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

TEST(Files, WrittenFilesAreReadBackAndAreForTheOwnerOnly) {
  const Folder folder;
  const std::string path = folder.file("token.json");
  const auto read = system_file_reader();
  EXPECT_FALSE(read(path));
  system_private_file_writer()(path, "one");
  const std::string large(100'000, 'x');
  system_private_file_writer()(path, large);
  EXPECT_EQ(read(path), large);
  EXPECT_EQ(folder.count(), 1U);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(Files, WhatCannotBeReadOrWrittenIsAnErrorAndWhatIsAbsentIsNot) {
  const Folder folder;
  EXPECT_THROW(system_file_reader()(folder.file("")), std::runtime_error);  // a directory
  EXPECT_FALSE(system_file_reader()(folder.file("none/none")));
  EXPECT_THROW(system_private_file_writer()(folder.file("none/none"), "x"), std::runtime_error);
  EXPECT_EQ(folder.count(), 0U);
}

}  // namespace
}  // namespace albatross
