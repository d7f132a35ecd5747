"""On whose own word an event stands: origins, not outlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.records import Day, EventMention, Origin


@dataclass(frozen=True, slots=True)
class Telling:
    """A mention, and what is known about the document that tells it.

    ``trigger`` and ``passage`` are the words of the mention's spans; ``dateline`` those of the document's
    dateline ('OSLO (AFP)'), which may name an agency.
    """

    mention: EventMention
    outlet: str | None = None
    published_start: Day | None = None
    published_end: Day | None = None
    copy_of: str | None = None
    trigger: str = ""
    passage: str = ""
    dateline: str = ""


def origins_of(tellings: Sequence[Telling]) -> tuple[Origin, ...]:
    """Who vouches for what the mentions tell, each once, those with most documents first.

    A reprint counts with what it reprints, a wire copy with the agency, a relay with the outlet relayed, a
    quote with the speaker; what an outlet tells in its own voice, with the outlet. A document without outlet
    is an origin of its own.
    """
    raise NotImplementedError
