"""Text in, sourced events out: the only module that knows the order of the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc

from dragoman.assemble import link_repeats
from dragoman.attribution import chain_for, find_claims
from dragoman.entities import EntityFinder
from dragoman.events import PLACE, WHEN, EventReader, Found, casualties_of, pick
from dragoman.parse import Parser
from dragoman.places import PlaceFinder, governing_place
from dragoman.records import Claim, Document, EventMention, Mention, PlaceRef, TimeRef
from dragoman.times import find_times, governing_time, infer_published


@dataclass(frozen=True, slots=True)
class Page:
    """A report as read before its events: everything that an event may point to."""

    document: Document
    doc: Doc
    mentions: Sequence[Mention]
    times: Sequence[TimeRef]
    places: Sequence[PlaceRef]
    claims: Sequence[Claim]


class Coder:
    """Codes documents; holds all models and tables, so make one and keep it."""

    def __init__(self, model: Path | None = None) -> None:
        """``model`` is a folder with a trained reader; without it, the one that Dragoman ships is used."""
        self.parser = Parser()
        self.entities = EntityFinder()
        self.places = PlaceFinder()
        self.reader = EventReader(model) if model else EventReader()

    def code(self, document: Document) -> list[EventMention]:
        """The document's event mentions, in text order."""
        page = self.read(document)
        found = self.reader.find(page.doc, page.document, page.mentions)
        return link_repeats([self.complete(one, page) for one in found], page.document)

    def dated(self, document: Document) -> Document:
        """The document with its day of publication told from the text, where nothing else told it."""
        if document.published is not None:
            return document
        return replace(document, published=infer_published(document.text))

    def read(self, document: Document) -> Page:
        """The document parsed, with who, when, where and who says so found in it."""
        doc = self.parser.parse(document)
        document = self.dated(document)
        mentions = self.entities.find(doc, document)
        return Page(
            document=document,
            doc=doc,
            mentions=mentions,
            times=find_times(doc, document),
            places=self.places.find(doc, document),
            claims=find_claims(doc, document, mentions),
        )

    def complete(self, found: Found, page: Page) -> EventMention:
        """The event mention with date, place, sources and casualties."""
        mention = found.mention
        thresholds = self.reader.network.config.thresholds
        when = pick(
            page.doc,
            found,
            page.times,
            WHEN,
            governing_time(page.doc, found.word, page.times),
            thresholds["when"],
            thresholds["when_trust"],
        )
        where = pick(
            page.doc,
            found,
            page.places,
            PLACE,
            governing_place(page.doc, found.word, page.places),
            thresholds["place"],
            thresholds["place_trust"],
        )
        names = [party.entity.name for party in mention.actors] + [party.text for party in mention.actors]
        return replace(
            mention,
            date=when,
            place=where,
            attribution=chain_for(mention.trigger, page.claims, names, mention.event_type, mention.status),
            casualties=casualties_of(page.doc, mention.trigger, mention.event_type),
        )
