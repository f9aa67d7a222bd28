"""Each breach of a layer or a house rule is found, and what is allowed passes."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import lint_layers  # noqa: E402

CMAKE = """
albatross_layer(runtime)
albatross_layer(sigv4 THIRD_PARTY OpenSSL::Crypto)
albatross_layer(http USES runtime THIRD_PARTY OpenSSL::SSL)
albatross_layer(clients USES http sigv4 runtime
  THIRD_PARTY pugixml::pugixml)
albatross_layer(state USES runtime)
albatross_layer(orchestrator USES clients state http sigv4 runtime)
albatross_layer(sim USES http sigv4 runtime)
albatross_layer(cli USES orchestrator sim clients)
"""
LAYERS = lint_layers.read_layers(CMAKE)


def rules(path, text):
    return [finding.rule for finding in lint_layers.check_cpp(path, text, LAYERS)]


def header(text):
    return "#pragma once\n" + text


class Layers(unittest.TestCase):
    def test_the_table_is_read_from_cmake(self):
        self.assertEqual(LAYERS["clients"], {"http", "sigv4", "runtime"})
        self.assertEqual(LAYERS["runtime"], set())

    def test_downwards_is_allowed(self):
        self.assertEqual(rules("src/clients/ec2.cpp", '#include "albatross/http/transport.hpp"\n#include "clients/xml.hpp"\n'), [])

    def test_upwards_and_sideways_is_not(self):
        for path, include in [
            ("src/runtime/clock.cpp", "albatross/http/transport.hpp"),
            ("src/http/pool.cpp", "albatross/clients/retry.hpp"),
            ("src/sim/cloud.cpp", "albatross/orchestrator/graph.hpp"),
            ("src/orchestrator/engine.cpp", "albatross/sim/cloud.hpp"),
            ("src/state/store.cpp", "albatross/clients/ec2.hpp"),
            ("include/albatross/sigv4/signer.hpp", "albatross/runtime/clock.hpp"),
        ]:
            with self.subTest(path):
                self.assertEqual(rules(path, header(f'#include "{include}"\n')), ["layer"])

    def test_private_headers_stay_at_home(self):
        self.assertEqual(rules("src/orchestrator/engine.cpp", '#include "clients/xml.hpp"\n'), ["private"])
        self.assertEqual(rules("include/albatross/http/x.hpp", header('#include "http/pool.hpp"\n')), ["public"])

    def test_an_include_must_name_its_layer(self):
        self.assertEqual(rules("src/http/pool.cpp", '#include "pool.hpp"\n'), ["include"])

    def test_tests_may_include_anything_of_ours(self):
        self.assertEqual(rules("tests/sim/cloud_test.cpp", '#include "orchestrator/graph.hpp"\n#include "sim/world.hpp"\n'), [])


class ThirdParties(unittest.TestCase):
    def test_each_in_its_place_passes(self):
        for path, include in [
            ("src/runtime/clock.cpp", "boost/asio/steady_timer.hpp"),
            ("src/sigv4/sha256.cpp", "openssl/sha.h"),
            ("src/http/pool.cpp", "boost/beast/http.hpp"),
            ("src/clients/xml.cpp", "pugixml.hpp"),
            ("src/clients/json.cpp", "nlohmann/json.hpp"),
            ("src/state/sqlite.cpp", "sqlite3.h"),
            ("src/orchestrator/spec/reader.cpp", "yaml-cpp/yaml.h"),
            ("src/sim/server.cpp", "boost/beast/http.hpp"),
            ("src/cli/main.cpp", "CLI/App.hpp"),
        ]:
            with self.subTest(path):
                self.assertEqual(rules(path, f"#include <{include}>\n"), [])

    def test_each_out_of_its_place_does_not(self):
        for path, include in [
            ("src/runtime/clock.cpp", "boost/beast/core.hpp"),
            ("src/runtime/clock.cpp", "openssl/sha.h"),
            ("src/sigv4/signer.cpp", "boost/asio/awaitable.hpp"),
            ("src/sigv4/signer.hpp", "openssl/sha.h"),
            ("src/http/pool.hpp", "openssl/ssl.h"),
            ("src/http/pool.cpp", "nlohmann/json.hpp"),
            ("src/clients/ec2.cpp", "boost/beast/http.hpp"),
            ("src/clients/xml.hpp", "pugixml.hpp"),
            ("src/orchestrator/engine.cpp", "yaml-cpp/yaml.h"),
            ("src/orchestrator/engine.cpp", "sqlite3.h"),
            ("src/sim/cloud.cpp", "boost/beast/http.hpp"),
        ]:
            with self.subTest(f"{path} {include}"):
                self.assertEqual(rules(path, header(f"#include <{include}>\n")), ["third party"])

    def test_public_headers_show_awaitables_only(self):
        self.assertEqual(rules("include/albatross/runtime/task.hpp", header("#include <boost/asio/awaitable.hpp>\n")), [])
        self.assertEqual(rules("include/albatross/clients/x.hpp", header("#include <nlohmann/json.hpp>\n")), ["public"])

    def test_the_widest_headers_are_refused_everywhere(self):
        self.assertEqual(rules("tests/http/pool_test.cpp", "#include <boost/asio.hpp>\n"), ["cost"])


class Doors(unittest.TestCase):
    BREACHES = [
        "auto t = std::chrono::steady_clock::now();",
        "auto t = std::chrono::\n  system_clock::now();",
        "auto t = std::time(nullptr);",
        "clock_gettime(CLOCK_MONOTONIC, &t);",
        "std::this_thread::sleep_for(1s);",
        "std::random_device device;",
        "int n = rand();",
        "std::mt19937 engine;",
        'const char* v = std::getenv("HOME");',
        "boost::asio::ip::tcp::socket socket(executor);",
    ]

    def test_each_breach_is_found_in_a_layer_and_in_examples(self):
        for code in self.BREACHES:
            for path in ("src/orchestrator/engine.cpp", "examples/embed.cpp"):
                with self.subTest(f"{path}: {code}"):
                    self.assertEqual(rules(path, f"void f() {{\n{code}\n}}\n"), ["door"])

    def test_who_holds_the_door_may_open_it(self):
        for path, code in [
            ("src/runtime/clock.cpp", "auto t = std::chrono::steady_clock::now();"),
            ("src/runtime/entropy.cpp", "getrandom(&v, sizeof v, 0);"),
            ("src/clients/environment.cpp", 'auto v = std::getenv("HOME");'),
            ("src/http/pool.cpp", "asio::ip::tcp::socket s(e);"),
        ]:
            with self.subTest(path):
                self.assertEqual(rules(path, f"void f() {{ {code} }}\n"), [])

    def test_words_in_comments_strings_and_longer_names_are_no_breach(self):
        code = '// steady_clock::now()\nauto s = "getenv rand()"; auto t = clock.now(); int operand(); auto r = x.rand(); f.time(nullptr);\n'
        self.assertEqual(rules("src/sim/cloud.cpp", code), [])

    def test_the_line_is_named(self):
        findings = lint_layers.check_cpp("src/sim/cloud.cpp", "int a;\n\nint b = rand();\n", LAYERS)
        self.assertEqual([finding.line for finding in findings], [3])


class Headers(unittest.TestCase):
    def test_pragma_once_comes_first(self):
        self.assertEqual(rules("src/sim/x.hpp", "#include <string>\n"), ["pragma"])
        self.assertEqual(rules("src/sim/x.hpp", "// What it is for.\n#pragma once\n"), [])

    def test_using_namespace_is_for_bodies(self):
        self.assertEqual(rules("src/sim/x.hpp", header("using namespace std::literals;\n")), ["using"])
        self.assertEqual(rules("src/sim/x.cpp", "using namespace std::literals;\n"), [])
        self.assertEqual(rules("tests/x.hpp", header("using namespace std::chrono_literals;\n")), [])
        self.assertEqual(rules("tests/x.hpp", header("using namespace std;\nint literals;\n")), ["using"])


class Text(unittest.TestCase):
    def test_a_path_of_one_machine_is_found(self):
        for path in ("/wor" "k/main", "/roo" "t/.cache"):
            findings = lint_layers.check_text("README.md", f"see\n{path}\n")
            self.assertEqual([(finding.rule, finding.line) for finding in findings], [("path", 2)])

    def test_relative_paths_and_addresses_are_none(self):
        self.assertEqual(lint_layers.check_text("README.md", "a/work/b https://x.org/root/ ~/work/x ../work/y\n"), [])

    def test_a_file_of_401_lines_is_too_long_unless_generated(self):
        self.assertEqual(rules("src/sim/x.cpp", "int a;\n" * 400), [])
        self.assertEqual(rules("src/sim/x.cpp", "int a;\n" * 401), ["length"])
        self.assertEqual(rules("src/sim/x.cpp", "// Generated by tools/make_x.py\n" + "int a;\n" * 401), [])


if __name__ == "__main__":
    unittest.main()
