#!/usr/bin/env python3
"""How many lines of src/ and include/ the last test run of a build has executed.

usage: coverage.py BUILD_FOLDER [--at-least PERCENT]

Prints a line for each folder and the files with the most lines never run; BUILD_FOLDER/coverage.html
shows every line. Exit code 1 below PERCENT.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [str(ROOT / folder) for folder in ("include", "src")]
WORST = 15


class Lines:
    def __init__(self, count=0, covered=0):
        self.count, self.covered = count, covered

    def __add__(self, other):
        return Lines(self.count + other.count, self.covered + other.covered)

    def missed(self):
        return self.count - self.covered

    def percent(self):
        return 100 * self.covered / self.count if self.count else 100.0

    def __str__(self):
        return f"{self.percent():5.1f} %  {self.missed():5d} of {self.count:5d} lines never run"


def merged(build):
    """One profile of all that ran."""
    raw = sorted((build / "coverage").glob("*.profraw"))
    if not raw:
        sys.exit(f"coverage: nothing ran yet: no profile under {build}/coverage")
    profile = build / "coverage.profdata"
    subprocess.run(["llvm-profdata-19", "merge", "-sparse", "--failure-mode=all", "-o", profile, *raw], check=True)
    return profile


def llvm_cov(build, profile, *words):
    """What `llvm-cov WORDS` says of all our programs together."""
    programs = [build / "albatross", build / "albatross_simulate", *sorted((build / "tests").glob("*_tests"))]
    first, *others = (str(path) for path in programs if path.is_file())
    return subprocess.run(
        ["llvm-cov-19", *words, f"-instr-profile={profile}", first, *(f"-object={path}" for path in others),
         "-sources", *SOURCES], check=True, stdout=subprocess.PIPE).stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--at-least", type=float, default=0)
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    profile = merged(build)
    llvm_cov(build, profile, "show", "-format=html", f"-output-dir={build / 'coverage.html'}")
    exported = json.loads(llvm_cov(build, profile, "export", "-summary-only"))
    files = {Path(entry["filename"]).relative_to(ROOT): Lines(entry["summary"]["lines"]["count"],
                                                              entry["summary"]["lines"]["covered"])
             for entry in exported["data"][0]["files"]}
    folders = {}
    for path, lines in files.items():
        folder = "/".join(path.parts[:3 if path.parts[0] == "include" else 2])
        folders[folder] = folders.get(folder, Lines()) + lines
    for folder, lines in sorted(folders.items()):
        print(f"{lines}  {folder}")
    print("\nThe most of it in:")
    for path, lines in sorted(files.items(), key=lambda item: -item[1].missed())[:WORST]:
        print(f"{lines}  {path}")
    total = sum(files.values(), Lines())
    print(f"\n{total.percent():.2f} % of {total.count} lines were run; at least {arguments.at_least:g} % must be")
    return 0 if total.percent() >= arguments.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
