"""Days as pages, letters, feeds and tables write them; what could be two days is not read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from dragoman.records import Precision, TimeRef

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"\b([12]\d{3})-(\d\d)-(\d\d)(?=\D|$)")
SOLID = re.compile(r"\s*([12]\d{3})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*")
YEAR_FIRST = re.compile(r"\b([12]\d{3})[/.](\d{1,2})[/.](\d{1,2})\b")
DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?({MONTH})\.?,?[ -]([12]\d{{3}})\b", re.I)
MONTH_FIRST = re.compile(rf"\b({MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? ([12]\d{{3}})\b", re.I)
NUMBERS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]([12]\d{3})\b")
SECONDS = re.compile(r"\s*(\d{9,10})(?:\.\d+)?\s*")
MILLISECONDS = re.compile(r"\s*(\d{12,13})\s*")
EARLIEST = date(1600, 1, 1)
LATEST = date(2100, 1, 1)
NO_DAYS = frozenset({date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30)})
"""What programs write where they know no day."""


def read_day(words: str, order: str | None = None) -> date | None:
    """The day that the words begin with or hold; ``None`` if there is none, or it could be another.

    It is the day in the time zone in which it was written. '03/04/2021' is read with an ``order`` only, 'dmy'
    or 'mdy'.
    """
    words = " ".join(words[:200].split())
    for pattern, parts in PATTERNS:
        match = pattern.fullmatch(words) if pattern is SOLID else pattern.search(words)
        if match and (day := make_day(*(match[part] for part in parts))):
            return day
    if match := NUMBERS.match(words):
        first, second, year = match.groups()
        order = order or order_of([words]) or ("dmy" if first == second else None)
        number, month = (first, second) if order == "dmy" else (second, first)
        return make_day(year, month, number) if order else None
    return from_seconds(words)


PATTERNS: tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...] = (
    (ISO, (1, 2, 3)),
    (SOLID, (1, 2, 3)),
    (YEAR_FIRST, (1, 2, 3)),
    (DAY_FIRST, (3, 2, 1)),
    (MONTH_FIRST, (3, 1, 2)),
)


def make_day(year: str, month: str, day: str) -> date | None:
    """The day of these parts, if there is such a day and a report can be of it."""
    try:
        found = date(int(year), MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found < LATEST and found not in NO_DAYS else None


def from_seconds(words: str) -> date | None:
    """The day, in UTC, of a count of seconds or milliseconds since 1970."""
    if match := SECONDS.fullmatch(words):
        seconds = int(match[1])
    elif match := MILLISECONDS.fullmatch(words):
        seconds = int(match[1]) // 1000
    else:
        return None
    found = datetime.fromtimestamp(seconds, UTC).date()
    return found if found < LATEST else None


def order_of(values: Iterable[str]) -> str | None:
    """'dmy' or 'mdy', if dates like '13/04/2021' among the values tell it and none says otherwise."""
    orders = set()
    for value in values:
        if match := NUMBERS.match(value):
            if int(match[1]) > 12:
                orders.add("dmy")
            elif int(match[2]) > 12:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


def needs_order(words: str) -> bool:
    """Whether the words are a date such as '03/04/2021'."""
    match = NUMBERS.match(words)
    return bool(match and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2])


def on_day(day: date | None, rule: str, words: str = "") -> TimeRef | None:
    """That day as a date of publication, with the evidence for it."""
    return TimeRef(day, day, Precision.DAY, rule, words) if day else None
