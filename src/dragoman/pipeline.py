"""Text in, sourced events out: the only module that knows the order of the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from dragoman.assemble import check_confidence, keep_confident, link_repeats
from dragoman.attribution import StatusHint, chain_for, find_claims, holds, order_chain, status_hints
from dragoman.entities import EntityFinder
from dragoman.events import NO_AGE, Candidates, EventReader, Floats, Found, Reading, candidates_of, syntax_of
from dragoman.explaining import explain
from dragoman.gating import load_gate
from dragoman.parse import Parser
from dragoman.places import PlaceFinder, governing_place
from dragoman.reasons import Explanation
from dragoman.records import (
    Coded,
    Document,
    EventMention,
    Precision,
    Span,
    Status,
    TimeRef,
)
from dragoman.ties import find_statements
from dragoman.times import find_times, governing_time, infer_published
from dragoman.workings import Judged, Page, StatusReading, Workings

GRAINS = tuple(Precision)
PLACE_KINDS = ("point", "city", "admin1", "country", "region")
SOURCE_KINDS = ("person", "office", "body", "outlet", "document", "crowd", "unnamed")
PLACE_RULES = (
    "", "gazetteer", "named-in-context", "described", "place-noun", "of-people", "the-capital", "the-city",
)  # fmt: skip
"""The ways in which a place may have been read that the models tell apart; the first stands for others."""
USUAL_AGE = 2
HALF = 0.5
STATUS_HINT = 0.3
"""What the status operators weigh beside the network, which has 1 to give; set on held-back reports."""


@dataclass(frozen=True, slots=True)
class Act:
    """What of an event its circumstances hang on; gold in training, found otherwise."""

    word: int
    trigger: Span
    event_type: str
    status: Status
    actor_names: Sequence[str]


class Desk:
    """Reads a report up to its events; holds the language model and the tables."""

    def __init__(self) -> None:
        self.parser = Parser()
        self.entities = EntityFinder()
        self.places = PlaceFinder()

    def read(self, document: Document) -> Page:
        """The document parsed, with who, when, where and who says so found in it."""
        document = dated(document)
        doc = self.parser.parse(document)
        mentions = self.entities.find(doc, document)
        return Page(
            document=document,
            doc=doc,
            mentions=mentions,
            times=[time for time in find_times(doc, document) if time.span and time.rule != "dateline"],
            places=[place for place in self.places.find(doc, document, mentions) if place.rule != "dateline"],
            claims=[
                claim
                for claim in find_claims(doc, document, mentions)
                if claim.source.name and claim.source.span and not claim.rule.startswith("relay/")
            ],
        )


class Coder:
    """Codes documents; holds all models and tables, so make one and keep it."""

    def __init__(
        self, model: Path | None = None, min_confidence: float = 0.0, read_everything: bool = False
    ) -> None:
        """``model`` is a folder with a trained reader; without it, the one that Dragoman ships is used.

        Events whose confidence is below ``min_confidence`` (0 to 1) are left out. Reports whose words say
        that they hold no event (sport, weather, recipes) are not parsed, unless ``read_everything``.
        """
        self.gate = None if read_everything else load_gate()
        self.min_confidence = check_confidence(min_confidence)
        self.desk = Desk()
        self.reader = EventReader(model) if model else EventReader()

    def code(self, document: Document, min_confidence: float | None = None) -> list[EventMention]:
        """The document's event mentions, in text order.

        ``min_confidence`` stands in for the coder's own for this document. What is left out is no longer
        pointed to by what stays, and the ids of what stays are the same as without it.
        """
        return list(self.record(document, min_confidence).mentions)

    def record(self, document: Document, min_confidence: float | None = None) -> Coded:
        """The same event mentions as ``code`` gives, and what the document says of standing ties."""
        least = self.least(min_confidence)
        if not self.is_read(document):
            return Coded()
        page = self.desk.read(document)
        statements = find_statements(
            page.doc, page.document, page.mentions, page.times, page.places, page.claims
        )
        return Coded(tuple(keep_confident(self.mentions(page), least)), tuple(statements))

    def is_read(self, document: Document) -> bool:
        """Whether the document is read at all, or its words say that it holds no event."""
        return self.gate is None or self.gate.lets_in(document)

    def explain(self, document: Document, min_confidence: float | None = None) -> Explanation:
        """The same event mentions as ``code`` gives, each with its reasons, and what was passed over."""
        least = self.least(min_confidence)
        if not self.is_read(document):
            return Explanation(dated(document), self.reader.name)
        workings = Workings(self.desk.read(document))
        every = self.mentions(workings.page, workings)
        return explain(workings, every, keep_confident(every, least), self.reader, least)

    def least(self, min_confidence: float | None) -> float:
        """The confidence that is asked for: the coder's own where nothing else is said."""
        return self.min_confidence if min_confidence is None else check_confidence(min_confidence)

    def mentions(self, page: Page, workings: Workings | None = None) -> list[EventMention]:
        """All event mentions of a report that has been read; the workings, if given, keep the steps."""
        notes = workings.notes if workings else None
        found = self.reader.find(page.doc, page.document, page.mentions, notes)
        found = self.with_status(found, page, workings)
        return link_repeats(self.complete(found, page, workings), page.document)

    def dated(self, document: Document) -> Document:
        """The document with its day of publication told from the text, where nothing else told it."""
        return dated(document)

    def with_status(
        self, found: Sequence[Found], page: Page, workings: Workings | None = None
    ) -> list[Found]:
        """The events with the status that the network and the operators over the trigger give together."""
        triggers = [one.mention.trigger for one in found]
        hints = status_hints(page.doc, triggers, [one.mention.event_type for one in found])
        names = self.reader.network.config.statuses
        told = [judge_status(names, one.reading, hint) for one, hint in zip(found, hints, strict=True)]
        if workings is not None:
            workings.statuses = told
        return [self.with_its_status(one, status) for one, status in zip(found, told, strict=True)]

    def with_its_status(self, found: Found, told: StatusReading) -> Found:
        """The event with that status, the rows that spoke for it, and how sure it is."""
        mention = found.mention
        sure = self.reader.field_confidence("status", told.chance)
        mention = replace(
            mention,
            status=told.status,
            rules=mention.rules + (told.hint.rules if told.hint.status is told.status else ()),
            field_confidence=replace(mention.field_confidence, status=sure),
        )
        return replace(found, mention=mention)

    def complete(
        self, found: Sequence[Found], page: Page, workings: Workings | None = None
    ) -> list[EventMention]:
        """The event mentions with date, place and sources."""
        acts = [act_of(one) for one in found]
        readings: list[Reading] = [one.reading for one in found]
        syntax = syntax_of(page.doc)
        reader = self.reader
        times, places, claims = (make(page, acts) for make in CANDIDATES)
        when = reader.when.judge(syntax, readings, times)
        where = reader.where.judge(syntax, readings, places)
        via = reader.via.judge(syntax, readings, claims)
        if workings is not None:
            workings.found = found
            workings.when, workings.where = Judged(times, when), Judged(places, where)
            workings.via = Judged(claims, via)
        mentions = []
        for number, one in enumerate(found):
            time, place = reader.when.best(when[number]), reader.where.best(where[number])
            sources = [page.claims[claim] for claim in reader.via.all(via[number])]
            sure = replace(
                one.mention.field_confidence,
                date=self.sure_of("date", when[number], dated_by(page, time)),
                place=self.sure_of("place", where[number], place),
            )
            mentions.append(
                replace(
                    one.mention,
                    date=None if time is None else page.times[time],
                    place=None if place is None else page.places[place],
                    attribution=order_chain(sources),
                    field_confidence=sure,
                )
            )
        return mentions

    def sure_of(self, name: str, chances: Floats, taken: int | None) -> float | None:
        """How often this field was right where the one taken had this chance; ``None`` if none was taken."""
        return None if taken is None else self.reader.field_confidence(name, float(chances[taken]))


