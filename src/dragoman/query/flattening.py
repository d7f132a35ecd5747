"""Answers as flat rows, for data frames and sheets, and as plain data, for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from dragoman.query.ground import Row


def plain(value: Any) -> Any:
    """The value as data for JSON: days and times in ISO form, records as objects."""
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def flat_event(row: Row) -> Row:
    """The event as a row of single values; lists in one cell, parted by ';' and in step."""
    place, shown = row["place"] or {}, shown_mention(row)
    return {
        **{name: row[name] for name in ("id", "start", "end", "precision", "event_type", "mode", "status")},
        "contexts": joined(row["contexts"]),
        "actors": joined(one["name"] for one in row["actors"]),
        "actor_countries": joined(one["country"] for one in row["actors"]),
        "recipients": joined(one["name"] for one in row["recipients"]),
        "recipient_countries": joined(one["country"] for one in row["recipients"]),
        "place": place.get("name"),
        "place_country": place.get("country"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        **people("killed", row["casualties"]),
        **people("injured", row["casualties"]),
        **{name: row[name] for name in ("score", "quad", "mentions", "documents", "origin_count")},
        "origins": joined(one["name"] for one in row["origins"]),
        "denials": row["denials"],
        "contradictions": joined(one["field"] for one in row["contradictions"]),
        **{name: row[name] for name in ("confidence", "responds_to", "first_reported", "last_reported")},
        "verdict": row["verdict"],
        "reviewer": row["reviewer"],
        **{name: row[name] for name in ("way", "side", "weight") if name in row},
        "words": row["words"],
        "sentence": row["sentence"],
        "says": " < ".join(row["chain"]),
        **shown,
    }


def shown_mention(row: Row) -> Row:
    """Where the words that are shown stand."""
    one = next((each for each in row["cited"] if each["id"] == row["shown"]), None)
    names = ("mention_id", "document_id", "path", "outlet", "published")
    if one is None:
        return dict.fromkeys((*names, "trigger_start", "trigger_end", "span_start", "span_end"))
    found = {name: one["id" if name == "mention_id" else name] for name in names}
    bounds = {
        f"{part}_{bound}": one[part][bound] for part in ("trigger", "span") for bound in ("start", "end")
    }
    return found | bounds


def people(name: str, casualties: Row | None) -> Row:
    """A number of people as two columns."""
    count = (casualties or {}).get(name) or {}
    return {f"{name}_low": count.get("low"), f"{name}_high": count.get("high")}


def joined(values: Iterable[str | None]) -> str:
    """A list in one cell."""
    return ";".join((value or "").replace(";", ",") for value in values)


def flat_tie(row: Row) -> Row:
    """The tie as a row of single values."""
    last = row["changes"][-1] if row["changes"] else None
    return {
        **{name: row[name] for name in ("id", "kind", "first_side", "second_side", "subject", "state")},
        **{name: row[name] for name in ("state_on", "side") if name in row},
        "opened": row["opened"],
        "last_step": last and last["step"],
        "last_step_date": last and last["date"] and last["date"]["start"],
        "last_confirmed": row["last_confirmed"],
        "steps": len(row["changes"]),
        "words": last and last["text"],
        "event_id": last and last["event_id"],
        "statement_id": last and last["statement_id"],
        "rule": last and last["rule"],
    }


def flat_step(row: Row) -> Row:
    """A step in a tie's life as a row of single values."""
    when = row["date"] or {}
    return {
        **{name: row[name] for name in ("tie", "title", "step", "event_id", "statement_id", "rule", "text")},
        **{name: when.get(name) for name in ("start", "end", "precision")},
    }


def flat_dealing(row: Row) -> Row:
    """The dealing as a row of single values, with its weightiest event."""
    first = row["events"][0] if row["events"] else None
    return {
        **{name: row[name] for name in ("side", "dealing", "phrase", "count", "contested")},
        "events": joined(row.get("ids", ())),
        "start": first and first["start"],
        "words": first and first["words"],
        "says": first and " < ".join(first["chain"]),
    }


def flat_lists(row: Row) -> Row:
    """The row with its lists in one cell each."""
    return {
        name: joined(map(str, value)) if isinstance(value, list | tuple) else value
        for name, value in row.items()
        if not isinstance(value, dict)
    }
