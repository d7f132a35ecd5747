"""Reads what was done: triggers, types, modes, contexts, casualties, parties and status of events.

Door: ``EventReader.find``, and its models ``when``, ``where`` and ``via``, which say which of the report's
dates, places and sources (``candidates_of``) belong to an event found. The codebook stands beside it.
"""

from dragoman.events.casualties import casualties_of
from dragoman.events.circumstances import NO_AGE, Candidates, candidates_of
from dragoman.events.codebook import load_codebook, quad_of, score_of
from dragoman.events.contexts import contexts_of
from dragoman.events.encoding import TYPES, Floats
from dragoman.events.model import Reading
from dragoman.events.modes import mode_hints
from dragoman.events.notes import Notes
from dragoman.events.reader import EventReader, Found, Side, trigger_span
from dragoman.events.roles import syntax_of
from dragoman.events.spans import span_of

__all__ = [
    "NO_AGE",
    "TYPES",
    "Candidates",
    "EventReader",
    "Floats",
    "Found",
    "Notes",
    "Reading",
    "Side",
    "candidates_of",
    "casualties_of",
    "contexts_of",
    "load_codebook",
    "mode_hints",
    "quad_of",
    "score_of",
    "span_of",
    "syntax_of",
    "trigger_span",
]
