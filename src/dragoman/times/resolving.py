"""What each date expression means: its interval of days, and the rule that told it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from dragoman.records import Precision
from dragoman.times.days import (
    DAYS,
    GRAIN,
    Interval,
    a_day,
    containing,
    day_of,
    decade_of,
    grain_of,
    month_of,
    part_of,
    season_of,
    shift,
    week_of,
    weekend_of,
    widen,
    year_of,
)
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
    time of a story told of years ago.
    """

    hit: Hit
    first: int
    last: int
    doc: Doc
    reference: Interval | None
    anchor: Interval | None = None
    main: Interval | None = None
    story: Interval | None = None
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


def nearest(day: date, make: Callable[[int], Interval | None], future: bool) -> Interval | None:
    """The latest that had begun by the day, or the earliest that had not ended, of one in each year.

    Gives way to the other side where that is near and this one far.
    """
    made = [one for year in range(day.year - 8, day.year + 9) if (one := make(year)) is not None]
    past = max((one for one in made if one.start <= day), key=lambda one: one.start, default=None)
    coming = min((one for one in made if one.end >= day), key=lambda one: one.start, default=None)
    if past is None or coming is None:
        return past or coming
    since, until = (day - past.end).days, (coming.start - day).days
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
    interval = against(reading, lambda day: nearest(day, make, future))
    side = "after" if future else "before"
    return Resolved(interval, f"{reading.hit.pattern.row.id.rstrip('-0123456789')}-{side}-publication")


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


def resolve_calendar(reading: Reading) -> Resolved:
    """Explicit dates, with their year or nearest to publication."""
    hit, rule = reading.hit, reading.hit.pattern.row.id
    if decade := hit.get("decade") or hit.get("decadename"):
        interval = decade_of(int(decade[:4]))
        part = hit.get("part")
        return Resolved(part_of(interval, part) if part else interval, rule)
    if (year := hit.number("year")) is not None:
        return Resolved(in_year(hit, year), rule)
    if (step := hit.step("rel")) is not None or "rel-year" in rule:
        return Resolved(against(reading, lambda day: in_year(hit, day.year + (step or 0))), rule)
    return missing_year(reading, lambda year: in_year(hit, year))


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


def join(start: Interval | None, end: Interval | None) -> Interval | None:
    """From the first day of one to the last day of the other, at the coarser grain."""
    if start is None or end is None or end.end < start.start:
        return None
    coarser = max(start.precision, end.precision, key=GRAIN.__getitem__)
    return Interval(start.start, end.end, coarser)


def resolve_iso(reading: Reading) -> Resolved:
    """'2023-07-17'."""
    year, month, day = (int(part) for part in (reading.hit.get("iso") or "").split("-"))
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


def resolve_fixed_part(reading: Reading) -> Resolved:
    """'year-end'."""
    part, unit = reading.hit.pattern.arguments
    return Resolved(against(reading, lambda day: part_of(containing(day, unit), part)), "year-end")


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


def relative_of(day: date, step: int, make: Callable[[int], Interval | None]) -> Interval | None:
    """'last', 'this' or 'next' of what comes once a year."""
    made = [one for year in range(day.year - 2, day.year + 3) if (one := make(year)) is not None]
    if step < 0:
        return max((one for one in made if one.end < day), key=lambda one: one.start)
    if step > 0:
        return min((one for one in made if one.start > day), key=lambda one: one.start)
    return next((one for one in made if one.covers(day)), make(day.year))


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


def last_word(reading: Reading) -> str:
    """The expression's last word, lower-cased."""
    return reading.doc[reading.last].lower_


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


UNITS = frozenset({"day", "week", "month", "year", "decade"})


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


def back(day: date, months: int) -> date:
    """The same day that many months before."""
    month = month_of(day.year, day.month - months)
    return month.start.replace(day=min(day.day, month.end.day))


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


def moved(anchor: Interval | None, number: int, unit: str) -> Interval | None:
    """The anchor moved; nothing without an anchor."""
    return shift(anchor, number, unit) if anchor else None


