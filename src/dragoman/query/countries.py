"""Countries by code or name, as people write them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from dragoman.errors import InputError
from dragoman.lexicon import TODAY, cells, table_path

COLLECTIVE = {
    "UNO": ("United Nations", "UN", "U.N."),
    "EUR": ("European Union", "EU", "E.U."),
    "IGO": ("bodies of states",),
    "NGO": ("non-governmental organisations",),
    "MNC": ("companies",),
    "IMG": ("armed groups",),
}
"""Codes for what is no state (coding scheme, codes)."""


@cache
def by_name() -> dict[str, str]:
    """Codes by every name in small letters; a name that states share stands for the one of today."""
    found: dict[str, str] = {}
    for code, names, now in sorted(named(), key=lambda one: one[2], reverse=True):
        for name in names if now else (*names, code):
            found.setdefault(name.casefold(), code)
    return found


def named() -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Each code with its names, and whether it is one of today; the code itself is among the names."""
    with table_path("countries.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            own = [row[key] for key in ("iso3", "iso2", "name", "official_name") if row[key]]
            yield row["iso3"], (*own, *cells(row["other_names"])), not row["valid_until"]
    for code, names in COLLECTIVE.items():
        yield code, (code, *names), True


@cache
def names() -> dict[str, str]:
    """The usual name of each code, the one of today where it has had several."""
    return {code: given[-1] for code, given in usual().items()}


@cache
def usual() -> dict[str, list[str]]:
    """The names of each code, that of today last."""
    found: dict[str, list[str]] = {}
    with table_path("countries.tsv").open(encoding="utf-8", newline="") as lines:
        for row in sorted(csv.DictReader(lines, delimiter="\t"), key=lambda row: not row["valid_until"]):
            found.setdefault(row["iso3"], []).append(row["name"])
    return found | {code: [given[0]] for code, given in COLLECTIVE.items()}


def code_of(name: str) -> str | None:
    """The code of a country that goes by this name or code; ``None`` if none does.

    A state of the past has the code under which its acts are filed ('Soviet Union': RUS).
    """
    words = " ".join(name.split()).casefold().removeprefix("the ")
    found = by_name().get(words)
    return TODAY.get(found, found) if found else None


def country(name: str) -> str:
    """The code of a country; raises ``InputError`` with names that come near if there is none."""
    found = code_of(name)
    if found is None:
        near = dict.fromkeys(by_name()[one] for one in get_close_matches(name.casefold(), by_name(), n=3))
        hint = ", ".join(f"{name_of(code)} ({code})" for code in near)
        raise InputError(
            f"there is no country {name!r}",
            f"did you mean {hint}?" if hint else "give a name or a code of three letters (ISO 3166)",
        )
    return found


def name_of(code: str) -> str:
    """The usual name of a code; the code itself where there is none."""
    return names().get(code, code)
