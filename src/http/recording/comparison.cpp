#include "http/recording/comparison.hpp"

#include <algorithm>

namespace albatross::http {
namespace {

constexpr std::size_t context = 2;
// Beyond this a diff is no help to anybody, and the table grows with the square.
constexpr std::size_t most_lines = 2000;

using Lines = std::vector<std::string>;

Lines lines_of(const std::vector<RequestMember>& members) {
  Lines lines;
  for (const RequestMember& member : members) {
    if (lines.size() == most_lines) break;
    lines.push_back(member.name + "=" + member.value);
  }
  return lines;
}

struct DiffLine {
  char mark;
  std::string text;
};

/// Lengths of the longest common subsequences of the tails.
std::vector<std::vector<unsigned>> common_tails(const Lines& a, const Lines& b) {
  std::vector<std::vector<unsigned>> table(a.size() + 1, std::vector<unsigned>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      table[i][j] =
          a[i] == b[j] ? table[i + 1][j + 1] + 1 : std::max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

std::vector<DiffLine> diff_lines(const Lines& a, const Lines& b) {
  const auto table = common_tails(a, b);
  std::vector<DiffLine> out;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      out.push_back({' ', a[i]});
      ++i;
      ++j;
    } else if (j == b.size() || (i < a.size() && table[i + 1][j] >= table[i][j + 1])) {
      out.push_back({'-', a[i++]});
    } else {
      out.push_back({'+', b[j++]});
    }
  }
  return out;
}

bool near_change(const std::vector<DiffLine>& lines, std::size_t at) {
  const std::size_t first = at < context ? 0 : at - context;
  const std::size_t last = std::min(lines.size(), at + context + 1);
  for (std::size_t i = first; i < last; ++i) {
    if (lines[i].mark != ' ') return true;
  }
  return false;
}

}  // namespace

std::string key_of(const std::string& title, const std::vector<RequestMember>& members, bool all) {
  std::string key = title;
  for (const RequestMember& member : members) {
    if (all || member.distinguishing) key.append("\n").append(member.name + "=" + member.value);
  }
  return key;
}

MemberDiff diff_members(const std::vector<RequestMember>& recorded,
                        const std::vector<RequestMember>& sent) {
  const std::vector<DiffLine> lines = diff_lines(lines_of(recorded), lines_of(sent));
  MemberDiff diff;
  bool skipped = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!near_change(lines, i)) {
      skipped = true;
      continue;
    }
    if (skipped) diff.text += "  ...\n";
    skipped = false;
    diff.text.append(1, lines[i].mark).append(" ").append(lines[i].text).append("\n");
    diff.changes += lines[i].mark == ' ' ? 0 : 1;
  }
  if (skipped && !diff.text.empty()) diff.text += "  ...\n";
  return diff;
}

}  // namespace albatross::http
