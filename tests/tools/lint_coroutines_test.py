"""Each form that g++ 12 miscompiles is found, and each sound form passes."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import lint_coroutines  # noqa: E402

BAD = {
    "condition of if": ("condition", "if (co_await exists(name)) co_return;"),
    "condition of if, negated": ("condition", "if (!co_await exists(name)) { co_return; }"),
    "condition of else if": ("condition", "if (a) { b(); } else if (co_await c()) { d(); }"),
    "condition of while": ("condition", "while (co_await next()) {}"),
    "condition of do while": ("condition", "do { step(); } while (co_await more());"),
    "condition of switch": ("condition", "switch (co_await kind()) { case 1: break; }"),
    "condition of for": ("condition", "for (int i = 0; i < co_await count(); ++i) {}"),
    "range of for": ("condition", "for (auto& item : co_await items()) use(item);"),
    "condition after an init statement": ("condition", "if (int x = 1; co_await f(x)) {}"),
    "condition after a case label": ("condition", "switch (x) { case 1: if (co_await f()) g(); }"),
    "condition over lines": ("condition", "if (a &&\n    b &&\n    co_await c(\n      d))\n  e();"),
    "awaits in the arms of ?:": ("conditional", "auto v = b ? co_await x() : co_await y();"),
    "await of ?:": ("conditional", "auto v = co_await (b ? f() : g());"),
    "?: in the arguments": ("conditional", "co_await f(b ? s1 : s2);"),
    "aggregate argument": ("braces", "co_await f(Request{a, b});"),
    "designated argument": ("braces", "co_await f({.a = 1});"),
    "empty braces": ("braces", "auto r = co_await f({});"),
    "nested braces": ("braces", 'co_await f({{"k", "v"}});'),
    "awaits in an initialiser": ("braces", "Out o{.a = co_await x()};"),
    "awaits in a returned initialiser": ("braces", "co_return Out{co_await x(), 1};"),
    "push_back of braces": ("braces", "v.push_back({co_await x(), 2});"),
    "braces in an init statement": ("braces", "if (auto v = co_await f({.a = 1}); v) {}"),
    "throw": ("throw", "throw Error(co_await x());"),
    "throw in a branch": ("throw", "if (a) throw Error(co_await x());"),
    "EXPECT": ("macro", "EXPECT_EQ(co_await f(), 3);"),
    "ASSERT": ("macro", "ASSERT_TRUE(co_await f());"),
    "CO_ASSERT": ("macro", "CO_ASSERT_EQ(1, co_await f());"),
    "lambda with a copy": ("lambda", "co_await co_spawn(ex, [s]() -> Task<> { co_return; }, token);"),
    "lambda with copies of all": ("lambda", "co_await retry([=] { return f(); });"),
    "lambda with a reference and a copy": ("lambda", "co_await retry([&a, b] { return f(); });"),
    "lambda with a copy of the object": ("lambda", "co_await retry([*this] { return f(); });"),
    "lambda with an initialiser": ("lambda", "co_await retry([t = std::move(t)]() mutable { return t(); });"),
    "co_await this_coro beside a lambda": ("lambda", "co_spawn(co_await this_coro::executor, [s] { f(); }, handler);"),
    "within a lambda's body": ("condition", "auto l = [x]() -> Task<> { if (co_await f(x)) co_return; };"),
    "within a lambda among arguments": ("conditional", "run([]() -> Task<> { co_await f(a ? b : c); });"),
    "catch": ("catch", "try { f(); } catch (const Error& e) { co_await g(); }"),
    "catch, deeper": ("catch", "try { f(); } catch (...) { if (a) { co_await g(); } }"),
    "detached": ("detached", "asio::co_spawn(ex, f(), asio::detached);"),
    "operators' header": ("operators", "}\n#include <boost/asio/experimental/awaitable_operators.hpp>\nvoid g() {"),
    "operators": ("operators", "using namespace asio::experimental::awaitable_operators;"),
}

GOOD = {
    "alone": "co_await f(x);",
    "named": "auto v = co_await f(x, std::move(y));",
    "returned": "co_return co_await f(x);",
    "plain argument": "g(co_await f());",
    "constructor argument": "Thing thing(co_await f());",
    "structured binding": "auto [a, b] = co_await f(); const auto& [c, d] = co_await g();",
    "subscript": "auto v = co_await f(items[3], map[key]);",
    "init statement": "if (auto v = co_await f(); v) g(v);",
    "split": "auto op = f({.name = n}); auto r = co_await std::move(op);",
    "braces before": "Request request{.a = 1, .b = {2}}; auto r = co_await send(std::move(request));",
    "block after condition": "if (a) { co_await f(); } else { co_await g(); }",
    "unbraced branch": "if (a) co_await f(); else co_await g();",
    "conditional elsewhere": "int n = a ? 1 : 2; co_await f(n);",
    "throw elsewhere": "auto v = co_await f(); throw Error{v};",
    "macro elsewhere": "auto v = co_await f(); EXPECT_EQ(v, 3);",
    "lambda without captures": "co_await retry([](int x) { return x ? 1 : 2; });",
    "lambda with references": "co_await retry([&] { return f(); }); co_await retry([&a, &b] { return f(); });",
    "lambda with this": "co_await retry([this, &a] { return f(); });",
    "durations": "co_await clock.sleep_for(std::chrono::seconds{1}); co_await until(TimePoint{} + 1h);",
    "lambda that awaits, caller that does not": "run([&]() -> Task<> { co_await f(); co_return; });",
    "lambda that awaits, in a macro": "EXPECT_THROW(run([&]() -> Task<> { co_await f(); }), Error);",
    "lambda in braces": "std::vector<Job> jobs{Job{[&]() -> Task<> { co_await f(); }}};",
    "after the handler": "std::exception_ptr e; try { co_await f(); } catch (...) { e = std::current_exception(); } co_await g();",
    "lambda made in a handler": "try { f(); } catch (...) { later([]() -> Task<> { co_await g(); }); }",
    "in a comment": "// if (co_await f()) or asio::detached\n/* co_await f({}) */",
    "in a string": 'log("if (co_await f()) {}"); log(R"(co_await f({}))"); char c = \'{\';',
    "digit separators": "auto v = co_await f(1'000'000); g('{');",
    "case label": "switch (x) { case 1: co_await f(); break; default: co_await g(); }",
    "loop": "for (std::size_t i = 0; i < n; ++i) { co_await f(i); }",
    "range loop over a name": "for (auto& x : items) co_await f(x);",
    "allowed with a reason": "// lint_coroutines: allow detached: getaddrinfo cannot be cancelled\nco_spawn(ex, f(), asio::detached);",
    "thread": "std::thread thread(f); thread.detach(); bool detached = true; use(detached);",
}

DECLARATIONS = """
template <class T>
Task<T> shielded(Task<T> op)
  requires(!std::is_void_v<T>)
{
  auto v = co_await std::move(op);
  co_return std::move(v);
}
class Pool : public Base<int> {
 public:
  Pool() : a_{1}, b_(2), c_{{3}} { f(); }
  auto go() const -> Task<int> { co_return co_await step(); }
  Task<> stop() noexcept override { co_await step(); }
  [[nodiscard]] Task<> run() { co_await step(); }
 private:
  std::map<int, int> a_{};
  std::array<int, 2> b_ = {1, 2};
};
namespace a::b { enum class Colour : int { red, green }; struct Point { int x = 0; }; }
extern "C" { void f(); }
Task<> last() try { co_await f(); } catch (...) { g(); }
"""


def rules(body):
    return {finding.rule for finding in lint_coroutines.check_text(body)}


class BadForms(unittest.TestCase):
    def test_each_is_found_in_a_function_and_nothing_else_is(self):
        for name, (rule, code) in BAD.items():
            with self.subTest(name):
                self.assertEqual(rules(f"Task<> go() {{\n{code}\n}}"), {rule})

    def test_each_is_found_in_a_test_body(self):
        for name, (rule, code) in BAD.items():
            with self.subTest(name):
                text = f"namespace {{\nTEST(A, B) {{ run([&]() -> Task<> {{\n{code}\n}}); }}\n}}"
                self.assertIn(rule, rules(text))

    def test_the_line_is_named(self):
        findings = lint_coroutines.check_text("Task<> go() {\n  f();\n  if (a ||\n      co_await b()) c();\n}\n")
        self.assertEqual([finding.line for finding in findings], [4])

    def test_a_permission_without_a_reason_is_none(self):
        code = "// lint_coroutines: allow detached:\nvoid f() { co_spawn(ex, g(), asio::detached); }"
        self.assertEqual(rules(code), {"detached"})

    def test_a_permission_reaches_no_further_than_the_next_line(self):
        code = "// lint_coroutines: allow detached: because\n\nvoid f() { co_spawn(ex, g(), asio::detached); }"
        self.assertEqual(rules(code), {"detached"})


class GoodForms(unittest.TestCase):
    def test_each_passes(self):
        for name, code in GOOD.items():
            with self.subTest(name):
                self.assertEqual(rules(f"Task<> go() {{\n{code}\n}}"), set())

    def test_declarations_of_every_kind_pass(self):
        self.assertEqual(lint_coroutines.check_text(DECLARATIONS), [])

    def test_a_bad_form_after_any_declaration_is_still_found(self):
        self.assertEqual(rules(DECLARATIONS + "Task<> go() { if (co_await f()) g(); }"), {"condition"})


class Tree(unittest.TestCase):
    def test_all_of_our_sources_are_looked_at(self):
        names = {path.relative_to(lint_coroutines.ROOT).parts[0] for path in lint_coroutines.our_files()}
        self.assertGreaterEqual(names, {"src", "include", "tests"})


if __name__ == "__main__":
    unittest.main()
