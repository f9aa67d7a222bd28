#include "orchestrator/spec/table.hpp"

#include "orchestrator/spec/suggest.hpp"

#include <algorithm>

namespace albatross::spec {
namespace {

std::vector<std::string> names_of(const SectionInfo& members) {
  std::vector<std::string> names;
  for (const auto& member : members)
    names.push_back(member.name);
  return names;
}

std::string in_what(const std::string& path) {
  return path.empty() ? "" : " in " + path;
}

std::string step_into(const MemberInfo& member) {
  if (member.shape == Shape::named_sections) return member.name + ".<name>";
  return member.shape == Shape::section_list ? member.name + "[]" : member.name;
}

/// The sections that do have such a member.
void find_homes(const SectionInfo& members, const std::string& path, const std::string& key,
                std::vector<std::string>& homes) {
  for (const auto& member : members) {
    if (member.name == key) homes.push_back(path.empty() ? "the top of the file" : path);
    if (member.members) find_homes(*member.members, join_path(path, step_into(member)), key, homes);
  }
}

std::string homes_of(const Reading& reading, const std::string& key) {
  std::vector<std::string> homes;
  if (reading.vocabulary() != nullptr) find_homes(*reading.vocabulary(), "", key, homes);
  return homes.empty() ? "" : "; it belongs in " + one_of(homes);
}

void complain_of_unknown(Reading& reading, const std::string& path, const Entry& entry,
                         const SectionInfo& members) {
  const auto names = names_of(members);
  std::string advice = did_you_mean(entry.key, names);
  if (advice.empty()) advice = homes_of(reading, entry.key);
  if (advice.empty()) advice = "; expected " + one_of(names);
  reading.complain(entry.mark, "unknown key '" + entry.key + "'" + in_what(path) + advice);
}

/// Keys that are there for anchors only: "x-…" at the top, as in Compose files.
bool is_extension(const std::string& path, const std::string& key) {
  return path.empty() && key.starts_with("x-");
}

}  // namespace

std::string keys_of(const SectionInfo& members) {
  return "the keys " + one_of(names_of(members));
}

void complain_of_value(Reading& reading, const std::string& path, const Value& value,
                       const std::string& reason, const std::string& expected,
                       const std::vector<std::string>& words) {
  std::string message = path + " is " + describe(value);
  if (!reason.empty()) message += ": " + reason;
  message += "; expected " + expected;
  if (value.is(Value::Kind::scalar)) message += did_you_mean(value.text, words);
  reading.complain_about(path, std::move(message));
}

void complain_of_key(Reading& reading, const std::string& path, const std::string& key,
                     const std::string& reason, const std::string& expected) {
  std::string message = "key '" + key + "' in " + path;
  if (!reason.empty()) message += ": " + reason;
  reading.complain_about(join_path(path, key), message + "; expected " + expected);
}

bool is_list(Reading& reading, const std::string& path, const Value& value, std::size_t least) {
  if (!value.is(Value::Kind::list)) {
    complain_of_value(reading, path, value, "", "a list");
    return false;
  }
  if (value.items.size() >= least) return true;
  reading.complain_about(path, path + " is an empty list; expected at least one item");
  return false;
}

bool is_mapping(Reading& reading, const std::string& path, const Value& value,
                const std::string& of_what) {
  if (value.is(Value::Kind::map)) return true;
  complain_of_value(reading, path.empty() ? "the file" : path, value, "",
                    "a mapping with " + of_what);
  return false;
}

void match_members(Reading& reading, const std::string& path, const Value& mapping,
                   const SectionInfo& members,
                   const std::function<void(std::size_t, const Entry&)>& each) {
  std::vector<bool> seen(members.size());
  for (const auto& entry : mapping.entries) {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const MemberInfo& m) { return m.name == entry.key; });
    if (found == members.end()) {
      if (!is_extension(path, entry.key)) complain_of_unknown(reading, path, entry, members);
      continue;
    }
    const auto index = static_cast<std::size_t>(found - members.begin());
    seen[index] = true;
    each(index, entry);
  }
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members[i].required && !seen[i])
      reading.complain_about(
          join_path(path, members[i].name),
          join_path(path, members[i].name) + " is missing; expected " + members[i].expected);
}

}  // namespace albatross::spec
