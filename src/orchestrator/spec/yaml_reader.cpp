#include "orchestrator/spec/yaml_reader.hpp"

#include "orchestrator/spec/lines.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

namespace albatross::spec {
namespace {

Mark place_of(const YAML::Mark& mark) {
  return mark.is_null() ? Mark{} : Mark{mark.line + 1, mark.column + 1};
}

/// Builds the tree from the parser's events.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(Reading& reading) : reading_(reading) {}

  ValuePtr root() const { return root_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override;
  void OnMapEnd() override { close(); }

 private:
  /// A list or mapping that is not complete yet.
  struct Open {
    std::shared_ptr<Value> value;
    YAML::anchor_t anchor = 0;
    /// The key whose value comes next.
    std::optional<Entry> key;
    bool key_is_merge = false;
    bool key_is_text = true;
    std::vector<ValuePtr> merged;
  };

  void open(Value::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor);
  void close();
  void add(const ValuePtr& value, YAML::anchor_t anchor, Mark mark);
  void add_to_map(Open& map, const ValuePtr& value, Mark mark);
  void take_key(Open& map, const Value& key, Mark mark);
  void merge_into(Open& map, const ValuePtr& source, Mark mark);
  void finish_merges(Open& map);
  void check_tag(const std::string& tag, Mark mark);

  Reading& reading_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, ValuePtr> anchors_;
  ValuePtr root_;
};

const Entry* find_key(const std::vector<Entry>& entries, const std::string& key) {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const Entry& entry) { return entry.key == key; });
  return at == entries.end() ? nullptr : &*at;
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  auto value = std::make_shared<Value>();
  value->mark = place_of(mark);
  add(value, anchor, value->mark);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto target = anchors_.find(anchor);
  if (target != anchors_.end()) return add(target->second, 0, place_of(mark));
  reading_.complain(place_of(mark), "this alias stands inside the very value that it names");
  add(std::make_shared<Value>(), 0, place_of(mark));
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& text) {
  auto value = std::make_shared<Value>();
  value->kind = Value::Kind::scalar;
  value->mark = place_of(mark);
  value->text = text;
  value->plain = tag == "?" || tag.empty();
  check_tag(tag, value->mark);
  add(value, anchor, value->mark);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value) {
  open(Value::Kind::list, mark, tag, anchor);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  open(Value::Kind::map, mark, tag, anchor);
}

void TreeBuilder::open(Value::Kind kind, const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor) {
  Open entered;
  entered.value = std::make_shared<Value>();
  entered.value->kind = kind;
  entered.value->mark = place_of(mark);
  entered.anchor = anchor;
  check_tag(tag, entered.value->mark);
  open_.push_back(std::move(entered));
}

void TreeBuilder::close() {
  Open done = std::move(open_.back());
  open_.pop_back();
  finish_merges(done);
  add(done.value, done.anchor, done.value->mark);
}

void TreeBuilder::add(const ValuePtr& value, YAML::anchor_t anchor, Mark mark) {
  if (anchor != 0) anchors_[anchor] = value;
  if (open_.empty()) {
    root_ = value;
  } else if (open_.back().value->is(Value::Kind::map)) {
    add_to_map(open_.back(), value, mark);
  } else {
    open_.back().value->items.push_back(value);
  }
}

void TreeBuilder::add_to_map(Open& map, const ValuePtr& value, Mark mark) {
  if (!map.key) return take_key(map, *value, mark);
  Entry entry = std::move(*map.key);
  map.key.reset();
  if (!map.key_is_text) return;
  if (map.key_is_merge) return merge_into(map, value, entry.mark);
  if (value->is(Value::Kind::null)) {
    // What is missing stands nowhere; the key does.
    auto empty = std::make_shared<Value>();
    empty->mark = entry.mark;
    entry.value = std::move(empty);
  } else {
    entry.value = value;
  }
  if (const Entry* first = find_key(map.value->entries, entry.key)) {
    reading_.complain(entry.mark, "duplicate key '" + entry.key +
                                      "'; it was given before, on line " +
                                      std::to_string(first->mark.line));
  } else {
    map.value->entries.push_back(std::move(entry));
  }
}

