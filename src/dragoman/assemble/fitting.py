"""What fitting on labelled pairs adds to the weights set by hand.

A few features that no aspect weighs have weights of their own, in ``tables/merging_weights.tsv``: log odds as
well, fitted beside those of the aspects (``tools/fit_merging.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.assemble.sketches import Sketch
from dragoman.assemble.typeweights import VERBAL
from dragoman.lexicon import read_table

LATE = 4
"""Days after which a report that dates nothing tells of it as of something known."""
RARE_MOST = 3
"""Rare words in common beyond so many add nothing."""


@dataclass(frozen=True, slots=True)
class FittedWeight:
    """One row: a feature and what it weighs."""

    feature: str
    weight: str
    pairs: str


@cache
def fitted() -> dict[str, float]:
    """The weights by feature; those that are not in the table weigh nothing."""
    return {row.feature: float(row.weight) for row in read_table("merging_weights.tsv", FittedWeight)}


def correction(a: Sketch, b: Sketch) -> float:
    """What the fitted weights add to the sum of those set by hand."""
    weights = fitted()
    total = 0.0
    for name, value in features(a, b):
        total += value * weights.get(name, 0.0)
    return total


def features(a: Sketch, b: Sketch) -> list[tuple[str, float]]:
    """The features of a pair that have values other than 0."""
    said = a.act in VERBAL or b.act in VERBAL
    return [*of_words(a, b, said), *of_time(a, b, said), *of_sides(a, b), *of_pointing(a, b)]


def of_words(a: Sketch, b: Sketch, said: bool) -> list[tuple[str, float]]:
    """Rare words in common, and words for the act of different kinds."""
    made = []
    if rare := min(RARE_MOST, (a.rare & b.rare).bit_count()):
        made.append(("rare/said" if said else "rare/done", float(rare)))
    elif not said and a.rare.bit_count() >= 2 <= b.rare.bit_count():
        made.append(("no rare/done", 1.0))
    if a.trigger != b.trigger and a.kinds and b.kinds and a.kinds.isdisjoint(b.kinds):
        made.append(("kinds apart", 1.0))
    return made


def of_time(a: Sketch, b: Sketch, said: bool) -> list[tuple[str, float]]:
    """Whether the later report looks back on what it doesn't date, and whether it comes days later."""
    later = a if (a.published or 0) > (b.published or 0) else b
    if later.start is not None:
        return []
    made = [("looks back", 1.0)] if later.is_past_perfect else []
    if a.published is None or b.published is None or abs(a.published - b.published) < LATE:
        return made
    return [*made, ("late/said" if said else "late/done", 1.0)]


def of_sides(a: Sketch, b: Sketch) -> list[tuple[str, float]]:
    """Which parts of a state act and suffer, and whether both do both."""
    made = []
    if a.actor_sectors and b.actor_sectors and not a.actor_sectors & b.actor_sectors:
        made.append(("other actors", 1.0))
    if a.recipient_sectors and b.recipient_sectors and not a.recipient_sectors & b.recipient_sectors:
        made.append(("other recipients", 1.0))
    if (len(a.actors | a.recipients) > 1) != (len(b.actors | b.recipients) > 1):
        made.append(("one party and two", 1.0))
    if (a.actors == a.recipients) != (b.actors == b.recipients) and a.recipients and b.recipients:
        made.append(("mutual and one-sided", 1.0))
    return made


def of_pointing(a: Sketch, b: Sketch) -> list[tuple[str, float]]:
    """What the words around the triggers say of other acts."""
    made = []
    if a.document_id != b.document_id and (a.points_back or b.points_back):
        made.append(("points back", 1.0))
    if a.is_another != b.is_another:
        made.append(("another of one", 1.0))
    return made
