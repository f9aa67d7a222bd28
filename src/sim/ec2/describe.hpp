#pragma once

#include "sim/core/action.hpp"
#include "sim/core/glob.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace albatross::sim::ec2 {

using Values = std::vector<std::string>;

/// One filter of a Describe: its name, and what a resource has to say to it. A filter matches when
/// one of the resource's values matches one of the caller's.
template <class T>
struct Filter {
  const char* name;
  void (*values)(const Call&, const T&, Values&);
};

/// How one kind of resource is described.
template <class T>
struct Listing {
  const char* id_parameter;  // "VpcId"
  const char* set;           // "vpcSet"
  const char* prefix;        // "vpc-"
  const char* code;          // "InvalidVpcID": .NotFound and .Malformed are added
  const char* noun;          // "vpc ID" in "The vpc ID 'x' does not exist"
  std::int64_t least_page = 5;
  std::int64_t greatest_page = 1000;
  bool ids_exclude_paging = false;
  std::span<const Filter<T>> filters = {};
};

/// Throws <code>.Malformed unless the id is the prefix and 8 or 17 hexadecimal digits.
void check_id(std::string_view id, std::string_view prefix, std::string_view code);
[[noreturn]] void not_found(std::string_view code, std::string_view noun, std::string_view id);

/// The resource of that id, or the refusals above.
template <class T>
T& existing(World& world, Table<T>& table, std::string_view id, std::string_view prefix,
            std::string_view code, std::string_view noun) {
  if (T* found = world.find(table, id)) return *found;
  check_id(id, prefix, code);
  not_found(code, noun, id);
}

struct ParsedFilter {
  std::string_view name;
  std::vector<std::string_view> values;
};
std::vector<ParsedFilter> parse_filters(const Call& call);
bool any_matches(const std::vector<std::string_view>& patterns, const Values& values);
/// "tag:K", "tag-key" and "tag-value"; false when the name is none of them.
bool tag_values(const Call& call, std::string_view name, std::string_view id, Values& values);
[[noreturn]] void unknown_filter(std::string_view name);

/// MaxResults and NextToken. Every token is good for the listing that made it.
struct Page {
  std::size_t size = 0;  // 0 for all
  std::string after;     // id of the last one shown
};
Page parse_page(const Call& call, std::int64_t least, std::int64_t greatest);
void write_next_token(Call& call, const std::string& last_id);
void refuse_ids_with_page(const Call& call, const char* id_parameter);

template <class T>
bool passes(const Call& call, const Listing<T>& listing, const std::string& id, const T& resource,
            const std::vector<ParsedFilter>& filters) {
  Values values;
  for (const ParsedFilter& filter : filters) {
    values.clear();
    if (!tag_values(call, filter.name, id, values)) {
      const auto known = std::find_if(listing.filters.begin(), listing.filters.end(),
                                      [&](const auto& f) { return filter.name == f.name; });
      known->values(call, resource, values);
    }
    if (!any_matches(filter.values, values)) return false;
  }
  return true;
}

template <class T>
std::vector<ParsedFilter> known_filters(const Call& call, const Listing<T>& listing) {
  auto filters = parse_filters(call);
  for (const ParsedFilter& filter : filters) {
    const bool of_tags =
        filter.name.starts_with("tag:") || filter.name == "tag-key" || filter.name == "tag-value";
    const bool known = of_tags || std::any_of(listing.filters.begin(), listing.filters.end(),
                                              [&](const auto& f) { return filter.name == f.name; });
    if (!known) unknown_filter(filter.name);
  }
  return filters;
}

template <class T>
void check_listed_ids(Call& call, const Listing<T>& listing, Table<T>& table,
                      const std::vector<std::string_view>& ids) {
  std::string missing;
  std::size_t count = 0;
  for (const auto id : ids) {
    if (call.world.find(table, id) != nullptr) continue;
    check_id(id, listing.prefix, listing.code);
    missing += cat(missing.empty() ? "" : ", ", id);
    ++count;
  }
  if (count == 1) not_found(listing.code, listing.noun, missing);
  if (count > 1) {
    refuse(cat(listing.code, ".NotFound"),
           cat("The ", listing.noun, "s '", missing, "' do not exist"));
  }
}

/// The resources that a Describe asks for: ids, filters and one page of them; `write` gets each in
/// order of id. Returns the last id shown when there is more, else nothing.
template <class T, class Write>
std::string select(Call& call, const Listing<T>& listing, Table<T>& table, Write&& write) {
  const auto ids = call.params[listing.id_parameter].texts();
  const auto filters = known_filters(call, listing);
  if (listing.ids_exclude_paging && !ids.empty()) refuse_ids_with_page(call, listing.id_parameter);
  const Page page = parse_page(call, listing.least_page, listing.greatest_page);
  check_listed_ids(call, listing, table, ids);
  std::size_t shown = 0;
  std::string last;
  const auto offer = [&](const std::string& id, T& resource) {
    if (!call.world.visible(id) || !passes(call, listing, id, resource, filters)) return true;
    if (page.size != 0 && shown == page.size) return false;
    write(resource);
    ++shown;
    last = id;
    return true;
  };
  if (!ids.empty()) {
    std::vector<std::string_view> sorted = ids;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    for (const auto id : sorted) {
      const auto it = table.find(id);
      if (it->first > page.after && !offer(it->first, it->second)) return last;
    }
    return {};
  }
  for (auto it = table.upper_bound(page.after); it != table.end(); ++it) {
    if (!offer(it->first, it->second)) return last;
  }
  return {};
}

/// The whole of a plain Describe: <set><item>…</item></set> and nextToken.
template <class T, class Write>
void describe(Call& call, const Listing<T>& listing, Table<T>& table, Write&& write) {
  call.out.open(listing.set);
  const std::string last = select(call, listing, table, [&](T& resource) {
    call.out.open("item");
    write(resource);
    call.out.close("item");
  });
  call.out.close(listing.set);
  write_next_token(call, last);
}

}  // namespace albatross::sim::ec2
