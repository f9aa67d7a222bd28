#include "cli/fleet/member.hpp"

#include "cli/stack_urls.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace albatross::cli {
namespace {

constexpr std::array by_weight{ExitCode::left_behind, ExitCode::access, ExitCode::failed,
                               ExitCode::usage,       ExitCode::locked, ExitCode::interrupted,
                               ExitCode::done};

std::size_t weight(ExitCode code) {
  return static_cast<std::size_t>(std::find(by_weight.begin(), by_weight.end(), code) -
                                  by_weight.begin());
}

Tone tone_of(ExitCode code) {
  if (code == ExitCode::done) return Tone::good;
  return code == ExitCode::interrupted ? Tone::warn : Tone::bad;
}

}  // namespace

ExitCode worst_of(const std::vector<MemberEnd>& ends) {
  ExitCode worst = ExitCode::done;
  for (const MemberEnd& end : ends) {
    if (weight(end.exit_code) < weight(worst)) worst = end.exit_code;
  }
  return worst;
}

std::string_view outcome_name(ExitCode code) {
  switch (code) {
    case ExitCode::done:
      return outcome_name(Outcome::done);
    case ExitCode::left_behind:
      return outcome_name(Outcome::left_behind);
    case ExitCode::interrupted:
      return outcome_name(Outcome::interrupted);
    case ExitCode::failed:
    case ExitCode::usage:
    case ExitCode::access:
    case ExitCode::locked:
      break;
  }
  return outcome_name(Outcome::failed);
}

const Failure* failure_of(const MemberEnd& end) {
  if (end.error) return &end.error->failure;
  return end.result && end.result->failure ? &*end.result->failure : nullptr;
}

std::string dns_name_of(const MemberEnd& end) {
  return end.doing == "deploy" && end.result ? dns_name(end.result->stack) : std::string();
}

void refuse_twins(const std::vector<std::string>& stacks) {
  std::set<std::string> seen;
  for (const std::string& stack : stacks) {
    if (!seen.insert(stack).second) {
      throw UsageError("the stack " + stack + " is named twice; nothing was begun");
    }
  }
}

std::string state_name(const MemberEnd& end) {
  if (!end.result) {
    if (end.exit_code == ExitCode::locked) return "locked";
    return end.exit_code == ExitCode::interrupted ? "not begun" : "failed";
  }
  switch (end.result->outcome) {
    case Outcome::done:
      if (end.doing == "deploy") return "ready";
      return end.doing == "destroy" ? "destroyed" : "rolled back";
    case Outcome::interrupted:
      return "interrupted";
    case Outcome::left_behind:
      return "failed, something is left";
    case Outcome::failed:
      break;
  }
  const bool rolled_back = end.result->stack.state == StackState::rolled_back;
  return rolled_back ? "failed, rolled back" : "failed";
}

std::string ending_text(const MemberEnd& end, const TextStyle& style) {
  std::string text = paint(tone_of(end.exit_code), state_name(end), style);
  if (end.exit_code == ExitCode::done) {
    const std::string dns = dns_name_of(end);
    return dns.empty() ? text : text + "  http://" + dns;
  }
  const Failure* failure = failure_of(end);
  if (failure == nullptr || end.exit_code == ExitCode::interrupted) return text;
  return text + ": " + one_line(failure->code + ": " + failure->message);
}

}  // namespace albatross::cli
