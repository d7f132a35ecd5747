"""Which of two mentions of one happening tells it more exactly."""

from __future__ import annotations

from dragoman.assemble.sketches import Sketch

GRAINS = {"point": 4, "city": 4, "admin1": 3, "country": 2, "region": 1}


def relation_of(a: Sketch, b: Sketch) -> str:
    """What b is to a: ``more_exact``, ``less_exact`` or ``same``.

    b is more exact if it tells at least one of time, place and doer at a finer grain, and none at a coarser.
    """
    finer = coarser = False
    for one, two in zip(grains(a), grains(b), strict=True):
        finer |= two > one
        coarser |= two < one
    if finer == coarser:
        return "same"
    return "more_exact" if finer else "less_exact"


def grains(sketch: Sketch) -> tuple[int, int, int]:
    """How finely time, place and doer are told; a higher number is finer, 0 is not told."""
    if sketch.start is None or sketch.end is None:
        time = 0
    else:
        days = sketch.end - sketch.start
        time = 4 if days == 0 else 3 if days <= 7 else 2 if days <= 92 else 1
    named = 2 if sketch.actor_persons or sketch.actor_bodies else 1 if sketch.actors else 0
    return time, GRAINS.get(sketch.place_precision, 0), named
