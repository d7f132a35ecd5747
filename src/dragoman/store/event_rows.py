"""Events, ties, statements of ties and reviews to the rows of tables, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dragoman.output import wire
from dragoman.records import (
    Casualties,
    Contradiction,
    Event,
    Join,
    Origin,
    Review,
    Span,
    Status,
    Tie,
    TieChange,
    TieSpan,
    TieStatement,
    Version,
)
from dragoman.store.rows import (
    Entry,
    Row,
    Stamp,
    count_out,
    countries,
    party_in,
    party_out,
    place_in,
    place_out,
    time_in,
    time_out,
)


def event_row(
    event: Event,
    keys: Sequence[str],
    title: str,
    tie_sides: Sequence[str] = (),
    tie_evidence: str | None = None,
) -> Row:
    """A row of ``events``, not yet of any batch.

    ``keys`` are those of its mentions, the founding one first. ``tie_sides`` are the pairs of states ('NOR
    SWE') whose ties it may show, ``tie_evidence`` what the register reads of it, as JSON.
    """
    killed, injured = map(count_out, (event.casualties.killed, event.casualties.injured))
    row: Row = {
        "id": event.id,
        "title": title,
        "event_type": event.event_type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": [party_out(party) for party in event.actors],
        "recipients": [party_out(party) for party in event.recipients],
        "actor_countries": countries(event.actors),
        "recipient_countries": countries(event.recipients),
        "status": str(event.status),
        "date": time_out(event.date),
        "start": event.date.start if event.date else None,
        "end": event.date.end if event.date else None,
        "precision": str(event.date.precision) if event.date else None,
        "place": place_out(event.place),
        "place_country": event.place.country if event.place else None,
        "casualties": {"killed": killed, "injured": injured},
        "killed_low": killed and killed["low"],
        "killed_high": killed and killed["high"],
        "injured_low": injured and injured["low"],
        "injured_high": injured and injured["high"],
        "score": None if event.score is None else float(event.score),
        "quad": event.quad,
        "joins": [join_out(join) for join in event.joins],
        "keys": list(keys),
        "origins": [origin_out(origin) for origin in event.origins],
        "contradictions": [contradiction_out(one) for one in event.contradictions],
        "mentions": len(event.joins),
        "documents": len({join.document_id for join in event.joins}),
        "origin_count": len(event.origins),
        "denials": event.denials,
        "confidence": event.confidence,
        "responds_to": event.responds_to,
        "first_reported": event.first_reported,
        "last_reported": event.last_reported,
        "tie_sides": list(tie_sides),
        "tie_evidence": tie_evidence,
    }
    return {**row, "digest": digest_of(row)}


def digest_of(row: Mapping[str, Any]) -> str:
    """What is the same for two states only if all of them is the same."""
    told = json.dumps(row, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def event_in(row: Mapping[str, Any]) -> Event:
    """The event of a row."""
    killed, injured = (wire.count_in(row["casualties"][name]) for name in ("killed", "injured"))
    return Event(
        id=row["id"],
        event_type=row["event_type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        actors=tuple(map(party_in, row["actors"])),
        recipients=tuple(map(party_in, row["recipients"])),
        status=Status(row["status"]),
        date=time_in(row["date"]),
        place=place_in(row["place"]),
        casualties=Casualties(killed, injured),
        score=row["score"],
        quad=row["quad"],
        joins=tuple(map(join_in, row["joins"])),
        origins=tuple(map(origin_in, row["origins"])),
        contradictions=tuple(map(contradiction_in, row["contradictions"])),
        denials=row["denials"],
        confidence=row["confidence"],
        responds_to=row["responds_to"],
        first_reported=row["first_reported"],
        last_reported=row["last_reported"],
    )


def join_out(join: Join) -> Row:
    """Why a mention belongs to an event."""
    return {
        "mention_id": join.mention_id,
        "document_id": join.document_id,
        "to": join.to,
        "relation": join.relation,
        "why": list(join.why),
        "score": join.score,
    }


def join_in(row: Row) -> Join:
    """The same as a record."""
    return Join(**{**row, "why": tuple(row["why"])})


def origin_out(origin: Origin) -> Row:
    """Somebody on whose word an event stands."""
    return {
        "key": origin.key,
        "name": origin.name,
        "kind": origin.kind,
        "country": origin.country,
        "says": str(origin.says),
        "outlets": list(origin.outlets),
        "document_ids": list(origin.document_ids),
        "mention_ids": list(origin.mention_ids),
    }


def origin_in(row: Row) -> Origin:
    """The same as a record."""
    lists = {name: tuple(row[name]) for name in ("outlets", "document_ids", "mention_ids")}
    return Origin(**{**row, **lists, "says": Status(row["says"])})


def contradiction_out(one: Contradiction) -> Row:
    """A field on which mentions can't all be right."""
    versions = [{"value": each.value, "mention_ids": list(each.mention_ids)} for each in one.versions]
    return {"field": one.field, "versions": versions}


def contradiction_in(row: Row) -> Contradiction:
    """The same as a record."""
    versions = (Version(each["value"], tuple(each["mention_ids"])) for each in row["versions"])
    return Contradiction(row["field"], tuple(versions))


def statement_rows(entry: Entry, stamp: Stamp) -> list[Row]:
    """Rows of ``tie_statements`` for one document."""
    made = [statement_row(statement, entry, stamp) for statement in entry.statements]
    kept = [{**row, "run_id": stamp.run_id, "batch": stamp.batch} for row in entry.kept_statements]
    return made + kept


def statement_row(one: TieStatement, entry: Entry, stamp: Stamp) -> Row:
    """A row of ``tie_statements``."""
    published = entry.published
    return {
        "id": one.id,
        "document_id": one.document_id,
        "outlet": entry.document.outlet,
        "published_start": published.start if published else None,
        "published_end": published.end if published else None,
        "kind": one.kind,
        "first_side": one.sides[0],
        "second_side": one.sides[1],
        "subject": one.subject,
        "state": one.state,
        "date": time_out(one.date),
        "attribution": [wire.source_out(source) for source in one.attribution],
        "span": wire.bounds(one.span),
        "text": one.text,
        "rule": one.rule,
        "coder": stamp.coder,
        "run_id": stamp.run_id,
        "batch": stamp.batch,
    }


def statement_in(row: Mapping[str, Any]) -> TieStatement:
    """The statement of a row."""
    return TieStatement(
        id=row["id"],
        document_id=row["document_id"],
        kind=row["kind"],
        sides=(row["first_side"], row["second_side"]),
        state=row["state"],
        span=Span(row["span"]["start"], row["span"]["end"]),
        text=row["text"],
        date=time_in(row["date"]),
        attribution=tuple(map(wire.source_in, row["attribution"])),
        rule=row["rule"],
        subject=row["subject"],
    )


def tie_row(tie: Tie) -> Row:
    """A row of ``ties``, not yet of any batch."""
    row: Row = {
        "id": tie.id,
        "kind": tie.kind,
        "first_side": tie.sides[0],
        "second_side": tie.sides[1],
        "subject": tie.subject,
        "state": tie.state,
        "spans": [
            {"state": one.state, "opened": time_out(one.opened), "closed": time_out(one.closed)}
            for one in tie.spans
        ],
        "changes": [
            {
                "step": one.step,
                "date": time_out(one.date),
                "event_id": one.event_id,
                "statement_id": one.statement_id,
                "rule": one.rule,
                "text": one.text,
            }
            for one in tie.changes
        ],
        "last_confirmed": tie.last_confirmed,
    }
    return {**row, "digest": digest_of(row)}


def tie_in(row: Mapping[str, Any]) -> Tie:
    """The tie of a row."""
    spans = (TieSpan(one["state"], time_in(one["opened"]), time_in(one["closed"])) for one in row["spans"])
    changes = (TieChange(**{**one, "date": time_in(one["date"])}) for one in row["changes"])
    return Tie(
        id=row["id"],
        kind=row["kind"],
        sides=(row["first_side"], row["second_side"]),
        subject=row["subject"],
        state=row["state"],
        spans=tuple(spans),
        changes=tuple(changes),
        last_confirmed=row["last_confirmed"],
    )


def review_row(review: Review, stamp: Stamp) -> Row:
    """A row of ``reviews``."""
    return {**asdict(review), "run_id": stamp.run_id, "batch": stamp.batch}


def review_in(row: Mapping[str, Any]) -> Review:
    """The review of a row."""
    names = ("id", "about", "verdict", "reviewer", "at", "reason", "field", "value", "other", "sample")
    return Review(**{name: row[name] for name in names})


def stamped(rows: Iterable[Row], batch: str, run_id: str) -> list[Row]:
    """Rows of ``events`` or ``ties`` as they stand in a batch; ``row`` names each state."""
    return [{"row": f"{row['id']}@{batch}", **row, "run_id": run_id, "batch": batch} for row in rows]
