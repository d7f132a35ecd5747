"""PLOVER's codes, under the name by which the rooms that read know them."""

from __future__ import annotations

from dragoman.lexicon.codebook import (
    QUADS,
    Codebook,
    ContextRow,
    ModeRow,
    SectorRow,
    TypeRow,
    load_codebook,
    quad_of,
    score_of,
)

__all__ = [
    "QUADS",
    "Codebook",
    "ContextRow",
    "ModeRow",
    "SectorRow",
    "TypeRow",
    "load_codebook",
    "quad_of",
    "score_of",
]
