"""Which agency a dateline's abbreviation stands for, by the table of outlets."""

from __future__ import annotations

import csv
from functools import lru_cache

from dragoman.lexicon import cells, table_path


def known_outlet(words: str) -> str | None:
    """The outlet of that name, as the words give it ('AFP'), or ``None`` if the table has none such.

    The words may hold more than the name: 'Reuters/AP', 'APP, monitored'.
    """
    names = outlet_names()
    for part in (words, *words.replace("/", ",").replace(" - ", ",").split(",")):
        if part.strip().casefold() in names:
            return part.strip()
    return None


@lru_cache(maxsize=1)
def outlet_names() -> frozenset[str]:
    """Every name and variant of an outlet, case-folded; empty where the table is not installed."""
    path = table_path("outlets.tsv")
    if not path.exists():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        names = {name for row in rows for name in (row["name"], *cells(row.get("variants") or ""))}
    bare = {name.split(" (")[0] for name in names}  # 'AAP (Australia)'
    return frozenset(name.casefold() for name in names | bare)
