"""From the reader's own probabilities to how often it was right with them: fitted curves."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

FIELDS = ("who", "status", "date", "place")
"""The fields of an event that have a confidence of their own, beside the event's."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising broken line from a probability that the reader gives to the share that was right at it."""

    probability: tuple[float, ...]
    share: tuple[float, ...]

    def at(self, probability: float) -> float:
        """The share of right ones at this probability, to three places."""
        x, y = self.probability, self.share
        right = bisect_right(x, probability)
        if right == 0:
            return round(y[0], 3)
        if right == len(x):
            return round(y[-1], 3)
        slope = (y[right] - y[right - 1]) / (x[right] - x[right - 1])
        return round(slope * (probability - x[right - 1]) + y[right - 1], 3)


def read_curve(raw: dict[str, Any]) -> Curve:
    """The curve as it stands in ``reader.json``; ``KeyError`` or ``ValueError`` where it is none."""
    curve = Curve(tuple(map(float, raw["probability"])), tuple(map(float, raw["share"])))
    if not curve.probability or len(curve.probability) != len(curve.share):
        raise ValueError("a curve of confidence needs as many shares as probabilities, and one at least")
    return curve


def read_curves(raw: dict[str, Any]) -> dict[str, Curve]:
    """The curves of ``FIELDS``, as far as the model folder has them; older ones have none."""
    return {name: read_curve(one) for name, one in raw.items() if name in FIELDS}
