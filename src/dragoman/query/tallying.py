"""The events between two parties, or of one, counted where they lie: a busy pair of states has very many."""

from __future__ import annotations

from dragoman.lexicon.codebook import load_codebook
from dragoman.query.filters import Where, both, either
from dragoman.query.ground import Ground, Row
from dragoman.query.weighing import ANSWERED, CONTESTED, HAPPENED, NOT_DONE, picked, share_of
from dragoman.records import Status

NEEDED = (
    'id, event_type, status, "start", coalesce("start", first_reported) AS day, origin_count, score, '
    "responds_to, denials, actor_countries, recipient_countries"
)
FIGURES = (
    f"count(*), count(*) FILTER (status = '{HAPPENED}' AND denials > 0), "
    f"sum(score) FILTER (status = '{HAPPENED}'), count(score) FILTER (status = '{HAPPENED}')"
)
WEIGHT = f"""
    round((1 + log2(greatest(coalesce(origin_count, 1), 1))) * (1 + abs(coalesce(score, 0)) / 10)
    * CASE WHEN responds_to IS NOT NULL OR id IN (SELECT responds_to FROM asked) THEN {ANSWERED} ELSE 1 END
    * CASE WHEN status <> '{HAPPENED}' THEN {NOT_DONE} WHEN denials > 0 THEN {CONTESTED} ELSE 1 END, 3)
"""
"""As ``weigh`` does."""


class Tally:
    """The events that fit one of two conditions, ``forth`` and ``back``, or both, and what is asked besides.

    They are laid out once, in the few columns that counting needs.
    """

    def __init__(self, ground: Ground, forth: Where, back: Where, narrowed: Where) -> None:
        self.ground = ground
        where = both((either((forth, back)), narrowed))
        ground.snapshot.rows(
            f"CREATE OR REPLACE TEMP TABLE asked AS SELECT {NEEDED}, coalesce({forth.sql}, false) AS forth, "
            f"coalesce({back.sql}, false) AS back FROM lines WHERE {where.sql}",
            [*forth.values, *back.values, *where.values],
        )

    def by_type(self, side: str, way: str) -> list[Row]:
        """A row a type that occurs: how many events of each status, and the mean score of what happened."""
        found: dict[str, Row] = {}
        types = load_codebook().types
        for name, status, events, contested, total, scored in self.ground.snapshot.rows(
            f"SELECT event_type, status, {FIGURES} FROM asked WHERE {side} GROUP BY ALL"
        ):
            row = found.setdefault(name, blank(way, name))
            row[status] += events
            row["events"] += events
            row["contested"] += contested
            if status == HAPPENED:
                row["score"] = mean(total, scored)
        return [found[name] | {"quad": code.quad} for name, code in types.items() if name in found]

    def sums(self, side: str, way: str) -> Row:
        """One direction in figures: events, those that happened, their mean score, first and last day."""
        ((events, contested, total, scored, happened, undated, first, last),) = self.ground.snapshot.rows(
            f"SELECT {FIGURES}, count(*) FILTER (status = '{HAPPENED}'), count(*) - count(\"start\"), "
            f'min("start"), max("start") FROM asked WHERE {side}'
        )
        return {
            "way": way,
            "events": events,
            "happened": happened,
            "contested": contested,
            "undated": undated,
            "score": mean(total, scored),
            "first": first,
            "last": last,
        }

    def latest(self, limit: int) -> list[str]:
        """The ids of the newest events."""
        query = f"SELECT id FROM asked ORDER BY day DESC NULLS LAST, id DESC LIMIT {int(limit)}"
        return [name for (name,) in self.ground.snapshot.rows(query)]

    def weightiest(self, limit: int, by_way: bool) -> dict[str, float]:
        """The weights of the events that tell most, heaviest first; a share for each type (and direction)."""
        way = "forth" if by_way else "true"
        query = (
            f"SELECT id, event_type, {way} AS way, {WEIGHT} AS weight FROM asked QUALIFY row_number() OVER "
            f"(PARTITION BY event_type, {way} ORDER BY {WEIGHT} DESC, id) <= {share_of(limit)}"
        )
        names = ("id", "event_type", "way", "weight")
        rows = [dict(zip(names, row, strict=True)) for row in self.ground.snapshot.rows(query)]
        return {row["id"]: row["weight"] for row in picked(rows, limit)}

    def partners(self) -> dict[str, dict[str, tuple[int, float | None]]]:
        """Number and mean score of events with each country, by direction."""
        found: dict[str, dict[str, tuple[int, float | None]]] = {}
        for side, column in (("forth", "recipient_countries"), ("back", "actor_countries")):
            query = (
                f"SELECT code, {FIGURES} FROM (SELECT *, unnest(string_split({column}, ' ')) AS code "
                f"FROM asked WHERE {side}) GROUP BY code"
            )
            for code, events, _, total, scored in self.ground.snapshot.rows(query):
                found.setdefault(code, {})[side] = events, mean(total, scored)
        return found


def blank(way: str, name: str) -> Row:
    """The row of a type of which nothing is counted yet."""
    row: Row = {"way": way, "event_type": name, "quad": ""}
    return row | {str(status): 0 for status in Status} | {"events": 0, "contested": 0, "score": None}


def mean(total: float | None, number: int) -> float | None:
    """The mean score; ``None`` where nothing has one."""
    return None if total is None or not number else round(total / number, 2)
