"""Reads every date expression of a report, first by publication date, then by the times already told."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from spacy.tokens import Doc

from dragoman.lexicon.datelines import find_datelines
from dragoman.records import Document, Precision, Span, TimeRef
from dragoman.times.anchored import clause_after
from dragoman.times.days import GRAIN, Interval, grain_of
from dragoman.times.guards import GUARDS
from dragoman.times.patterns import Hit, finder
from dragoman.times.publication import infer_published
from dragoman.times.reading import Reading, Resolved, in_year
from dragoman.times.resolving import ANCHORED, MEANINGS
from dragoman.times.tense import governor, is_ahead, is_told

# A dateline's day replaces the publication date where it lies at most this many days from it.
DATELINE_REACH = 15
YEAR = GRAIN[Precision.YEAR]


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression on its way to a record."""

    hit: Hit
    first: int
    last: int
    resolved: Resolved | None = None
    dateline: bool = False

    @property
    def interval(self) -> Interval | None:
        """The days it means, if they are told yet."""
        return self.resolved.interval if self.resolved else None


class TimeReader:
    """The date expressions of one report."""

    def __init__(self, doc: Doc, document: Document) -> None:
        self.doc = doc
        self.text = document.text
        self.starts: list[int] = doc.to_array("IDX").astype(np.int64).tolist()
        self.lines = [line.span for line in find_datelines(self.text)]
        if document.dateline is not None:
            self.lines.append(document.dateline)
        self.published = published_days(document)
        self.references: list[tuple[int, Interval]] = []

    def read(self) -> list[Found]:
        """Every expression in text order, resolved as far as can be."""
        found: list[Found] = []
        for one in self.accepted():
            found.append(self.resolve_first(one, found))
        return self.resolve_anchored(found)

    def token_at(self, offset: int) -> int:
        """The index of the token that covers the offset."""
        return max(0, bisect.bisect_right(self.starts, offset) - 1)

    def accepted(self) -> list[Found]:
        """The matches that their guards let pass, the longest at each place, none overlapping."""
        kept: list[Found] = []
        end = 0
        for hits in finder().scan(self.text):
            if hits[0].start < end:
                continue
            for hit in hits:
                if self.leaves_dateline(hit):
                    continue
                one = Found(hit, self.token_at(hit.start), self.token_at(hit.end - 1))
                if self.passes(one):
                    end = hit.end
                    if hit.pattern.meaning != "none":
                        kept.append(replace(one, dateline=self.in_dateline(hit)))
                    break
        return kept

    def passes(self, one: Found) -> bool:
        """Whether the row's guard, if it has one, accepts the words where they stand."""
        guard = one.hit.pattern.row.guard
        return not guard or GUARDS[guard](self.doc, one.first, one.last, one.hit)

    def leaves_dateline(self, hit: Hit) -> bool:
        """Whether the words run on out of a dateline ('LUSAKA, July 5 - June 24: The price doubles')."""
        return any(line.start <= hit.start < line.end < hit.end for line in self.lines)

    def in_dateline(self, hit: Hit) -> bool:
        """Whether the words stand in a dateline."""
        return any(line.start <= hit.start and hit.end <= line.end for line in self.lines)

    def reference_at(self, offset: int) -> Interval | None:
        """The publication date that holds there: the last dateline's day, else the document's."""
        for start, interval in reversed(self.references):
            if start <= offset:
                return interval
        return self.published

    def resolve_first(self, one: Found, before: list[Found]) -> Found:
        """An expression resolved, unless it hangs on a time that stands after it."""
        meaning = one.hit.pattern.meaning
        if meaning in ANCHORED:
            if one.hit.get("ahead") is not None or meaning == "eve":
                return one
            return self.resolve_on([*before, one], len(before))
        story, reference = self.story(one, before), self.reference_at(one.hit.start)
        reading = Reading(one.hit, one.first, one.last, self.doc, reference, story=story)
        resolved = self.resolve_dateline(reading) if one.dateline else None
        if resolved is None:
            resolved = self.before_it(one, MEANINGS[meaning](reading), reference)
        return replace(one, resolved=resolved)

    def before_it(self, one: Found, resolved: Resolved, reference: Interval | None) -> Resolved:
        """For 'before Christmas' with a Christmas to come: from the report's day to the one before it."""
        interval = resolved.interval
        if interval is None or reference is None or not one.first or interval.start <= reference.end:
            return resolved
        if self.doc[one.first - 1].lower_ != "before" or one.hit.pattern.row.id == "out-unit":
            return resolved
        last = interval.start - timedelta(days=1)
        return Resolved(Interval(reference.start, last, interval.precision), f"before-{resolved.rule}")

    def story(self, one: Found, before: list[Found]) -> Interval | None:
        """The time of a story told of years ago, to which a month without its year belongs.

        'An accord was signed in July 1987. That September ...': the paragraph has named an earlier year than
        the report's, as the time of an act, and the verb is a plain past.
        """
        reference = self.reference_at(one.hit.start)
        if reference is None or one.hit.pattern.meaning != "calendar" or one.hit.get("year"):
            return None
        for other in reversed(before):
            if other.dateline or other.interval is None:
                continue
            if self.text.find("\n\n", other.hit.end, one.hit.start) >= 0:
                return None
            if (
                self.is_modifier(other)
                or self.is_background(other)
                or GRAIN[other.interval.precision] >= YEAR
            ):
                continue
            told = other.interval.end.year < reference.start.year and self.tells_year(other)
            return other.interval if told and is_told(self.doc, one.last) else None
        return None

    def tells_year(self, one: Found) -> bool:
        """Whether the time names its year, or belongs to a story that does."""
        rule = one.resolved.rule if one.resolved else ""
        if one.hit.get("year") is not None or rule.endswith("-of-story"):
            return True
        return rule in ("anniversary", "month-that-year", "same-month")

    def resolve_dateline(self, reading: Reading) -> Resolved | None:
        """A dateline's day, which is the reference for what follows it if it fits the publication date."""
        month, day = reading.hit.number("month"), reading.hit.number("day")
        if month is None or day is None:
            return None
        interval = MEANINGS["calendar"](reading).interval
        if reading.hit.get("year") is None and reading.reference is not None:
            interval = closest(reading)
        if interval is not None and self.fits(interval):
            self.references.append((reading.hit.end, interval))
        return Resolved(interval, "dateline")

    def fits(self, interval: Interval) -> bool:
        """Whether a dateline's day lies near enough to the publication date to replace it."""
        if self.published is None:
            return True
        return abs((self.published.start - interval.start).days) <= DATELINE_REACH

    def resolve_anchored(self, found: list[Found]) -> list[Found]:
        """The expressions that hang on other times, in text order: each may hang on the one before."""
        done = list(found)
        for index, one in enumerate(done):
            if one.resolved is None:
                done[index] = self.resolve_on(done, index)
        return done

    def resolve_on(self, done: list[Found], index: int) -> Found:
        """An expression resolved against other times, unless that would put what is told as past ahead.

        'Nearly a year after the coup, he was freed' does not count from the report's own day.
        """
        one = done[index]
        resolved = MEANINGS[one.hit.pattern.meaning](self.anchored(done, index))
        interval, reference = resolved.interval, self.reference_at(one.hit.start)
        late = interval is not None and reference is not None and interval.start > reference.end
        if late and not is_ahead(self.doc, one.last):
            resolved = Resolved(None, resolved.rule)
        return replace(one, resolved=resolved)

    def anchored(self, done: list[Found], index: int) -> Reading:
        """The expression with the times that it may hang on."""
        one = done[index]
        reference = self.reference_at(one.hit.start)
        anchor = self.anchor(done, index) if self.goes_on(done, index) else None
        lead = self.lead(done, index)
        reading = Reading(one.hit, one.first, one.last, self.doc, reference, anchor or reference, lead=lead)
        if one.hit.get("ahead") is None and one.hit.pattern.meaning != "eve":
            return reading
        under, main = clause_after(self.doc, one.last)
        stop = max(under.right_edge.i, one.last)
        sentence = self.doc[one.first].sent
        inside = [other.interval for other in done if one.last < other.first <= stop and other.interval]
        near = [
            other
            for other in done
            if sentence.start <= other.first < sentence.end
            and other.interval is not None
            and not one.first <= other.first <= stop
            and not other.dateline
            and other.hit.get("ahead") is None
        ]
        reference = self.reference_at(one.hit.start)
        if reference is not None and main.tag_ in ("VBD", "VBN"):
            # 'banned imports from Jan. 1, a week after jets downed a plane' was before January.
            near = [o for o in near if o.interval is not None and o.interval.start <= reference.end]
        best = min(near, key=lambda other: self.distance(other, one, main.i), default=None)
        return replace(reading, under=inside[0] if inside else None, main=best.interval if best else None)

    def lead(self, done: list[Found], index: int) -> Interval | None:
        """The first day that the report names: that of its news, to which 'The visit came' points back."""
        for one in done[:index]:
            if one.interval is not None and not one.dateline and one.hit.get("ahead") is None:
                return one.interval if one.interval.precision is Precision.DAY else None
        return None

    def goes_on(self, done: list[Found], index: int) -> bool:
        """Whether the expression may hang on the time before it: an hour of the day only within its
        paragraph.
        """
        if not index or done[index].hit.pattern.meaning != "hour":
            return True
        return self.text.find("\n\n", done[index - 1].hit.end, done[index].hit.start) < 0

    def distance(self, other: Found, one: Found, main: int) -> tuple[bool, bool, int]:
        """Sorts the times of a sentence: what hangs on the main verb, what stands before, what is near."""
        elsewhere = governor(self.doc[other.last]).i != main
        return elsewhere, other.first > one.first, abs(other.first - one.first)

    def anchor(self, done: list[Found], index: int) -> Interval | None:
        """The time that the text has come to: the last one told before, in the paragraph if there is one.

        A coming day is no anchor for what is told as past ('if it approves the text on May 15, ... On
        the same day, hundreds set fire to a flag').
        """
        here = done[index]
        reference = self.reference_at(here.hit.start)
        future = reference is not None and is_ahead(self.doc, here.last)
        modifier = None
        for one in reversed(done[:index]):
            if one.interval is None or one.dateline or self.is_background(one):
                continue
            if reference is not None and not future and one.interval.start > reference.end:
                continue
            if self.is_modifier(one):
                modifier = modifier or one.interval
                continue
            if wants_day(here.hit) and GRAIN[one.interval.precision] >= YEAR:
                continue
            return one.interval
        return modifier if not wants_day(here.hit) else None

    def is_background(self, one: Found) -> bool:
        """Whether the time only begins a lasting state ('since 1979'), so that no story goes on from it."""
        if one.interval is None or GRAIN[one.interval.precision] < YEAR:
            return False
        return one.first > 0 and self.doc[one.first - 1].lower_ == "since"

    def is_modifier(self, one: Found) -> bool:
        """Whether the time only tells which thing is meant ('its 1992 peace accord')."""
        return (
            self.doc[one.last].dep_ in ("nummod", "compound", "nmod", "amod", "poss")
            and self.doc[one.last].head.i > one.last
        )


