#include "cli/doctor/checkup.hpp"

#include "cli/doctor/examiner.hpp"
#include "cli/findings_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <unistd.h>

namespace albatross::cli {
namespace {

Check check_with(Grade grade, bool access = false) {
  Check out;
  out.section = "Credentials";
  out.name = "identity";
  out.grade = grade;
  out.detail = "InvalidClientTokenId: no";
  out.hint = "Log in.";
  out.access = access;
  return out;
}

Finding finding_about(const std::string& member, Finding::Severity severity) {
  Finding out;
  out.severity = severity;
  out.code = "QuotaExceeded";
  out.member = member;
  out.message = "too many";
  out.hint = "Ask for more.";
  return out;
}

TEST(Checkup, ItsExitCodeTellsProblemsAndAccessApart) {
  Checkup checkup;
  EXPECT_EQ(checkup.exit_code(), ExitCode::done);
  checkup.checks = {check_with(Grade::good), check_with(Grade::warning, true)};
  checkup.findings = {finding_about("", Finding::Severity::warning)};
  EXPECT_EQ(checkup.exit_code(), ExitCode::done);
  EXPECT_EQ(checkup.count(Grade::warning), 2U);
  checkup.findings.push_back(finding_about("", Finding::Severity::error));
  EXPECT_EQ(checkup.exit_code(), ExitCode::failed);
  checkup.checks.push_back(check_with(Grade::bad, true));
  EXPECT_EQ(checkup.exit_code(), ExitCode::access);
}

TEST(Checkup, IsReadableInAsciiAndNarrow) {
  Checkup checkup;
  checkup.checks = {check_with(Grade::bad, true)};
  checkup.checks.front().detail = "first line\nsecond line";
  TextStyle style;
  style.width = 40;
  const std::string text = checkup_text(checkup, "", style);
  EXPECT_EQ(text,
            "Credentials\n"
            "  x  identity\n"
            "       first line\n"
            "       second line\n"
            "       Log in.\n"
            "\n"
            "1 problem found.\n");
}

TEST(Checkup, HasADocument) {
  Checkup checkup;
  checkup.account = "123456789012";
  checkup.checks = {check_with(Grade::bad, true)};
  const auto document = nlohmann::json::parse(checkup_json(checkup));
  EXPECT_EQ(document["command"], "doctor");
  EXPECT_EQ(document["exit_code"], 5);
  EXPECT_EQ(document["checks"][0]["status"], "problem");
  EXPECT_EQ(document["problems"], 1);
}

TEST(FindingsText, PointsAtTheMemberInTheFile) {
  char name[] = "/tmp/albatross-findings-XXXXXX";
  close(mkstemp(name));
  std::ofstream(name) << "name: x\ninstances:\n  type: t9.huge\n";
  const std::string text =
      findings_text({finding_about("instances.type", Finding::Severity::error)}, name, TextStyle());
  unlink(name);
  EXPECT_EQ(text, "  error: " + std::string(name) +
                      ":3:9: too many\n"
                      "   3 |   type: t9.huge\n"
                      "     |         ^\n"
                      "    Ask for more.\n");
}

TEST(FindingsText, WithoutAFileHasNoPlaces) {
  EXPECT_EQ(
      findings_text({finding_about("instances.type", Finding::Severity::warning)}, "", TextStyle()),
      "  warning: too many\n    Ask for more.\n");
}

TEST(Principal, OfASessionIsItsRole) {
  EXPECT_EQ(principal_of("arn:aws:iam::123456789012:user/me"), "arn:aws:iam::123456789012:user/me");
  EXPECT_EQ(principal_of("arn:aws:sts::123456789012:assumed-role/deployer/session-1"),
            "arn:aws:iam::123456789012:role/deployer");
}

}  // namespace
}  // namespace albatross::cli
