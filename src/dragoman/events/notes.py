"""What the reader notes down for an explanation while it decides; kept only when one is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.events.model import Reading
from dragoman.events.modes import ModeHint

FAINT = 0.1
"""Chance from which a word that was passed over is worth an explanation."""


@dataclass(frozen=True, slots=True)
class ModeNote:
    """The weight of each mode that the type has ('' is none), and the hints of the table that are in it."""

    weights: dict[str, float]
    hints: tuple[ModeHint, ...]


@dataclass(frozen=True, slots=True)
class ContextNote:
    """The chance of one context by cue words, by the network, and by both; the rows that the words are of."""

    by_words: float
    by_network: float
    chance: float
    rows: tuple[str, ...]


@dataclass(slots=True)
class Notes:
    """By the token of the trigger: how mode and contexts were decided. Beside it, the readings dropped.

    ``dropped`` says of each why: faint, title, no-act, light, silence or condition.
    """

    dropped: list[tuple[Reading, str]] = field(default_factory=list)
    modes: dict[int, ModeNote] = field(default_factory=dict)
    contexts: dict[int, dict[str, ContextNote]] = field(default_factory=dict)
