"""How much an event tells: by who vouches for it, how strong it is, and what sets it apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log2

from dragoman.query.ground import Row

HAPPENED = "asserted"
CONTESTED = 0.7
"""What is left of the weight of an event that somebody denies."""
NOT_DONE = 0.5
ANSWERED = 1.4
"""How much more an event weighs that answers another, or is answered."""


def weigh(event: Row, answered: Collection[str] = (), contrast: float = 0.0) -> float:
    """The event's weight; ``contrast`` (0 to 1) is how far its type sets one side apart from another.

    Origins count by their logarithm: the second tells more than the twentieth.
    """
    weight: float = 1.0 + log2(max(event["origin_count"] or 1, 1))
    weight *= 1.0 + abs(event["score"] or 0.0) / 10.0
    weight *= 1.0 + contrast
    if event["responds_to"] or event["id"] in answered:
        weight *= ANSWERED
    if event["status"] != HAPPENED:
        weight *= NOT_DONE
    elif event["denials"]:
        weight *= CONTESTED
    return round(weight, 3)


def weightiest(
    events: Sequence[Row], most: int, contrasts: Mapping[tuple[str, str], float] | None = None
) -> list[Row]:
    """The events that tell most, heaviest first; of one type not more than a third (at least two)."""
    answered = {one["responds_to"] for one in events if one["responds_to"]}
    contrasts = contrasts or {}
    for one in events:
        one["weight"] = weigh(one, answered, contrasts.get((one.get("way", ""), one["event_type"]), 0.0))
    return picked(events, most)


def picked(events: Sequence[Row], most: int) -> list[Row]:
    """The weighed events that weigh most, of one type and direction no more than its share."""
    kept: list[Row] = []
    for one in sorted(events, key=lambda event: (-event["weight"], event["id"])):
        alike = sum(
            1
            for other in kept
            if (other["event_type"], other.get("way")) == (one["event_type"], one.get("way"))
        )
        if len(kept) < most and alike < share_of(most):
            kept.append(one)
    return kept


def share_of(most: int) -> int:
    """How many of one type may be among so many."""
    return max(2, -(-most // 3))


def mean_score(events: Sequence[Row]) -> float | None:
    """The mean score of what happened; ``None`` where nothing did."""
    scores = [one["score"] for one in events if one["status"] == HAPPENED and one["score"] is not None]
    return round(sum(scores) / len(scores), 2) if scores else None
