#!/usr/bin/env python3
"""Checks that every file stays within its layer and keeps the rules of the house.

usage: lint_layers.py

Which layer may use which is read from CMakeLists.txt (albatross_layer(NAME USES …)); the third
parties and the doors to the outside are in the tables below. What a rule is for stands beside it.
"""
import bisect
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from cpp_source import directives, includes, tokens

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 400
# Files that may be longer, each with its reason.
LONG_FILES = {
    "src/sim/world.hpp": "plain structs: all that the simulated account can hold, read as one table",
}

# Third-party headers by family. The first pattern that matches names the family.
FAMILIES = {
    "beast": r"boost/beast",
    "asio": r"boost/(asio|system)",
    "boost": r"boost/",
    "openssl": r"openssl/",
    "json": r"nlohmann/",
    "pugixml": r"pugixml",
    "yaml": r"yaml-cpp/",
    "sqlite": r"sqlite3",
    "cli11": r"CLI/",
    "gtest": r"g(test|mock)/",
    "benchmark": r"benchmark/",
}
# Which files of a layer may include which family: a pattern over the path, relative to the root.
BODY = r"\.cpp$"
THIRD_PARTIES = {
    "runtime": {"asio": ""},
    "sigv4": {"openssl": BODY},
    "http": {"asio": "", "beast": r"^src/http/", "openssl": BODY},
    "clients": {"asio": "", "json": r"(\.cpp|/json_reader\.hpp)$", "pugixml": BODY},
    "state": {"asio": "", "sqlite": BODY, "json": BODY},
    "orchestrator": {"asio": "", "yaml": r"/(spec|yaml|stack_file|stack_)[^/]*(/.*)?\.(cpp|hpp)$", "json": BODY},
    "sim": {"asio": "", "beast": r"server[^/]*\.cpp$", "json": r"(\.cpp|/(efs|json_body|dynamodb/values)\.hpp)$", "pugixml": BODY, "openssl": r"(server|tls)[^/]*\.cpp$"},
    "cli": {"asio": "", "json": r"(\.cpp|/json_parts\.hpp)$", "cli11": ""},
}
# A public header may show an awaitable and nothing else of others.
PUBLIC_FAMILIES = {"asio"}
# Costs seconds in every file that includes it; name the header that is needed.
TOO_WIDE = {"boost/asio.hpp", "boost/beast.hpp"}

# The doors to the outside: identifier sequences, and the files that hold the door.
CLOCKS = r"(steady_clock|system_clock|high_resolution_clock|utc_clock|tai_clock|file_clock)"
# An example shows the signer alone, which comes without a clock and without an environment.
DOORS = [
    (rf"\b{CLOCKS} :: now\b", r"^(src/runtime|examples/sign_request)/", "time comes from Clock"),
    (r"\b(clock_gettime|gettimeofday|timespec_get)\b", r"^src/runtime/", "time comes from Clock"),
    (r"(?<![\w.>] )\btime \( (nullptr|NULL|0) \)", r"^src/runtime/", "time comes from Clock"),
    (r"\bthis_thread :: sleep|\b(usleep|nanosleep)\b", r"^$", "waiting goes through Clock"),
    (r"\b(random_device|srand|rand_r|getrandom|mt19937(_64)?)\b", r"^src/runtime/", "randomness comes from Entropy"),
    (r"(?<![\w.>] )\b(std :: )?rand \( \)", r"^src/runtime/", "randomness comes from Entropy"),
    (r"\b(getenv|secure_getenv|setenv|putenv|unsetenv)\b", r"environment[^/]*\.cpp$|^examples/sign_request/", "the environment is read in one place a layer (environment*.cpp)"),
    (r"\b(asio :: )?ip :: (tcp|udp|icmp)\b", r"^src/(http|sim)/", "sockets belong to http and to the simulator's server"),
]
SOCKET_HEADERS = r"^(sys/socket\.h|netinet/.*|arpa/.*|netdb\.h|sys/un\.h|boost/asio/ip/.*)$"
SOCKET_FILES = r"^src/(http|sim)/"

