"""From the mentions of one happening to the event: agreed values, most exact grain, contradictions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dragoman.assemble.origins import Telling
from dragoman.records import Event, Join


def event_id(key: str) -> str:
    """The id of the event that the mention with this key founds."""
    return "e" + hashlib.sha256(key.encode()).hexdigest()[:16]


def consolidate(tellings: Sequence[Telling], joins: Sequence[Join], responds_to: str | None = None) -> Event:
    """The event that the mentions of one group make; ``joins`` as in ``Group``, the founder first.

    ``tellings`` may come in any order, one for each join. ``responds_to`` is the id of the event answered.
    """
    raise NotImplementedError


def telling_words(tellings: Sequence[Telling], width: int = 160) -> str:
    """The words of the best mention's passage about its trigger, cut to the width: the event's title."""
    raise NotImplementedError
