"""How often the record is right, as far as people have looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.errors import InputError
from dragoman.query.corrections import FIELDS, value_of
from dragoman.query.intervals import stratified, wilson
from dragoman.query.verdicts import read_verdicts
from dragoman.reviews import WRONG, Settled
from dragoman.store import TABLES, Snapshot

FEW = 30
"""Below so many reviewed events a share says little, and is marked so."""
GROUPS: Mapping[str, str] = {
    "type": "SELECT id, event_type, event_type AS part FROM events",
    "status": "SELECT id, event_type, status AS part FROM events",
    "year": "SELECT id, event_type, coalesce(year(coalesce(\"start\", first_reported))::VARCHAR, 'no date') "
    "AS part FROM events",
    "outlet": "SELECT DISTINCT e.id, e.event_type, coalesce(m.outlet, 'no outlet') AS part FROM "
    "(SELECT id, event_type, unnest(joins).mention_id AS mention FROM events) AS e JOIN event_mentions AS m "
    "ON m.id = e.mention",
}
"""By what accuracy may be told, beside fields: an event told by several outlets counts for each."""
BY = (*GROUPS, "field")


@dataclass(frozen=True, slots=True)
class Rate:
    """What share of a part of the record is right: ``share`` lies between ``low`` and ``high`` in 95 of 100.

    ``n`` events were reviewed, of which ``right`` are right, out of ``events`` that there are. ``share`` is
    ``None`` where nothing was reviewed. ``few`` says that n is too small to say much.
    """

    name: str
    events: int
    n: int
    right: int
    share: float | None
    low: float | None
    high: float | None
    few: bool


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Measured precision: in all, and by part.

    ``drawn`` says that only events that a random draw showed to reviewers count; else people picked them, and
    the shares hold for these events alone. ``covered`` is the share of the record's events that are of types
    of which at least one was reviewed, and so what ``total`` speaks for. ``disputed`` counts events on which
    reviewers differ, ``passed_over`` reviewed events that were not drawn and don't count.
    """

    version: int
    by: str
    total: Rate
    rates: tuple[Rate, ...]
    drawn: bool
    covered: float
    disputed: int
    passed_over: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One reviewed event: a row of ``events``, and what people say of it."""

    row: Mapping[str, Any]
    verdict: Settled

    @property
    def fixed(self) -> frozenset[str]:
        """The fields that were corrected."""
        return frozenset(name for name, _ in self.verdict.values)

    @property
    def is_right(self) -> bool:
        """Whether it happened as an event of this type, whatever is wrong with other fields."""
        return self.verdict.verdict != WRONG and "event_type" not in self.fixed


def accuracy(snapshot: Snapshot, by: str = "type", picked: bool = False) -> Accuracy:
    """Measured precision of the events of a snapshot; raises ``InputError`` for an unknown ``by``.

    An event is right if reviewers found it right or corrected other fields than its type. A field is right if
    nobody corrected it, counted over events that are right and have it (or ought to). With ``picked``, events
    that reviewers picked themselves count beside those drawn at random.
    """
    if by not in BY:
        raise InputError(f"accuracy can't be told by {by!r}", f"give one of {', '.join(BY)}")
    everything = list(judged(snapshot))
    drawn = [one for one in everything if one.verdict.drawn]
    is_drawn = bool(drawn) and not picked
    counted = drawn if is_drawn else everything
    sizes = Counter(dict(snapshot.rows("SELECT event_type, count(*) FROM events GROUP BY 1")))
    seen = {one.row["event_type"] for one in counted}
    return Accuracy(
        version=snapshot.version,
        by=by,
        total=rate("all", counted, sizes, (one.is_right for one in counted)),
        rates=tuple(by_field(counted, sizes) if by == "field" else by_part(snapshot, counted, by)),
        drawn=is_drawn,
        covered=sum(sizes[name] for name in seen) / max(sizes.total(), 1),
        disputed=sum(one.verdict.disputed for one in counted),
        passed_over=len(everything) - len(counted),
    )


def judged(snapshot: Snapshot) -> Iterator[Judged]:
    """The reviewed events that stand."""
    verdicts = read_verdicts(snapshot).events
    columns = ", ".join(f'"{name}"' for name in TABLES["events"].names)
    query = f"SELECT {columns} FROM events WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id"
    for row in snapshot.records(query, [sorted(verdicts)]) if verdicts else ():
        yield Judged(row, verdicts[row["id"]])


def by_part(snapshot: Snapshot, counted: Iterable[Judged], by: str) -> Iterator[Rate]:
    """A rate for each part, the largest first; parts of which nothing was reviewed are there, too."""
    events = {one.row["id"]: one for one in counted}
    sizes: dict[str, Counter[str]] = {}
    for part, kind, number in snapshot.rows(
        f"SELECT part, event_type, count(DISTINCT id) FROM ({GROUPS[by]}) GROUP BY ALL ORDER BY ALL"
    ):
        sizes.setdefault(part, Counter())[kind] = number
    members: dict[str, list[Judged]] = {}
    query = f"SELECT part, id FROM ({GROUPS[by]}) WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL"
    for part, event in snapshot.rows(query, [sorted(events)]):
        members.setdefault(part, []).append(events[event])
    for part in sorted(sizes, key=lambda name: (-sizes[name].total(), name)):
        ones = members.get(part, [])
        yield rate(part, ones, sizes[part], (one.is_right for one in ones))


def by_field(counted: Iterable[Judged], sizes: Counter[str]) -> Iterator[Rate]:
    """A rate for each field: of events that are right and have it, in how many it was not corrected."""
    right = [one for one in counted if one.verdict.verdict != WRONG]
    for name in FIELDS:
        having = [one for one in right if name in one.fixed or value_of(one.row, name) not in (None, [])]
        yield rate(name, having, sizes, (name not in one.fixed for one in having))


def rate(name: str, ones: Iterable[Judged], sizes: Counter[str], right: Iterable[bool]) -> Rate:
    """The share that is right, each event type weighing as much as the record has of it."""
    found: dict[str, tuple[int, int]] = {}
    for one, is_right in zip(ones, right, strict=True):
        good, n = found.get(one.row["event_type"], (0, 0))
        found[one.row["event_type"]] = good + is_right, n + 1
    n = sum(n for _, n in found.values())
    share, effective = stratified(found, sizes)
    low, high = wilson(share, effective)
    good = sum(good for good, _ in found.values())
    if not n:
        return Rate(name, sizes.total(), 0, 0, None, None, None, True)
    return Rate(name, sizes.total(), n, good, share, low, high, n < FEW)
