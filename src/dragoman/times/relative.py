"""Dates told from the day of the report: weekdays, 'last month', 'two weeks ago'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.records import Precision
from dragoman.times.days import (
    DAYS,
    Interval,
    a_day,
    containing,
    grain_of,
    month_of,
    months_of,
    part_of,
    season_of,
    shift,
    week_of,
    weekend_of,
    widen,
)
from dragoman.times.reading import (
    UNITS,
    Reading,
    Resolved,
    about,
    against,
    ahead,
    amount,
    back,
    join,
    last_word,
    relative_of,
)


def resolve_fixed_part(reading: Reading) -> Resolved:
    """'year-end'."""
    part, unit = reading.hit.pattern.arguments
    return Resolved(against(reading, lambda day: part_of(containing(day, unit), part)), "year-end")


def resolve_rel_month(reading: Reading) -> Resolved:
    """'last October', 'this March', 'early next May'."""
    hit, step = reading.hit, int(reading.hit.get("rel") or 0)
    month, part = hit.number("monthname") or 0, hit.get("part")
    interval = against(reading, lambda day: relative_of(day, step, lambda year: month_of(year, month)))
    return Resolved(part_of(interval, part) if part and interval else interval, hit.pattern.row.id)


def resolve_rel_season(reading: Reading) -> Resolved:
    """'last summer', 'next spring'; 'this winter' in a report of July is the southern one."""
    hit, step = reading.hit, int(reading.hit.get("rel") or 0)
    season = hit.get("season") or hit.get("fall") or ""

    def tell(day: date) -> Interval | None:
        if step == 0 and season == "winter":
            return southern_or_northern_winter(day)
        return relative_of(day, step, lambda year: season_of(year, season))

    return Resolved(against(reading, tell), hit.pattern.row.id)


def southern_or_northern_winter(day: date) -> Interval:
    """The winter in or next to which the day lies."""
    if 6 <= day.month <= 8:
        return season_of(day.year, "summer")
    return season_of(day.year if day.month > 4 else day.year - 1, "winter")


def on_weekday(day: date, weekday: int, future: bool) -> date:
    """The nearest such weekday, the same day included, on the past or the future side."""
    if future:
        return day + timedelta(days=(weekday - day.weekday()) % 7)
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def resolve_weekday(reading: Reading) -> Resolved:
    """A weekday: the nearest past one, the next one if the verb looks ahead; 'last' and 'next' skip the day
    itself.
    """
    weekday = reading.hit.number("weekday") or 0
    mode = reading.hit.pattern.arguments[0] if reading.hit.pattern.arguments else ""
    future = mode == "next" or (mode != "last" and ahead(reading))

    def tell(day: date) -> Interval:
        if mode == "this" and not future:
            past, coming = on_weekday(day, weekday, False), on_weekday(day, weekday, True)
            return a_day(past if past >= week_of(day).start else coming)
        if mode in ("last", "next"):
            day += timedelta(days=1 if future else -1)
        return a_day(on_weekday(day, weekday, future))

    side = mode or ("after" if future else "before")
    rule = f"weekday-{side}-publication" if not mode else f"weekday-{mode}"
    return Resolved(against(reading, tell), rule)


def resolve_weekday_week(reading: Reading) -> Resolved:
    """'Friday last week', 'Monday of next week'."""
    step, weekday = int(reading.hit.pattern.arguments[0]), reading.hit.number("weekday") or 0
    interval = against(reading, lambda day: a_day(week_of(day).start + timedelta(days=7 * step + weekday)))
    return Resolved(interval, reading.hit.pattern.row.id)


def resolve_weekday_weeks(reading: Reading) -> Resolved:
    """'a week ago on Monday': the Monday of that week."""
    weeks, weekday = reading.hit.number("number") or 0, reading.hit.number("weekday") or 0

    def tell(day: date) -> Interval:
        return a_day(on_weekday(day, weekday, False) - timedelta(days=7 * weeks))

    return Resolved(against(reading, tell), "weeks-before-weekday")


def resolve_weekday_range(reading: Reading) -> Resolved:
    """'from Friday to Monday', 'on Sunday and Monday'."""
    hit = reading.hit
    one, other = hit.number("weekday") or 0, hit.number("weekday", 1) or 0
    future = ahead(reading)

    def tell(day: date) -> Interval | None:
        if future:
            start = on_weekday(day, one, True)
            return join(a_day(start), a_day(on_weekday(start, other, True)))
        end = on_weekday(day, other, False)
        return join(a_day(on_weekday(end, one, False)), a_day(end))

    return Resolved(against(reading, tell), hit.pattern.row.id)


def resolve_today(reading: Reading) -> Resolved:
    """'today', 'yesterday', 'tomorrow': that many days from publication."""
    step = int(reading.hit.pattern.arguments[0])
    reference = reading.reference
    # Only a publication known to the day tells a day.
    interval = shift(reference, step, "day") if reference and reference.start == reference.end else None
    return Resolved(interval, reading.hit.pattern.row.id)


def resolve_overnight(reading: Reading) -> Resolved:
    """'overnight': the night that ends on the day of the report."""
    interval = against(reading, lambda day: Interval(day - timedelta(days=1), day, Precision.DAY))
    return Resolved(interval, "overnight")


def resolve_unit(reading: Reading) -> Resolved:
    """'last week', 'this month', 'early next year'; 'this week' of what has happened ends with the report's
    day.
    """
    hit = reading.hit
    step, part = int(hit.get("rel") or 0), hit.get("part") or hit.get("half")
    unit = hit.get("oneunit") or last_word(reading)

    def tell(day: date) -> Interval:
        interval = shift(containing(day, unit), step, unit)
        return part_of(interval, part) if part else interval

    interval = against(reading, tell)
    if interval and step == 0 and not part and reading.reference:
        if ahead(reading):
            interval = replace(interval, start=max(interval.start, reading.reference.start))
        else:
            interval = replace(interval, end=min(interval.end, reading.reference.end))
    return Resolved(interval, hit.pattern.row.id)


def resolve_earlier(reading: Reading) -> Resolved:
    """'earlier this month', 'earlier in the year': from its beginning to the day of the report."""
    hit = reading.hit
    unit, step = hit.get("oneunit") or "", int(hit.get("rel") or 0)
    if step:
        return Resolved(
            against(reading, lambda day: shift(containing(day, unit), step, unit)), hit.pattern.row.id
        )
    interval = against(reading, lambda day: containing(day, unit))
    if interval and reading.reference:
        interval = replace(interval, end=max(interval.start, min(interval.end, reading.reference.end)))
    return Resolved(interval, hit.pattern.row.id)


def resolve_later_in(reading: Reading) -> Resolved:
    """'later this month', 'before the month is out': from the day of the report to its end."""
    hit = reading.hit
    unit = hit.get("oneunit") or next(
        token.lower_ for token in reading.doc[reading.first : reading.last + 1] if token.lower_ in UNITS
    )
    step = int(hit.get("rel") or 0)
    interval = against(reading, lambda day: shift(containing(day, unit), step, unit))
    if interval and reading.reference and interval.covers(reading.reference.start):
        interval = replace(interval, start=reading.reference.start)
    return Resolved(interval, hit.pattern.row.id)


def resolve_weekend(reading: Reading) -> Resolved:
    """'at the weekend': the last one that had begun, or the coming one."""
    words = reading.doc[reading.first : reading.last + 1].text.lower()
    future = "next" in words or "coming" in words or ("last" not in words and ahead(reading))

    def tell(day: date) -> Interval:
        here = weekend_of(day)
        if future:
            return here if here.end > day or "next" not in words else shift(here, 1, "week")
        begun = here.start <= day and "last" not in words
        return here if begun else shift(here, -1, "week")

    return Resolved(against(reading, tell), "weekend-after" if future else "weekend-before")


def resolve_ago(reading: Reading) -> Resolved:
    """'two weeks ago': to the day for days and weeks, else in the unit."""
    number, unit = amount(reading)
    interval = against(reading, lambda day: shift(a_day(day), -number, unit))
    return Resolved(about(reading, interval, unit), f"{unit}s-ago")


def resolve_ago_exact(reading: Reading) -> Resolved:
    """'four years ago today', 'thirty years ago on Friday', 'ten years ago this month'."""
    number, unit = amount(reading)
    words = reading.doc[reading.first : reading.last + 1].text.lower()
    weekday = reading.hit.number("weekday")

    def tell(day: date) -> Interval:
        if weekday is not None:
            # The anniversary is news of these days, whichever side of them.
            day += timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
        elif "tomorrow" in words or "yesterday" in words:
            day += timedelta(days=1 if "tomorrow" in words else -1)
        months = number * (12 if unit == "year" else 1)
        moved = shift(a_day(day), -number, unit) if unit in DAYS else a_day(back(day, months))
        for grain in ("week", "month", "year"):
            if f"this {grain}" in words:
                return widen(moved, grain)
        return moved

    return Resolved(against(reading, tell), "anniversary")


def resolve_ago_month(reading: Reading) -> Resolved:
    """'two years ago in May'."""
    number, _ = amount(reading)
    month = reading.hit.number("monthname") or 0
    return Resolved(against(reading, lambda day: month_of(day.year - number, month)), "years-ago-in-month")


def resolve_from_now(reading: Reading) -> Resolved:
    """'in two weeks' time', 'two months from now'."""
    number, unit = amount(reading)
    if reading.doc[reading.first].lower_ == "within":
        return within(reading, number, unit)
    return Resolved(against(reading, lambda day: shift(a_day(day), number, unit)), f"{unit}s-from-now")


