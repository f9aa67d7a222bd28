#pragma once

#include <string>
#include <vector>

namespace albatross {

/// A tag on an AWS resource. All services spell it key and value; keys are case-sensitive.
struct Tag {
  std::string key;
  std::string value;
  friend bool operator==(const Tag&, const Tag&) = default;
};

/// The value of the tag `key`; null when there is none. The pointer lives as long as `tags`.
inline const std::string* find_tag(const std::vector<Tag>& tags, const std::string& key) {
  for (const Tag& tag : tags) {
    if (tag.key == key) return &tag.value;
  }
  return nullptr;
}

}  // namespace albatross
