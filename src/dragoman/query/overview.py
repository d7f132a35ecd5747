"""What a corpus tells at one look: figures, the busiest pairs of states, the latest and weightiest events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.query.finding import DAY, THIN, with_words
from dragoman.query.ground import Ground, Row
from dragoman.query.weighing import weightiest

HEAVY = 60
"""Events among which the weightiest are looked for, for each that is shown."""
LONG_DAYS = 1500
"""A record of more days than that is told by years."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The answer of ``overview``; ``by`` is the bin that suits the record's length."""

    figures: Row
    pairs: list[Row]
    latest: list[Row]
    weightiest: list[Row]
    by: str


def overview(ground: Ground, limit: int = 8) -> Overview:
    """The record at one look."""
    told = figures(ground)
    return Overview(
        told,
        busiest(ground, limit + 4),
        with_words(ground, latest(ground, limit)),
        with_words(ground, heaviest(ground, limit)),
        "year" if long(told["first"], told["last"]) else "month",
    )


def figures(ground: Ground) -> Row:
    """Numbers of what there is, and from when to when."""
    (found,) = ground.rows(
        'SELECT count(*) AS events, min("start") AS first, max("end") AS last, '
        "coalesce(sum(mentions), 0)::BIGINT AS mentions, "
        "count(*) FILTER (origin_count > 1) AS vouched, "
        "count(*) FILTER (contradicted > 0) AS contradicted, "
        "(SELECT count(*) FROM documents) AS documents, (SELECT count(DISTINCT outlet) FROM documents) AS "
        "outlets, (SELECT count(*) FROM ties) AS ties FROM lines"
    )
    return found


def long(first: date | None, last: date | None) -> bool:
    """Whether months would be too many."""
    return bool(first and last and (last - first).days > LONG_DAYS)


def busiest(ground: Ground, limit: int) -> list[Row]:
    """The pairs of countries with most events between them, with the mean scores of what happened."""
    # Events of the same sides are put together first: there are far fewer sides than events.
    return ground.rows(
        "SELECT least(actor, recipient) AS first, greatest(actor, recipient) AS second, "
        "sum(events)::BIGINT AS events, sum(happened)::BIGINT AS happened, "
        "round(sum(total) / nullif(sum(scored), 0), 2) AS score, "
        "sum(conflict)::BIGINT AS material_conflict, sum(cooperation)::BIGINT AS material_cooperation, "
        "max(last) AS last FROM (SELECT *, unnest(string_split(actor_countries, ' ')) AS actor FROM "
        "(SELECT *, unnest(string_split(recipient_countries, ' ')) AS recipient FROM "
        "(SELECT actor_countries, recipient_countries, count(*) AS events, "
        "count(*) FILTER (status = 'asserted') AS happened, "
        "sum(score) FILTER (status = 'asserted') AS total, "
        "count(score) FILTER (status = 'asserted') AS scored, "
        "count(*) FILTER (status = 'asserted' AND quad = 'material_conflict') AS conflict, "
        "count(*) FILTER (status = 'asserted' AND quad = 'material_cooperation') AS cooperation, "
        f"max({DAY}) AS last FROM lines GROUP BY 1, 2))) "
        "WHERE actor <> recipient GROUP BY ALL ORDER BY events DESC, first, second "
        f"LIMIT {int(limit)}"
    )


def latest(ground: Ground, limit: int) -> list[str]:
    """The ids of the events with the newest days."""
    query = f"SELECT id FROM lines ORDER BY {DAY} DESC NULLS LAST, origin_count DESC, id LIMIT {int(limit)}"
    return [row["id"] for row in ground.rows(query)]


def heaviest(ground: Ground, limit: int) -> list[str]:
    """The ids of the events that tell most."""
    rows = ground.rows(
        f"SELECT {THIN} FROM lines WHERE line IN (SELECT line FROM lines WHERE status = 'asserted' "
        "ORDER BY (1 + log2(greatest(origin_count, 1))) * (1 + abs(coalesce(score, 0)) / 10) DESC, id "
        f"LIMIT {HEAVY * int(limit)})"
    )
    return [row["id"] for row in weightiest(rows, limit)]
