#!/usr/bin/env python3
"""Finds the forms of co_await that g++ 12 miscompiles without a warning, and two traps of Asio.

usage: lint_coroutines.py [FILE...]      (all of ours when none is named)

The rules: co_await stands alone (`auto v = co_await f(x);`, `co_await f(x);`, `co_return co_await
f(x);`) or is a plain call argument. Never in a condition, `?:`, a braced initialiser, throw, catch
or a test macro; and no braces and no lambda that captures by value in the same full expression
(what is bit-copied and destroyed twice must be trivial: durations in braces and captures by
reference are). A nested lambda's body is a world of its own. Also: asio::detached swallows exceptions, awaitable_operators
lose them.

An exception to the rule is declared where it is made, with its reason, on the line or the one
before it:  // lint_coroutines: allow detached: <why>
"""
import re
import sys
from pathlib import Path
from typing import NamedTuple

from cpp_source import Token, comments, includes, tokens

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "include", "tests", "examples", "bench", "fuzz")

CONDITIONS = {"if", "while", "switch", "for"}
TEST_MACRO = re.compile(r"(CO_)?(EXPECT|ASSERT)_[A-Z_]+$")
# After these words an expression begins: a '[' is a lambda's, a '{' an initialiser's.
EXPRESSION_WORDS = {"return", "co_return", "co_await", "co_yield", "throw", "case", "else", "do", "and", "or", "not"}
TYPE_WORDS = {"class", "struct", "union", "enum", "namespace", "extern"}
BLOCK_WORDS = {"else", "do", "try", "const", "noexcept", "override", "final", "mutable", "volatile"}
# Values of these are trivial to copy and destroy, and constructed, not aggregate-initialised.
TRIVIAL = {"nanoseconds", "microseconds", "milliseconds", "seconds", "minutes", "hours", "days",
           "Duration", "TimePoint", "WallTime", "Deadline"}
LAMBDA = "<lambda>"
CAPTURING_LAMBDA = "<capturing lambda>"
BRACES = "<braces>"


class Finding(NamedTuple):
    line: int
    rule: str
    message: str