# Split, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.~:-])/(wor" r"k|roo" r"t)/[\w.]")
TEXT_SUFFIXES = {".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".md", ".cmake", ".txt", ".yaml", ".yml", ".json", ".html", ".js", ".css", ""}


class Finding(NamedTuple):
    path: str
    line: int
    rule: str
    message: str


def read_layers(cmake_text):
    """{layer: set of layers it may use} from the albatross_layer(…) calls."""
    layers = {}
    for call in re.findall(r"^albatross_layer\(([^)]*)\)", cmake_text, re.MULTILINE):
        words = call.split()
        uses, collecting = set(), False
        for word in words[1:]:
            if word in ("USES", "THIRD_PARTY"):
                collecting = word == "USES"
            elif collecting:
                uses.add(word)
        layers[words[0]] = uses
    return layers


def layer_of(path):
    """The layer of src/LAYER/… or include/albatross/LAYER/…; None for what is in no layer."""
    match = re.match(r"(?:src|include/albatross)/(\w+)/", path)
    return match.group(1) if match else None


def family_of(header):
    return next((name for name, pattern in FAMILIES.items() if re.match(pattern, header)), None)


class File:
    def __init__(self, path, text, layers):
        self.path, self.text, self.layers = path, text, layers
        self.layer = layer_of(path)
        self.is_public = path.startswith("include/")
        self.is_header = path.endswith(".hpp")
        self.findings = []

    def report(self, line, rule, message):
        self.findings.append(Finding(self.path, line, rule, message))

    def check(self):
        for line, header, quoted in includes(self.text):
            if header in TOO_WIDE:
                self.report(line, "cost", f"<{header}> costs seconds in each file: include what is needed of it")
            if quoted:
                self.check_own_include(line, header)
            else:
                self.check_foreign_include(line, header)
        if self.is_header:
            self.check_header()
        if self.layer or self.path.startswith("examples/"):
            self.check_doors()
        self.check_length()
        return self.findings

    def check_own_include(self, line, header):
        parts = header.split("/")
        public = parts[0] == "albatross"
        if public and len(parts) == 2:
            return  # albatross/version.hpp: of no layer
        target = parts[1] if public else parts[0]
        if target not in self.layers:
            if self.layer:
                self.report(line, "include", f'"{header}" names no layer: write "albatross/<layer>/x.hpp" or "<layer>/x.hpp"')
            return
        if self.is_public and not public:
            self.report(line, "public", f'a public header includes the private "{header}"')
        if not self.layer or target == self.layer:
            return
        if target not in self.layers.get(self.layer, set()):
            self.report(line, "layer", f"{self.layer} may not use {target}")
        elif not public:
            self.report(line, "private", f'"{header}" is private to {target}')

    def check_foreign_include(self, line, header):
        family = family_of(header)
        if self.layer and re.match(SOCKET_HEADERS, header) and not re.search(SOCKET_FILES, self.path):
            self.report(line, "door", f"<{header}>: sockets belong to http and to the simulator's server")
        if not family or not self.layer:
            return
        if self.is_public and family not in PUBLIC_FAMILIES:
            self.report(line, "public", f"a public header shows {family}: keep <{header}> in the .cpp")
            return
        where = THIRD_PARTIES.get(self.layer, {}).get(family)
        if where is None:
            self.report(line, "third party", f"{self.layer} does not use {family}")
        elif not re.search(where, self.path):
            self.report(line, "third party", f"{family} has no place in this file of {self.layer} (only in: {where})")

    def check_header(self):
        first = directives(self.text)[:1]
        if not first or first[0][1].split() != ["#pragma", "once"]:
            self.report(1, "pragma", "a header begins with #pragma once")
        stream = tokens(self.text)
        for index, token in enumerate(stream):
            if token.text == "using" and [t.text for t in stream[index + 1 : index + 2]] == ["namespace"]:
                name = next((t.text for t in stream[index + 2 : index + 12] if t.text.endswith(("literals", ";"))), "")
                if name.endswith("literals") and self.path.startswith("tests/"):
                    continue  # 5s in a test's helpers
                self.report(token.line, "using", "using namespace in a header")

    def check_doors(self):
        stream = tokens(self.text)
        code, lines = [], []
        for token in stream:
            code.append(token.text)
            lines.append(token.line)
        joined = " ".join(code)
        starts, position = [], 0
        for text in code:
            starts.append(position)
            position += len(text) + 1
        for pattern, holder, message in DOORS:
            if re.search(holder, self.path):
                continue
            for match in re.finditer(pattern, joined):
                index = bisect.bisect_right(starts, match.start()) - 1
                self.report(lines[index], "door", f"{match.group()}: {message}")

    def check_length(self):
        count = self.text.count("\n")
        if re.match(r"// (Generated|Made) by \S+\.py", self.text):
            return  # a table made from AWS's models, say: nobody reads it from top to bottom
        if count > MAX_LINES and self.path not in LONG_FILES:
            self.report(MAX_LINES, "length", f"{count} lines; a file has at most {MAX_LINES}: split it by what it is for")


def check_cpp(path, text, layers):
    """The findings of one C++ file; path is relative to the root."""
    return File(path, text, layers).check()


def check_text(path, text):
    """The findings any text file may have."""
    return [Finding(path, number, "path", "a path of one machine")
            for number, line in enumerate(text.splitlines(), 1) if MACHINE_PATHS.search(line)]


def our_files():
    """Every file of ours, committed or new, without what .gitignore names."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        names = listed.stdout.splitlines()
    else:  # a source archive
        names = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file() and "build" not in p.relative_to(ROOT).parts]
    return sorted(name for name in names if (ROOT / name).is_file())


def check_tree():
    layers = read_layers((ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))
    findings, count = [], 0
    for name in our_files():
        if Path(name).suffix not in TEXT_SUFFIXES or name.startswith("fixtures/"):
            continue
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        count += 1
        findings += check_text(name, text)
        if name.endswith((".cpp", ".hpp")):
            findings += check_cpp(name, text, layers)
    return findings, count


def main():
    findings, count = check_tree()
    for finding in findings:
        print(f"{finding.path}:{finding.line}: [{finding.rule}] {finding.message}")
    print(f"lint_layers: {count} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
