"""Reads the documents: their blocks of commands with what they print, and the commands, options and
variables that their text names.

How a document shows commands:

    ```console            each `$ ` begins a command; a line that ends with \\ goes on; the rest is
    $ albatross list      what it prints. `…` stands for anything, alone on a line for any lines.
    ```

    ```sh                 nothing but commands, as a script has them
    ```

Comments right above a block say how it is run:

    <!-- not run: REASON -->      it is only read; REASON is one of REASONS
    <!-- first: COMMAND -->       is run before it, unseen
    <!-- exit code N -->          of its last command, if not 0
    <!-- background -->           it runs on while the following blocks are run
"""
import dataclasses
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

REASONS = {
    "builds everything": "takes the compiler minutes",
    "needs root": "changes this machine",
    "needs a login": "only AWS itself knows it",
    "needs a recording of yours": "stands for any",
    "is on another machine": "another clone, another account",
}


@dataclasses.dataclass
class Command:
    line: int
    text: str
    output: list


@dataclasses.dataclass
class Block:
    page: pathlib.Path
    line: int
    language: str
    commands: list
    not_run: str = ""
    first: list = dataclasses.field(default_factory=list)
    exit_code: int = 0
    background: bool = False


def _commands(lines, start, prompt):
    """The commands of a block; in one with prompts the other lines are output."""
    found, at = [], 0
    while at < len(lines):
        line, number = lines[at], start + at
        at += 1
        if prompt and not line.startswith("$ "):
            if found and line.strip():
                found[-1].output.append(line)
            continue
        text = line[2:] if prompt else line
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        while at < len(lines) and text.endswith("\\"):
            text += "\n" + lines[at]
            at += 1
        here = re.search(r"<<'?([A-Z]+)'?$", text)
        while here and at < len(lines):
            text += "\n" + lines[at]
            at += 1
            if lines[at - 1] == here.group(1):
                break
        found.append(Command(number, text, []))
    return found


def _directive(block, comment):
    if reason := re.fullmatch(r"not run: (.+)", comment):
        block.not_run = reason.group(1)
    elif command := re.fullmatch(r"first: (.+)", comment):
        block.first.append(command.group(1))
    elif code := re.fullmatch(r"exit code (\d)", comment):
        block.exit_code = int(code.group(1))
    elif comment == "background":
        block.background = True
    else:
        raise ValueError(f"{block.page.name}:{block.line}: unknown comment above a block: {comment}")


def fences(page):
    """Every fenced block: (number of its first line, language, its lines, comments right above)."""
    lines = page.read_text().splitlines()
    comments, at = [], 0
    while at < len(lines):
        line = lines[at]
        if comment := re.fullmatch(r"<!-- (.+) -->", line):
            comments.append(comment.group(1))
        elif fence := re.fullmatch(r"(\s*)```(\w*)", line):
            end = at + 1
            while lines[end].strip() != "```":
                end += 1
            body = [each.removeprefix(fence.group(1)) for each in lines[at + 1:end]]
            yield at + 2, fence.group(2), body, comments
            comments, at = [], end
        else:
            comments = []
        at += 1


def blocks(page):
    """The blocks of commands of a page, in order."""
    found = []
    for line, language, body, comments in fences(page):
        if language not in ("console", "sh"):
            continue
        block = Block(page, line, language, _commands(body, line, language == "console"))
        for comment in comments:
            _directive(block, comment)
        found.append(block)
    return found


def hidden_commands(page):
    """Lines that look like commands and stand in a block of another kind: (line, text)."""
    looks = re.compile(r"^(\$ |(build/release/)?albatross [a-z]|\./dev )")
    return [(start + number, text) for start, language, body, _ in fences(page)
            if language not in ("console", "sh") for number, text in enumerate(body)
            if looks.match(text) and not re.fullmatch(r"albatross recording \d", text)]


def code(page, language):
    """The blocks of a programming language: (line, text)."""
    return [(line, "\n".join(body)) for line, of, body, _ in fences(page) if of == language]


def spans(page):
    """What stands in `code` within the text: (line, text)."""
    inside = False
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if line.strip().startswith("```"):
            inside = not inside
        elif not inside:
            for text in re.findall(r"`([^`]+)`", line):
                yield number, text.replace("\\|", "|")


def links(page):
    """Links and pictures to files of the repository: (line, path, anchor)."""
    inside = False
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if line.strip().startswith("```"):
            inside = not inside
        elif not inside:
            plain = re.sub(r"`[^`]*`", "", line)
            targets = re.findall(r"\]\(([^)\s]+)\)", plain) + re.findall(r'(?:src|srcset)="([^"]+)"', plain)
            for target in targets:
                if not re.match(r"[a-z]+:", target):
                    path, _, anchor = target.partition("#")
                    yield number, path, anchor


def anchors(page):
    """What GitHub makes of a page's headings."""
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).strip().replace(" ", "-")
            for heading in re.findall(r"(?m)^#+ (.+)$", page.read_text())}