void TreeBuilder::take_key(Open& map, const Value& key, Mark mark) {
  if (!key.is(Value::Kind::scalar))
    reading_.complain(mark, "a key is " + describe(key) + "; expected text");
  map.key = Entry{key.text, mark, nullptr};
  map.key_is_text = key.is(Value::Kind::scalar);
  map.key_is_merge = key.plain && key.text == "<<";
}

void TreeBuilder::merge_into(Open& map, const ValuePtr& source, Mark mark) {
  const bool one = source->is(Value::Kind::map);
  const std::vector<ValuePtr> sources = one ? std::vector{source} : source->items;
  bool usable = one || source->is(Value::Kind::list);
  for (const auto& each : sources)
    usable = usable && each->is(Value::Kind::map);
  if (!usable) {
    reading_.complain(mark, "'<<' is " + describe(*source) +
                                "; expected an alias of a mapping, or a list of such aliases");
    return;
  }
  map.merged.insert(map.merged.end(), sources.begin(), sources.end());
}

void TreeBuilder::finish_merges(Open& map) {
  auto& entries = map.value->entries;
  for (const auto& source : map.merged)
    for (const auto& entry : source->entries)
      if (!find_key(entries, entry.key)) entries.push_back(entry);
}

void TreeBuilder::check_tag(const std::string& tag, Mark mark) {
  const bool usual = tag.empty() || tag == "?" || tag == "!" || tag.starts_with("tag:yaml.org,");
  if (!usual) reading_.complain(mark, "unexpected tag '" + tag + "'; a stack file has no tags");
}

/// The commonest reasons, which the parser's own words hide.
std::string syntax_hint(std::string_view text, int line) {
  const auto indented_by_tab = [&](int at) {
    const auto found = line_of(text, at);
    const auto content = found.find_first_not_of(" \t");
    return found.substr(0, content).find('\t') != std::string_view::npos;
  };
  if (indented_by_tab(line) || (line > 1 && indented_by_tab(line - 1)))
    return "indent with spaces, YAML allows no tabs there";
  return {};
}

/// What the parser's words mean to someone who writes a file.
std::string in_plain_words(const std::string& reason) {
  namespace msg = YAML::ErrorMsg;
  static const std::map<std::string_view, std::string_view> words = {
      {msg::END_OF_MAP_FLOW, "a '{' is not closed by a '}' before here"},
      {msg::END_OF_SEQ_FLOW, "a '[' is not closed by a ']' before here"},
      {msg::END_OF_MAP, "expected a key of the mapping above, indented as its other keys are"},
      {msg::END_OF_SEQ, "expected a '-' of the list above, indented as its other items are"},
      {msg::MAP_VALUE,
       "a ':' where no value can start; align the keys, quote text with ': ' in it"},
      {msg::MAP_KEY, "a '?' where no key can start"},
      {msg::BLOCK_ENTRY, "a '-' where no list item can start"},
      {msg::FLOW_END, "a closing bracket without its opening one"},
      {msg::UNKNOWN_ANCHOR, "this alias names an anchor that is not set before it"},
      {msg::EOF_IN_SCALAR, "a quote is not closed before the end"},
      {msg::UNKNOWN_TOKEN, "a character that cannot start a value; quote the text"},
      {msg::TAB_IN_INDENTATION, "indentation by a tab"},
  };
  const auto found = words.find(reason);
  return std::string(found == words.end() ? std::string_view(reason) : found->second);
}

void complain_of_syntax(const YAML::Exception& error, std::string_view text, Reading& reading) {
  const Mark mark = place_of(error.mark);
  const std::string hint = syntax_hint(text, mark.line);
  reading.complain(mark, "not valid YAML: " + (hint.empty() ? in_plain_words(error.msg) : hint));
}

}  // namespace

ValuePtr read_yaml(std::string_view text, Reading& reading) {
  TreeBuilder builder(reading);
  TreeBuilder rest(reading);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      reading.complain({1, 1}, "the file is empty; expected a stack, see docs/stack-file.md");
      return nullptr;
    }
    if (parser.HandleNextDocument(rest))
      reading.complain(rest.root() ? rest.root()->mark : Mark{1, 1},
                       "a second document starts here; expected one stack per file");
  } catch (const YAML::Exception& error) {
    complain_of_syntax(error, text, reading);
    return nullptr;
  }
  return builder.root();
}

}  // namespace albatross::spec