def dated_by(page: Page, time: int | None) -> int | None:
    """The number of the time if it tells days: words that stay unresolved can't be right or wrong."""
    return time if time is not None and page.times[time].start else None


def judge_status(names: Sequence[str], reading: Reading, hint: StatusHint) -> StatusReading:
    """The likeliest status by network and operators together."""
    weights = dict(zip(map(Status, names), reading.statuses.tolist(), strict=True))
    if hint.status is not None:
        weights[hint.status] += 1.0 if hint.sure else STATUS_HINT
    return StatusReading(max(weights, key=lambda name: weights[name]), weights, hint)


def dated(document: Document) -> Document:
    """The document with its day of publication told from the text, where nothing else told it."""
    if document.published is not None:
        return document
    return replace(document, published=infer_published(document.text))


def act_of(found: Found) -> Act:
    """What the circumstances of a found event hang on."""
    one = found.mention
    names = [party.entity.name for party in one.actors] + [party.text for party in one.actors]
    return Act(found.word, one.trigger, one.event_type, one.status, names)


def time_candidates(page: Page, acts: Sequence[Act]) -> Candidates:
    """The report's dates, with what syntax says about each event."""
    hints = np.zeros((len(acts), len(page.times)), dtype=np.float32)
    for number, act in enumerate(acts):
        governing = governing_time(page.doc, act.word, page.times)
        if governing is not None:
            hints[number, page.times.index(governing)] = 1.0
    kinds = [GRAINS.index(time.precision) for time in page.times]
    return candidates_of(
        page.doc,
        [time.span for time in page.times if time.span],
        kinds,
        hints,
        values=[(time.start, time.end) if time.start else time for time in page.times],
        days=[days_of(time, page.document.published) for time in page.times],
    )


