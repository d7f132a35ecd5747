"""Reads what was done: triggers, types, modes, contexts, casualties, parties and status of events."""

from dragoman.events.codebook import load_codebook, quad_of, score_of
from dragoman.events.spans import span_of

__all__ = ["load_codebook", "quad_of", "score_of", "span_of"]
