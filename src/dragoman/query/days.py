"""Dates as a person writes them into a correction: 2020-10-25, 2020-W43, 2020-10, 2020, 1990s, and ranges."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from dragoman.errors import InputError
from dragoman.records import Precision

FORM = re.compile(
    r"(?P<start>\d{4}-\d\d-\d\d)(?:/(?P<end>\d{4}-\d\d-\d\d))?"
    r"|(?P<week>\d{4}-W\d\d)|(?P<month>\d{4}-\d\d)|(?P<year>\d{4})|(?P<decade>\d{3}0)s"
)
HELP = (
    "give it as 2020-10-25, 2020-10-19/2020-10-25, 2020-W43, 2020-10, 2020 or 1990s, and a grain if need be"
)
LENGTHS = {
    Precision.DAY: 1,
    Precision.WEEK: 7,
    Precision.MONTH: 31,
    Precision.SEASON: 123,
    Precision.YEAR: 366,
    Precision.DECADE: 3653,
}
"""Days that a time of each grain has at most."""


def read_day(text: str) -> dict[str, str]:
    """First and last day, and the grain: the one given after the date, or the finest that holds the days.

    Raises ``InputError`` for anything that is no date of the calendar.
    """
    words = text.split()
    found = FORM.fullmatch(words[0]) if words and len(words) <= 2 else None
    try:
        if found is None:
            raise ValueError("no date")
        start, end = bounds_of(found.groupdict())
        grain = Precision(words[1].lower()) if len(words) == 2 else grain_of(start, end)
    except ValueError:
        raise InputError(f"{text[:100]!r} is no date", HELP) from None
    if end < start or (end - start).days >= LENGTHS[grain]:
        raise InputError(f"{text!r} runs backwards or is longer than a {grain}", HELP)
    return {"start": start.isoformat(), "end": end.isoformat(), "precision": str(grain)}


def bounds_of(parts: dict[str, str | None]) -> tuple[date, date]:
    """First and last day; raises ``ValueError`` for days that no calendar has."""
    if parts["week"]:
        first = date.fromisoformat(parts["week"])
        return first, first + timedelta(days=6)
    if parts["month"]:
        year, month = map(int, parts["month"].split("-"))
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    if parts["year"]:
        year = int(parts["year"])
        return date(year, 1, 1), date(year, 12, 31)
    if parts["decade"]:
        year = int(parts["decade"])
        return date(year, 1, 1), date(year + 9, 12, 31)
    start = date.fromisoformat(parts["start"] or "")
    return start, date.fromisoformat(parts["end"]) if parts["end"] else start


def grain_of(start: date, end: date) -> Precision:
    """The finest grain that holds so many days; raises ``ValueError`` if they are too many."""
    for grain, most in LENGTHS.items():
        if (end - start).days < most:
            return grain
    raise ValueError("longer than a decade")
