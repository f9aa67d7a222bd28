#include "sim/dynamodb/condition.hpp"
#include "sim/dynamodb/store.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace albatross::sim::dynamodb {
namespace {

/// Where a page begins: after this key.
std::optional<Key> start_of(const DynamoTable& table, const Json& request) {
  const auto it = request.find("ExclusiveStartKey");
  if (it == request.end() || it->is_null()) return std::nullopt;
  return exact_key(table, *it);
}

Json key_of(const DynamoTable& table, const Json& item) {
  Json key = {{table.hash.name, item.at(table.hash.name)}};
  if (!table.range.name.empty()) key[table.range.name] = item.at(table.range.name);
  return key;
}

/// What both Query and Scan do with the items that they come upon, in order.
class Page {
 public:
  Page(const DynamoTable& table, const Json& request)
      : table_(table),
        symbols_(symbols_of(request)),
        projection_(request.value("ProjectionExpression", "")),
        counts_only_(request.value("Select", "") == "COUNT") {
    const int limit = request.value("Limit", 0);
    if (request.contains("Limit") && limit < 1) {
      refuse("ValidationException", "Limit must be greater than or equal to 1");
    }
    limit_ = static_cast<std::size_t>(limit);
    const std::string filter = request.value("FilterExpression", "");
    if (!filter.empty()) filter_.emplace(filter, "FilterExpression", symbols_);
  }

  /// False when the page is full and this item is for the next one.
  bool offer(const Json& item) {
    if (limit_ != 0 && scanned_ == limit_) {
      last_ = key_of(table_, before_);
      return false;
    }
    ++scanned_;
    before_ = item;
    if (filter_ && !filter_->holds(item)) return true;
    ++count_;
    if (!counts_only_) items_.push_back(projected(item, projection_, symbols_));
    return true;
  }

  std::string answer() {
    Json reply = {{"Count", count_}, {"ScannedCount", scanned_}};
    if (!counts_only_) reply["Items"] = std::move(items_);
    if (!last_.is_null()) reply["LastEvaluatedKey"] = std::move(last_);
    return reply.dump();
  }

 private:
  const DynamoTable& table_;
  Symbols symbols_;
  std::string projection_;
  bool counts_only_;
  std::size_t limit_ = 0;
  std::optional<Condition> filter_;
  std::size_t scanned_ = 0;
  std::size_t count_ = 0;
  Json items_ = Json::array();
  Json before_;
  Json last_;
};

/// There are none.
void refuse_index(const Json& request) {
  if (!request.contains("IndexName")) return;
  refuse("ValidationException", cat("The table does not have the specified index: ",
                                    request["IndexName"].get<std::string>()));
}

/// A parallel scan's share of a table: all items of a partition are in the same segment.
class Segment {
 public:
  explicit Segment(const Json& request)
      : number_(request.value("Segment", 0)), total_(request.value("TotalSegments", 1)) {
    if (request.contains("Segment") != request.contains("TotalSegments")) {
      refuse("ValidationException", "Segment and TotalSegments must be given together");
    }
    if (number_ < 0 || number_ >= total_) {
      refuse("ValidationException",
             "The Segment parameter is zero-based and must be less than parameter TotalSegments");
    }
  }
  bool has(std::string_view hash) const {
    std::uint32_t mixed = 2166136261U;
    for (const char c : hash)
      mixed = (mixed ^ static_cast<unsigned char>(c)) * 16777619U;
    return mixed % static_cast<std::uint32_t>(total_) == static_cast<std::uint32_t>(number_);
  }

 private:
  int number_;
  int total_;
};

void query(Call& call) {
  const Json request = json_body(call);
  check_expressions(request);
  refuse_index(request);
  const DynamoTable& table = active_table_of(call, request);
  const Symbols symbols = symbols_of(request);
  const Condition keys(required_text(request, "KeyConditionExpression", "ValidationException"),
                       "KeyConditionExpression", symbols);
  const Json* hash = keys.must_equal(table.hash.name);
  if (hash == nullptr) {
    refuse("ValidationException",
           cat("Query condition missed key schema element: ", table.hash.name));
  }
  const bool forward = request.value("ScanIndexForward", true);
  const auto start = start_of(table, request);
  Page page(table, request);
  std::vector<Json> items;
  if (const auto partition = table.items.find(sort_key(*hash)); partition != table.items.end()) {
    for (const auto& [range, text] : partition->second) {
      const bool after = !start || (forward ? range > start->range : range < start->range);
      if (after) items.push_back(Json::parse(text));
    }
  }
  if (!forward) std::reverse(items.begin(), items.end());
  for (const Json& item : items) {
    if (keys.holds(item) && !page.offer(item)) break;
  }
  call.json = page.answer();
}

void scan(Call& call) {
  const Json request = json_body(call);
  check_expressions(request);
  refuse_index(request);
  const DynamoTable& table = active_table_of(call, request);
  const auto start = start_of(table, request);
  const Segment segment(request);
  Page page(table, request);
  for (const auto& [hash, partition] : table.items) {
    if (!segment.has(hash)) continue;
    for (const auto& [range, text] : partition) {
      const bool before =
          start && (hash < start->hash || (hash == start->hash && range <= start->range));
      if (before) continue;
      if (!page.offer(Json::parse(text))) {
        call.json = page.answer();
        return;
      }
    }
  }
  call.json = page.answer();
}

constexpr Action actions[] = {{"Query", query}, {"Scan", scan}};

}  // namespace

std::span<const Action> query_actions() {
  return actions;
}

}  // namespace albatross::sim::dynamodb
