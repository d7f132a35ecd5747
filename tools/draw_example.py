"""Codes an example report and draws the result: docs/example.svg, and as text into README.md.

python tools/draw_example.py
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

from dragoman.intake import read_path
from dragoman.output.report import report_lines
from dragoman.pipeline import Coder

ROOT = Path(__file__).resolve().parent.parent
REPORT = "examples/reports/01-grain-deal-exit.txt"
WIDTH = 88  # columns
SHOWN = 700  # characters of the report whose events are drawn
CELL, LINE, MARGIN = 8.4, 19, 16  # pixels
INK, PAPER, FAINT = "#28282a", "#fafaf7", "#76767a"
INKS = {"red": "#b02424", "green": "#166e3c", "yellow": "#8f5a00", "magenta": "#783282", "cyan": "#00697d"}


def ink_of(style: Style) -> str:
    """The colour of a style on paper."""
    if style.dim:
        return FAINT
    color: Color | None = style.color
    return INKS.get(color.name, INK) if color else INK


def words_of(line: Text, console: Console) -> Iterator[tuple[int, str, Style]]:
    """Each run of words of one style, with its column; parted at spaces, which no viewer then can lose."""
    column = 0
    for segment in line.render(console):
        at = 0
        for word in segment.text.split(" "):
            if word.strip():
                yield column + at, word.rstrip("\n"), segment.style or Style()
            at += len(word) + 1
        column += len(segment.text)


def draw_svg(lines: list[Text], console: Console) -> str:
    """The lines as a picture."""
    width, height = WIDTH * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" font-size="14" '
        'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace">',
        f'<rect width="100%" height="100%" rx="8" fill="{PAPER}"/>',
    ]
    for number, line in enumerate(lines):
        for column, word, style in words_of(line, console):
            weight = ' font-weight="bold"' if style.bold else ""
            x, y = MARGIN + column * CELL, MARGIN + (number + 0.75) * LINE
            place = f'x="{x:.1f}" y="{y:.1f}" textLength="{len(word) * CELL:.1f}"'
            out.append(f'<text {place} fill="{ink_of(style)}"{weight}>{escape(word)}</text>')
    return "\n".join([*out, "</svg>", ""])


def main() -> int:
    """Draws both."""
    coder = Coder()
    document = coder.dated(replace(read_path(ROOT / REPORT), path=REPORT))
    shown = [mention for mention in coder.code(document) if mention.trigger.end < SHOWN]
    console = Console(width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    lines = list(report_lines(document, shown, console))
    (ROOT / "docs" / "example.svg").write_text(draw_svg(lines, console), encoding="utf-8")
    plain = "\n".join(f"    {line.plain}".rstrip() for line in lines)
    readme = ROOT / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split("<!-- example -->", 1)
    after = rest.split("<!-- /example -->", 1)[1]
    inside = f"\n\n    $ dragoman code {REPORT}\n{plain}\n    …\n\n"
    readme.write_text(f"{before}<!-- example -->{inside}<!-- /example -->{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
