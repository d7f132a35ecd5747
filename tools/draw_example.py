"""Codes an example report and draws the result: docs/example.svg, and as text into README.md.

python tools/draw_example.py
"""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import rich._export_format
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from dragoman.intake import read_path
from dragoman.output.report import ReportWriter
from dragoman.pipeline import Coder
from dragoman.records import Document, EventMention

ROOT = Path(__file__).resolve().parent.parent
REPORT = "examples/reports/01-grain-deal-exit.txt"
WIDTH = 88
SHOWN = 700  # characters of the report whose events are drawn
THEME = TerminalTheme(
    (250, 250, 248),
    (40, 40, 40),
    [
        (0, 0, 0),
        (176, 36, 36),
        (22, 110, 60),
        (150, 95, 0),
        (30, 70, 160),
        (120, 50, 130),
        (0, 105, 120),
        (90, 90, 90),
    ],
)


def draw(document: Document, mentions: list[EventMention], console: Console) -> None:
    """Draws the report on that console."""
    writer = ReportWriter(io.StringIO())
    writer.console = console
    writer.write(document, mentions)


def main() -> int:
    """Draws both."""
    document = replace(read_path(ROOT / REPORT), path=REPORT)
    shown = [mention for mention in Coder().code(document) if mention.trigger.end < SHOWN]
    console = Console(
        record=True,
        width=WIDTH,
        file=io.StringIO(),
        force_terminal=True,
        highlight=False,
        emoji=False,
        markup=False,
    )
    draw(document, shown, console)
    # Without the fonts that the drawing would fetch from the web.
    form = re.sub(r"@font-face \{\{.*?\}\}\n", "", rich._export_format.CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    form = re.sub(r"Fira Code", "DejaVu Sans Mono, Menlo, Consolas", form)
    svg = console.export_svg(
        title=f"dragoman code {REPORT}", theme=THEME, code_format=form, unique_id="dragoman"
    )
    (ROOT / "docs" / "example.svg").write_text(svg, encoding="utf-8")
    plain = io.StringIO()
    draw(document, shown, Console(file=plain, width=WIDTH, highlight=False, emoji=False, markup=False))
    lines = "\n".join(f"    {line}".rstrip() for line in plain.getvalue().rstrip().splitlines())
    readme = ROOT / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split("<!-- example -->", 1)
    after = rest.split("<!-- /example -->", 1)[1]
    command = f"    $ dragoman code {REPORT}\n"
    readme.write_text(
        f"{before}<!-- example -->\n\n{command}{lines}\n    …\n\n<!-- /example -->{after}", encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
