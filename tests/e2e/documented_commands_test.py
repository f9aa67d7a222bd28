#!/usr/bin/env python3
"""Every command that README.md and docs/ show is run, in the order of the page, against a simulator;
what they print is what the page says; and no page names a command, option, variable, file or heading
that does not exist. How a page marks its blocks: documents.py.
"""
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import documents
from programs import BINARY, KEY, ROOT, SECRET, Simulator, clean_environment

WILD = "…"
AWS = "/usr/bin/aws" if pathlib.Path("/usr/bin/aws").exists() else shutil.which("aws")
IDS = re.compile(r"\b(i|vpc|subnet|sg|sgr|fs|fsmt|igw|rtb|rtbassoc|eni|ami|vol)-[0-9a-f]{2,17}(…|\b)")
NUMBERS = [
    (IDS, r"\1-ID"),
    (re.compile(r"(-alb-)\d{6,10}\b"), r"\1NUMBER"),
    (re.compile(r"\b(\d+h)?(\d+m)?\d+(\.\d+)?m?s\b"), "TIME"),
    (re.compile(r"\b127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"(localhost):80\d\d\b"), r"\1"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?Z?)?"), "DATE"),
    (re.compile(r"\s+"), " "),
]


def stable(line):
    """The line without what differs from run to run: ids, times, ports."""
    for pattern, stand_in in NUMBERS:
        line = pattern.sub(stand_in, line)
    return line.strip()


def as_pattern(line):
    return re.compile(".*".join(re.escape(stable(part)).replace(r"\ ", " ?") for part in line.split(WILD)))


