"""Puts mentions together into happenings: the same groups whatever the order they come in.

Two mentions hang together if they are judged alike enough (``LOW``). What hangs together, directly or through
others, is a component; components are small, and each is grouped by itself: best pairs first, two groups
become one if nothing in them rules it out and their mentions fit, the best pair and on average.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.assemble.blocking import block_keys, near
from dragoman.assemble.clustering import Clusters
from dragoman.assemble.judging import ENOUGH, LOW, Judgement, judge
from dragoman.assemble.sketches import Sketch
from dragoman.assemble.trees import tree_of
from dragoman.records import Join

Pair = tuple[str, str]
Places = tuple[int, int]
REVIEWED = Judgement(1.0, "same", ("a reviewer says that they are one",))


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one happening: ids and keys in order of rank, the founding one first.

    ``joins`` has one entry a mention, in the same order; together they make a tree that ends at the founder.
    """

    members: tuple[str, ...]
    keys: tuple[str, ...]
    joins: tuple[Join, ...]


def candidate_pairs(sketches: Sequence[Sketch]) -> Iterator[Places]:
    """Positions of all pairs that share a key and are near each other, each once, smaller first."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    held: list[list[list[int]]] = []
    for place, sketch in enumerate(sketches):
        mine = [blocks[key] for key in block_keys(sketch)]
        for block in mine:
            block.append(place)
        held.append(mine)
    for place, sketch in enumerate(sketches):
        others: set[int] = set()
        for block in held[place]:
            if block[-1] > place:
                others.update(block[bisect_right(block, place) :])
        held[place] = []
        for other in sorted(others):
            if near(sketch, sketches[other]):
                yield place, other


def linked(sketches: Sequence[Sketch]) -> list[tuple[int, int, Judgement]]:
    """The pairs whose judgement reaches ``LOW``, by position: what components are made of."""
    found = []
    for one, two in candidate_pairs(sketches):
        judgement = judge(sketches[one], sketches[two])
        if judgement is not None and judgement.score >= LOW:
            found.append((one, two, judgement))
    return found


def components(sketches: Sequence[Sketch], must: Collection[Pair] = ()) -> list[list[int]]:
    """Positions of the mentions that hang together by links or by ``must`` (pairs of keys)."""
    links = [(one, two) for one, two, _ in linked(sketches)]
    return hanging_together(len(sketches), [*links, *places_of(sketches, must)])


def places_of(sketches: Sequence[Sketch], pairs: Iterable[Pair]) -> list[Places]:
    """Pairs of keys as pairs of positions, smaller first; keys of mentions that aren't there are left out."""
    at: defaultdict[str, list[int]] = defaultdict(list)
    for place, sketch in enumerate(sketches):
        at[sketch.key].append(place)
    found = {
        (min(one, two), max(one, two))
        for first, second in pairs
        for one in at.get(first, ())
        for two in at.get(second, ())
        if one != two
    }
    return sorted(found)


def hanging_together(count: int, links: Iterable[Places]) -> list[list[int]]:
    """The positions in parts that are connected by the links, in the order of their first positions."""
    root = list(range(count))

    def top(place: int) -> int:
        while root[place] != place:
            root[place] = root[root[place]]
            place = root[place]
        return place

    for one, two in links:
        first, second = sorted((top(one), top(two)))
        root[second] = first
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(count):
        parts[top(place)].append(place)
    return list(parts.values())


def group(
    sketches: Sequence[Sketch],
    must: Collection[Pair] = (),
    must_not: Collection[Pair] = (),
    rank: Mapping[str, object] | None = None,
) -> list[Group]:
    """The happenings among the mentions, in order of their founders' rank.

    ``must`` and ``must_not`` are pairs of mention keys that people have said to be one, or not one; where
    the two clash, ``must_not`` wins. ``rank`` gives each mention id its place in the order in which
    documents came (any values that can be compared); equal ranks, or none, are ordered by document id,
    position, type and id.
    The result is the same in any order, and the same for a whole corpus as for its components one by one.
    """
    ordered = sorted(sketches, key=lambda one: (one.key, one.mention_id))
    links = {(one, two): judgement for one, two, judgement in linked(ordered)}
    wanted, barred = places_of(ordered, must), places_of(ordered, must_not)
    parts = hanging_together(len(ordered), [*links, *wanted])
    of_part = {place: number for number, part in enumerate(parts) for place in part}
    shares = shared_out(links, wanted, barred, of_part, len(parts))
    order = standing(ordered, rank)
    groups = [
        made
        for part, share in zip(parts, shares, strict=True)
        for made in grouped(ordered, part, share, order)
    ]
    place_of = {sketch.mention_id: place for place, sketch in enumerate(ordered)}
    return sorted(groups, key=lambda one: order[place_of[one.members[0]]])


@dataclass(slots=True)
class Share:
    """What is known of the pairs in one component."""

    links: dict[Places, Judgement]
    wanted: list[Places]
    barred: set[Places]


def shared_out(
    links: Mapping[Places, Judgement],
    wanted: Iterable[Places],
    barred: Iterable[Places],
    of_part: Mapping[int, int],
    count: int,
) -> list[Share]:
    """The links and reviews, each with its component; those between two components part them anyway."""
    shares = [Share({}, [], set()) for _ in range(count)]
    for pair, judgement in links.items():
        shares[of_part[pair[0]]].links[pair] = judgement
    for pair in wanted:
        shares[of_part[pair[0]]].wanted.append(pair)
    for pair in barred:
        if of_part[pair[0]] == of_part[pair[1]]:
            shares[of_part[pair[0]]].barred.add(pair)
    return shares


def standing(ordered: Sequence[Sketch], rank: Mapping[str, object] | None) -> list[int]:
    """For each position its place in the order of rank."""

    def key(place: int) -> tuple[object, ...]:
        one = ordered[place]
        given = (rank[one.mention_id],) if rank is not None else ()
        return (*given, one.document_id, one.at, one.event_type, one.mention_id)

    order = [0] * len(ordered)
    for number, place in enumerate(sorted(range(len(ordered)), key=key)):
        order[place] = number
    return order


def grouped(
    sketches: Sequence[Sketch], part: Sequence[int], share: Share, order: Sequence[int]
) -> Iterator[Group]:
    """The groups of one component."""
    if len(part) == 1:
        yield make_group(sketches, part, {}, order)
        return
    clusters = Clusters(sketches, part, share.links, share.barred)
    forced = [pair for pair in share.wanted if clusters.force(*pair)]
    best = sorted(share.links.items(), key=lambda item: (-item[1].score, item[0]))
    for pair, judgement in best:
        if judgement.score >= ENOUGH:
            clusters.join(*pair)
    kept = {**share.links, **dict.fromkeys(forced, REVIEWED)}
    for members in clusters.parts():
        inside = set(members)
        own = {pair: judged for pair, judged in kept.items() if pair[0] in inside and pair[1] in inside}
        yield make_group(sketches, members, own, order)


def make_group(
    sketches: Sequence[Sketch],
    members: Sequence[int],
    links: Mapping[Places, Judgement],
    order: Sequence[int],
) -> Group:
    """The group of the mentions at these positions."""
    ranked = sorted(members, key=lambda place: order[place])
    return Group(
        members=tuple(sketches[place].mention_id for place in ranked),
        keys=tuple(sketches[place].key for place in ranked),
        joins=tree_of(sketches, ranked, links),
    )
