"""What two parties do to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.lexicon.codebook import load_codebook
from dragoman.query.countries import code_of, name_of
from dragoman.query.filters import Filters, Where, between, both, directed
from dragoman.query.finding import thin, with_words
from dragoman.query.ground import Ground, Row
from dragoman.query.ties import ties_between
from dragoman.query.weighing import HAPPENED, mean_score, weightiest
from dragoman.records import Status


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
    forth, back = both_ways(ground, one, other, narrowed)
    ways = {f"{one} > {other}": forth, f"{other} > {one}": back}
    every = mark(ways)
    latest = sorted(every, key=lambda row: (str(row["start"] or row["first_reported"] or ""), row["id"]))
    latest, heavy = latest[::-1][:limit], weightiest(every, limit)
    full = with_ways(ground, [*latest, *heavy], ways)
    return Dyad(
        one,
        other,
        [row for way, events in ways.items() for row in by_type(way, events)],
        [sums(way, events) for way, events in ways.items()],
        [full[row["id"]] for row in latest],
        [full[row["id"]] for row in heavy],
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


def mark(ways: dict[str, list[Row]]) -> list[Row]:
    """All events once, each with the direction that it was found in first."""
    found: dict[str, Row] = {}
    for way, events in ways.items():
        for row in events:
            found.setdefault(row["id"], row)["way"] = found.get(row["id"], {}).get("way", way)
    return list(found.values())


def with_ways(ground: Ground, events: Sequence[Row], ways: dict[str, list[Row]]) -> dict[str, Row]:
    """The events with their words, by id; both directions where one event has both."""
    weights = {row["id"]: row.get("weight") for row in events}
    found = {row["id"]: row for row in with_words(ground, list(weights))}
    for name, row in found.items():
        row["way"] = ", ".join(way for way, ones in ways.items() if any(one["id"] == name for one in ones))
        row["weight"] = weights[name]
    return found


def by_type(way: str, events: Sequence[Row]) -> list[Row]:
    """A row a type that occurs: how many events of each status, and the mean score of what happened."""
    found = []
    for name, code in load_codebook().types.items():
        mine = [row for row in events if row["event_type"] == name]
        if mine:
            statuses = Counter(row["status"] for row in mine)
            found.append(
                {"way": way, "event_type": name, "quad": code.quad}
                | {str(status): statuses.get(str(status), 0) for status in Status}
                | {"events": len(mine), "contested": contested(mine), "score": mean_score(mine)}
            )
    return found


def sums(way: str, events: Sequence[Row]) -> Row:
    """One direction in figures: events, those that happened, their mean score, first and last day."""
    days = sorted(row["start"] for row in events if row["start"])
    happened = [row for row in events if row["status"] == HAPPENED]
    return {
        "way": way,
        "events": len(events),
        "happened": len(happened),
        "contested": contested(events),
        "undated": sum(1 for row in events if row["start"] is None),
        "score": mean_score(events),
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
    }


def contested(events: Sequence[Row]) -> int:
    """How many of the events that are said to have happened somebody denies."""
    return sum(1 for row in events if row["status"] == HAPPENED and row["denials"])