class Scanner:
    """Walks the tokens block by block and judges each statement."""

    def __init__(self, stream):
        self.stream = stream
        self.findings = []

    def report(self, line, rule, message):
        self.findings.append(Finding(line, rule, message))

    def text(self, index):
        return self.stream[index].text if 0 <= index < len(self.stream) else ""

    # --- structure ---
    def scan_block(self, index, in_catch=False):
        """Statements from index up to the '}' that closes the block; returns the index after it."""
        statement = []
        while index < len(self.stream):
            token = self.stream[index]
            if token.text == "}":
                self.judge(statement, in_catch)
                return index + 1
            if token.text == ";":
                self.judge(statement, in_catch)
                statement, index = [], index + 1
            elif token.text == "{" and self.opens_block(statement):
                self.judge(statement, in_catch)
                inner_catch = in_catch or self.is_catch(statement)
                index = self.scan_block(index + 1, inner_catch and not self.is_function(statement))
                statement = []
            else:
                index = self.collect(index, statement)
        self.judge(statement, in_catch)
        return index

    def collect(self, index, statement):
        """Adds one token, or one bracketed group, or one lambda (as a mark) to the statement."""
        token = self.stream[index]
        if token.text == "[" and self.starts_lambda(index):
            return self.collect_lambda(index, statement)
        if token.text == "{":
            if self.text(index - 1) not in TRIVIAL:
                statement.append(Token(BRACES, token.line))
            return self.collect_group(index, "}", statement)
        if token.text in ("(", "["):
            return self.collect_group(index, ")" if token.text == "(" else "]", statement)
        statement.append(token)
        return index + 1

    def collect_group(self, index, closing, statement):
        opening = self.stream[index]
        statement.append(Token("{" if closing == "}" else opening.text, opening.line))
        index += 1
        while index < len(self.stream) and self.text(index) != closing:
            index = self.collect(index, statement)
        if index < len(self.stream):
            statement.append(self.stream[index])
        return index + 1

    def starts_lambda(self, index):
        before = self.text(index - 1)
        if before in EXPRESSION_WORDS:
            return True
        if before in ("&", "&&") and self.text(index - 2) == "auto":
            return False  # structured binding
        is_value = before.isidentifier() or before in (")", "]", '""', ">", "]]")
        return not is_value and self.lambda_body(index) is not None

    def closing(self, index):
        """The index after the bracket that closes the one at index."""
        pairs, depth = {"(": ")", "[": "]", "{": "}"}, 0
        while index < len(self.stream):
            if self.text(index) in pairs:
                depth += 1
            elif self.text(index) in pairs.values():
                depth -= 1
                if depth == 0:
                    return index + 1
            index += 1
        return index

    def lambda_body(self, index):
        """The index of the '{' of the lambda whose '[' is at index; None when it is no lambda."""
        index = self.closing(index)
        while index < len(self.stream):
            text = self.text(index)
            if text == "{":
                return index
            if text in (";", ")", "}", ",", "]", "="):
                return None
            index = self.closing(index) if text in ("(", "[") else index + 1
        return None

    def captures_by_value(self, index):
        """False for [], [&], [&a, &b] and [this]."""
        captures = [self.text(i) for i in range(index + 1, self.closing(index) - 1)]
        if "=" in captures or "*" in captures:
            return True
        names = [i for i, text in enumerate(captures) if text.isidentifier() and text != "this"]
        return any(i == 0 or captures[i - 1] != "&" for i in names)

    def collect_lambda(self, index, statement):
        body = self.lambda_body(index)
        if body is None:
            statement.append(self.stream[index])
            return index + 1
        owning = self.captures_by_value(index)
        statement.append(Token(CAPTURING_LAMBDA if owning else LAMBDA, self.stream[index].line))
        return self.scan_block(body + 1)

    def opens_block(self, statement):
        """Is the '{' after this statement the start of a block, and not an initialiser?"""
        texts = [token.text for token in statement]
        if not texts or texts[-1] in (")", ":", "]]", CAPTURING_LAMBDA, LAMBDA) or texts[-1] in BLOCK_WORDS:
            return True
        if texts[-1] == "}":  # after a braced member initialiser: the constructor's body
            return ":" in texts
        head = self.after_template(texts)
        if any(word in TYPE_WORDS for word in head[:4]) and "=" not in texts and "(" not in head[1:]:
            return True
        if "requires" in texts and "=" not in texts and texts[-1] == ">":
            return True
        return self.has_trailing_return(texts)

    @staticmethod
    def after_template(texts):
        if not texts or texts[0] != "template":
            return texts
        depth = 0
        for index, text in enumerate(texts[1:], 1):
            depth += {"<": 1, ">": -1}.get(text, 0)
            if depth == 0:
                return texts[index + 1 :]
        return texts

    @staticmethod
    def has_trailing_return(texts):
        if "=" in texts or ")" not in texts:
            return False
        last = len(texts) - 1 - texts[::-1].index(")")
        return texts[last + 1 : last + 2] == ["->"] or texts[last + 1 : last + 3] == ["const", "->"]

    @staticmethod
    def is_catch(statement):
        return bool(statement) and statement[0].text == "catch"

    @staticmethod
    def is_function(statement):
        return bool(statement) and statement[0].text not in CONDITIONS | {"catch", "else", "do", "try"}

    # --- judgement ---
    def judge(self, statement, in_catch):
        statement = self.after_labels(statement)
        awaits = [token for token in statement if token.text == "co_await"]
        if not awaits:
            return
        if in_catch:
            self.report(awaits[0].line, "catch", "co_await in a catch block: keep the exception, leave the handler first")
        if statement[0].text in ("else", "do"):
            self.judge(statement[1:], False)
        elif statement[0].text in CONDITIONS:
            self.judge_condition(statement)
        else:
            self.judge_expression(statement)

    @staticmethod
    def after_labels(statement):
        """The statement without `case x:` and `default:` before it."""
        while statement and statement[0].text in ("case", "default"):
            colon = next((i for i, token in enumerate(statement) if token.text == ":"), None)
            if colon is None:
                break
            statement = statement[colon + 1 :]
        return statement

    def judge_condition(self, statement):
        """if (…) and its kin: the condition, then what follows it without braces."""
        start = next((i for i, token in enumerate(statement) if token.text == "("), None)
        if start is None:
            return
        depth, end = 0, len(statement)
        for index in range(start, len(statement)):
            depth += {"(": 1, ")": -1}.get(statement[index].text, 0)
            if depth == 0:
                end = index
                break
        condition, rest = statement[start + 1 : end], statement[end + 1 :]
        if statement[0].text in ("if", "switch"):
            condition = self.judge_init_statement(condition)
        for token in condition:
            if token.text == "co_await":
                self.report(token.line, "condition", f"co_await in the condition of {statement[0].text}: name its result first")
                break
        self.judge(rest, False)

    def judge_init_statement(self, condition):
        """`if (auto v = co_await f(); v)` is sound: what stands before ';' is a statement."""
        texts = [token.text for token in condition]
        if ";" not in texts:
            return condition
        middle = texts.index(";")
        self.judge(condition[:middle], False)
        return condition[middle + 1 :]

    def judge_expression(self, statement):
        await_line = next(token.line for token in statement if token.text == "co_await")
        texts = {token.text for token in statement}
        if "throw" in texts:
            self.report(await_line, "throw", "co_await in throw: name its result first")
        macro = next((token for token in statement if TEST_MACRO.match(token.text)), None)
        if macro:
            self.report(await_line, "macro", f"co_await in {macro.text}: name its result first")
        for token in statement:
            if token.text == "?":
                self.report(token.line, "conditional", "?: in a full expression with co_await: split it")
            elif token.text == BRACES:
                self.report(token.line, "braces", "braces in a full expression with co_await: build a named local, pass it by std::move")
            elif token.text == CAPTURING_LAMBDA:
                self.report(token.line, "lambda", "a lambda that captures by value in a full expression with co_await: name it first")


