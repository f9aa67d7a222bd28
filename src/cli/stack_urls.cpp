#include "cli/stack_urls.hpp"

namespace albatross::cli {
namespace {

constexpr std::string_view url_prefix = "url.";

void append(std::vector<std::pair<std::string, std::string>>& out, const std::string& service,
            const std::string& url) {
  if (!url.empty()) out.emplace_back(service, url);
}

}  // namespace

std::string dns_name(const StackRecord& stack) {
  const auto found = stack.outputs.find("dns_name");
  if (found == stack.outputs.end()) return {};
  const auto* text = std::get_if<std::string>(&found->second);
  return text == nullptr ? std::string{} : *text;
}

std::vector<std::pair<std::string, std::string>> service_urls(const StackRecord& stack) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, value] : stack.outputs) {
    if (!name.starts_with(url_prefix)) continue;
    const std::string service = name.substr(url_prefix.size());
    if (const auto* text = std::get_if<std::string>(&value)) {
      append(out, service, *text);
    } else {
      for (const std::string& url : std::get<std::vector<std::string>>(value)) {
        append(out, service, url);
      }
    }
  }
  return out;
}

}  // namespace albatross::cli
