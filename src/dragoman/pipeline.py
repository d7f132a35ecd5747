"""Text in, sourced events out: the only module that knows the order of the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from dragoman.assemble import link_repeats
from dragoman.attribution import chain_for, find_claims, holds, order_chain, status_hints
from dragoman.entities import EntityFinder
from dragoman.events import Candidates, EventReader, Found, Reading, candidates_of, syntax_of
from dragoman.parse import Parser
from dragoman.places import PlaceFinder, governing_place
from dragoman.records import (
    Claim,
    Document,
    EventMention,
    Mention,
    PlaceRef,
    Precision,
    Span,
    Status,
    TimeRef,
)
from dragoman.times import find_times, governing_time, infer_published

GRAINS = tuple(Precision)
PLACE_KINDS = ("point", "city", "admin1", "country", "region")
SOURCE_KINDS = ("person", "office", "body", "outlet", "document", "crowd", "unnamed")
HALF = 0.5
STATUS_HINT = 0.3
"""What the status operators weigh beside the network, which has 1 to give; set on held-back reports."""


@dataclass(frozen=True, slots=True)
class Page:
    """A report as read before its events: everything that an event may point to."""

    document: Document
    doc: Doc
    mentions: Sequence[Mention]
    times: Sequence[TimeRef]
    places: Sequence[PlaceRef]
    claims: Sequence[Claim]


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

    def __init__(self, model: Path | None = None) -> None:
        """``model`` is a folder with a trained reader; without it, the one that Dragoman ships is used."""
        self.desk = Desk()
        self.reader = EventReader(model) if model else EventReader()

    def code(self, document: Document) -> list[EventMention]:
        """The document's event mentions, in text order."""
        page = self.desk.read(document)
        found = self.with_status(self.reader.find(page.doc, page.document, page.mentions), page)
        return link_repeats(self.complete(found, page), page.document)

    def dated(self, document: Document) -> Document:
        """The document with its day of publication told from the text, where nothing else told it."""
        return dated(document)

    def with_status(self, found: Sequence[Found], page: Page) -> list[Found]:
        """The events with the status that the network and the operators over the trigger give together."""
        triggers = [one.mention.trigger for one in found]
        hints = status_hints(page.doc, triggers, [one.mention.event_type for one in found])
        statuses = [Status(name) for name in self.reader.network.config.statuses]
        out = []
        for one, hint in zip(found, hints, strict=True):
            chances = dict(zip(statuses, one.reading.statuses.tolist(), strict=True))
            if hint.status is not None:
                chances[hint.status] += STATUS_HINT
            status = max(chances, key=lambda name: chances[name])
            rules = hint.rules if hint.status is status else ()
            mention = replace(one.mention, status=status, rules=one.mention.rules + rules)
            out.append(replace(one, mention=mention))
        return out

    def complete(self, found: Sequence[Found], page: Page) -> list[EventMention]:
        """The event mentions with date, place and sources."""
        acts = [act_of(one) for one in found]
        readings: list[Reading] = [one.reading for one in found]
        syntax = syntax_of(page.doc)
        when = self.reader.when.judge(syntax, readings, time_candidates(page, acts))
        where = self.reader.where.judge(syntax, readings, place_candidates(page, acts))
        via = self.reader.via.judge(syntax, readings, source_candidates(page, acts))
        mentions = []
        for number, one in enumerate(found):
            time, place = self.reader.when.best(when[number]), self.reader.where.best(where[number])
            sources = [page.claims[claim] for claim in self.reader.via.all(via[number])]
            mentions.append(
                replace(
                    one.mention,
                    date=None if time is None else page.times[time],
                    place=None if place is None else page.places[place],
                    attribution=order_chain(sources),
                )
            )
        return mentions


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
    kinds = [GRAINS.index(time.precision) if time.start else len(GRAINS) for time in page.times]
    return candidates_of(page.doc, [time.span for time in page.times if time.span], kinds, hints)


def place_candidates(page: Page, acts: Sequence[Act]) -> Candidates:
    """The report's places, with what syntax says about each event."""
    hints = np.zeros((len(acts), len(page.places)), dtype=np.float32)
    for number, act in enumerate(acts):
        governing = governing_place(page.doc, act.word, page.places)
        if governing is not None:
            hints[number, page.places.index(governing)] = 1.0
    kinds = [PLACE_KINDS.index(place.precision) for place in page.places]
    return candidates_of(page.doc, [place.span for place in page.places], kinds, hints)


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
    return candidates_of(page.doc, spans, kinds, hints, acting)
