"""Whether events of a confidence are right as often as it says, as far as people have looked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dragoman.query.intervals import wilson
from dragoman.query.measuring import judged
from dragoman.store import Snapshot

BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Reviewed events of a confidence between two bounds: how sure the program was, how many are right."""

    low: float
    high: float
    n: int
    right: int
    mean: float
    share: float
    share_low: float
    share_high: float


def calibration(snapshot: Snapshot) -> list[Bin]:
    """A row a bin that has reviewed events; only those that a random draw showed, once there are any."""
    everything = list(judged(snapshot))
    ones = [one for one in everything if one.verdict.drawn] or everything
    pairs = [(one.row["confidence"], one.is_right) for one in ones if one.row["confidence"] is not None]
    found = []
    for low, high in pairwise(BOUNDS):
        mine = [(sure, right) for sure, right in pairs if low <= sure < high or sure == high == BOUNDS[-1]]
        if mine:
            n, right = len(mine), sum(good for _, good in mine)
            share = right / n
            found.append(
                Bin(low, high, n, right, sum(sure for sure, _ in mine) / n, share, *wilson(share, n))
            )
    return found