def resolve_shift(reading: Reading) -> Resolved:
    """'two days later': from the time that the text has come to."""
    number, unit = amount(reading)
    sign = int(reading.hit.get("later") or 1)
    interval = about(reading, moved(reading.anchor, sign * number, unit), unit)
    return Resolved(interval, f"{unit}s-{'later' if sign > 0 else 'earlier'}")


def resolve_shift_ahead(reading: Reading) -> Resolved:
    """'two days after the talks failed'."""
    number, unit = amount(reading)
    return shift_over_clause(reading, number, unit)


def shift_over_clause(reading: Reading, number: int, unit: str) -> Resolved:
    """A distance between two acts, of which one is dated.

    If what follows bears a date ('two days after the 3 May vote'), that dates the act before it; if the
    sentence does ('on Wednesday, two days after the talks failed'), the expression dates the act that
    follows; the rule then ends in 'of-clause'. Else it counts from the time that the text has come to.
    """
    sign = int(reading.hit.get("ahead") or 1)
    word = f"{unit}s-{'after' if sign > 0 else 'before'}"
    if reading.under is not None:
        return Resolved(about(reading, shift(reading.under, sign * number, unit), unit), word)
    if reading.main is not None:
        return Resolved(about(reading, shift(reading.main, -sign * number, unit), unit), f"{word}-of-clause")
    if points_back(reading):
        return Resolved(
            about(reading, moved(reading.anchor, -sign * number, unit), unit), f"{word}-of-clause"
        )
    return Resolved(about(reading, moved(reading.anchor, sign * number, unit), unit), word)


def clause_after(doc: Doc, index: int) -> tuple[Token, Token]:
    """For 'after' or 'before' at the index: the head of what follows it, and the verb that it modifies."""
    word = doc[index]
    if word.dep_ == "mark":
        return word.head, word.head.head
    under = next((child for child in word.rights), word)
    head = word.head
    while head.pos_ not in ("VERB", "AUX") and head.head != head:
        head = head.head
    return under, head


def points_back(reading: Reading) -> bool:
    """Whether the sentence only places an act told before ('The assault came three days after ...')."""
    _, main = clause_after(reading.doc, reading.last)
    return main.tag_ in ("VBD", "VBN") and main.lemma_ in ("come", "follow", "occur", "happen", "be", "take")


def resolve_unit_ahead(reading: Reading) -> Resolved:
    """'the day before', 'the night after the vote': one unit from what it hangs on."""
    unit = next((t.lower_ for t in reading.doc[reading.first : reading.last + 1] if t.lower_ in UNITS), "day")
    following = reading.doc[reading.last + 1] if reading.last + 1 < len(reading.doc) else None
    word = reading.doc[reading.last]
    if following is None or following.is_punct or (word.dep_ != "mark" and word.n_rights == 0):
        sign = int(reading.hit.get("ahead") or 1)
        return Resolved(moved(reading.anchor, sign, unit), f"the-{unit}-{'after' if sign > 0 else 'before'}")
    return shift_over_clause(reading, 1, unit)


def resolve_follow(reading: Reading) -> Resolved:
    """'the following day', 'the previous Friday', 'the next March', against the time that the text has come
    to.
    """
    hit, anchor, rule = reading.hit, reading.anchor, reading.hit.pattern.row.id
    step = int(hit.get("follow") or 1)
    if anchor is None:
        return Resolved(None, rule)
    if (weekday := hit.number("weekday")) is not None:
        day = (anchor.end if step > 0 else anchor.start) + timedelta(days=step)
        return Resolved(a_day(on_weekday(day, weekday, step > 0)) if is_day(anchor) else None, rule)
    if hit.get("monthname") or hit.get("season") or hit.get("fall"):
        day = anchor.end if step > 0 else anchor.start
        return Resolved(relative_of(day, step, lambda year: in_year(hit, year)), rule)
    unit = hit.get("oneunit") or "day"
    return Resolved(next_unit(anchor, step, unit), rule)


def is_day(interval: Interval) -> bool:
    """Whether the interval is told to the day."""
    return interval.precision is Precision.DAY


def next_unit(anchor: Interval, step: int, unit: str) -> Interval | None:
    """The day, week, month or year next to the one in which the anchor lies; its grain is at least the
    anchor's.
    """
    if GRAIN[Precision(unit)] < GRAIN[anchor.precision]:
        return None if unit == "day" else shift(anchor, step, unit)
    return shift(widen(anchor, unit), step, unit)


