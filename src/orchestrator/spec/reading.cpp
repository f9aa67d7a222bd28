#include "orchestrator/spec/reading.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace albatross::spec {
namespace {

/// What "services.n8n.port" is in: "services.n8n". Empty for the file itself.
std::string outer_path(const std::string& path) {
  const auto cut = path.find_last_of(".[");
  return cut == std::string::npos ? std::string() : path.substr(0, cut);
}

auto order_of(const SpecProblem& p) {
  return std::tie(p.line, p.column);
}

}  // namespace

void Reading::place(const std::string& path, ValuePtr value, Mark mark) {
  places_[path] = Place{std::move(value), mark};
}

void Reading::complain(Mark mark, std::string message) {
  problems_.push_back({file_, mark.line, mark.column, std::move(message)});
}

void Reading::complain_about(const std::string& path, std::string message) {
  spoilt_.insert(path);
  complain(mark(path), std::move(message));
}

const Value* Reading::find(const std::string& path) const {
  const auto place = places_.find(path);
  return place == places_.end() ? nullptr : place->second.value.get();
}

Mark Reading::mark(const std::string& path) const {
  for (std::string at = path;; at = outer_path(at)) {
    const auto place = places_.find(at);
    if (place != places_.end()) return place->second.mark;
    if (at.empty()) return {1, 1};
  }
}

bool Reading::sound(const std::string& path) const {
  for (std::string at = path; !at.empty(); at = outer_path(at))
    if (spoilt_.contains(at)) return false;
  return true;
}

std::vector<SpecProblem> Reading::problems() const {
  auto sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  const auto same = [](const auto& a, const auto& b) {
    return order_of(a) == order_of(b) && a.message == b.message;
  };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  return sorted;
}

std::string join_path(const std::string& path, const std::string& member) {
  return path.empty() ? member : path + "." + member;
}

std::string item_path(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

}  // namespace albatross::spec
