"""Why each mention of a group belongs to it: a tree of the best links, with the founder at its root."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dragoman.assemble.exactness import relation_of
from dragoman.assemble.judging import Judgement
from dragoman.assemble.sketches import Sketch
from dragoman.records import Join

Places = tuple[int, int]


def tree_of(
    sketches: Sequence[Sketch], ranked: Sequence[int], links: Mapping[Places, Judgement]
) -> tuple[Join, ...]:
    """One join for each position in the order given; the first position founds the group."""
    above = parents(ranked, links)
    return tuple(join_of(sketches, place, above.get(place), links) for place in ranked)


def parents(ranked: Sequence[int], links: Mapping[Places, Judgement]) -> dict[int, int]:
    """For each position but the first the one that it is joined to, along the weightiest links."""
    beside: defaultdict[int, list[int]] = defaultdict(list)
    part = {place: place for place in ranked}

    def top(place: int) -> int:
        while part[place] != place:
            part[place] = part[part[place]]
            place = part[place]
        return place

    for (one, two), _ in sorted(links.items(), key=lambda item: (-item[1].score, item[0])):
        first, second = top(one), top(two)
        if first != second:
            part[second] = first
            beside[one].append(two)
            beside[two].append(one)
    above: dict[int, int] = {}
    waiting, seen = [ranked[0]], {ranked[0]}
    while waiting:
        place = waiting.pop()
        for other in beside[place]:
            if other not in seen:
                seen.add(other)
                above[other] = place
                waiting.append(other)
    return above


def join_of(
    sketches: Sequence[Sketch], place: int, above: int | None, links: Mapping[Places, Judgement]
) -> Join:
    """The join of one mention to the one above it.

    The relation is ``more_exact`` only where this mention tells more exactly than the one above.
    """
    one = sketches[place]
    if above is None:
        return Join(one.mention_id, one.document_id, None, "same", (), 1.0)
    judged = links[(place, above) if place < above else (above, place)]
    relation = "more_exact" if relation_of(sketches[above], one) == "more_exact" else "same"
    return Join(
        one.mention_id, one.document_id, sketches[above].mention_id, relation, judged.why, judged.score
    )
