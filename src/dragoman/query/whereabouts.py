"""Where events happened, as exactly as it is told and no more."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.query.filters import Filters
from dragoman.query.ground import Ground, Row


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The answer of ``whereabouts``.

    ``rows`` has one a place, most events first: name, country, precision, coordinates where it is a town or a
    point that a table knows, and counts. ``events`` fit in all; ``untold`` of them have no place, and
    ``left`` lie in places beyond the limit.
    """

    rows: list[Row]
    events: int
    untold: int
    left: int


def whereabouts(ground: Ground, filters: Filters, limit: int = 1000) -> Whereabouts:
    """The places of the events that fit."""
    where = filters.where()
    rows = ground.rows(
        'SELECT "place".name AS name, "place".country AS country, "place"."precision" AS "precision", '
        'any_value("place".lat) AS lat, any_value("place".lon) AS lon, count(*) AS events, '
        "count(*) FILTER (status = 'asserted') AS happened, "
        "count(*) FILTER (status = 'asserted' AND quad = 'material_conflict') AS material_conflict, "
        "count(*) FILTER (status = 'asserted' AND quad = 'verbal_conflict') AS verbal_conflict, "
        "count(*) FILTER (status = 'asserted' AND quad = 'material_cooperation') AS material_cooperation, "
        "count(*) FILTER (status = 'asserted' AND quad = 'verbal_cooperation') AS verbal_cooperation "
        f'FROM record WHERE ({where.sql}) AND "place" IS NOT NULL '
        f"GROUP BY 1, 2, 3 ORDER BY events DESC, 1, 2, 3 LIMIT {int(limit)}",
        where.values,
    )
    (total,) = ground.rows(
        f'SELECT count(*) AS events, count("place") AS placed FROM record WHERE {where.sql}', where.values
    )
    shown = sum(row["events"] for row in rows)
    return Whereabouts(rows, total["events"], total["events"] - total["placed"], total["placed"] - shown)
