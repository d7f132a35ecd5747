"""When a report was published, told from its own text: dateline, header line, or the dates that it names."""

from __future__ import annotations

import re
from datetime import date, timedelta

from spacy.tokens import Doc

from dragoman.lexicon.datelines import find_datelines
from dragoman.records import Document, Precision, Span, TimeRef
from dragoman.times.days import Interval, a_day, day_of
from dragoman.times.patterns import Hit, finder

HEADER = re.compile(
    r"(?:^|\n)[ \t]*(?:(?:First |Last )?(?:Published|Posted|Updated)|(?:Publication )?Date|Issued|Released)"
    r"(?: on| at)?[ \t]*[:：][ \t]*",
    re.IGNORECASE,
)
# Words before a date in its sentence that tell it as coming.
COMING = re.compile(r"\b(?:will|shall|would|due|scheduled|planned|plans?|expected|set|upcoming|until|by)\b")
# A paragraph longer than this is running text, no title.
LONG_LINE = 120
TOLD = frozenset({"calendar", "iso", "numeric"})


def told_in(text: str, start: int, end: int) -> tuple[Hit, Interval | None, bool] | None:
    """The first explicit date in a stretch of text: its hit, its day, and whether its year is told."""
    for hits in finder().scan(text[start:end]):
        for hit in hits:
            if hit.pattern.meaning in TOLD and (
                hit.get("day") or hit.get("nth") or hit.get("iso") or hit.get("num")
            ):
                interval = explicit_day(hit)
                return hit, interval, interval is not None
    return None


def explicit_day(hit: Hit) -> Interval | None:
    """The day of a date with its year, ``None`` for any other."""
    if iso := hit.get("iso"):
        return a_day(date.fromisoformat(iso))
    year, month = hit.number("year"), hit.number("month")
    day = hit.number("day") or hit.number("nth")
    if hit.get("num"):
        day, month = hit.number("num"), hit.number("num", 1)
        if (
            hit.pattern.row.id == "slashed-day"
            and day is not None
            and month is not None
            and min(day, month) <= 12
        ):
            return None if max(day, month) <= 12 else day_of(year or 0, min(day, month), max(day, month))
    return day_of(year, month, day) if year and month and day else None


def as_ref(interval: Interval, rule: str, text: str, span: Span | None) -> TimeRef:
    """The publication date as a record."""
    return TimeRef(
        interval.start, interval.end, interval.precision, rule, span.cut(text) if span else "", span
    )


def infer_published(source: Doc | str, document: Document | None = None) -> TimeRef | None:
    """When the report was published, as far as its own text tells.

    Gives a day from a header line ('Published: 17 July 2023'), from a line of the head that holds nothing
    but a date, or from a dateline; a dateline without a year counts only if another date of the text tells
    the year. Else an
    interval: between the last explicit day told as past and the first told as coming, or the day with which
    the report opens and the next one. ``None`` where the text tells none of these.
    """
    text = document.text if document is not None else source if isinstance(source, str) else source.text
    return (
        from_header(text)
        or from_dateline(text)
        or from_bare_line(text)
        or from_bounds(text)
        or from_lead(text)
    )


def from_header(text: str) -> TimeRef | None:
    """From a line such as 'Published: 17 July 2023'."""
    for match in HEADER.finditer(text):
        line_end = text.find("\n", match.end())
        told = told_in(text, match.end(), line_end if line_end >= 0 else len(text))
        if told is not None and told[1] is not None:
            span = Span(match.end() + told[0].start, match.end() + told[0].end)
            return as_ref(told[1], "header-line", text, span)
    return None


def from_dateline(text: str) -> TimeRef | None:
    """From the first dateline with a date; without a year, with that of the text's latest explicit day."""
    for line in find_datelines(text):
        told = told_in(text, line.span.start, line.span.end) if line.dated else None
        if told is None:
            continue
        span = Span(line.span.start + told[0].start, line.span.start + told[0].end)
        if told[1] is not None:
            return as_ref(told[1], "dateline", text, span)
        return dateline_year(text, told[0], span)
    return None


def dateline_year(text: str, hit: Hit, span: Span) -> TimeRef | None:
    """A dateline without a year, on the first such day that does not lie before the text's latest explicit
    one.
    """
    days = explicit_days(text)
    month, day = hit.number("month"), hit.number("day") or hit.number("nth")
    if not days or month is None or day is None:
        return None
    latest = max(days)
    for year in (latest.year, latest.year + 1):
        one = day_of(year, month, day)
        if one is not None and one.start >= latest:
            return as_ref(one, "dateline-year-from-text", text, span)
    return None


def explicit_days(text: str) -> list[date]:
    """Every day that the text names with its year."""
    days = []
    for hits in finder().scan(text):
        interval = explicit_day(hits[0]) if hits[0].pattern.meaning in TOLD else None
        if interval is not None:
            days.append(interval.start)
    return days


def from_bare_line(text: str) -> TimeRef | None:
    """From a line among the first eight that holds nothing but a date."""
    at = 0
    for line in text.split("\n")[:8]:
        bare = line.strip()
        if 6 <= len(bare) <= 40:
            start = at + line.index(bare)
            told = told_in(text, start, start + len(bare))
            if told is not None and told[1] is not None and told[0].start == 0:
                rest = bare[told[0].end :].strip(" .,|-–—")
                if not rest or re.fullmatch(r"(?:at )?\d{1,2}[:.]\d\d.{0,10}", rest):
                    return as_ref(told[1], "date-line", text, Span(start, start + told[0].end))
        at += len(line) + 1
    return None


def from_bounds(text: str) -> TimeRef | None:
    """Between the last explicit day told as past and the first told as coming; ``None`` unless both are
    known.
    """
    past: list[date] = []
    coming: list[date] = []
    for hits in finder().scan(text):
        interval = explicit_day(hits[0]) if hits[0].pattern.meaning in TOLD else None
        if interval is not None:
            start = max(text.rfind(". ", 0, hits[0].start), text.rfind("\n", 0, hits[0].start), 0)
            side = coming if COMING.search(text, start, hits[0].start) else past
            side.append(interval.start)
    if not past or not coming or max(past) > min(coming):
        return None
    return TimeRef(max(past), min(coming), Precision.DAY, "between-dates-of-the-text")


def from_lead(text: str) -> TimeRef | None:
    """The day that the report opens with, or the next one, if it is written like news of that day.

    'The refugees arrived on Saturday, April 22, 2023 ... again on Friday': the opening names its latest
    explicit day, and other days by weekday alone, which only a report of the same week can do.
    """
    days = explicit_days(text)
    opening = explicit_days(text[: lead_end(text)])
    if not opening or max(days) not in opening or not has_bare_weekday(text):
        return None
    day = max(days)
    return TimeRef(day, day + timedelta(days=1), Precision.DAY, "day-of-the-opening")


def lead_end(text: str) -> int:
    """Where the first paragraph of running text ends; a title does not count."""
    at = 0
    for paragraph in text.split("\n\n"):
        at += len(paragraph) + 2
        if len(paragraph) > LONG_LINE:
            break
    return min(at, len(text))


def has_bare_weekday(text: str) -> bool:
    """Whether a weekday stands in the text without its date."""
    return any(hits[0].pattern.row.id == "weekday" for hits in finder().scan(text))
