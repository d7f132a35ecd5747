"""The wire formats: an event mention, or an explanation, as plain data with every key present."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dragoman.errors import InputError
from dragoman.reasons import Explanation
from dragoman.records import (
    Casualties,
    Count,
    Document,
    Entity,
    EventMention,
    Party,
    PlaceRef,
    Precision,
    Source,
    Span,
    Stance,
    Status,
    TimeRef,
)

SCHEMA = "dragoman/event-mention/1"
EXPLANATION_SCHEMA = "dragoman/explanation/1"
Wire = dict[str, Any]


def to_wire(mention: EventMention, document: Document) -> Wire:
    """The event mention as data for JSON, in the order of the format's description."""
    return {
        "schema": SCHEMA,
        "id": mention.id,
        "document_id": mention.document_id,
        "path": document.path,
        "outlet": document.outlet,
        "published": day_or_interval(document.published),
        "event_type": mention.event_type,
        "mode": mention.mode,
        "contexts": list(mention.contexts),
        "actors": [party_out(party) for party in mention.actors],
        "recipients": [party_out(party) for party in mention.recipients],
        "status": str(mention.status),
        "attribution": [source_out(source) for source in mention.attribution],
        "date": date_out(mention.date),
        "place": place_out(mention.place),
        "casualties": {
            "killed": count_out(mention.casualties.killed),
            "injured": count_out(mention.casualties.injured),
        },
        "score": mention.score,
        "quad": mention.quad,
        "trigger": {**bounds(mention.trigger), "text": mention.trigger.cut(document.text)},
        "span": bounds(mention.span),
        "rules": list(mention.rules),
        "confidence": mention.confidence,
        "same_as": mention.same_as,
        "responds_to": mention.responds_to,
    }


def from_wire(wire: Wire) -> EventMention:
    """The event mention that the data describe; ``to_wire`` gives the same data back.

    Raises ``InputError`` for another schema or a missing key.
    """
    if wire.get("schema") != SCHEMA:
        raise InputError(f"the schema is {wire.get('schema')!r}, not {SCHEMA!r}", "code the report again")
    try:
        return read_wire(wire)
    except (KeyError, TypeError, ValueError) as fault:
        raise InputError(f"this is no event mention: {fault!r}", "code the report again") from None


def read_wire(wire: Wire) -> EventMention:
    """The record, where every key is there."""
    return EventMention(
        id=wire["id"],
        document_id=wire["document_id"],
        trigger=between(wire["trigger"]),
        span=between(wire["span"]),
        event_type=wire["event_type"],
        mode=wire["mode"],
        contexts=tuple(wire["contexts"]),
        actors=tuple(map(party_in, wire["actors"])),
        recipients=tuple(map(party_in, wire["recipients"])),
        status=Status(wire["status"]),
        attribution=tuple(map(source_in, wire["attribution"])),
        date=date_in(wire["date"]),
        place=place_in(wire["place"]),
        casualties=Casualties(
            count_in(wire["casualties"]["killed"]), count_in(wire["casualties"]["injured"])
        ),
        score=wire["score"],
        quad=wire["quad"],
        rules=tuple(wire["rules"]),
        confidence=wire["confidence"],
        same_as=wire["same_as"],
        responds_to=wire["responds_to"],
    )


def day_or_interval(when: TimeRef | None) -> str | None:
    """'2024-10-30' for a day, '2024-10-01/2024-10-31' for more, ``None`` for nothing known."""
    if when is None or when.start is None:
        return None
    end = when.end or when.start
    return when.start.isoformat() if end == when.start else f"{when.start.isoformat()}/{end.isoformat()}"


def bounds(span: Span) -> Wire:
    """Start and end of a span."""
    return {"start": span.start, "end": span.end}


def span_out(span: Span | None) -> Wire | None:
    """Start and end of a span, where there is one."""
    return None if span is None else bounds(span)


def between(wire: Wire) -> Span:
    """The span of start and end."""
    return Span(wire["start"], wire["end"])