def asio_traps(text, stream):
    findings = []
    for index, token in enumerate(stream):
        if token.text in ("detached", "detached_t") and index and stream[index - 1].text == "::":
            findings.append(Finding(token.line, "detached", "asio::detached swallows exceptions: use a TaskGroup or a handler that records them"))
        elif token.text == "awaitable_operators":
            findings.append(Finding(token.line, "operators", "awaitable_operators lose errors: use when_all or with_deadline"))
    for line, header, _ in includes(text):
        if header.endswith("/awaitable_operators.hpp"):
            findings.append(Finding(line, "operators", "awaitable_operators lose errors: use when_all or with_deadline"))
    return findings


def allowed(text):
    """{(line, rule)} that a comment with a reason permits: on its last line and the one after."""
    result = set()
    for line, comment in comments(text):
        match = re.search(r"lint_coroutines: allow (\w+): \S", comment)
        if match:
            last = line + comment.count("\n")
            result |= {(last, match.group(1)), (last + 1, match.group(1))}
    return result


def check_text(text):
    """The findings of one file's text, in the order of lines."""
    stream = tokens(text)
    scanner = Scanner(stream)
    index = 0
    while index < len(stream):
        index = scanner.scan_block(index)
    permitted = allowed(text)
    findings = set(scanner.findings + asio_traps(text, stream))
    return sorted(finding for finding in findings if (finding.line, finding.rule) not in permitted)


def our_files():
    for folder in FOLDERS:
        for pattern in ("*.cpp", "*.hpp"):
            yield from sorted((ROOT / folder).rglob(pattern))


def main(arguments):
    files = [Path(argument) for argument in arguments] or list(our_files())
    count = 0
    for path in files:
        for finding in check_text(path.read_text(encoding="utf-8")):
            count += 1
            print(f"{path.resolve().relative_to(ROOT) if path.resolve().is_relative_to(ROOT) else path}:{finding.line}: "
                  f"[{finding.rule}] {finding.message}")
    print(f"lint_coroutines: {len(files)} files, {count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
