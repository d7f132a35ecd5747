"""Takes markers, event lines and coder's notes out of marked reports, so that somebody can code them afresh.

    python tools/strip_reports.py data/reports/*.reports --draw 60 --seed 7     so many, spread over the files
    python tools/strip_reports.py data/reports/*.reports --ids A01 B17          these

Reports of the test part (number divisible by 5) are never drawn or written. The stripped reports go to
standard output, in the order of files and numbers, as valid reports without events.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

MARK = re.compile(r"\{\d+(?:,\d+)*:([^{}]+)\}")
START = re.compile(r"^===[ \t]*(?=\S)", re.MULTILINE)


def blocks(path: Path) -> dict[str, str]:
    """The text of each report of a file, by its id, without the test part."""
    content = path.read_text(encoding="utf-8")
    parts = [
        re.sub(r"^===\s*", "", part, flags=re.MULTILINE) for part in START.split(content) if part.strip()
    ]
    named = {part.split(maxsplit=1)[0]: part for part in parts}
    return {name: part for name, part in named.items() if int(re.sub(r"\D", "", name)) % 5}


def strip(block: str) -> str:
    """The report as it was before anybody coded it, without a coder's note."""
    head, body, _ = re.split(r"^---[ \t]*$", block, maxsplit=2, flags=re.MULTILINE)
    kept = [line for line in head.strip().splitlines() if not line.startswith("note:")]
    return "\n".join(["=== " + kept[0], *kept[1:], "---", MARK.sub(r"\1", body.strip()), "---", "===", ""])


def shares(sizes: Sequence[int], number: int) -> list[int]:
    """How many to draw from each of so many, in proportion to their sizes (largest remainders)."""
    exact = [number * size / sum(sizes) for size in sizes]
    given = [int(share) for share in exact]
    by_rest = sorted(range(len(sizes)), key=lambda at: (given[at] - exact[at], at))
    for at in by_rest[: number - sum(given)]:
        given[at] += 1
    return given


def draw(files: Sequence[dict[str, str]], number: int, seed: int) -> list[str]:
    """Ids of so many reports, spread over the files, the same for the same seed."""
    chance = random.Random(seed)
    chosen: list[str] = []
    for reports, share in zip(files, shares([len(reports) for reports in files], number), strict=True):
        chosen += sorted(chance.sample(sorted(reports), share))
    return chosen


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--ids", nargs="*", default=[], help="write these reports")
    parser.add_argument("--draw", type=int, default=0, help="draw so many")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--coded", action="store_true", help="leave markers and event lines in")
    options = parser.parse_args()
    files = [blocks(path) for path in options.files]
    ids = options.ids or draw(files, options.draw, options.seed)
    reports = {name: block for found in files for name, block in found.items()}
    if missing := [name for name in ids if name not in reports]:
        print(f"not in these files, or of the test part: {' '.join(missing)}", file=sys.stderr)
        return 1
    print(
        "\n".join(
            f"=== {reports[name].strip()}\n===\n" if options.coded else strip(reports[name]) for name in ids
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
