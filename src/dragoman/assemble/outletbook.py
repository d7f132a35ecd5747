"""Outlets by any of their names: the table's name for one, its country, and whether it is an agency."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dragoman.lexicon import cells, read_table
from dragoman.lexicon.outlets import OutletRow

ALSO = {"reuter": "Reuters", "afp": "Agence France-Presse", "upi": "United Press International"}
"""Names that old datelines bear and the table has not."""
PARTING = re.compile(r"\s*(?:/|,|;|\bvia\b|\bcourtesy of\b|\(|\)| - )\s*")


@cache
def outlets() -> dict[str, OutletRow]:
    """The outlets by their folded names."""
    found: dict[str, OutletRow] = {}
    for row in read_table("outlets.tsv", OutletRow):
        for name in (row.name, *cells(row.variants)):
            found.setdefault(fold(name), row)
    for name, row_name in ALSO.items():
        if fold(row_name) in found:
            found.setdefault(name, found[fold(row_name)])
    return found


def fold(name: str) -> str:
    """A name in lower case, without its article."""
    return name.casefold().strip().removeprefix("the ").strip()


@lru_cache(maxsize=20_000)
def known(name: str) -> OutletRow | None:
    """The outlet of that name; ``None`` if the table has none."""
    return outlets().get(fold(name))


@lru_cache(maxsize=20_000)
def agency_in(words: str) -> str | None:
    """The news agency that the words name among others ('Haaretz/AP', 'OSLO (AFP)'), by the table's name."""
    for part in PARTING.split(words):
        row = known(part) if part else None
        if row is not None and row.kind == "agency":
            return row.name
    return None
