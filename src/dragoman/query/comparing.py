"""Two states side by side: what each does with, and gets from, a third."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.errors import InputError
from dragoman.lexicon.codebook import load_codebook
from dragoman.query.countries import country, name_of
from dragoman.query.dealings import phrases, sort_dealings
from dragoman.query.differences import FORMAL, differences
from dragoman.query.dyads import both_ways, contested
from dragoman.query.filters import Filters, Where
from dragoman.query.finding import with_words
from dragoman.query.ground import Ground, Row, as_day
from dragoman.query.ties import ties_between
from dragoman.query.timelines import BINS, floor
from dragoman.query.weighing import HAPPENED, mean_score, weigh, weightiest

TOWARD, FROM = "toward", "from"
TOOK, REFUSED, OFFERED = "took", "refused", "was offered"
ENOUGH = 3
"""Events of a type that set the two apart in full; fewer may be chance."""
SHORT_BINS = (("month", 40), ("year", 10_000))
"""The finest bin that gives no more rows than that."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its code and name, and its events toward the third and from it."""

    code: str
    name: str
    toward: list[Row]
    by_other: list[Row]

    @property
    def events(self) -> list[Row]:
        """All of its events with the third, each once."""
        return list({row["id"]: row for row in (*self.toward, *self.by_other)}.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer of ``compare``; rows with a ``side`` are of that one of the two.

    ``dealings`` has what each took, refused, asked for, was refused and so on, with the events and their
    words; ``acts`` counts by type and direction; ``balance`` the mean score by bin; ``ties`` how they stood
    on ``on``; ``telling`` the weightiest events; ``differences`` what the counts say, and the
    events they count.
    """

    sides: tuple[str, str]
    other: str
    names: dict[str, str]
    on: date | None
    dealings: list[Row]
    acts: list[Row]
    balance: list[Row]
    sums: list[Row]
    ties: list[Row]
    telling: list[Row]
    differences: list[Row]


def compare(
    ground: Ground,
    first: str,
    second: str,
    other: str,
    filters: Filters | None = None,
    on: str | date | None = None,
    limit: int = 6,
    by: str | None = None,
) -> Comparison:
    """What two states do with a third and get from it; ``limit`` bounds the events shown of each.

    ``on`` is the day of the ties; the last day of any of these events where it is not given.
    """
    codes = [country(name) for name in (first, second, other)]
    if len(set(codes)) < 3:
        raise InputError("three different countries are compared", "as in: compare ARM AZE --with ISR")
    third = codes[2]
    narrowed = (filters or Filters()).where()
    pair = [side_of(ground, code, third, narrowed) for code in codes[:2]]
    day = as_day(on, last=True) or last_day(pair)
    dealings = [row for side in pair for row in dealt(ground, side, pair, third)]
    ties = [row | {"side": side.code} for side in pair for row in ties_between(ground, side.code, third, day)]
    told = [row for side in pair for row in telling(side, pair, limit)]
    dress(ground, [*dealings, *told], limit)
    return Comparison(
        (codes[0], codes[1]),
        third,
        {code: name_of(code) for code in codes},
        day,
        dealings,
        acts(pair),
        balance(pair, by),
        [sums(side, way, events) for side in pair for way, events in ways(side).items()],
        ties,
        told,
        differences(codes[0], codes[1], third, dealings, ties, [side.toward for side in pair], day),
    )


def side_of(ground: Ground, code: str, third: str, narrowed: Where) -> Side:
    """The events of one side with the third."""
    return Side(code, name_of(code), *both_ways(ground, code, third, narrowed))


def ways(side: Side) -> dict[str, list[Row]]:
    """The side's events by direction."""
    return {TOWARD: side.toward, FROM: side.by_other}


def last_day(pair: Iterable[Side]) -> date | None:
    """The last day that any event has or was reported on."""
    days = [
        day for side in pair for row in side.events for day in (row["start"], row["last_reported"]) if day
    ]
    return max(days, default=None)


def dealt(ground: Ground, side: Side, pair: Sequence[Side], third: str) -> list[Row]:
    """The side's dealings, a row each, the weightiest events first."""
    types = {row["id"]: row["event_type"] for one in pair for row in one.events}
    found = sort_dealings(side.toward, side.by_other, types)
    refused = refused_at_once(ground, found[TOOK], found[REFUSED])
    found[OFFERED] += [row for row in found[TOOK] if row["id"] in refused]
    found[TOOK] = [row for row in found[TOOK] if row["id"] not in refused]
    answered = {row["responds_to"] for row in side.events if row["responds_to"]}
    return [
        {
            "side": side.code,
            "dealing": name,
            "phrase": phrases()[name].format(other=name_of(third)),
            "count": len(events),
            "contested": contested(events),
            "events": sorted(events, key=lambda row: (-weigh(row, answered), row["id"])),
        }
        for name, events in found.items()
    ]


def refused_at_once(ground: Ground, took: Sequence[Row], refusals: Sequence[Row]) -> set[str]:
    """Those of the events that are told only in one breath with their refusal.

    'Armenia refused an Israeli offer of aid' does not say that aid came, even where 'aid' was coded so.
    """
    if not took or not refusals:
        return set()
    query = (
        "WITH j AS (SELECT id, unnest(joins).mention_id AS mention FROM record "
        "WHERE id IN (SELECT unnest($1)) OR id IN (SELECT unnest($2))), "
        "m AS (SELECT j.id, j.mention, e.document_id, e.span FROM j JOIN event_mentions AS e "
        "ON e.id = j.mention), "
        "told AS (SELECT m.id, m.mention, bool_or(r.id IS NOT NULL) AS refused FROM m LEFT JOIN m AS r "
        "ON r.id IN (SELECT unnest($2)) AND r.document_id = m.document_id "
        'AND r.span."start" < m.span."end" AND m.span."start" < r.span."end" '
        "WHERE m.id IN (SELECT unnest($1)) GROUP BY ALL) "
        "SELECT id FROM told GROUP BY id HAVING bool_and(refused)"
    )
    sides = [[row["id"] for row in took], [row["id"] for row in refusals]]
    return {row["id"] for row in ground.rows(query, sides)}


def acts(pair: Sequence[Side]) -> list[Row]:
    """Counts by direction and type of both sides: those that happened, and those that did not or may not."""
    found = []
    for way in (TOWARD, FROM):
        for name, code in load_codebook().types.items():
            row: Row = {"way": way, "event_type": name, "quad": code.quad}
            for side in pair:
                mine = [one for one in ways(side)[way] if one["event_type"] == name]
                happened = sum(1 for one in mine if one["status"] == HAPPENED)
                row |= {side.code: happened, f"{side.code}_other": len(mine) - happened}
                row |= {f"{side.code}_contested": contested(mine)}
                statuses = Counter(one["status"] for one in mine if one["status"] != HAPPENED)
                row |= {f"{side.code}_statuses": dict(statuses)}
            if any(row[side.code] or row[f"{side.code}_other"] for side in pair):
                found.append(row)
    return found


def sums(side: Side, way: str, events: Sequence[Row]) -> Row:
    """One direction of one side in figures."""
    return {
        "side": side.code,
        "way": way,
        "events": len(events),
        "happened": sum(1 for row in events if row["status"] == HAPPENED),
        "contested": contested(events),
        "score": mean_score(events),
    }


def balance(pair: Sequence[Side], by: str | None) -> list[Row]:
    """Number and mean score of what happened, by bin, of each side in each direction.

    An event stands in the bin that holds its whole date; ``bin`` is empty for those that no bin holds.
    """
    every = [row for side in pair for row in side.events]
    if by is not None and by not in BINS:
        raise InputError(f"the balance can't go by {by!r}", f"it goes by: {', '.join(BINS)}")
    bins = by or next(name for name, most in SHORT_BINS if len({bin_of(row, name) for row in every}) <= most)
    found: dict[date | None, Row] = {}
    for key in sorted({bin_of(row, bins) for row in every}, key=lambda day: (day is None, day or date.min)):
        row = found.setdefault(key, {"bin": key, "by": bins})
        for side in pair:
            for way, events in ways(side).items():
                mine = [one for one in events if one["status"] == HAPPENED and bin_of(one, bins) == key]
                row |= {f"{side.code}_{way}": len(mine), f"{side.code}_{way}_score": mean_score(mine)}
    return list(found.values())


def bin_of(row: Row, by: str) -> date | None:
    """The first day of the bin that holds the event's whole date; ``None`` if none does."""
    start, end = row["start"], row["end"]
    if start is None or end is None or floor(start, by) != floor(end, by):
        return None
    return floor(start, by)


def telling(side: Side, pair: Sequence[Side], limit: int) -> list[Row]:
    """The side's weightiest events, with what sets the sides apart weighing more; oldest first."""
    events = []
    for way, ones in ways(side).items():
        events += [row | {"side": side.code, "way": way} for row in ones]
    chosen = weightiest(events, limit, contrasts(pair))
    return sorted(chosen, key=lambda row: (str(row["start"] or row["first_reported"] or ""), row["id"]))


def contrasts(pair: Sequence[Side]) -> dict[tuple[str, str], float]:
    """By direction and type, how far the two differ in it: 1 where only one has it, and more than once."""
    found: dict[tuple[str, str], float] = {}
    for way in (TOWARD, FROM):
        counts = [
            Counter(row["event_type"] for row in ways(side)[way] if row["status"] == HAPPENED)
            for side in pair
        ]
        for name, number in (counts[0] | counts[1]).items():
            apart = contrast(*(shares(count).get(name, 0.0) for count in counts))
            found[way, name] = apart * min(1.0, number / ENOUGH)
    return found


def contrast(one: float, other: float) -> float:
    """How far two shares differ."""
    return 1.0 if not one or not other else abs(one - other) / max(one, other)


def shares(counts: Mapping[str, int]) -> dict[str, float]:
    """Each count's share of all."""
    total = sum(counts.values())
    return {name: number / total for name, number in counts.items()}


def dress(ground: Ground, rows: Sequence[Row], limit: int) -> None:
    """Puts words to the events that are shown: those of the telling rows, and the first ones of dealings."""
    wanted = [one["id"] for row in rows for one in row.get("events", ())[:limit]]
    wanted += [row["id"] for row in rows if "events" not in row]
    wanted += [
        one["responds_to"] for row in rows for one in row.get("events", ())[:limit] if one["responds_to"]
    ]
    full = {row["id"]: row for row in with_words(ground, list(dict.fromkeys(wanted)))}
    for row in rows:
        if "events" in row:
            row["ids"] = [one["id"] for one in row["events"]]
            row["about"] = dict(
                Counter(
                    name for one in row["events"] for name in one["contexts"] if name not in FORMAL
                ).most_common()
            )
            row["contexts"] = {one["id"]: one["contexts"] for one in row["events"]}
            row["events"] = [full[one["id"]] for one in row["events"][:limit] if one["id"] in full]
        elif row["id"] in full:
            row |= full[row["id"]]
    for row in full.values():
        answered = full.get(row["responds_to"] or "")
        row["answers"] = answered and {
            "id": answered["id"],
            "event_type": answered["event_type"],
            "words": answered["words"],
            "sentence": answered["sentence"],
            "start": answered["start"],
        }
