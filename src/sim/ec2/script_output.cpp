#include "sim/ec2/script_output.hpp"

#include "sim/core/error.hpp"

#include <map>

namespace albatross::sim::ec2 {
namespace {

constexpr std::string_view name_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

class Script {
 public:
  Script(std::string_view host, std::string_view date) : host_(host), date_(date) {}

  void run(std::string_view text) {
    while (!text.empty()) {
      const auto line = next_line(text);
      if (const auto mark = line.find("<<'"); mark != std::string_view::npos) {
        here_document(line, mark, text);
      } else {
        command(line);
      }
    }
  }
  std::vector<std::string> take() { return std::move(said_); }

 private:
  static std::string_view next_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
  }

  /// cat >"$file" <<'WORD': the text up to WORD is the file's.
  void here_document(std::string_view line, std::size_t mark, std::string_view& text) {
    const auto word = line.substr(mark + 3, line.find('\'', mark + 3) - mark - 3);
    const auto begin = text;
    std::size_t size = 0;
    while (!text.empty() && next_line(text) != word)
      size = begin.size() - text.size();
    const auto arrow = line.find('>');
    if (!line.starts_with("cat >") || arrow > mark) return;
    files_[expand(line.substr(arrow + 1, mark - arrow - 1))] = begin.substr(0, size);
  }

  void command(std::string_view line) {
    if (line.empty() || line.find_first_of(" \t#}") == 0) return;
    const auto name = line.substr(0, line.find_first_not_of(name_letters));
    const auto rest = line.substr(name.size());
    if (!name.empty() && rest.starts_with("=")) {
      variables_[std::string(name)] = expand(rest.substr(1));
    } else if (!name.empty() && rest.starts_with("() { echo ")) {
      functions_[std::string(name)] = rest.substr(10, rest.rfind(';') - 10);
    } else if (rest.find_first_of(">|&;") != std::string_view::npos) {
      return;
    } else if (name == "echo") {
      said_.push_back(expand(rest));
    } else if (const auto function = functions_.find(name); function != functions_.end()) {
      variables_["*"] = expand(rest);
      said_.push_back(expand(function->second));
    } else if (const auto file = files_.find(expand(line)); file != files_.end()) {
      const std::string_view text = file->second;
      files_.erase(file);  // a script that runs itself would never end
      run(text);
    }
  }

  /// Quotes taken off, variables and the commands that are known filled in.
  std::string expand(std::string_view text) {
    std::string out;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if ((c == '\'' || c == '"') && (quote == 0 || quote == c)) {
        quote = quote == 0 ? c : '\0';
      } else if (c == '$' && quote != '\'') {
        i = substitute(text, i, out);
      } else if (c != ' ' || quote != 0 || (!out.empty() && out.back() != ' ')) {
        out.push_back(c);
      }
    }
    while (out.ends_with(' '))
      out.pop_back();
    return out;
  }

  /// Fills in what begins at the '$'; returns the place of its last character.
  std::size_t substitute(std::string_view text, std::size_t at, std::string& out) {
    const auto next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (next == '(') {
      const auto end = std::min(text.find(')', at), text.size() - 1);
      const auto inside = text.substr(at + 2, end - at - 2);
      if (inside.starts_with("hostname")) out += host_;
      if (inside.starts_with("date")) out += date_;
      return end;
    }
    if (next == '?') out += '0';
    if (next == '?') return at + 1;
    const bool braces = next == '{';
    const auto begin = at + (braces ? 2 : 1);
    auto end = next == '*' || next == '@' ? begin + 1 : text.find_first_not_of(name_letters, begin);
    end = std::min(end, text.size());
    const auto name = next == '@' ? std::string_view("*") : text.substr(begin, end - begin);
    if (const auto it = variables_.find(name); it != variables_.end()) out += it->second;
    return braces ? end : end - 1;
  }

  std::string host_;
  std::string date_;
  std::map<std::string, std::string, std::less<>> variables_;
  std::map<std::string, std::string, std::less<>> functions_;
  std::map<std::string, std::string_view, std::less<>> files_;
  std::vector<std::string> said_;
};

}  // namespace

std::vector<std::string> script_output(std::string_view script, std::string_view host,
                                       std::string_view date) {
  Script run(host, date);
  run.run(script);
  return run.take();
}

}  // namespace albatross::sim::ec2
