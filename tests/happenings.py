"""Rows of event mentions made by hand, as the corpus's table has them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.assemble import Telling
from dragoman.records import (
    Casualties,
    Count,
    Entity,
    EventMention,
    Party,
    PlaceRef,
    Precision,
    Source,
    Span,
    Status,
    TimeRef,
)

COORDINATES = {"Senafe": (14.70, 39.43), "Badme": (14.72, 37.80), "Vienna": (48.21, 16.37)}
DAY = date(2020, 10, 5)


def day(offset: int = 0) -> date:
    """The fifth of October 2020, or so many days later."""
    return DAY + timedelta(days=offset)


def party_row(code: str) -> dict[str, Any]:
    """'ARM', 'ARM/GOV', 'ARM/GOV person:nikol-pashinyan'."""
    place, _, named = code.partition(" ")
    country, _, sector = place.partition("/")
    name = named.partition(":")[2].replace("-", " ").title() if named else country
    return {
        "entity_id": named or country,
        "name": name,
        "text": name,
        "country": country,
        "sector": sector or None,
        "role": None,
        "kind": named.partition(":")[0] if named else "country",
        "span": None,
    }


def row(
    document: str,
    act: str = "CONSULT",
    who: str = "ARM>AZE",
    trigger: str = "met",
    at: int = 10,
    **more: Any,
) -> dict[str, Any]:
    """A row: ``when`` is a day or a pair of days; ``where`` 'Ganja, AZE'; sides are parted by ';'."""
    kind, _, mode = act.partition("/")
    actors, _, recipients = who.partition(">")
    when, where = more.pop("when", None), more.pop("where", None)
    published = more.pop("published", day())
    start, end = when if isinstance(when, tuple) else (when, when)
    name, _, country = (where or "").partition(", ")
    grain = more.pop("grain", "city")
    made = {
        "id": f"{document}-{at}-{kind}",
        "document_id": document,
        "outlet": more.pop("outlet", document),
        "published_start": published,
        "published_end": published,
        "event_type": kind,
        "mode": mode or None,
        "contexts": list(more.pop("contexts", ())),
        "actors": [party_row(code) for code in actors.split(";") if code],
        "recipients": [party_row(code) for code in recipients.split(";") if code],
        "status": more.pop("status", "asserted"),
        "attribution": more.pop("via", []),
        "date": {"start": start, "end": end, "precision": "day", "text": "", "rule": "", "span": None}
        if start
        else None,
        "place": {
            "name": name,
            "country": country,
            "admin1": more.pop("admin1", None),
            "geonames_id": None,
            "lat": COORDINATES.get(name, (None, None))[0],
            "lon": COORDINATES.get(name, (None, None))[1],
            "precision": grain,
            "span": None,
        }
        if where
        else None,
        "casualties": {
            name: {"low": count, "high": count} if (count := more.pop(name, None)) is not None else None
            for name in ("killed", "injured")
        },
        "trigger": {"start": at, "end": at + len(trigger), "text": trigger},
        "span": {"start": max(0, at - 10), "end": at + 100},
        "same_as": more.pop("same_as", None),
        "passage": more.pop("passage", ""),
        "copy_of": more.pop("copy_of", None),
        "confidence": more.pop("confidence", 0.9),
    }
    assert not more, more
    return made


def party_of(one: dict[str, Any]) -> Party:
    """The party of a row."""
    entity = Entity(one["entity_id"], one["name"], one["country"], one["sector"], one["kind"], one["role"])
    return Party(entity, one["text"], None)


def telling_of(one: dict[str, Any], dateline: str = "") -> Telling:
    """The mention of a row with what is known of its document."""
    when, where = one["date"], one["place"]
    counts = {
        name: Count(count["low"], count["high"]) if count else None
        for name, count in one["casualties"].items()
    }
    mention = EventMention(
        id=one["id"],
        document_id=one["document_id"],
        trigger=Span(one["trigger"]["start"], one["trigger"]["end"]),
        span=Span(one["span"]["start"], one["span"]["end"]),
        event_type=one["event_type"],
        mode=one["mode"],
        contexts=tuple(one["contexts"]),
        actors=tuple(map(party_of, one["actors"])),
        recipients=tuple(map(party_of, one["recipients"])),
        status=Status(one["status"]),
        attribution=tuple(
            source if isinstance(source, Source) else said(source) for source in one["attribution"]
        ),
        date=TimeRef(when["start"], when["end"], Precision.DAY, "") if when else None,
        place=PlaceRef(where["name"], where["country"], where["precision"], Span(0, 1)) if where else None,
        casualties=Casualties(**counts),
        confidence=one["confidence"],
        same_as=one["same_as"],
    )
    return Telling(
        mention,
        one["outlet"],
        one["published_start"],
        one["published_end"],
        one["copy_of"],
        one["trigger"]["text"],
        one["passage"],
        dateline,
    )


def said(words: str) -> Source:
    """'outlet AFP', 'body Armenian foreign ministry/ARM'."""
    kind, _, name = words.partition(" ")
    name, _, country = name.partition("/")
    return Source(name, kind, country or None, "say")
