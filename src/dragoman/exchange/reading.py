"""Events of a corpus as happenings, reviews laid over, streamed in the order of their days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.exchange.happenings import Cited, Happening, Side, Site
from dragoman.query import Filters, Ground, Row

QUERY = """
WITH chosen AS (SELECT * FROM record WHERE {where}),
joined AS (SELECT id AS event, unnest(joins).mention_id AS mention FROM chosen),
said AS (
    SELECT j.event, list(struct_pack(
        mention_id := m.id, document_id := m.document_id, outlet := m.outlet,
        published := m.published_start, address := d.address, headline := d.title,
        words := substr(d.text, m.span.start + 1, m.span.end - m.span.start),
        sentence := 1 + len(regexp_extract_all(substr(d.text, 1, m.span.start), '[.!?]["”]?\\s|\\n\\n')),
        "start" := m.trigger.start, "end" := m.trigger.end,
        confidence := m.confidence, attribution := m.attribution, status := m.status
    ) ORDER BY m.published_start NULLS LAST, m.document_id, m.trigger.start) AS cited
    FROM joined AS j JOIN event_mentions AS m ON m.id = j.mention
    JOIN documents AS d ON d.id = m.document_id GROUP BY j.event
)
SELECT c.id, event_type, mode, contexts, actors, recipients, status, "start", "end", "precision", place,
    killed_low, killed_high, injured_low, injured_high, score, quad, title, mentions, documents,
    origin_count, denials, confidence, first_reported, s.cited
FROM chosen AS c LEFT JOIN said AS s ON s.event = c.id
ORDER BY coalesce("start", first_reported) NULLS LAST, c.id
"""


def read_happenings(ground: Ground, filters: Filters | None = None) -> Iterator[Happening]:
    """The events that fit, a few in memory at a time; none where nothing was assembled or nothing fits."""
    where = (filters or Filters()).where()
    query = QUERY.replace("{where}", where.sql)
    yield from map(happening_in, ground.snapshot.records(query, where.values))


def happening_in(row: Row) -> Happening:
    """The happening of a row."""
    return Happening(
        id=row["id"],
        event_type=row["event_type"],
        mode=row["mode"] or "",
        contexts=tuple(row["contexts"]),
        status=row["status"],
        actors=tuple(map(side_in, row["actors"])),
        recipients=tuple(map(side_in, row["recipients"])),
        start=row["start"],
        end=row["end"],
        precision=row["precision"] or "" if row["start"] else "",
        site=site_in(row["place"]),
        killed=count_in(row, "killed"),
        injured=count_in(row, "injured"),
        score=row["score"],
        quad=row["quad"] or "",
        title=line(row["title"]),
        mentions=row["mentions"],
        documents=row["documents"],
        origins=row["origin_count"],
        denials=row["denials"] or None,
        confidence=row["confidence"],
        reported=row["first_reported"],
        cited=reports_in(row["cited"] or (), row["status"]),
    )


def line(text: str | None) -> str:
    """The text on one line."""
    return " ".join((text or "").split())


def side_in(row: Row) -> Side:
    """A party."""
    return Side(
        line(row["name"]), row["country"] or "", row["sector"] or "", line(row["role"]), line(row["text"])
    )


def site_in(row: Row | None) -> Site | None:
    """A place."""
    if row is None:
        return None
    return Site(
        line(row["name"]),
        row["country"] or "",
        line(row["admin1"]),
        lat=row["lat"],
        lon=row["lon"],
        geonames_id=row["geonames_id"],
        precision=row["precision"] or "",
    )


def count_in(row: Row, name: str) -> tuple[int, int | None] | None:
    """A number of people."""
    low = row[f"{name}_low"]
    return None if low is None else (low, row[f"{name}_high"])


def reports_in(rows: Sequence[Row], status: str) -> tuple[Cited, ...]:
    """The reports, those first that say of the event what it has come to be taken for."""
    return tuple(map(report_in, sorted(rows, key=lambda one: one["status"] != status)))


def report_in(row: Row) -> Cited:
    """A report."""
    return Cited(
        row["mention_id"],
        row["document_id"],
        line(row["outlet"]),
        row["published"],
        row["address"] or "",
        line(row["headline"]),
        line(row["words"]),
        row["sentence"],
        row["start"],
        row["end"],
        row["confidence"],
        tuple(map(link_in, row["attribution"] or ())),
    )


def link_in(row: dict[str, Any]) -> tuple[str, str, str, str, str]:
    """A link of the chain of who says so."""
    name, kind, country, verb, stance = (row[one] for one in ("name", "kind", "country", "verb", "stance"))
    return line(name), kind or "", country or "", verb or "", stance or ""
