"""Finds the words of a report that say that a tie stands, or no longer does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.records import Claim, Document, Mention, PlaceRef, TieStatement, TimeRef

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_statements(
    doc: Doc,
    document: Document,
    mentions: Sequence[Mention],
    times: Sequence[TimeRef],
    places: Sequence[PlaceRef] = (),
    claims: Sequence[Claim] = (),
) -> list[TieStatement]:
    """What the report says of standing ties, in text order; empty where it says nothing of any."""
    return []
