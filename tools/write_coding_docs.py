"""Fills the tables of docs/coding.md from the tables of the codebook.

python tools/write_coding_docs.py            writes the page
python tools/write_coding_docs.py --check    says whether it is up to date; exit code 1 if not
"""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.events.codebook import load_codebook

PAGE = Path(__file__).resolve().parent.parent / "docs" / "coding.md"


def types() -> str:
    """Each type with its modes."""
    book = load_codebook()
    lines = ["| type | quad | score | what |", "| --- | --- | ---: | --- |"]
    for name, row in book.types.items():
        lines.append(f"| **{name}** | {row.quad.replace('_', ' ')} | {row.score} | {row.definition} |")
        lines += [
            f"| · `{mode.mode}` | | {mode.score} | {mode.definition} |"
            for mode in book.modes.get(name, {}).values()
        ]
    return "\n".join(lines)


def contexts() -> str:
    """Each context."""
    lines = ["| context | what |", "| --- | --- |"]
    lines += [f"| `{name}` | {row.definition} |" for name, row in load_codebook().contexts.items()]
    return "\n".join(lines)


def sectors() -> str:
    """Each sector."""
    lines = ["| sector | who |", "| --- | --- |"]
    lines += [f"| `{name}` | {row.definition} |" for name, row in load_codebook().sectors.items()]
    return "\n".join(lines)


def filled(text: str) -> str:
    """The page with its tables filled in."""
    for name, table in {"types": types(), "contexts": contexts(), "sectors": sectors()}.items():
        before, rest = text.split(f"<!-- {name} -->", 1)
        after = rest.split(f"<!-- /{name} -->", 1)[1]
        text = f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"
    return text


def main() -> int:
    """Writes or checks the page."""
    text = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv[1:]:
        return 0 if filled(text) == text else 1
    PAGE.write_text(filled(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
