"""Records to the rows of tables, and back: what is stored comes back equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pyarrow as pa

from dragoman.output import wire
from dragoman.records import (
    Casualties,
    Count,
    Document,
    Entity,
    EventMention,
    FieldConfidence,
    Party,
    PlaceRef,
    Precision,
    Problem,
    Span,
    Status,
    TieStatement,
    TimeRef,
)

Row = dict[str, Any]
MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with what the corpus keeps beside it.

    ``published`` is the day of publication that the coder went by, told from the text where the document
    itself does not say it. ``why_not`` says why the document was not coded ('language: fr'), and is ``None``
    where it was. ``copy`` is the document that this one repeats, and what share of it (0 to 1).
    ``statements`` are words of the document that say that a tie holds. ``kept`` are rows of mentions, and
    ``kept_statements`` of statements, taken over as they are, with the coder that made them.
    """

    document: Document
    published: TimeRef | None = None
    mentions: tuple[EventMention, ...] = ()
    why_not: str | None = None
    copy: tuple[str, float] | None = None
    kept: tuple[Row, ...] = ()
    statements: tuple[TieStatement, ...] = ()
    kept_statements: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every row of a batch bears: who made it, in which run and batch, and when."""

    run_id: str
    batch: str
    coder: str
    at: datetime


def to_table(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """The rows as a table; halves of surrogate pairs, which no table can hold, become '?'."""
    rows = list(rows)
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        return pa.Table.from_pylist([encodable(row) for row in rows], schema=schema)


def encodable(value: Any) -> Any:
    """The value with all texts in it such that UTF-8 can hold them; lengths stay."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {name: encodable(one) for name, one in value.items()}
    return [encodable(one) for one in value] if isinstance(value, list) else value


def document_row(entry: Entry, stamp: Stamp) -> Row:
    """A row of ``documents``."""
    one, published = entry.document, entry.published
    copy_of, copy_share = entry.copy or (None, None)
    return {
        "id": one.id,
        "text": one.text,
        "original": one.original,
        "original_hash": original_hash(one.original),
        "path": one.path,
        "address": one.address,
        "outlet": one.outlet,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "published_precision": str(published.precision) if published else None,
        "published_rule": published.rule if published else None,
        "published_text": published.text if published else None,
        "published_span": wire.span_out(published.span) if published else None,
        "published_inferred": published is not None and one.published is None,
        "modified": one.modified,
        "language": one.language,
        "coded": entry.why_not is None,
        "why_not": entry.why_not,
        "title": one.title.cut(one.text) if one.title else None,
        "title_span": wire.span_out(one.title),
        "dateline_span": wire.span_out(one.dateline),
        "notes": list(one.notes),
        "copy_of": copy_of,
        "copy_share": copy_share,
        "words": len(one.text.split()),
        "run_id": stamp.run_id,
        "batch": stamp.batch,
        "added_at": stamp.at,
    }


def document_in(row: Mapping[str, Any]) -> Document:
    """The document of a row, as intake gave it: a day of publication told from the text is left out."""
    published = None
    if row["published_precision"] and not row["published_inferred"]:
        published = TimeRef(
            row["published_start"],
            row["published_end"],
            Precision(row["published_precision"]),
            row["published_rule"],
            row["published_text"],
            wire.span_in(row["published_span"]),
        )
    return Document(
        id=row["id"],
        text=row["text"],
        path=row["path"],
        outlet=row["outlet"],
        published=published,
        title=wire.span_in(row["title_span"]),
        dateline=wire.span_in(row["dateline_span"]),
        language=row["language"],
        notes=tuple(row["notes"]),
        address=row["address"],
        modified=row["modified"],
        original=row["original"],
    )


def original_hash(original: str | None) -> str | None:
    """SHA-256 of the original in UTF-8."""
    if original is None:
        return None
    return hashlib.sha256(original.encode("utf-8", "replace")).hexdigest()


def mention_rows(entry: Entry, stamp: Stamp) -> list[Row]:
    """Rows of ``event_mentions`` for one document."""
    made = [mention_row(mention, entry, stamp) for mention in entry.mentions]
    kept = [{**row, "run_id": stamp.run_id, "batch": stamp.batch} for row in entry.kept]
    return made + kept


