"""Events that fit what is asked, sorted, with their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.errors import InputError
from dragoman.query.filters import ALL, Filters, Where
from dragoman.query.ground import Ground, Row
from dragoman.query.wording import cite, telling

DAY = 'coalesce("start", first_reported)'
SORTS = {
    "date": DAY,
    "reported": "first_reported",
    "score": "score",
    "origins": "origin_count",
    "reports": "documents",
    "confidence": "confidence",
    "killed": "killed_low",
    "type": "event_type",
}
"""What events can be sorted by; an event without a date stands on the day of its first report."""
THIN = (
    "id, title, event_type, mode, contexts, status, actor_countries, recipient_countries, "
    '"start", "end", "precision", killed_low, killed_high, score, quad, mentions, documents, origin_count, '
    "denials, confidence, responds_to, first_reported, last_reported, len(contradictions) AS contradicted, "
    "verdict"
)
"""The columns that counting and weighing need; parties, places and the like are fetched for what is shown."""
REVIEWED = ("verdict", "reviewer", "review_reason", "review_dispute", "corrected")
FULL = (
    "id, title, event_type, mode, contexts, status, actors, recipients, actor_countries, "
    'recipient_countries, date, "start", "end", "precision", place, casualties, score, quad, mentions, '
    "documents, origin_count, denials, origins, contradictions, confidence, responds_to, first_reported, "
    "last_reported, joins"
)


def find(
    ground: Ground, filters: Filters, sort: str = "-date", limit: int | None = None, offset: int = 0
) -> tuple[list[Row], int]:
    """The events that fit, and how many there are in all; newest first unless ``sort`` says otherwise.

    The first ``offset`` are passed over.
    """
    where = filters.where()
    total = ground.number(f"SELECT count(*) FROM record WHERE {where.sql}", where.values)
    cut = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    order = ordering(sort)
    ids = [
        row["id"]
        for row in ground.rows(f"SELECT id FROM record WHERE {where.sql} {order}{cut}", where.values)
    ]
    return with_words(ground, ids), total


def ordering(sort: str) -> str:
    """The order as SQL: a name of ``SORTS``, with a '-' before it the other way round."""
    name = sort.lstrip("-")
    if name not in SORTS:
        raise InputError(f"events can't be sorted by {name!r}", f"sort by: {', '.join(SORTS)}")
    way = "DESC" if sort.startswith("-") else "ASC"
    return f"ORDER BY {SORTS[name]} {way} NULLS LAST, {DAY} {way} NULLS LAST, id"


def with_words(ground: Ground, ids: Sequence[str], table: str = "record") -> list[Row]:
    """The events of these ids in that order, each with its mentions and the one that shows it best."""
    if not ids:
        return []
    rows = fetched(ground, ids) if table == "record" else plain(ground, ids)
    by_id = {row["id"]: row for row in rows}
    words = cite(ground, rows)
    found = [by_id[one] for one in ids if one in by_id]
    for row in found:
        row.pop("joins", None)
        tell(row, words[row["id"]])
    return found


def fetched(ground: Ground, ids: Sequence[str]) -> list[Row]:
    """Those of the events that ``record`` has, as it has them."""
    said = {
        row["id"]: row for row in ground.rows("SELECT * FROM verdicts WHERE id IN (SELECT unnest(?))", [ids])
    }
    if not said:
        return plain(ground, ids)
    there = "SELECT id FROM record WHERE id IN (SELECT unnest(?))"
    shown = {row["id"] for row in ground.rows(there, [list(said)])}
    rows = ground.rows(f"SELECT {FULL} FROM corrected_rows WHERE id IN (SELECT unnest(?))", [list(said)])
    corrected = {row["id"] for row in rows}
    rows += plain(ground, [one for one in ids if one not in corrected and (one in shown or one not in said)])
    for row in rows:
        row |= {name: said[row["id"]][name] for name in REVIEWED} if row["id"] in said else {}
    return [row for row in rows if row["id"] in shown or row["id"] not in said]


def plain(ground: Ground, ids: Sequence[str]) -> list[Row]:
    """The events as they were assembled."""
    unsaid = ", ".join(f"{'false' if name == 'review_dispute' else 'NULL'} AS {name}" for name in REVIEWED)
    return ground.rows(ground.snapshot.fetching("events", ids, f"{FULL}, {unsaid}"))


def tell(row: Row, mentions: Sequence[Row]) -> None:
    """Puts the mentions to the event, and what the telling one says and who says so."""
    best = telling(mentions, row)
    row["cited"] = list(mentions)
    row["words"] = " ".join(best["words"].split()) if best else row["title"]
    row["sentence"] = best["sentence"] if best else row["title"]
    row["chain"] = best["chain"] if best else []
    row["shown"] = best["id"] if best else None


def thin(ground: Ground, where: Where = ALL) -> list[Row]:
    """The events that fit, with what counting needs, in the order of their days."""
    query = f"SELECT {THIN} FROM record WHERE {where.sql} ORDER BY {DAY} NULLS LAST, id"
    return ground.rows(query, where.values)


def why_none(ground: Ground, filters: Filters) -> str:
    """Why nothing fits, as far as it can be told: nothing assembled, or the first part that nothing has."""
    if not ground.number("SELECT count(*) FROM record"):
        return unassembled(ground) or "the corpus has no events"
    for name, value in filters.asked().items():
        alone: Any = {name: value}
        if name == "or_reported":
            continue
        where = Filters(**alone).where()
        if not ground.number(f"SELECT count(*) FROM record WHERE {where.sql}", where.values):
            return f"no event of the corpus has {name.replace('_', ' ')} {shown(value)}"
    return "no event has all of this together"


def shown(value: object) -> str:
    """What was asked for, as a user writes it."""
    return " or ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def unassembled(ground: Ground) -> str | None:
    """What to do where mentions were not yet made into events; ``None`` if all were."""
    if ground.snapshot.is_assembled:
        return None
    return (
        f"event mentions were added that are in no event yet; run: dragoman assemble {ground.snapshot.folder}"
    )
