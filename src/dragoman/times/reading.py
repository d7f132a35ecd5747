"""What a date expression is read against, and what the readings share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from dragoman.records import Precision
from dragoman.times.days import GRAIN, Interval, day_of, month_of, part_of, season_of, shift, widen, year_of
from dragoman.times.patterns import Hit
from dragoman.times.tense import is_ahead

# A guess by tense gives way where the other reading is this much nearer (in days): 'agreed to meet on June
# 3',
# printed on May 30, is not last year's June.
FAR, NEAR = 240, 62


@dataclass(frozen=True, slots=True)
class Reading:
    """A date expression with its place in the text and what it is read against.

    ``reference`` is the publication date that holds there, ``anchor`` the time that the text has come to,
    ``under`` a time in what 'after' or 'before' governs, ``main`` one in the clause around it, ``story`` the
    time of a story told of years ago, ``lead`` the day with which the report opens.
    """

    hit: Hit
    first: int
    last: int
    doc: Doc
    reference: Interval | None
    anchor: Interval | None = None
    main: Interval | None = None
    story: Interval | None = None
    lead: Interval | None = None
    under: Interval | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that an expression means, ``None`` where they can't be told, and the rule that told them."""

    interval: Interval | None
    rule: str


Meaning = Callable[[Reading], Resolved]


def against(reading: Reading, tell: Callable[[date], Interval | None]) -> Interval | None:
    """What a relative expression means on the publication day.

    Where that is known only as an interval, its first and last day must tell the same; else nothing is told.
    """
    if reading.reference is None:
        return None
    start, end = tell(reading.reference.start), tell(reading.reference.end)
    return start if start == end else None


def ahead(reading: Reading) -> bool:
    """Whether the verb that the expression hangs on looks ahead."""
    return is_ahead(reading.doc, reading.last)


def nearest(day: date, make: Callable[[int], Interval | None], future: bool | None) -> Interval | None:
    """The latest that had begun by the day, or the earliest that had not ended, of one in each year.

    Gives way to the other side where that is near and this one far; where ``future`` is ``None``, the nearer
    one is taken.
    """
    made = [one for year in (day.year - 1, day.year, day.year + 1) if (one := make(year)) is not None]
    if len(made) < 3:
        # 29 February comes once in four years, or in eight.
        made = [one for year in range(day.year - 8, day.year + 9) if (one := make(year)) is not None]
    past = max((one for one in made if one.start <= day), key=lambda one: one.start, default=None)
    coming = min((one for one in made if one.end >= day), key=lambda one: one.start, default=None)
    if past is None or coming is None:
        return past or coming
    since, until = (day - past.end).days, (coming.start - day).days
    if future is None:
        return coming if until < since else past
    if future:
        return past if until > FAR and since < NEAR / 2 else coming
    return coming if since > FAR + 70 and 0 < until < NEAR / 4 else past


def missing_year(reading: Reading, make: Callable[[int], Interval | None]) -> Resolved:
    """A month, day, season or holiday without its year: the nearest by publication.

    In a story told of years ago it is the first on or after the time that the story has come to.
    """
    future = ahead(reading)
    if not future and reading.story is not None:
        made = [one for year in (0, 1) if (one := make(reading.story.start.year + year)) is not None]
        told = next((one for one in made if one.end >= reading.story.start), None)
        return Resolved(told, f"{reading.hit.pattern.row.id.rstrip('-0123456789')}-of-story")
    open_side = not future and is_term(reading)
    interval = against(reading, lambda day: nearest(day, make, None if open_side else future))
    coming = (
        interval is not None and reading.reference is not None and interval.start > reference_end(reading)
    )
    side = "after" if future or coming else "before"
    return Resolved(interval, f"{reading.hit.pattern.row.id.rstrip('-0123456789')}-{side}-publication")


def is_term(reading: Reading) -> bool:
    """Whether the time begins or ends something, which tells no side: 'banned imports from Jan. 1'."""
    before = reading.doc[reading.first - 1].lower_ if reading.first else ""
    return before in ("from", "until", "till", "beyond")


def reference_end(reading: Reading) -> date:
    """The last day of the publication date; the calendar's last without one."""
    return reading.reference.end if reading.reference else date.max


def in_year(hit: Hit, year: int) -> Interval | None:
    """The expression's month, day, season, part, half or quarter in that year; the year if it has none."""
    month = hit.number("month") or hit.number("monthname")
    day = hit.number("day") or hit.number("nth")
    season = hit.get("season") or hit.get("fall")
    if month and day:
        return day_of(year, month, day)
    interval = month_of(year, month) if month else season_of(year, season) if season else year_of(year)
    part = hit.get("part") or hit.get("half") or hit.get("quarter") or hit.get("quartername")
    part = part or (hit.pattern.arguments[0] if hit.pattern.arguments else None)
    return part_of(interval, part) if part else interval


def join(start: Interval | None, end: Interval | None) -> Interval | None:
    """From the first day of one to the last day of the other, at the coarser grain."""
    if start is None or end is None or end.end < start.start:
        return None
    coarser = max(start.precision, end.precision, key=GRAIN.__getitem__)
    return Interval(start.start, end.end, coarser)


def relative_of(day: date, step: int, make: Callable[[int], Interval | None]) -> Interval | None:
    """'last', 'this' or 'next' of what comes once a year."""
    made = [one for year in range(day.year - 2, day.year + 3) if (one := make(year)) is not None]
    if step < 0:
        return max((one for one in made if one.end < day), key=lambda one: one.start)
    if step > 0:
        return min((one for one in made if one.start > day), key=lambda one: one.start)
    return next((one for one in made if one.covers(day)), make(day.year))


def last_word(reading: Reading) -> str:
    """The expression's last word, lower-cased."""
    return reading.doc[reading.last].lower_


UNITS = frozenset({"day", "week", "month", "year", "decade"})


def amount(reading: Reading) -> tuple[int, str]:
    """Number and unit of 'two weeks'; a week's worth of days for 'fortnight'."""
    hit = reading.hit
    return hit.number("number") or 0, hit.get("unit") or hit.get("plural") or "day"


def about(reading: Reading, interval: Interval | None, unit: str) -> Interval | None:
    """The interval widened to the unit where the number is approximate; nothing for 'more than', 'less
    than'.
    """
    word = reading.hit.get("about")
    if word is None or interval is None:
        return interval
    first = reading.doc[reading.first].lower_
    if first in ("more", "over", "less", "under", "at"):
        return None
    return interval if first in ("only", "just", "exactly", "fully", "barely") else widen(interval, unit)


def back(day: date, months: int) -> date:
    """The same day that many months before."""
    month = month_of(day.year, day.month - months)
    return month.start.replace(day=min(day.day, month.end.day))


def moved(anchor: Interval | None, number: int, unit: str) -> Interval | None:
    """The anchor moved; nothing without an anchor."""
    return shift(anchor, number, unit) if anchor else None


def is_day(interval: Interval) -> bool:
    """Whether the interval is told to the day."""
    return interval.precision is Precision.DAY
