#include "orchestrator/stack_file_cases.hpp"

/// What YAML itself refuses, and what of YAML a stack file does without.
namespace albatross {
namespace {

class StackFileSyntax : public testing::TestWithParam<ComplaintCase> {};

TEST_P(StackFileSyntax, are_refused_with_place_and_reason) {
  EXPECT_EQ(complaints_about(GetParam().text), GetParam().complaints);
}

const std::vector<ComplaintCase> cases = {
    {"an empty file", "", {"1:1: the file is empty; expected a stack, see docs/stack-file.md"}},
    {"a file of comments only",
     "# nothing\n",
     {"1:1: the file is empty; expected a stack, see docs/stack-file.md"}},
    {"a list where the stack should be",
     "- name: x\n",
     {"1:1: the file is a list; expected a mapping with the keys name, region, tier, tags, "
      "network, storage, instances, services, load_balancer, timeouts, poll_interval or "
      "on_failure"}},
    {"a value where the stack should be",
     "just text\n",
     {"1:1: the file is 'just text'; expected a mapping with the keys name, region, tier, tags, "
      "network, storage, instances, services, load_balancer, timeouts, poll_interval or "
      "on_failure"}},
    {"a second document",
     "name: x\n"
     "---\n"
     "name: y\n",
     {"3:1: a second document starts here; expected one stack per file"}},
    {"a tab as indentation",
     "name: x\n"
     "services:\n"
     "	web: {port: 80}\n",
     {"3:5: not valid YAML: indent with spaces, YAML allows no tabs there"}},
    {"a brace that is not closed",
     "name: x\n"
     "services: {web: {port: 80}\n"
     "load_balancer: true\n",
     {"3:1: not valid YAML: a '{' is not closed by a '}' before here"}},
    {"a bracket that is not closed",
     "name: x\n"
     "network: {subnets: [subnet-12345678\n",
     {"3:1: not valid YAML: a '[' is not closed by a ']' before here"}},
    {"two colons in one line",
     "name: x\n"
     "region: us: east\n",
     {"2:11: not valid YAML: a ':' where no value can start; align the keys, quote text with ': ' "
      "in it"}},
    {"keys that do not align",
     "name: x\n"
     "  region: us-east-1\n",
     {"2:9: not valid YAML: a ':' where no value can start; align the keys, quote text with ': ' "
      "in it"}},
    {"a list item among keys",
     "name: x\n"
     "instances:\n"
     "  count: 1\n"
     "  - 2\n",
     {"4:3: not valid YAML: expected a key of the mapping above, indented as its other keys are"}},
    {"an alias without its anchor",
     "name: x\n"
     "region: *home\n",
     {"2:9: not valid YAML: this alias names an anchor that is not set before it"}},
    {"an alias inside what it names",
     "name: x\n"
     "tags: &t {a: *t}\n",
     {"2:11: tags.a is empty; expected a tag's value: at most 256 letters, digits, spaces and + - "
      "= . _ : / @",
      "2:14: this alias stands inside the very value that it names"}},
    {"a tag",
     "name: x\n"
     "region: !Ref Region\n",
     {"2:9: unexpected tag '!Ref'; a stack file has no tags",
      "2:9: region is 'Region'; expected a region such as us-east-1"}},
    {"a duplicate key",
     "name: x\n"
     "services:\n"
     "  web: {port: 80}\n"
     "  web: {port: 81}\n",
     {"4:3: duplicate key 'web'; it was given before, on line 3"}},
    {"a duplicate key in a flow mapping",
     "name: x\n"
     "instances: {count: 1, count: 2}\n",
     {"2:23: duplicate key 'count'; it was given before, on line 2"}},
    {"a merge of something else than a mapping",
     "name: x\n"
     "instances: {<<: 5}\n",
     {"2:13: '<<' is 5; expected an alias of a mapping, or a list of such aliases"}},
    {"a key that is no text",
     "name: x\n"
     "? [a, b]\n"
     ": c\n",
     {"2:3: a key is a list; expected text"}},
};

INSTANTIATE_TEST_SUITE_P(, StackFileSyntax, testing::ValuesIn(cases), test_name<ComplaintCase>);

}  // namespace
}  // namespace albatross
