#!/usr/bin/env python3
"""terminal_picture.py TITLE <SCREEN >PICTURE.svg: what `tmux capture-pane -e -p` gives, as a picture.

Every run of equal style is one <text> with the width that its columns have, so that the picture looks
the same with any monospace font.
"""
import html
import re
import sys

WIDTH, HEIGHT, SIZE = 8.4, 19, 14
MARGIN, TITLE_BAR = 16, 34
NORMAL, BACKGROUND, BAR, FAINT = "#e6edf3", "#0d1117", "#161b22", "#8b949e"
COLORS = ["#484f58", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4",
          "#6e7681", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#f0f6fc"]
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


class Style:
    """What the terminal's SGR sequences have switched on so far."""

    def __init__(self):
        self.color, self.bold, self.faint = None, False, False

    def take(self, codes):
        for code in [int(part) for part in codes.split(";") if part] or [0]:
            if code == 0:
                self.__init__()
            elif code == 1:
                self.bold = True
            elif code == 2:
                self.faint = True
            elif code == 22:
                self.bold = self.faint = False
            elif 30 <= code <= 37:
                self.color = COLORS[code - 30]
            elif 90 <= code <= 97:
                self.color = COLORS[code - 82]
            elif code == 39:
                self.color = None

    def attributes(self):
        color = self.color or (FAINT if self.faint else NORMAL)
        return f'fill="{color}"' + (' font-weight="bold"' if self.bold else "")


def runs(line, style):
    """The pieces of a line: (column, text, attributes)."""
    column = 0
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if code := re.fullmatch(r"\x1b\[([0-9;]*)m", piece):
            style.take(code.group(1))
            continue
        for part in re.finditer(r"\S+(?: \S+)*", piece):
            yield column + part.start(), part.group(), style.attributes()
        column += len(piece)


def picture(lines, title):
    columns = max([80, *(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)])
    width = round(columns * WIDTH + 2 * MARGIN)
    height = len(lines) * HEIGHT + 2 * MARGIN + TITLE_BAR
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
           f'viewBox="0 0 {width} {height}" font-family="{FONT}" font-size="{SIZE}">')
    yield f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>'
    yield f'<path d="M0 {TITLE_BAR}V8a8 8 0 0 1 8-8h{width - 16}a8 8 0 0 1 8 8v{TITLE_BAR - 8}z" fill="{BAR}"/>'
    for number, color in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        yield f'<circle cx="{20 + 20 * number}" cy="{TITLE_BAR / 2}" r="6" fill="{color}"/>'
    yield (f'<text x="{width / 2}" y="{TITLE_BAR / 2 + 5}" fill="{FAINT}" text-anchor="middle">'
           f'{html.escape(title)}</text>')
    style = Style()
    for row, line in enumerate(lines):
        y = TITLE_BAR + MARGIN + row * HEIGHT + SIZE
        for column, text, attributes in runs(line, style):
            yield (f'<text x="{MARGIN + column * WIDTH:.1f}" y="{y}" textLength="{len(text) * WIDTH:.1f}" '
                   f'lengthAdjust="spacingAndGlyphs" {attributes}>{html.escape(text)}</text>')
    yield "</svg>"


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    print("\n".join(picture(lines, sys.argv[1])))


if __name__ == "__main__":
    main()