def within(reading: Reading, number: int, unit: str) -> Resolved:
    """'within two weeks': from the report's day to that term."""

    def tell(day: date) -> Interval:
        return Interval(day, shift(a_day(day), number, unit).end, grain_of(unit))

    return Resolved(against(reading, tell), f"within-{unit}s")


def resolve_window(reading: Reading) -> Resolved:
    """'in the past three weeks': from then to the report's day."""
    number, unit = amount(reading)
    if reading.hit.pattern.row.id == "window-one":
        number, unit = 1, last_word(reading)

    def tell(day: date) -> Interval:
        if unit in DAYS:
            return Interval(day - timedelta(days=number * DAYS[unit]), day, grain_of(unit))
        start = back(day, number * {"month": 1, "year": 12, "decade": 120}[unit])
        return Interval(start, day, grain_of(unit))

    return Resolved(against(reading, tell), f"past-{unit}s")


def resolve_vague(reading: Reading) -> Resolved:
    """'several years ago', 'in recent days': no days are told."""
    return Resolved(None, "vague")


def resolve_rel_quarter(reading: Reading) -> Resolved:
    """'the last quarter': the three months of the calendar before the report's."""
    step = int(reading.hit.get("rel") or 0)

    def tell(day: date) -> Interval:
        return months_of(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step, 3, Precision.SEASON)

    return Resolved(against(reading, tell), "rel-quarter")


def resolve_half_year(reading: Reading) -> Resolved:
    """'half a year ago'."""
    return Resolved(against(reading, lambda day: shift(a_day(day), -6, "month")), "half-year-ago")
