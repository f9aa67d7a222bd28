#!/usr/bin/env python3
"""Runs clang-tidy over the sources, in parallel, and not again over what passed unchanged.

usage: tidy.py BUILD_FOLDER [FILE...]

BUILD_FOLDER has compile_commands.json. A file is unchanged when it, every header of ours that it
reaches, its compile command and .clang-tidy are the same as when it last passed (kept by hash
under BUILD_FOLDER/tidy).

Most of the time goes into headers, so the files of a folder are checked several at once, as one
translation unit. Where two of them cannot stand together (the same name in an unnamed namespace),
the batch is halved.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from cpp_source import includes

ROOT = Path(__file__).resolve().parent.parent
CLANG_TIDY = "clang-tidy-19"
FOLDERS = ("src", "examples")
HEADER_ROOTS = (ROOT / "include", ROOT / "src", ROOT / "tests")
BATCH = 8


def reached(path, seen):
    """Adds path and every header of ours that it includes, directly or not, to seen."""
    if path in seen:
        return
    seen[path] = path.read_bytes()
    for _, header, quoted in includes(seen[path].decode("utf-8")):
        if quoted:
            for root in HEADER_ROOTS:
                if (root / header).is_file():
                    reached(root / header, seen)
                    break


def fingerprint(path, command):
    seen = {}
    reached(path, seen)
    digest = hashlib.sha256(command.encode() + (ROOT / ".clang-tidy").read_bytes())
    for name in sorted(seen):
        digest.update(str(name.relative_to(ROOT)).encode() + b"\0" + seen[name] + b"\0")
    return digest.hexdigest()


class Tidy:
    def __init__(self, build):
        self.build = Path(build).resolve()
        self.passed = self.build / "tidy"
        self.passed.mkdir(exist_ok=True)
        database = json.loads((self.build / "compile_commands.json").read_text())
        self.commands = {Path(entry["file"]).resolve(): entry["command"] for entry in database}

    def files(self):
        return sorted(path for path in self.commands
                      if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in FOLDERS)

    def mark(self, path):
        """The file whose presence says that path has passed as it is now."""
        return self.passed / fingerprint(path, self.commands[path])

    @staticmethod
    def batches(files):
        """Files of one folder, a few at a time: they are compiled alike."""
        by_folder = {}
        for path in files:
            by_folder.setdefault(path.parent, []).append(path)
        for group in by_folder.values():
            count = -(-len(group) // BATCH)
            yield from (group[start::count] for start in range(count))

    def flags(self, path):
        """The compile command without compiler, input and output."""
        words = shlex.split(self.commands[path])
        # As in the clang build: the library's own suppressions do not get through several files at once.
        flag = re.compile(r"-(D|I|O|W|f|g|std|isystem)")
        start = next(i for i, word in enumerate(words) if flag.match(word))
        return [*words[start : words.index("-o")], "-Wno-deprecated-declarations"]

    def run(self, batch):
        """clang-tidy's complaints over these files, '' when there are none."""
        source = batch[0]
        if len(batch) > 1:
            digest = hashlib.sha256("\n".join(map(str, batch)).encode()).hexdigest()[:16]
            source = self.passed / f"{digest}.cpp"
            source.write_text("".join(f'#include "{path}"\n' for path in batch))
        run = subprocess.run([CLANG_TIDY, "--quiet", str(source), "--", *self.flags(batch[0])],
                             cwd=self.build, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if run.returncode == 0:
            for path in batch:
                self.mark(path).touch()
            return ""
        if len(batch) > 1 and ("clang-diagnostic" in run.stdout or not run.stdout.strip()):
            middle = len(batch) // 2
            return self.run(batch[:middle]) + self.run(batch[middle:])
        return run.stdout if run.stdout.strip() else run.stderr


def diagnostics(output):
    """Each complaint with its lines of explanation, once."""
    seen, current = {}, None
    for line in output.splitlines():
        if re.match(r"\S+:\d+:\d+: (error|warning):", line):
            current = None if line in seen else seen.setdefault(line, [line])
        elif current is not None:
            current.append(line)
    return ["\n".join(lines) for lines in seen.values()]


def main(build, names):
    tidy = Tidy(build)
    files = [Path(name).resolve() for name in names] or tidy.files()
    todo = [path for path in files if not tidy.mark(path).exists()]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        output = "".join(pool.map(tidy.run, tidy.batches(todo)))
    findings = diagnostics(output)
    for finding in findings:
        print(finding.replace(f"{ROOT}/", "") + "\n")
    if output.strip() and not findings:
        print(output)
    print(f"clang-tidy: {len(files)} files ({len(files) - len(todo)} unchanged), {len(findings)} findings")
    return 1 if output.strip() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
