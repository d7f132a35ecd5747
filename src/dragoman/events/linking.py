"""Which of several spans (dates, places, sources) belongs to an event: learned links and a hint from syntax."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from spacy.tokens import Doc

from dragoman.events.reader import Found
from dragoman.records import Span


class HasSpan(Protocol):
    """Whatever stands at a span of the text."""

    @property
    def span(self) -> Span | None:
        """Where it stands."""


Candidate = TypeVar("Candidate", bound=HasSpan)


def pick(
    doc: Doc,
    found: Found,
    candidates: Sequence[Candidate],
    relation: int,
    hint: Candidate | None,
    least: float,
    trust: float,
) -> Candidate | None:
    """The candidate with the highest score, if it reaches ``least``.

    The score is the event's learned link with the candidate's words, plus ``trust`` for the one that syntax
    hints at. ``None`` if nothing reaches ``least``: an event without a date or a place of its own has none.
    """
    best: Candidate | None = None
    highest = least
    for candidate in candidates:
        if candidate.span is None:
            continue
        score = found.link(doc, candidate.span, relation) + (trust if candidate is hint else 0.0)
        if score >= highest:
            best, highest = candidate, score
    return best
