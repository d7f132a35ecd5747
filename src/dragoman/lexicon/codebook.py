"""PLOVER's codes as data: event types, modes, contexts, sectors, scores and quad classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.lexicon.reading import read_table

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One of the 16 event types, with its quad class and its conflict-cooperation score."""

    event: str
    quad: str
    score: str
    definition: str


@dataclass(frozen=True, slots=True)
class ModeRow:
    """One mode of an event type."""

    event: str
    mode: str
    score: str
    definition: str


@dataclass(frozen=True, slots=True)
class ContextRow:
    """What an event's matter may be about."""

    context: str
    definition: str


@dataclass(frozen=True, slots=True)
class SectorRow:
    """What part of a society a party belongs to; ``kind`` groups the sectors."""

    sector: str
    kind: str
    definition: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """All codes, in the tables' order, with their scores (-10 conflict to 10 cooperation)."""

    types: dict[str, TypeRow]
    modes: dict[str, dict[str, ModeRow]]
    contexts: dict[str, ContextRow]
    sectors: dict[str, SectorRow]
    scores: dict[tuple[str, str | None], float]

    def modes_of(self, event_type: str) -> tuple[str, ...]:
        """The modes of an event type; empty for the types that have none."""
        return tuple(self.modes.get(event_type, ()))


@cache
def load_codebook() -> Codebook:
    """The codebook, read from the package's tables on first use."""
    types = {row.event: row for row in read_table("plover_types.tsv", TypeRow)}
    modes: dict[str, dict[str, ModeRow]] = {}
    scores: dict[tuple[str, str | None], float] = {
        (row.event, None): float(row.score) for row in types.values()
    }
    for row in read_table("plover_modes.tsv", ModeRow):
        modes.setdefault(row.event, {})[row.mode] = row
        scores[row.event, row.mode] = float(row.score)
    contexts = {row.context: row for row in read_table("plover_contexts.tsv", ContextRow)}
    sectors = {row.sector: row for row in read_table("plover_sectors.tsv", SectorRow)}
    return Codebook(types, modes, contexts, sectors, scores)


def score_of(event_type: str, mode: str | None = None) -> float:
    """The conflict-cooperation score of an event, from -10 (conflict) to 10 (cooperation).

    A mode that the type does not have counts as none. Raises ``KeyError`` for an unknown type.
    """
    scores = load_codebook().scores
    return scores.get((event_type, mode), scores[event_type, None])


def quad_of(event_type: str) -> str:
    """The quad class of an event type, one of ``QUADS``. Raises ``KeyError`` for an unknown type."""
    return load_codebook().types[event_type].quad