def days_of(time: TimeRef, published: TimeRef | None) -> tuple[int, int]:
    """How many days before publication the date ends, and how many it has.

    Words that stay unresolved for want of a publication date ('on Wednesday') are judged as the recent day
    that such words mean where there is one.
    """
    if time.start is None or time.end is None:
        return USUAL_AGE, 1
    length = (time.end - time.start).days + 1
    if published is None or published.end is None:
        return NO_AGE, length
    return (published.end - time.end).days, length


def place_candidates(page: Page, acts: Sequence[Act]) -> Candidates:
    """The report's places, with what syntax says about each event."""
    hints = np.zeros((len(acts), len(page.places)), dtype=np.float32)
    for number, act in enumerate(acts):
        governing = governing_place(page.doc, act.word, page.places)
        if governing is not None:
            hints[number, page.places.index(governing)] = 1.0
    kinds = [PLACE_KINDS.index(place.precision) for place in page.places]
    return candidates_of(
        page.doc,
        [place.span for place in page.places],
        kinds,
        hints,
        values=[(place.name, place.country) for place in page.places],
        rules=[PLACE_RULES.index(place.rule) if place.rule in PLACE_RULES else 0 for place in page.places],
    )


def source_candidates(page: Page, acts: Sequence[Act]) -> Candidates:
    """The report's claims, with whether their sources are in the chain that the rules give for each event."""
    hints = np.zeros((len(acts), len(page.claims)), dtype=np.float32)
    acting = np.zeros(hints.shape, dtype=bool)
    names = [claim.source.name.casefold() for claim in page.claims]
    for number, act in enumerate(acts):
        chain = chain_for(act.trigger, page.claims, act.actor_names, act.event_type, act.status)
        told = {source.name.casefold() for source in chain}
        actors = [name.casefold() for name in act.actor_names]
        for one, (claim, name) in enumerate(zip(page.claims, names, strict=True)):
            if holds(claim, act.trigger):
                hints[number, one] = 1.0 if name in told else HALF
            acting[number, one] = any(other in name or name in other for other in actors if other)
    kinds = [SOURCE_KINDS.index(claim.source.kind) for claim in page.claims]
    spans = [claim.source.span for claim in page.claims if claim.source.span]
    return candidates_of(page.doc, spans, kinds, hints, acting, values=names)


CANDIDATES = (time_candidates, place_candidates, source_candidates)