def resolve_same(reading: Reading) -> Resolved:
    """'the same day', 'that year', 'hours later': the unit of the time that the text has come to."""
    hit, anchor, rule = reading.hit, reading.anchor, reading.hit.pattern.row.id
    if anchor is None:
        return Resolved(None, rule)
    unit = hit.get("oneunit")
    if last_word(reading) == "weekend":
        return Resolved(weekend_of(anchor.start), rule)
    if hit.get("ahead") is not None:
        anchor = reading.under or reading.main or anchor
        rule += "-of-clause" if reading.under is None else ""
    return Resolved(widen(anchor, unit) if unit and unit != "day" else anchor, rule)


def resolve_same_year(reading: Reading) -> Resolved:
    """'in July of that year', 'that July', 'that summer': in the year that the text has come to."""
    hit, anchor = reading.hit, reading.anchor
    return Resolved(in_year(hit, anchor.start.year) if anchor else None, hit.pattern.row.id)


def resolve_eve(reading: Reading) -> Resolved:
    """'on the eve of May 9': the day before what it names, if that has a day."""
    under = reading.under
    return Resolved(shift(under, -1, "day") if under and is_day(under) else None, "eve")


def coming_nth(day: date, number: int) -> Interval | None:
    """The next such day of a month."""
    here = day_of(day.year, day.month, number)
    if here is not None and here.start >= day:
        return here
    month = month_of(day.year, day.month + 1).start
    return day_of(month.year, month.month, number)


def resolve_hour(reading: Reading) -> Resolved:
    """'at noon', 'before dawn': on the day that the text has come to, else on that of the report."""
    anchor, reference = reading.anchor, reading.reference
    if anchor is not None and is_day(anchor) and anchor.start == anchor.end:
        return Resolved(anchor, "hour-of-day")
    day = reference if reference is not None and reference.start == reference.end else None
    return Resolved(day, "hour-of-day")


def resolve_nth(reading: Reading) -> Resolved:
    """'on the 9th': in the month that the text has come to, else nearest to publication."""
    number = reading.hit.number("nth") or 0
    if ahead(reading):
        return Resolved(against(reading, lambda day: coming_nth(day, number)), "day-of-month")
    if reading.anchor is not None and GRAIN[reading.anchor.precision] <= GRAIN[Precision.MONTH]:
        return Resolved(day_of(reading.anchor.start.year, reading.anchor.start.month, number), "day-of-month")
    return Resolved(against(reading, lambda day: day_of(day.year, day.month, number)), "day-of-month")


MEANINGS: dict[str, Meaning] = {
    "calendar": resolve_calendar,
    "range": resolve_range,
    "iso": resolve_iso,
    "numeric": resolve_numeric,
    "fixed": resolve_fixed,
    "fixed-part": resolve_fixed_part,
    "year-words": resolve_year_words,
    "holiday": resolve_holiday,
    "rel-month": resolve_rel_month,
    "rel-season": resolve_rel_season,
    "weekday": resolve_weekday,
    "weekday-week": resolve_weekday_week,
    "weekday-weeks": resolve_weekday_weeks,
    "weekday-range": resolve_weekday_range,
    "today": resolve_today,
    "overnight": resolve_overnight,
    "unit": resolve_unit,
    "earlier": resolve_earlier,
    "later-in": resolve_later_in,
    "weekend": resolve_weekend,
    "ago": resolve_ago,
    "ago-exact": resolve_ago_exact,
    "ago-month": resolve_ago_month,
    "from-now": resolve_from_now,
    "window": resolve_window,
    "vague": resolve_vague,
    "shift": resolve_shift,
    "shift-ahead": resolve_shift_ahead,
    "unit-ahead": resolve_unit_ahead,
    "follow": resolve_follow,
    "same": resolve_same,
    "same-year": resolve_same_year,
    "eve": resolve_eve,
    "nth": resolve_nth,
    "hour": resolve_hour,
}
# These are read against the time that the text has come to, after all others.
ANCHORED = frozenset(
    {"shift", "shift-ahead", "unit-ahead", "follow", "same", "same-year", "eve", "nth", "hour"}
)