def wants_day(hit: Hit) -> bool:
    """Whether only a day can be pointed at: 'the same day', 'that night'."""
    return hit.pattern.row.id == "same-unit" and (
        hit.get("daypart") is not None or hit.get("oneunit") == "day"
    )


def closest(reading: Reading) -> Interval | None:
    """The dateline's day in the year in which it lies closest to publication, whichever side."""

    if reading.reference is None:
        return None
    day = reading.reference.start
    made = [in_year(reading.hit, year) for year in (day.year - 1, day.year, day.year + 1)]
    return min((one for one in made if one), key=lambda one: abs((one.start - day).days), default=None)


def published_days(document: Document) -> Interval | None:
    """The document's publication date, or what its text tells of it."""
    told = document.published or infer_published(document.text)
    if told is None or told.start is None or told.end is None:
        return None
    return Interval(told.start, told.end, told.precision)


def as_time(one: Found, text: str) -> TimeRef:
    """The expression as a record."""
    span = Span(one.hit.start, one.hit.end)
    interval, rule = one.interval, one.resolved.rule if one.resolved else ""
    if one.dateline:
        rule = "dateline"
    if interval is None:
        return TimeRef(None, None, stated_precision(one), rule, span.cut(text), span)
    return TimeRef(interval.start, interval.end, interval.precision, rule, span.cut(text), span)


def stated_precision(one: Found) -> Precision:
    """The grain that the words of an unresolved expression tell."""
    hit = one.hit
    for slot in ("unit", "oneunit", "plural"):
        if (unit := hit.get(slot)) is not None:
            return grain_of(unit)
    if hit.get("monthname") and not hit.get("day"):
        return Precision.MONTH
    if hit.get("season") or hit.get("fall"):
        return Precision.SEASON
    return Precision.DAY


def find_times(doc: Doc, document: Document) -> list[TimeRef]:
    """Every date expression of the text, in text order, none overlapping.

    Each is resolved at the precision that the words tell, and no finer. Where the days can't be told (a
    relative date without a publication date, 'in recent days') ``start`` and ``end`` are ``None``. A
    dateline's own date has the rule 'dateline': it dates the report, not the acts in it.
    """
    return [as_time(one, document.text) for one in TimeReader(doc, document).read()]
