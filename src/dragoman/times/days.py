"""Intervals of days: calendar arithmetic that never sharpens what it is given."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.records import Precision

# The order in which precisions coarsen.
GRAIN = {one: rank for rank, one in enumerate(Precision)}
# First month and length in months; winter begins in the December of the year before it is named for.
SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}

# Units that keep the day, and how many days they are.
DAYS = {"day": 1, "week": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both inclusive, and the grain in which the words tell them."""

    start: date
    end: date
    precision: Precision

    def covers(self, day: date) -> bool:
        """Whether the day lies in the interval."""
        return self.start <= day <= self.end


def a_day(day: date) -> Interval:
    """The interval of one day."""
    return Interval(day, day, Precision.DAY)


def day_of(year: int, month: int, day: int) -> Interval | None:
    """That day, or ``None`` where the calendar has no such day."""
    try:
        return a_day(date(year, month, day))
    except ValueError:
        return None


def month_of(year: int, month: int) -> Interval:
    """The whole month; months beyond 1 to 12 run on into the next or previous year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Interval(
        date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH
    )


def months_of(year: int, first: int, count: int, precision: Precision) -> Interval:
    """A run of whole months, such as a season or a quarter."""
    return Interval(month_of(year, first).start, month_of(year, first + count - 1).end, precision)


def season_of(year: int, season: str) -> Interval:
    """The three months of a northern season; the winter of 1990 begins in December 1990."""
    first, count = SEASONS[season]
    return months_of(year, first, count, Precision.SEASON)


def year_of(year: int) -> Interval:
    """The whole year."""
    return Interval(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def decade_of(year: int) -> Interval:
    """The ten years from the given one."""
    return Interval(date(year, 1, 1), date(year + 9, 12, 31), Precision.DECADE)


def week_of(day: date) -> Interval:
    """Monday to Sunday of the week in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return Interval(monday, monday + timedelta(days=6), Precision.WEEK)


def weekend_of(day: date) -> Interval:
    """Saturday and Sunday of the week in which the day lies."""
    monday = week_of(day).start
    return Interval(monday + timedelta(days=5), monday + timedelta(days=6), Precision.DAY)


def add_months(day: date, months: int) -> date:
    """The same day that many months on, or the month's last day where it is shorter."""
    month = month_of(day.year, day.month + months)
    return month.start.replace(day=min(day.day, month.end.day))


def shift(interval: Interval, number: int, unit: str) -> Interval:
    """The interval moved by that many units, and widened to the unit where that is coarser than its grain.

    A week and less keeps the day ('a week later' is told to the day), a month or a year does not: 'a month
    after 3 May' names no day of June.
    """
    if unit in DAYS:
        days = timedelta(days=number * DAYS[unit])
        return Interval(interval.start + days, interval.end + days, interval.precision)
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    start, end = add_months(interval.start, months), add_months(interval.end, months)
    if GRAIN[interval.precision] >= GRAIN[Precision.MONTH]:
        # The month before November 1-30 is October 1-31.
        end = month_of(end.year, end.month).end
    return widen(Interval(start, end, interval.precision), unit)


def widen(interval: Interval, unit: str) -> Interval:
    """The whole weeks, months, years or decades in which the interval lies; finer units change nothing."""
    start, end = interval.start, interval.end
    grain = grain_of(unit)
    if GRAIN[grain] <= GRAIN[interval.precision]:
        return interval
    if grain is Precision.WEEK:
        return Interval(week_of(start).start, week_of(end).end, grain)
    if grain is Precision.MONTH:
        return Interval(start.replace(day=1), month_of(end.year, end.month).end, grain)
    if grain is Precision.YEAR:
        return Interval(date(start.year, 1, 1), date(end.year, 12, 31), grain)
    if grain is Precision.DECADE:
        return Interval(date(start.year // 10 * 10, 1, 1), date(end.year // 10 * 10 + 9, 12, 31), grain)
    return interval


def grain_of(unit: str) -> Precision:
    """The precision that a unit tells; a fortnight tells weeks."""
    return Precision.WEEK if unit == "fortnight" else Precision(unit)


def containing(day: date, unit: str) -> Interval:
    """The day, week, month, year or decade in which the day lies."""
    return widen(a_day(day), unit)


def part_of(interval: Interval, part: str) -> Interval:
    """The early, middle or late third of a month, half of a year, or quarter ('first-quarter') of it.

    A part of a month is told by its days, so its grain stays the day range of a week; a part of a year or a
    decade keeps the next finer grain.
    """
    cuts = {"early": (0, 1, 3), "mid": (1, 2, 3), "late": (2, 3, 3)}
    first, last, parts = PARTS[part] if part in PARTS else cuts[part]
    length = (interval.end - interval.start).days + 1
    if interval.precision is Precision.MONTH:
        days = [1, 11, 21, 32]
        start = (
            interval.start.replace(day=days[first])
            if parts == 3
            else interval.start.replace(day=1 + 15 * first)
        )
        stop = days[last] - 1 if parts == 3 else (15 if last == 1 else 31)
        return Interval(start, interval.start.replace(day=min(stop, interval.end.day)), Precision.WEEK)
    if interval.precision is Precision.YEAR:
        start_month, stop_month = 12 * first // parts + 1, 12 * last // parts
        if parts == 3:
            # 'Late in 2015' is its last quarter; 'mid-2015' lies round its middle.
            start_month, stop_month = {0: (1, 3), 1: (5, 8), 2: (10, 12)}[first]
        return months_of(interval.start.year, start_month, stop_month - start_month + 1, Precision.SEASON)
    if interval.precision is Precision.DECADE and parts == 3:
        low, high = {0: (0, 3), 1: (3, 6), 2: (6, 9)}[first]
        year = interval.start.year
        return Interval(date(year + low, 1, 1), date(year + high, 12, 31), Precision.YEAR)
    start = interval.start + timedelta(days=length * first // parts)
    end = interval.start + timedelta(days=length * last // parts - 1)
    finer = {
        Precision.DECADE: Precision.YEAR,
        Precision.WEEK: Precision.DAY,
        Precision.SEASON: Precision.MONTH,
    }
    return Interval(start, end, finer.get(interval.precision, interval.precision))


PARTS = {
    "first-half": (0, 1, 2),
    "second-half": (1, 2, 2),
    "first-quarter": (0, 1, 4),
    "second-quarter": (1, 2, 4),
    "third-quarter": (2, 3, 4),
    "fourth-quarter": (3, 4, 4),
}
