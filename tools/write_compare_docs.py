"""Fills the answer to a comparison in docs/queries.md from the example corpus, as the program gives it.

python tools/write_compare_docs.py            codes examples/corpus and writes the page
python tools/write_compare_docs.py --check    says whether it is up to date; exit code 1 if not
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from dragoman.query import Record

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "queries.md"
REPORTS = ROOT / "examples" / "corpus"
MARK, END = "<!-- compare -->", "<!-- /compare -->"
START = "from dragoman.cli import main; main()"
SIDES, THIRD, DAY = ("ARM", "AZE"), "ISR", "2020-11-24"


def coded_into(folder: Path) -> Path:
    """The corpus of the example reports, coded into a new folder with the command that the page tells of."""
    reports = sorted(str(path) for path in REPORTS.glob("*.txt"))
    command = [sys.executable, "-c", START, "code", *reports, "--into", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def differences(corpus: Path) -> list[str]:
    """In what the two states differ, a sentence each, as ``dragoman compare`` ends."""
    answer = Record.open(corpus).compare(*SIDES, with_=THIRD, on=DAY)["differences"]
    return [str(text) for text in answer["text"]]


def filled(text: str, lines: list[str]) -> str:
    """The page with these lines between its marks."""
    before, rest = text.split(MARK, 1)
    after = rest.split(END, 1)[1]
    return before + MARK + "\n" + "\n".join(f"> - {line}" for line in lines) + f"\n{END}" + after


def main() -> int:
    """Writes or checks the page."""
    with tempfile.TemporaryDirectory() as folder:
        lines = differences(coded_into(Path(folder) / "corpus"))
    text = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv[1:]:
        return 0 if filled(text, lines) == text else 1
    PAGE.write_text(filled(text, lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
