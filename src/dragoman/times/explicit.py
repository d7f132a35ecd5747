"""Dates that the words tell in full, or but for the year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.records import Precision
from dragoman.times.days import Interval, a_day, day_of, decade_of, month_of, months_of, part_of, year_of
from dragoman.times.patterns import Hit
from dragoman.times.reading import (
    Reading,
    Resolved,
    against,
    in_year,
    join,
    missing_year,
    relative_of,
)


def resolve_calendar(reading: Reading) -> Resolved:
    """Explicit dates, with their year or nearest to publication."""
    hit, rule = reading.hit, reading.hit.pattern.row.id
    if decade := hit.get("decade") or hit.get("decadename"):
        interval = decade_of(int(decade[:4]))
        part = hit.get("part")
        return Resolved(part_of(interval, part) if part else interval, rule)
    if (year := hit.number("year")) is not None or (year := short_year(hit)) is not None:
        return Resolved(in_year(hit, year), rule)
    if (step := hit.step("rel")) is not None or "rel-year" in rule:
        return Resolved(against(reading, lambda day: in_year(hit, day.year + (step or 0))), rule)
    return missing_year(reading, lambda year: in_year(hit, year))


def short_year(hit: Hit) -> int | None:
    """The year of 'March '99'; from '50 on it is of the last century."""
    number = hit.number("shortyear")
    return None if number is None else number + (1900 if number >= 50 else 2000)


def resolve_nth_weekday(reading: Reading) -> Resolved:
    """'the first Monday of May', 'the last Friday of 2020's May'."""
    hit = reading.hit
    weekday, month, number = hit.number("weekday") or 0, hit.number("monthname") or 1, hit.number("nth")

    def tell(year: int) -> Interval | None:
        whole = month_of(year, month)
        if number is None:
            return a_day(whole.end - timedelta(days=(whole.end.weekday() - weekday) % 7))
        day = whole.start + timedelta(days=(weekday - whole.start.weekday()) % 7 + 7 * (number - 1))
        return a_day(day) if day <= whole.end else None

    if (year := hit.number("year")) is not None:
        return Resolved(tell(year), "nth-weekday")
    return missing_year(reading, tell)


def resolve_months_of_year(reading: Reading) -> Resolved:
    """'the first three months of 2020'."""
    year, number = reading.hit.number("year") or 0, reading.hit.number("number") or 0
    if not 1 <= number <= 11:
        return Resolved(None, "months-of-year")
    first = 1 if reading.doc[reading.first].lower_ in ("first", "opening") else 13 - number
    return Resolved(months_of(year, first, number, Precision.SEASON), "months-of-year")


def resolve_range(reading: Reading) -> Resolved:
    """From one day, month or year to another; what the first part lacks it takes from the second."""
    hit, rule = reading.hit, reading.hit.pattern.row.id
    if hit.get("month") is None and hit.get("monthname") is None:
        return Resolved(years_between(hit), rule)
    if (year := hit.number("year", 1) or hit.number("year")) is not None:
        first = hit.number("year") if hit.number("year", 1) else None
        return Resolved(span_in(hit, year, first), rule)
    return missing_year(reading, lambda one: span_in(hit, one, None))


def years_between(hit: Hit) -> Interval | None:
    """'1992-95', '1992 to 1995'."""
    start, end = hit.number("year"), hit.number("year", 1)
    if start is not None and end is None:
        end = start // 100 * 100 + (hit.number("yy") or 0)
    if start is None or end is None or end <= start:
        return None
    return Interval(date(start, 1, 1), date(end, 12, 31), Precision.YEAR)


def span_in(hit: Hit, year: int, first_year: int | None) -> Interval | None:
    """A range of days or months that ends in that year."""
    slot = "month" if hit.get("month") else "monthname"
    month = hit.number(slot) or 0
    last_month = hit.number(slot, 1) or month
    if first_year is None:
        first_year = year - 1 if last_month < month else year
    if hit.get("day") is None:
        return join(month_of(first_year, month), month_of(year, last_month))
    # 'between 3 and 5 May': the month stands once, for both days.
    day, last_day = hit.number("day") or 0, hit.number("day", 1) or 0
    return join(day_of(first_year, month, day), day_of(year, last_month, last_day))


def resolve_iso(reading: Reading) -> Resolved:
    """'2023-07-17'."""
    year, month, day = (int(part) for part in re.split(r"[-/.]", reading.hit.get("iso") or ""))
    return Resolved(day_of(year, month, day), "iso-day")


def resolve_numeric(reading: Reading) -> Resolved:
    """'17.07.2023', '17/07/2023': day first where the figures allow only that or dots part them."""
    hit = reading.hit
    first, second, year = hit.number("num") or 0, hit.number("num", 1) or 0, hit.number("year") or 0
    if hit.pattern.row.id == "slashed-day":
        if first <= 12 and second <= 12 and first != second:
            return Resolved(None, "slashed-day-ambiguous")
        if first <= 12:
            first, second = second, first
    return Resolved(day_of(year, second, first), hit.pattern.row.id)


def resolve_fixed(reading: Reading) -> Resolved:
    """A name for one day ('9/11')."""
    return Resolved(a_day(date.fromisoformat(reading.hit.pattern.arguments[0])), reading.hit.pattern.row.id)


def resolve_year_words(reading: Reading) -> Resolved:
    """'two thousand and nine', 'nineteen eighty-four'."""
    base, number = int(reading.hit.pattern.arguments[0]), reading.hit.number("number") or 0
    spelt_short = reading.hit.pattern.row.id != "year-words-1"
    if number > 99 or (spelt_short and number < 10):
        return Resolved(None, "")
    return Resolved(year_of(base + number), "year-words")


def easter(year: int) -> date:
    """Western Easter Sunday of the year (Gauss's rule, Gregorian calendar)."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full + 2 - century + century // 4) % 7
    offset = full - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def holiday_in(value: str, year: int) -> Interval:
    """A holiday of that year, fixed ('12-25') or told from Easter ('easter -2')."""
    if value.startswith("easter"):
        return a_day(easter(year) + timedelta(days=int(value.split()[1])))
    month, day = value.split("-")
    return a_day(date(year, int(month), int(day)))


def resolve_holiday(reading: Reading) -> Resolved:
    """A holiday with a year, with 'last', 'this' or 'next', or nearest to publication."""
    hit = reading.hit
    value = hit.get("holiday") or ""
    if (year := hit.number("year")) is not None:
        return Resolved(holiday_in(value, year), "holiday")
    if (step := hit.step("rel")) is not None:
        return Resolved(
            against(reading, lambda day: relative_of(day, step, lambda year: holiday_in(value, year))),
            "holiday",
        )
    return missing_year(reading, lambda year: holiday_in(value, year))
