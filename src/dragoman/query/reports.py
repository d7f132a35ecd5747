"""Reports as the corpus has them: which there are, and all that one of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.query.filters import Names, Where, both, either, listed, words_of
from dragoman.query.ground import Ground, Row, as_day
from dragoman.query.wording import chain
from dragoman.store import Snapshot

HEAD = (
    "id, title, outlet, address, path, published_start, published_end, published_precision, "
    "published_inferred, language, coded, why_not, copy_of, copy_share, words"
)
"""The columns that tell of a report without its text."""
SAID = (
    "id, event_type, mode, contexts, actors, recipients, status, attribution, date, place, casualties, "
    'score, quad, confidence, "trigger", span, rules'
)
"""The columns that tell what one passage says."""


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of ``report``: the document, its mentions with the events that hold them, and more.

    ``copies`` are reports that repeat this one, ``original`` the one that it repeats; ``statements`` what it
    says of ties.
    """

    document: Row
    mentions: list[Row]
    statements: list[Row]
    copies: list[Row]
    original: Row | None


def index_mentions(snapshot: Snapshot) -> None:
    """Makes the table ``held``: which event holds a mention. Without it each report searches all events."""
    snapshot.connection.execute(
        "CREATE TABLE IF NOT EXISTS held AS "
        "SELECT mention, id AS event FROM all_tellings WHERE line IN (SELECT line FROM event_lines)"
    )


def report(ground: Ground, given: str) -> Report:
    """The report of that id; raises ``InputError`` where there is none."""
    rows = ground.rows(
        f"SELECT {HEAD}, text, title_span, dateline_span, notes FROM documents WHERE id = ?", [given]
    )
    if not rows:
        raise InputError(f"nothing in the corpus is a report of the id {given!r}", "see the list of reports")
    (document,) = rows
    copies = ground.rows(
        f"SELECT {HEAD} FROM documents WHERE copy_of = ? ORDER BY published_start NULLS LAST, id", [given]
    )
    repeated = document["copy_of"]
    original = ground.rows(f"SELECT {HEAD} FROM documents WHERE id = ?", [repeated]) if repeated else []
    return Report(
        document,
        mentions_of(ground, document),
        ground.rows('SELECT * FROM tie_statements WHERE document_id = ? ORDER BY span."start", id', [given]),
        copies,
        original[0] if original else None,
    )


def mentions_of(ground: Ground, document: Row) -> list[Row]:
    """The report's event mentions in text order, each with its event and whether people judged that."""
    index_mentions(ground.snapshot)
    rows = ground.rows(
        f'SELECT {SAID} FROM event_mentions WHERE document_id = ? ORDER BY "trigger"."start", event_type, id',
        [document["id"]],
    )
    ids = [row["id"] for row in rows]
    events = dict(
        ground.snapshot.rows(
            "SELECT mention, event FROM held WHERE mention IN (SELECT unnest(?::VARCHAR[]))", [ids]
        )
    )
    told = ground.rows(
        "SELECT id, verdict, origin_count, documents, mentions FROM lines "
        "WHERE id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(set(events.values()))],
    )
    by_id = {row["id"]: row for row in told}
    for row in rows:
        row["event"] = events.get(row["id"])
        row["held"] = by_id.get(row["event"] or "")
        row["chain"] = chain(row["attribution"], document["outlet"])
    return rows


def list_reports(
    ground: Ground,
    outlet: Names = (),
    since: str | None = None,
    until: str | None = None,
    text: str = "",
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Row], int]:
    """The reports that fit, newest first, with the number of their mentions; and how many fit in all."""
    first, last = as_day(since), as_day(until, last=True)
    where = both(
        [
            either(Where("contains(lower(outlet), ?)", (one.casefold(),)) for one in listed(outlet)),
            Where("published_end >= ?", (first,)) if first else Where(""),
            Where("published_start <= ?", (last,)) if last else Where(""),
            *(Where("contains(lower(text), ?)", (word,)) for word in words_of(text)),
        ]
    )
    total = ground.number(f"SELECT count(*) FROM documents WHERE {where.sql}", where.values)
    rows = ground.rows(
        f"SELECT {HEAD}, left(text, 120) AS beginning FROM documents WHERE {where.sql} "
        f"ORDER BY published_start DESC NULLS LAST, id LIMIT {int(limit)} OFFSET {int(offset)}",
        where.values,
    )
    count_mentions(ground, rows)
    return rows, total


def count_mentions(ground: Ground, rows: Sequence[Row]) -> None:
    """Puts to each report how many event mentions it has."""
    ids = [row["id"] for row in rows]
    counts = dict(
        ground.snapshot.rows(
            "SELECT document_id, count(*) FROM event_mentions "
            "WHERE document_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY 1",
            [ids],
        )
    )
    for row in rows:
        row["mentions"] = counts.get(row["id"], 0)
