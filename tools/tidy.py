#!/usr/bin/env python3
"""Runs clang-tidy over the sources, in parallel, and not again over what passed unchanged.

usage: tidy.py BUILD_FOLDER [FILE...]

BUILD_FOLDER has compile_commands.json. A file is unchanged when it, every header of ours that it
reaches, its compile command and .clang-tidy are the same as when it last passed (kept by hash
under BUILD_FOLDER/tidy).
"""
import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from cpp_source import includes

ROOT = Path(__file__).resolve().parent.parent
CLANG_TIDY = "clang-tidy-19"
FOLDERS = ("src", "examples")
HEADER_ROOTS = (ROOT / "include", ROOT / "src", ROOT / "tests")
# What only g++ understands.
UNKNOWN_TO_CLANG = ("-fpch-preprocess", "-Winvalid-pch")


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


def check(path, command, passed):
    """Runs clang-tidy on one file; returns its complaints, '' when there are none."""
    mark = passed / fingerprint(path, command)
    if mark.exists():
        return ""
    run = subprocess.run([CLANG_TIDY, "--quiet", "-p", str(passed.parent), str(path)],
                         capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode == 0:
        mark.touch()
        return ""
    return run.stdout + (run.stderr if not run.stdout.strip() else "")


def main(build, names):
    build = Path(build).resolve()
    database = json.loads((build / "compile_commands.json").read_text())
    commands = {Path(entry["file"]).resolve(): entry["command"] for entry in database}
    if names:
        files = [Path(name).resolve() for name in names]
    else:
        files = sorted(path for path in commands if path.is_relative_to(ROOT)
                       and path.relative_to(ROOT).parts[0] in FOLDERS)
    passed = build / "tidy"
    passed.mkdir(exist_ok=True)
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, output in zip(files, pool.map(lambda p: check(p, commands.get(p, ""), passed), files)):
            if output:
                failures += 1
                print(f"{path.relative_to(ROOT)}:\n{output.strip()}\n", flush=True)
    print(f"clang-tidy: {len(files)} files, {failures} with findings")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
