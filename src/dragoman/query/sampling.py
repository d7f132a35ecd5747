"""Random draws of events for reviewers, the same for everyone who names the same seed."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.store import Snapshot

LABEL = "seed {}"
"""What a review says of the draw that led to it."""


def draw(snapshot: Snapshot, number: int, seed: int = 1, types: Sequence[str] = ()) -> list[str]:
    """The ids of events drawn at random, as many of each type as there are or as can be had.

    Within a type the events come in an order that hangs on seed and id alone: so a larger number has the
    smaller draw in it, and events added later take their places among the others. The first one of each type
    comes first, then the second ones, so that work may stop at any point.
    """
    which = "WHERE event_type IN (SELECT unnest(?::VARCHAR[]))" if types else ""
    parameters: list[object] = [f"{seed}:", *([list(types)] if types else [])]
    query = (
        "SELECT id FROM (SELECT id, event_type, row_number() OVER "
        f"(PARTITION BY event_type ORDER BY sha256(? || id), id) AS nth FROM events {which}) "
        f"ORDER BY nth, event_type LIMIT {max(number, 0)}"
    )
    return [one for (one,) in snapshot.rows(query, parameters)]