def mention_row(mention: EventMention, entry: Entry, stamp: Stamp) -> Row:
    """A row of ``event_mentions``: the wire format, and columns to search by."""
    document, published = entry.document, entry.published
    return {
        "id": mention.id,
        "document_id": document.id,
        "path": document.path,
        "outlet": document.outlet,
        "published": wire.day_or_interval(published),
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "event_type": mention.event_type,
        "mode": mention.mode,
        "contexts": list(mention.contexts),
        "actors": [party_out(party) for party in mention.actors],
        "recipients": [party_out(party) for party in mention.recipients],
        "actor_countries": countries(mention.actors),
        "recipient_countries": countries(mention.recipients),
        "status": str(mention.status),
        "attribution": [wire.source_out(source) for source in mention.attribution],
        "date": time_out(mention.date),
        "place": place_out(mention.place),
        "casualties": {
            "killed": count_out(mention.casualties.killed),
            "injured": count_out(mention.casualties.injured),
        },
        "score": mention.score,
        "quad": mention.quad,
        "trigger": {**wire.bounds(mention.trigger), "text": mention.trigger.cut(document.text)},
        "span": wire.bounds(mention.span),
        "rules": list(mention.rules),
        "confidence": mention.confidence,
        "same_as": mention.same_as,
        "responds_to": mention.responds_to,
        "coder": stamp.coder,
        "run_id": stamp.run_id,
        "batch": stamp.batch,
        "field_confidence": confidence_out(mention.field_confidence),
    }


def mention_in(row: Mapping[str, Any]) -> EventMention:
    """The event mention of a row."""
    killed, injured = (wire.count_in(row["casualties"][name]) for name in ("killed", "injured"))
    return EventMention(
        id=row["id"],
        document_id=row["document_id"],
        trigger=Span(row["trigger"]["start"], row["trigger"]["end"]),
        span=Span(row["span"]["start"], row["span"]["end"]),
        event_type=row["event_type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        actors=tuple(map(party_in, row["actors"])),
        recipients=tuple(map(party_in, row["recipients"])),
        status=Status(row["status"]),
        attribution=tuple(map(wire.source_in, row["attribution"])),
        date=time_in(row["date"]),
        place=place_in(row["place"]),
        casualties=Casualties(killed, injured),
        score=row["score"],
        quad=row["quad"],
        rules=tuple(row["rules"]),
        confidence=row["confidence"],
        same_as=row["same_as"],
        responds_to=row["responds_to"],
        field_confidence=FieldConfidence(**(row.get("field_confidence") or {})),
    )


def problem_row(problem: Problem, stamp: Stamp) -> Row:
    """A row of ``problems``."""
    return {
        "path": problem.path,
        "reason": problem.reason,
        "remedy": problem.remedy,
        "run_id": stamp.run_id,
        "batch": stamp.batch,
        "at": stamp.at,
    }


def countries(parties: Iterable[Party]) -> str | None:
    """The parties' countries in one text to search by: 'ARM AZE', sorted, each once; ``None`` for none."""
    found = sorted({party.entity.country for party in parties if party.entity.country})
    return " ".join(found) or None


def party_out(party: Party) -> Row:
    """An actor or recipient; the wire format does not say what kind of entity it is."""
    return {**wire.party_out(party), "kind": party.entity.kind}


def party_in(row: Row) -> Party:
    """The party."""
    entity = Entity(row["entity_id"], row["name"], row["country"], row["sector"], row["kind"], row["role"])
    return Party(entity, row["text"], wire.span_in(row["span"]))


def time_out(when: TimeRef | None) -> Row | None:
    """The event's date."""
    if when is None:
        return None
    return {
        "start": when.start,
        "end": when.end,
        "precision": str(when.precision),
        "text": when.text,
        "rule": when.rule,
        "span": wire.span_out(when.span),
    }


def time_in(row: Row | None) -> TimeRef | None:
    """The date."""
    if row is None:
        return None
    precision = Precision(row["precision"])
    return TimeRef(row["start"], row["end"], precision, row["rule"], row["text"], wire.span_in(row["span"]))


def place_out(place: PlaceRef | None) -> Row | None:
    """Where the event happened; the wire format does not say by which rule the place was read."""
    told = wire.place_out(place)
    return None if told is None or place is None else {**told, "rule": place.rule}


def place_in(row: Row | None) -> PlaceRef | None:
    """The place."""
    place = wire.place_in(row)
    return None if place is None or row is None else replace(place, rule=row["rule"])


def count_out(count: Count | None) -> Row | None:
    """A number of people as a range; absurd numbers are cut to what the column holds."""
    if count is None:
        return None
    return {"low": min(count.low, MOST), "high": None if count.high is None else min(count.high, MOST)}


def confidence_out(sure: FieldConfidence) -> Row:
    """How sure the fields are."""
    return {"who": sure.who, "status": sure.status, "date": sure.date, "place": sure.place}
