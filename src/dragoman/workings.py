"""What the pipeline has in hand while it codes a report; of it an explanation is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from dragoman.attribution import StatusHint
from dragoman.events import Candidates, Floats, Found, Notes
from dragoman.records import Claim, Document, Mention, PlaceRef, Status, TimeRef


@dataclass(frozen=True, slots=True)
class Page:
    """A report as read before its events: everything that an event may point to."""

    document: Document
    doc: Doc
    mentions: Sequence[Mention]
    times: Sequence[TimeRef]
    places: Sequence[PlaceRef]
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status of an event, what the network and the operators together give to each, and their hint."""

    status: Status
    weights: dict[Status, float]
    hint: StatusHint

    @property
    def chance(self) -> float:
        """The share of the status in what is given."""
        return self.weights[self.status] / sum(self.weights.values())


@dataclass(frozen=True, slots=True)
class Judged:
    """The candidates of one relation, and ``(events, candidates)`` chances that they belong to the events."""

    candidates: Candidates
    chances: Floats


@dataclass(slots=True)
class Workings:
    """What is kept of the steps between report and event mentions when an explanation is wanted.

    ``statuses`` runs in step with ``found``, the three judged relations with its events.
    """

    page: Page
    notes: Notes = field(default_factory=Notes)
    found: Sequence[Found] = ()
    statuses: Sequence[StatusReading] = ()
    when: Judged | None = None
    where: Judged | None = None
    via: Judged | None = None
