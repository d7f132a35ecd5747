"""What two parties do to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.query.countries import code_of, name_of
from dragoman.query.filters import Filters, Where, between, both, directed
from dragoman.query.finding import thin, with_words
from dragoman.query.ground import Ground, Row
from dragoman.query.tallying import Tally
from dragoman.query.ties import ties_between
from dragoman.query.weighing import HAPPENED


@dataclass(frozen=True, slots=True)
class Dyad:
    """The answer of ``dyad``: counts by direction, type and status, the events to look at, and the ties."""

    first: str
    second: str
    counts: list[Row]
    sums: list[Row]
    latest: list[Row]
    weightiest: list[Row]
    ties: list[Row]
    names: dict[str, str] = field(default_factory=dict)


def dyad(ground: Ground, first: str, second: str, filters: Filters | None = None, limit: int = 5) -> Dyad:
    """What each of the two does to the other; ``limit`` bounds the events that are shown."""
    one, other = (code_of(name) or name for name in (first, second))
    narrowed = (filters or Filters()).where()
    tally = Tally(ground, directed(one, other), directed(other, one), narrowed)
    ways = {"forth": f"{one} > {other}", "back": f"{other} > {one}"}
    latest, heavy = tally.latest(limit), tally.weightiest(limit, by_way=True)
    full = with_ways(ground, [*latest, *heavy], heavy, ways)
    return Dyad(
        one,
        other,
        [row for side, way in ways.items() for row in tally.by_type(side, way)],
        [tally.sums(side, way) for side, way in ways.items()],
        [full[name] for name in latest],
        [full[name] for name in heavy],
        ties_between(ground, one, other),
        {one: name_of(one), other: name_of(other)},
    )


def both_ways(ground: Ground, one: str, other: str, narrowed: Where) -> tuple[list[Row], list[Row]]:
    """The events in which one acts on the other, and those the other way round; countries in one reading."""
    if not (code_of(one) and code_of(other)):
        pairs = ((one, other), (other, one))
        forth, back = (thin(ground, both((directed(*pair), narrowed))) for pair in pairs)
        return forth, back
    rows = thin(ground, both((between(one, other), narrowed)))
    return [row for row in rows if acts_on(row, one, other)], [
        row for row in rows if acts_on(row, other, one)
    ]


def acts_on(row: Row, one: str, other: str) -> bool:
    """Whether the first country is among the actors, and the second among the recipients."""
    return one in row["actor_countries"] and other in row["recipient_countries"]


def with_ways(
    ground: Ground, ids: Sequence[str], weights: Mapping[str, float], ways: Mapping[str, str]
) -> dict[str, Row]:
    """The events with their words, by id; both directions where one event has both."""
    wanted = list(dict.fromkeys(ids))
    found = {row["id"]: row for row in with_words(ground, wanted)}
    query = "SELECT id, forth, back FROM asked WHERE id IN (SELECT unnest(?))"
    for name, forth, back in ground.snapshot.rows(query, [wanted]):
        row = found[name]
        row["way"] = ", ".join(way for way, has in zip(ways.values(), (forth, back), strict=True) if has)
        row["weight"] = weights.get(name)
    return found


def contested(events: Sequence[Row]) -> int:
    """How many of the events that are said to have happened somebody denies."""
    return sum(1 for row in events if row["status"] == HAPPENED and row["denials"])
