#!/usr/bin/env python3
"""Counts single tests after a ctest run and prints the closing line 'N passed, N failed'.

usage: test_summary.py JUNIT_FILE GTEST_RESULTS_FOLDER

ctest knows programs; a GoogleTest program leaves an XML file of its single tests beside it, and
Python's unittest says how many it ran. A program that died before it could count is one failure.
"""
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


class Count:
    def __init__(self, passed=0, failed=0, skipped=()):
        self.passed, self.failed, self.skipped = passed, failed, list(skipped)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def gtest_count(results):
    """The tests of one GoogleTest program, from its XML file."""
    count = Count()
    for suite in ElementTree.parse(results).getroot():
        for case in suite.iter("testcase"):
            if case.get("status") != "run" and case.get("result") != "completed":
                continue  # filtered out or disabled
            if case.find("failure") is not None:
                count.failed += 1
            elif case.get("result") == "skipped" or case.find("skipped") is not None:
                reason = case.find("skipped")
                why = (reason.get("message") or "").strip() if reason is not None else ""
                count.skipped.append(f"{suite.get('name')}.{case.get('name')}: {why.splitlines()[-1] if why else ''}")
            else:
                count.passed += 1
    return count


def unittest_count(name, output):
    """The tests of one unittest program, from what it printed; None when it printed no count."""
    ran = re.search(r"^Ran (\d+) tests? in ", output, re.MULTILINE)
    if not ran:
        return None
    verdict = output[ran.end():]
    number = lambda word: sum(int(n) for n in re.findall(rf"\b{word}=(\d+)", verdict))
    failed, skipped = number("failures") + number("errors"), number("skipped")
    passed = max(0, int(ran.group(1)) - failed - skipped)
    return Count(passed, failed, [f"{name}: {skipped} skipped"] if skipped else [])


def count_program(case, folder):
    """The tests of one ctest entry."""
    name, status = case.get("name"), case.get("status")
    if status in ("notrun", "disabled"):
        if status == "notrun" and case.find("skipped") is None:
            return Count(failed=1)
        return Count(skipped=[name])
    results = folder / f"{name}_tests.xml"
    output = case.findtext("system-out") or ""
    count = None
    if results.exists():
        try:
            count = gtest_count(results)
        except ElementTree.ParseError:
            pass  # it died while writing
    else:
        count = unittest_count(name, output)
    if count is None:
        count = Count() if status == "fail" else Count(passed=1)
    if status == "fail" and count.failed == 0:
        count.failed = 1
    return count


def main(junit, folder):
    total = Count()
    try:
        for case in ElementTree.parse(junit).getroot().iter("testcase"):
            total.add(count_program(case, Path(folder)))
    except (OSError, ElementTree.ParseError) as error:
        print(f"no test results: {error}", file=sys.stderr)
        total.failed += 1
    for line in total.skipped:
        print(f"skipped: {line}")
    if total.skipped:
        print(f"({len(total.skipped)} skipped, named above)")
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