def span_in(wire: Wire | None) -> Span | None:
    """The span of start and end, where there is one."""
    return None if wire is None else between(wire)


def party_out(party: Party) -> Wire:
    """An actor or recipient."""
    return {
        "entity_id": party.entity.id,
        "name": party.entity.name,
        "text": party.text,
        "country": party.entity.country,
        "sector": party.entity.sector,
        "role": party.entity.role,
        "span": span_out(party.span),
    }


def party_in(wire: Wire) -> Party:
    """The party; what kind of entity it is, is told by the prefix of its id."""
    prefix, colon, _ = wire["entity_id"].partition(":")
    entity = Entity(
        id=wire["entity_id"],
        name=wire["name"],
        country=wire["country"],
        sector=wire["sector"],
        kind=prefix if colon else "country",
        role=wire["role"],
    )
    return Party(entity, wire["text"], span_in(wire["span"]))


def source_out(source: Source) -> Wire:
    """One link of the chain of who says so."""
    return {
        "name": source.name,
        "kind": source.kind,
        "country": source.country,
        "verb": source.verb,
        "stance": str(source.stance),
        "span": span_out(source.span),
    }


def source_in(wire: Wire) -> Source:
    """The link."""
    return Source(
        name=wire["name"],
        kind=wire["kind"],
        country=wire["country"],
        verb=wire["verb"],
        stance=Stance(wire["stance"]),
        span=span_in(wire["span"]),
    )


def date_out(when: TimeRef | None) -> Wire | None:
    """The event's date; start and end are null where the words could not be resolved."""
    if when is None:
        return None
    return {
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "precision": str(when.precision),
        "text": when.text,
        "rule": when.rule,
        "span": span_out(when.span),
    }


def date_in(wire: Wire | None) -> TimeRef | None:
    """The date."""
    if wire is None:
        return None
    start, end = (date.fromisoformat(wire[key]) if wire[key] else None for key in ("start", "end"))
    return TimeRef(
        start, end, Precision(wire["precision"]), wire["rule"], wire["text"], span_in(wire["span"])
    )


def place_out(place: PlaceRef | None) -> Wire | None:
    """Where the event happened."""
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "geonames_id": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
        "span": span_out(place.span),
    }


def place_in(wire: Wire | None) -> PlaceRef | None:
    """The place; the rule that resolved it is not in the format."""
    if wire is None:
        return None
    return PlaceRef(
        name=wire["name"],
        country=wire["country"],
        precision=wire["precision"],
        span=between(wire["span"]),
        admin1=wire["admin1"],
        geonames_id=wire["geonames_id"],
        lat=wire["lat"],
        lon=wire["lon"],
    )


def count_out(count: Count | None) -> Wire | None:
    """A number of people as a range."""
    return None if count is None else {"low": count.low, "high": count.high}


def count_in(wire: Wire | None) -> Count | None:
    """The range."""
    return None if wire is None else Count(wire["low"], wire["high"])


def explanation_to_wire(explanation: Explanation) -> Wire:
    """The explanation as data for JSON: the fields of its records, each mention in the wire format."""
    document = explanation.document
    return {
        "schema": EXPLANATION_SCHEMA,
        "document_id": document.id,
        "path": document.path,
        "outlet": document.outlet,
        "published": day_or_interval(document.published),
        "reader": explanation.reader,
        "events": [
            {
                "mention": to_wire(one.mention, document),
                "field_confidence": plain(one.mention.field_confidence),
                **{name: plain(getattr(one, name)) for name in names_of(one) if name != "mention"},
            }
            for one in explanation.events
        ],
        "passed_over": plain(explanation.passed_over),
    }


def plain(value: Any) -> Any:
    """A record as data for JSON."""
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in names_of(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, StrEnum) else value


def names_of(record: Any) -> list[str]:
    """The names of a record's fields, in order."""
    return [field.name for field in fields(record)]