def missing_output(shown, printed):
    """The first shown line that was not printed after the ones before it; None when all were."""
    rest = [stable(line) for line in printed.splitlines()]
    for line in shown:
        if not stable(line.replace(WILD, "")):
            continue
        pattern = as_pattern(line)
        place = next((n for n, text in enumerate(rest) if pattern.fullmatch(text)), None)
        if place is None:
            return line
        rest = rest[place + 1:]
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Reader:
    """Somebody who types what a page says, from its top, in a clone of the repository."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.clone = pathlib.Path(self.folder.name, "albatross")
        (self.clone / "build/release").mkdir(parents=True)
        (self.clone / "build/release/albatross").symlink_to(BINARY)
        for name in ("examples", "docs", "tests/install"):
            shutil.copytree(ROOT / name, self.clone / name)
        home, programs = self.path("home"), self.path("bin")
        home.mkdir()
        programs.mkdir()
        (programs / "albatross").symlink_to(BINARY)
        if AWS:  # Debian's is too old to know AWS_ENDPOINT_URL
            (programs / "aws").write_text(f'#!/bin/sh\nexec {AWS} --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n')
            (programs / "aws").chmod(0o755)
        self.simulator = Simulator()
        self.port = free_port()
        self.background = []
        self.environment = clean_environment(
            AWS_ENDPOINT_URL=self.simulator.url, AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET,
            AWS_REGION="us-east-1", AWS_DEFAULT_REGION="us-east-1", AWS_PAGER="", HOME=str(home),
            MANPAGER="cat", PATH=f"{programs}:{os.environ['PATH']}",
            ALBATROSS_YES="true",         # whoever reads answers the question with yes
            ALBATROSS_SIM_SPEED="4",      # and has no time
            PWD=str(self.clone))
        self.environment.pop("OLDPWD", None)

    def path(self, name):
        return pathlib.Path(self.folder.name, name)

    def script(self, text):
        """Bash that begins where the last command ended: variables, functions and folder kept."""
        return ("set -a -o pipefail\n"
                f"[ -f {self.path('shell')} ] && . {self.path('shell')}\n"
                f"trap '{{ declare -fp; export -p; printf \"cd %q\\n\" \"$PWD\"; }} >{self.path('shell')}' EXIT\n"
                + text.replace("4566", self.port))

    def run(self, text):
        done = subprocess.run(["bash", "-c", self.script(text)], cwd=self.clone, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120)
        return done.returncode, done.stdout.replace(self.port, "4566")

    def start(self, text, shown):
        """Begins a command that runs on; returns what it printed until all that is shown was there."""
        output = self.path(f"background{len(self.background)}")
        with open(output, "wb") as sink:
            process = subprocess.Popen(
                ["bash", "-c", self.script("exec " + text)], cwd=self.clone, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        self.background.append(process)
        deadline = time.monotonic() + 30
        while True:
            printed = output.read_text().replace(self.port, "4566")
            if missing_output(shown, printed) is None or process.poll() is not None:
                break
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        for line in printed.splitlines():  # the page says: paste these into the other shell
            if line.startswith("export "):
                with open(self.path("shell"), "a") as shell:
                    shell.write(line.replace("4566", self.port) + "\n")
        return process.poll(), printed

    def close(self):
        for process in self.background:
            process.send_signal(signal.SIGINT)
        for process in self.background:
            process.wait(timeout=20)
        self.simulator.stop()
        self.folder.cleanup()


class Vocabulary:
    """Which commands and options there are, asked of the program itself and of ./dev."""

    def __init__(self):
        self.pages = {}
        dev = subprocess.run([ROOT / "dev", "help"], stdout=subprocess.PIPE, text=True, check=True)
        self.dev = dev.stdout

    def help(self, words):
        """The help of a command by its words; None when there is no such command."""
        if words not in self.pages:
            done = subprocess.run([BINARY, *words, "--help"], env=clean_environment(),
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.pages[words] = done.stdout if done.returncode == 0 else None
        return self.pages[words]

    def command_of(self, words):
        """The longest front of the words that is a command."""
        plain = [word for word in words if re.fullmatch(r"[a-z]+", word)]
        known = ()
        for word in plain:
            listed = re.search(rf"(?m)^ +{word}\b", self.help(known) or "")
            if not listed or self.help(known + (word,)) is None:
                break
            known += (word,)
        return known

    def complaint(self, words):
        """What is wrong with the words after `albatross`; None when nothing is."""
        if not words or words[0] == "COMMAND":
            return None
        if words[0] == "--version":
            return None
        command = self.command_of(words)
        first = next((word for word in words if not word.startswith("-")), None)
        if first and re.fullmatch(r"[a-z]+", first) and not command and words[0] == first:
            return f"there is no command {first}"
        for word in words:
            option = word.split("=")[0]
            if option.startswith("-") and option != "--" and not re.fullmatch(r"--?[0-9]+|-", option):
                if not has_option(self.help(command), option) and not has_option(self.help(()), option):
                    return f"{' '.join(('albatross', *command))} has no option {option}"
        return None

    def everything(self):
        """All help and all manual pages there are (these name the variables), as one text."""
        text = self.help(())
        for name in re.findall(r"(?m)^  ([a-z]+) ", text.split("Examples:")[0]):
            text += self.help((name,)) + subprocess.run(
                [BINARY, "man", name], stdout=subprocess.PIPE, text=True, check=True).stdout
        text += self.help(("sim", "ctl"))
        for name in re.findall(r"(?m)^  ([a-z]+) ", self.help(("sim", "ctl")).split("Examples:")[0]):
            text += self.help(("sim", "ctl", name))
        return text.replace("\\fB", " ").replace("\\fR", " ").replace("\\-", "-")

    def dev_complaint(self, words):
        known = set(re.findall(r"(?m)^  ([a-z]+)\b", self.dev)) | {"help"}
        if words and words[0] not in known:
            return f"./dev has no command {words[0]}"
        for word in words:
            if word.startswith("--") and not has_option(self.dev, word.split("=")[0]):
                return f"./dev {words[0]} has no option {word}"
        return None


def has_option(text, option):
    return re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text or "") is not None


def simple_commands(text):
    """The words of each simple command in a line of shell, without assignments and redirections."""
    lexer = shlex.shlex(text.replace("\\\n", " ").split("\n")[0], posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    lexer.commenters = "#"
    words, found = [], []
    for token in lexer:
        if re.fullmatch(r"[();|&]+|<\(", token):
            found.append(words)
            words = []
        else:
            words.append(token)
    found.append(words)
    return [drop_assignments(words) for words in found if words]


def drop_assignments(words):
    while words and re.match(r"\w+=", words[0]):
        words = words[1:]
    return words


# Of other programs, in our pages.
FOREIGN = {"--resolve", "--cacert", "--endpoint-url", "--print", "--prefix", "--no-fail-fast"}
BUILTINS = {"cd", "export", "source", "echo", "printf", "eval", "sleep", "wait", "exec", "unset", "[", ":"}


class DocumentedCommandsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vocabulary = Vocabulary()
        cls.counts = {"run": 0, "not run": [], "no tool": []}

    @classmethod
    def tearDownClass(cls):
        print(f"\n{cls.counts['run']} commands run", file=sys.stderr)
        for name in ("not run", "no tool"):
            for text in cls.counts[name]:
                print(f"{name}: {text}", file=sys.stderr)

    def check_page(self, page):
        found = documents.blocks(page)
        if not any(not block.not_run for block in found):
            return
        reader = Reader()
        self.addCleanup(reader.close)
        for block in found:
            if block.not_run:
                self.counts["not run"].append(f"{page.name}:{block.line}: {block.not_run}")
            else:
                self.run_block(reader, block)

    def run_block(self, reader, block):
        for text in block.first:
            code, printed = reader.run(text)
            self.assertEqual(code, 0, f"{block.page.name}:{block.line}: {text}\n{printed}")
        for number, command in enumerate(block.commands):
            where = f"{block.page.name}:{command.line}: {command.text}"
            lacking = self.lacking_tool(reader, command.text)
            if lacking:
                self.counts["no tool"].append(f"{where} ({lacking})")
                continue
            if block.background:
                code, printed = reader.start(command.text, command.output)
                self.assertIsNone(code, f"{where}\nended, having said:\n{printed}")
            else:
                wanted = block.exit_code if number == len(block.commands) - 1 else 0
                code, printed = reader.run(command.text)
                self.assertEqual(code, wanted, f"{where}\n{printed}")
            missing = missing_output(command.output, printed)
            self.assertIsNone(missing, f"{where}\nshown, but not printed: {missing}\nprinted:\n{printed}")
            self.counts["run"] += 1

    def lacking_tool(self, reader, text):
        """A program that is not on this machine; never one of ours."""
        for words in simple_commands(text):
            if not words or words[0] in BUILTINS or "/" in words[0] or words[0].startswith("$"):
                continue
            if re.fullmatch(r"[a-z0-9_-]+", words[0]) and not shutil.which(
                    words[0], path=reader.environment["PATH"]):
                return f"no {words[0]} here"
        return None

    def all_commands(self):
        for page in documents.PAGES:
            for block in documents.blocks(page):
                for command in block.commands:
                    yield f"{page.name}:{command.line}", command.text

    def test_commands_and_options_exist_also_where_they_are_not_run(self):
        problems, seen = [], 0
        for where, text in self.all_commands():
            for words in simple_commands(text):
                complaint = None
                if words and words[0].rsplit("/", 1)[-1] == "albatross":
                    complaint = self.vocabulary.complaint(words[1:])
                elif words and words[0] == "./dev":
                    complaint = self.vocabulary.dev_complaint(words[1:])
                seen += 1
                if complaint:
                    problems.append(f"{where}: {complaint}")
        self.assertEqual(problems, [])
        self.assertGreater(seen, 50)

    def test_what_the_text_names_exists(self):
        everything = self.vocabulary.everything() + self.vocabulary.dev
        problems, seen = [], 0
        for page in documents.PAGES:
            for line, text in documents.spans(page):
                where = f"{page.name}:{line}: {text}"
                if match := re.match(r"(?:\S*/)?albatross ([a-z-].*)", text):
                    words = re.split(r"[\s|]+", match.group(1).replace("[", " ").replace("]", " ").strip())
                    complaint = self.vocabulary.complaint(words)
                elif match := re.match(r"\./dev (.*)", text):
                    complaint = self.vocabulary.dev_complaint(match.group(1).split())
                elif match := re.match(r"(--[a-z-]+)", text):
                    option = match.group(1)
                    complaint = None if option in FOREIGN or has_option(everything, option) else "no such option"
                elif re.fullmatch(r"ALBATROSS_[A-Z_]+(=\S+)?", text):
                    complaint = None if text.split("=")[0] in everything else "no such variable"
                else:
                    continue
                seen += 1
                if complaint:
                    problems.append(f"{where}: {complaint}")
        self.assertEqual(problems, [])
        self.assertGreater(seen, 100)

    def test_commands_stand_in_blocks_that_are_run(self):
        problems = [f"{page.name}:{line}: {text}" for page in documents.PAGES
                    for line, text in documents.hidden_commands(page)]
        self.assertEqual(problems, [], "put it into a console or sh block")

    def test_what_is_not_run_says_why(self):
        marked = [block for page in documents.PAGES for block in documents.blocks(page) if block.not_run]
        for block in marked:
            self.assertIn(block.not_run, documents.REASONS, f"{block.page.name}:{block.line}")
        commands = sum(len(block.commands) for page in documents.PAGES for block in documents.blocks(page))
        left_out = sum(len(block.commands) for block in marked)
        self.assertLess(left_out, commands / 4, "most commands are run")

    def test_links_lead_somewhere(self):
        problems = []
        for page in [*documents.PAGES, ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md"]:
            for line, path, anchor in documents.links(page):
                target = (page.parent / path).resolve() if path else page
                if not target.exists():
                    problems.append(f"{page.name}:{line}: there is no {path}")
                elif anchor and target.suffix == ".md" and anchor not in documents.anchors(target):
                    problems.append(f"{page.name}:{line}: {path} has no #{anchor}")
        self.assertEqual(problems, [])

    def test_every_page_is_linked_from_the_readme(self):
        linked = {pathlib.PurePath(path).name for _, path, _ in documents.links(ROOT / "README.md")}
        unlinked = [page.name for page in documents.PAGES[1:] if page.name not in linked | {"README.md"}]
        self.assertEqual(unlinked, [])

    def test_code_for_embedders_is_code_of_an_example(self):
        page = ROOT / "docs/embedding.md"
        squeezed = " ".join(" ".join(path.read_text().split()) for path in
                            sorted((ROOT / "examples").glob("*/*")) if path.is_file())
        snippets = documents.code(page, "cpp") + documents.code(page, "cmake")
        self.assertGreater(len(snippets), 5)
        for line, text in snippets:
            for part in re.split(r"(?m)^\s*(?://|#) …$", text):
                self.assertIn(" ".join(part.split()), squeezed, f"embedding.md:{line}: in no example")


def add_page_tests():
    for page in documents.PAGES:
        name = "test_commands_of_" + re.sub(r"\W", "_", page.stem.lower())
        setattr(DocumentedCommandsTest, name, lambda self, page=page: self.check_page(page))


add_page_tests()

if __name__ == "__main__":
    unittest.main()
