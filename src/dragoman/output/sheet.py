"""One event mention as a row for spreadsheets and statistics programs."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.output.cleaning import one_line
from dragoman.output.wire import day_or_interval
from dragoman.records import Count, Document, EventMention, Party

# Their order is fixed; a later version adds columns at the end only.
COLUMNS = (
    "id",
    "document_id",
    "path",
    "outlet",
    "published",
    "event_type",
    "mode",
    "contexts",
    "status",
    "actors",
    "actor_countries",
    "actor_sectors",
    "recipients",
    "recipient_countries",
    "recipient_sectors",
    "sources",
    "source_kinds",
    "source_countries",
    "stance",
    "date_start",
    "date_end",
    "date_precision",
    "date_text",
    "place",
    "place_country",
    "place_admin1",
    "geonames_id",
    "lat",
    "lon",
    "place_precision",
    "killed_low",
    "killed_high",
    "injured_low",
    "injured_high",
    "score",
    "quad",
    "trigger",
    "trigger_start",
    "trigger_end",
    "passage",
    "passage_start",
    "passage_end",
    "rules",
    "confidence",
    "same_as",
    "responds_to",
    "confidence_who",
    "confidence_status",
    "confidence_date",
    "confidence_place",
)
SURE = ("who", "status", "date", "place")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_row(mention: EventMention, document: Document) -> dict[str, str]:
    """The event mention as one cell of text for each of ``COLUMNS``; unknown is an empty cell."""
    row = {
        **about(mention, document),
        **side("actor", mention.actors),
        **side("recipient", mention.recipients),
        **sourced(mention),
        **dated(mention),
        **placed(mention),
        **counted("killed", mention.casualties.killed),
        **counted("injured", mention.casualties.injured),
    }
    return {column: one_line(value) for column, value in row.items()}


def about(mention: EventMention, document: Document) -> dict[str, str]:
    """The cells that tell what happened, in which words, and where they stand."""
    return {
        "id": mention.id,
        "document_id": mention.document_id,
        "path": cell(document.path),
        "outlet": cell(document.outlet),
        "published": day_or_interval(document.published) or "",
        "event_type": mention.event_type,
        "mode": mention.mode or "",
        "contexts": ";".join(mention.contexts),
        "status": str(mention.status),
        "score": number(mention.score),
        "quad": mention.quad or "",
        "trigger": cell(mention.trigger.cut(document.text)),
        "trigger_start": str(mention.trigger.start),
        "trigger_end": str(mention.trigger.end),
        "passage": cell(mention.span.cut(document.text)),
        "passage_start": str(mention.span.start),
        "passage_end": str(mention.span.end),
        "rules": joined(mention.rules),
        "confidence": number(mention.confidence),
        "same_as": mention.same_as or "",
        "responds_to": mention.responds_to or "",
        **{f"confidence_{name}": number(getattr(mention.field_confidence, name)) for name in SURE},
    }


def side(name: str, parties: tuple[Party, ...]) -> dict[str, str]:
    """The cells of one side; the three lists run in step."""
    return {
        f"{name}s": joined(party.entity.name for party in parties),
        f"{name}_countries": joined(party.entity.country for party in parties),
        f"{name}_sectors": joined(party.entity.sector for party in parties),
    }


def sourced(mention: EventMention) -> dict[str, str]:
    """The cells on whose word it stands; the lists run in step, innermost first."""
    chain = mention.attribution
    return {
        "sources": joined(source.name for source in chain),
        "source_kinds": joined(source.kind for source in chain),
        "source_countries": joined(source.country for source in chain),
        "stance": joined(str(source.stance) for source in chain),
    }


def dated(mention: EventMention) -> dict[str, str]:
    """The cells of the date."""
    when = mention.date
    return {
        "date_start": when.start.isoformat() if when and when.start else "",
        "date_end": when.end.isoformat() if when and when.end else "",
        "date_precision": str(when.precision) if when else "",
        "date_text": cell(when.text) if when else "",
    }


def placed(mention: EventMention) -> dict[str, str]:
    """The cells of the place."""
    place = mention.place
    return {
        "place": cell(place.name) if place else "",
        "place_country": place.country if place else "",
        "place_admin1": cell(place.admin1) if place else "",
        "geonames_id": number(place.geonames_id) if place else "",
        "lat": number(place.lat) if place else "",
        "lon": number(place.lon) if place else "",
        "place_precision": place.precision if place else "",
    }


def counted(name: str, count: Count | None) -> dict[str, str]:
    """The cells of a number of people."""
    return {
        f"{name}_low": number(count.low) if count else "",
        f"{name}_high": number(count.high) if count else "",
    }


def joined(values: Iterable[str | None]) -> str:
    """A list in one cell, parted by ';', which becomes a comma where a value holds one."""
    parts = [one_line(value or "").replace(";", ",") for value in values]
    return guarded(";".join(parts)) if any(parts) else ""


def cell(value: str | None) -> str:
    """A text in one cell, on one line."""
    return guarded(one_line(value or ""))


def guarded(value: str) -> str:
    """The text so that no spreadsheet takes it for a formula ('=cmd|…' in a hostile report)."""
    return f"'{value}" if value.startswith(FORMULA) else value


def number(value: float | None) -> str:
    """A number as it is, nothing for nothing."""
    return "" if value is None else str(value)
