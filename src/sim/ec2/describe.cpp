#include "sim/ec2/describe.hpp"

#include "sim/core/form.hpp"

namespace albatross::sim::ec2 {
namespace {

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A token names the last id shown; opaque enough, and checkable.
constexpr std::string_view token_mark = "albatross-page-";

}  // namespace

void check_id(std::string_view id, std::string_view prefix, std::string_view code) {
  const bool well_formed = id.starts_with(prefix) && is_hex(id.substr(prefix.size())) &&
                           (id.size() == prefix.size() + 8 || id.size() == prefix.size() + 17);
  if (well_formed) return;
  if (code == "InvalidInstanceID" || code == "InvalidVolume" || code == "InvalidAMIID") {
    refuse(cat(code, ".Malformed"), cat("Invalid id: \"", id, "\""));
  }
  refuse(cat(code == "InvalidGroup" ? "InvalidGroupId" : code, ".Malformed"),
         cat("Invalid id: \"", id, "\" (expecting \"", prefix, "...\")"));
}

void not_found(std::string_view code, std::string_view noun, std::string_view id) {
  refuse(cat(code, ".NotFound"), cat("The ", noun, " '", id, "' does not exist"));
}

std::vector<ParsedFilter> parse_filters(const Call& call) {
  std::vector<ParsedFilter> filters;
  std::size_t total = 0;
  for (const Param filter : call.params["Filter"].items()) {
    ParsedFilter parsed{filter["Name"].text(), filter["Value"].texts()};
    if (parsed.name.empty()) {
      refuse("InvalidParameterValue", "The filter 'null' is invalid");
    }
    if (parsed.values.empty()) {
      refuse("InvalidParameterValue", "The filter value(s) cannot be empty");
    }
    total += parsed.values.size();
    filters.push_back(std::move(parsed));
  }
  if (total > 200) {
    refuse("FilterLimitExceeded",
           "The maximum number of filter values specified on a single call "
           "is 200");
  }
  return filters;
}

bool any_matches(const std::vector<std::string_view>& patterns, const Values& values) {
  for (const auto pattern : patterns) {
    for (const auto& value : values) {
      if (glob(pattern, value)) return true;
    }
  }
  return false;
}

bool tag_values(const Call& call, std::string_view name, std::string_view id, Values& values) {
  if (name.starts_with("tag:")) {
    const Tags& tags = call.world.tags_of(id);
    const auto it = tags.find(name.substr(4));
    if (it != tags.end()) values.push_back(it->second);
    return true;
  }
  if (name != "tag-key" && name != "tag-value") return false;
  for (const auto& [key, value] : call.world.tags_of(id)) {
    values.push_back(name == "tag-key" ? key : value);
  }
  return true;
}

void unknown_filter(std::string_view name) {
  refuse("InvalidParameterValue", cat("The filter '", name, "' is invalid"));
}

Page parse_page(const Call& call, std::int64_t least, std::int64_t greatest) {
  Page page;
  if (const Param size = call.params["MaxResults"]) {
    const auto wanted = size.number_or(0);
    if (wanted < least || wanted > greatest) {
      refuse("InvalidParameterValue",
             cat("Value ( ", size.text(),
                 " ) for parameter maxResults is invalid. Expecting a "
                 "value between ",
                 std::to_string(least), " and ", std::to_string(greatest), "."));
    }
    page.size = static_cast<std::size_t>(wanted);
  }
  if (const Param token = call.params["NextToken"]; token && !token.text().empty()) {
    if (!token.text().starts_with(token_mark)) {
      refuse("InvalidNextToken", "The token is not valid or has expired");
    }
    page.after = token.text().substr(token_mark.size());
  }
  return page;
}

void write_next_token(Call& call, const std::string& last_id) {
  if (!last_id.empty()) call.out.leaf("nextToken", cat(token_mark, last_id));
}

void refuse_ids_with_page(const Call& call, const char* id_parameter) {
  if (!call.params["MaxResults"]) return;
  std::string name(id_parameter);
  name[0] = static_cast<char>(name[0] + 32);
  refuse("InvalidParameterCombination",
         cat("The parameter ", name, "s cannot be used with the parameter maxResults"));
}

}  // namespace albatross::sim::ec2
