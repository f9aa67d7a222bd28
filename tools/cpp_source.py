"""Just enough C++ for the checks in this folder: tokens with line numbers, without comments."""
import re
from typing import NamedTuple


class Token(NamedTuple):
    text: str
    line: int


_TOKEN = re.compile(
    r"""
    (?P<comment>//(?:[^\\\n]|\\.|\\\n)*|/\*.*?\*/)
  | (?P<raw>(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")
  | (?P<string>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*")
  | (?P<number>\.?\d(?:[eEpP][+-]|'(?=[0-9a-fA-F])|[\w.])*)
  | (?P<char>(?:u8|[uUL])?'(?:[^'\\\n]|\\.)+')
  | (?P<word>[A-Za-z_]\w*)
  | (?P<newline>\n)
  | (?P<space>(?:[ \t\r\f\v]|\\\n)+)
  | (?P<punctuation>::|->|&&|\|\||\[\[|\]\]|.)
    """,
    re.VERBOSE | re.DOTALL,
)


def _scan(text):
    """Every lexical piece as (kind, text, line), preprocessor lines as one piece each."""
    position, line, at_line_start = 0, 1, True
    while position < len(text):
        if at_line_start and text[position] == "#":
            end = position
            while True:
                newline = text.find("\n", end)
                end = len(text) if newline < 0 else newline
                if newline < 0 or text[end - 1] != "\\":
                    break
                end += 1
            yield "directive", text[position:end], line
            line += text.count("\n", position, end)
            position = end
            continue
        match = _TOKEN.match(text, position)
        kind = match.lastgroup if match.lastgroup != "mark" else "raw"
        yield kind, match.group(), line
        line += match.group().count("\n")
        if kind == "newline":
            at_line_start = True
        elif kind != "space":
            at_line_start = False
        position = match.end()


def tokens(text):
    """The code's tokens: no comments, no preprocessor lines; literals keep their place as '""'."""
    result = []
    for kind, piece, line in _scan(text):
        if kind in ("word", "punctuation", "number"):
            result.append(Token(piece, line))
        elif kind in ("raw", "string", "char"):
            result.append(Token('""', line))
    return split_brackets(result)


def split_brackets(items):
    """'[[' and ']]' are attributes only in pairs; elsewhere they are two brackets each."""
    result, attributes, depth = [], 0, 0
    for index, token in enumerate(items):
        if token.text == "[[":
            attribute = index + 1 < len(items) and items[index + 1].text.isidentifier() and _closes(items, index)
            if attribute:
                attributes += 1
                result.append(token)
            else:
                depth += 2
                result += [Token("[", token.line)] * 2
        elif token.text == "]]":
            if attributes and depth == 0:
                attributes -= 1
                result.append(token)
            else:
                depth = max(0, depth - 2)
                result += [Token("]", token.line)] * 2
        else:
            depth += {"[": 1, "]": -1}.get(token.text, 0)
            depth = max(0, depth)
            result.append(token)
    return result


def _closes(items, index):
    """True when ']]' follows '[[' with nothing but attribute names and arguments between."""
    for token in items[index + 1 : index + 24]:
        if token.text == "]]":
            return True
        if token.text in (";", "{", "}", "=", "&"):
            return False
    return False


def includes(text):
    """(line, header, quoted) of each #include."""
    result = []
    for kind, piece, line in _scan(text):
        if kind == "directive":
            match = re.match(r'#\s*include\s*(["<])([^">]+)[">]', piece)
            if match:
                result.append((line, match.group(2), match.group(1) == '"'))
    return result


def directives(text):
    """(line, text) of each preprocessor line."""
    return [(line, piece) for kind, piece, line in _scan(text) if kind == "directive"]


def comments(text):
    """(line, text) of each comment."""
    return [(line, piece) for kind, piece, line in _scan(text) if kind == "comment"]
