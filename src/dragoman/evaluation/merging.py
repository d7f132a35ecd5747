"""Scores how mentions of several reports were put together into events, against the happenings of a gold.

Everything is counted mention by mention, so that figures of parts can be added and resampled.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

RESAMPLINGS = 2000
EDGE = 0.025
"""What is cut off at either end of the resampled values: 95 % stay."""


@dataclass(frozen=True, slots=True)
class Told:
    """One mention: the report it stands in, the happening that it tells, the event that it was put into.

    ``happening`` and ``event`` are any names that are equal where two mentions belong together; a happening's
    name must tell its set as well. ``part`` is the set of reports, which is what resampling draws.
    """

    mention: str
    report: str
    happening: str
    event: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over mentions.

    ``gold``, ``given`` and ``right``: how many mentions of *other reports* tell the same happening, are in
    the same event, are both. ``pure`` and ``whole``: the share of the event's mentions that tell this one's
    happening, and of the happening's mentions that are in its event, itself included (B-cubed). ``merged``:
    it shares its event with any other mention; ``false``: with one of another happening; ``stray``: it tells
    another happening than most of its event.
    """

    mentions: float = 0
    gold: float = 0
    given: float = 0
    right: float = 0
    pure: float = 0
    whole: float = 0
    merged: float = 0
    false: float = 0
    stray: float = 0

    def __add__(self, other: Tally) -> Tally:
        """The sums of both."""
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))


@dataclass(frozen=True, slots=True)
class MergingScore:
    """The figures of one run; ``None`` where there was nothing to be right or wrong about.

    ``precision``, ``recall`` and ``f1`` are over pairs of mentions in different reports; the ``b_cubed``
    figures over all mentions. ``false_merges`` is the share of merged mentions that share their event with
    a mention of another happening; ``strays`` counts of these only the ones that are not of the happening
    which most mentions of the event tell. ``pairs_gold``, ``pairs_given`` and ``pairs_right`` are counts of
    pairs, ``merged`` of mentions.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    b_cubed_precision: float | None
    b_cubed_recall: float | None
    b_cubed_f1: float | None
    false_merges: float | None
    strays: float | None
    mentions: int
    pairs_gold: int
    pairs_given: int
    pairs_right: int
    merged: int


def tally(told: Sequence[Told]) -> list[Tally]:
    """One tally a mention, in the mentions' order."""
    events, happenings = by(told, lambda one: one.event), by(told, lambda one: one.happening)
    main = {name: leading(members) for name, members in events.items()}
    return [
        tally_of(one, events[one.event], happenings[one.happening], one.happening == main[one.event])
        for one in told
    ]


def tally_of(one: Told, event: Sequence[Told], happening: Sequence[Told], leads: bool) -> Tally:
    """The tally of one mention, given the mentions of its event and of its happening (itself in both)."""
    both = [other for other in event if other.happening == one.happening]
    return Tally(
        mentions=1,
        gold=elsewhere(one, happening),
        given=elsewhere(one, event),
        right=elsewhere(one, both),
        pure=len(both) / len(event),
        whole=len(both) / len(happening),
        merged=len(event) > 1,
        false=len(both) < len(event),
        stray=not leads,
    )


def elsewhere(one: Told, others: Iterable[Told]) -> int:
    """How many of the others stand in another report."""
    return sum(other.report != one.report for other in others)


def leading(members: Sequence[Told]) -> str:
    """The happening that most of the mentions tell; of equals the one whose name comes first."""
    counts = by(members, lambda one: one.happening)
    return min(counts, key=lambda name: (-len(counts[name]), name))


def by(told: Iterable[Told], name: Callable[[Told], str]) -> dict[str, list[Told]]:
    """The mentions under each name."""
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        found[name(one)].append(one)
    return dict(found)


def score_merging(told: Sequence[Told], among: Collection[str] | None = None) -> MergingScore:
    """All figures of the mentions together, or of those in some parts beside all others.

    What a mention of these parts shares an event with counts against it wherever it stands.
    """
    tallies = zip(told, tally(told), strict=True)
    return score_of(sum((mine for one, mine in tallies if among is None or one.part in among), Tally()))


def score_of(total: Tally) -> MergingScore:
    """The figures that follow from the sums."""
    precision, recall = ratio(total.right, total.given), ratio(total.right, total.gold)
    pure, whole = ratio(total.pure, total.mentions), ratio(total.whole, total.mentions)
    return MergingScore(
        precision=precision,
        recall=recall,
        f1=ratio(2 * total.right, total.given + total.gold),
        b_cubed_precision=pure,
        b_cubed_recall=whole,
        b_cubed_f1=None if pure is None or whole is None else 2 * pure * whole / (pure + whole),
        false_merges=ratio(total.false, total.merged),
        strays=ratio(total.stray, total.merged),
        mentions=int(total.mentions),
        pairs_gold=int(total.gold) // 2,
        pairs_given=int(total.given) // 2,
        pairs_right=int(total.right) // 2,
        merged=int(total.merged),
    )


def ratio(part: float, whole: float) -> float | None:
    """The share, or ``None`` of nothing."""
    return part / whole if whole else None


def intervals(
    told: Sequence[Told], among: Collection[str] | None = None, seed: int = 1
) -> Mapping[str, tuple[float, float]]:
    """For each share the bounds within which 95 % of resamplings of the parts put it.

    A share that some resampling leaves open has no bounds.
    """
    parts: defaultdict[str, Tally] = defaultdict(Tally)
    for one, mine in zip(told, tally(told), strict=True):
        if among is None or one.part in among:
            parts[one.part] += mine
    names, drawn = sorted(parts), random.Random(seed)
    runs = [
        score_of(sum((parts[name] for name in drawn.choices(names, k=len(names))), Tally()))
        for _ in range(RESAMPLINGS if names else 0)
    ]
    found = {}
    for share in SHARES:
        values = sorted(value for run in runs if (value := getattr(run, share)) is not None)
        if runs and len(values) == len(runs):
            found[share] = (values[int(EDGE * len(values))], values[int((1 - EDGE) * len(values)) - 1])
    return found


SHARES = (
    "precision",
    "recall",
    "f1",
    "b_cubed_precision",
    "b_cubed_recall",
    "b_cubed_f1",
    "false_merges",
    "strays",
)


def wrong_pairs(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs in one event that tell two happenings, in whatever reports they stand."""
    for members in by(told, lambda one: one.event).values():
        for one, two in combinations(members, 2):
            if one.happening != two.happening:
                yield one, two


def missed_pairs(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs of different reports that tell one happening and are in two events."""
    for members in by(told, lambda one: one.happening).values():
        for one, two in combinations(members, 2):
            if one.event != two.event and one.report != two.report:
                yield one, two
