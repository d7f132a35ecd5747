"""Values that gold and predictions share: codes, days, and how names and spans are compared."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

from dragoman.records import Status

TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
STATUSES = tuple(str(status) for status in Status if status is not Status.UNKNOWN)
# Other spellings of the codes that are no ISO 3166 countries.
SPELLINGS = {"KOS": "XKX", "XKO": "XKX", "UN": "UNO", "EU": "EUR", "EUU": "EUR"}
# Typographic signs folded one to one, so that offsets hold: gold is typed with plain ones.
PLAIN = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")

Days = tuple[date, date]


def countries(codes: Iterable[Any]) -> frozenset[str]:
    """The set of country codes, in one spelling; nothing where a code is missing."""
    cleaned = (str(code or "").strip().upper() for code in codes)
    return frozenset(SPELLINGS.get(code, code) for code in cleaned if code)


def days_of(value: Any) -> Days:
    """First and last day of '2020', '2020-10', '2020-10-25' or 'START/END'; else ``ValueError``."""
    first, _, last = str(value).strip().partition("/")
    if last:
        return days_of(first)[0], days_of(last)[1]
    year, *rest = (int(part) for part in first.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 1:
        return date(year, rest[0], 1), date(year, rest[0], calendar.monthrange(year, rest[0])[1])
    day = date(year, *rest)
    return day, day


def listed(value: Any) -> list[Any]:
    """A YAML list as it is, a single value as a list of one, nothing as an empty list."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def names_agree(one: str, other: str) -> bool:
    """Whether one name contains the other, whatever their case, quotes and spaces."""
    shorter, longer = sorted((folded(one), folded(other)), key=len)
    return bool(shorter) and shorter in longer


def folded(name: str) -> str:
    """The name in one spelling of case, quotes and spaces."""
    return " ".join(name.translate(PLAIN).casefold().split())
