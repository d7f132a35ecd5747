"""Dates told from other times of the text: 'two days later', 'that night', 'the following March'."""

from __future__ import annotations

from datetime import date, timedelta

from spacy.tokens import Doc, Token

from dragoman.records import Precision
from dragoman.times.days import GRAIN, Interval, a_day, day_of, month_of, shift, weekend_of, widen
from dragoman.times.reading import (
    UNITS,
    Reading,
    Resolved,
    about,
    against,
    ahead,
    amount,
    in_year,
    is_day,
    last_word,
    moved,
    relative_of,
)
from dragoman.times.relative import on_weekday


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
    base = reading.reference if is_of_now(reading) else reading.anchor
    back = points_back(reading)
    if back and reading.lead is not None:
        base = reading.lead
    if back or base is not reading.anchor:
        return Resolved(about(reading, moved(base, -sign * number, unit), unit), f"{word}-of-clause")
    return Resolved(about(reading, moved(base, sign * number, unit), unit), word)


def is_of_now(reading: Reading) -> bool:
    """Whether the act before 'two days after' is that of the report: told in the present, or by a speaker."""
    _, main = clause_after(reading.doc, reading.last)
    return main.tag_ in ("VBZ", "VBP") or main.lemma_ in ("say", "tell", "announce", "declare", "add")


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
    bare = word.dep_ != "mark" and word.n_rights == 0 and word.head.i < word.i
    if following is None or following.is_punct or bare:
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


def resolve_half_year_on(reading: Reading) -> Resolved:
    """'half a year later'."""
    sign = int(reading.hit.get("later") or 1)
    return Resolved(moved(reading.anchor, 6 * sign, "month"), "half-year-later")
