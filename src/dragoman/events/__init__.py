"""Reads what was done: triggers, types, modes, contexts, casualties, parties and status of events.

Door: ``EventReader.find``. The codebook (``quad_of``, ``score_of``) and ``pick``, which chooses the date and the
place that belong to an event found, stand beside it.
"""

from dragoman.events.codebook import load_codebook, quad_of, score_of
from dragoman.events.linking import pick
from dragoman.events.model import PLACE, VIA, WHEN
from dragoman.events.reader import EventReader, Found
from dragoman.events.spans import span_of

__all__ = [
    "PLACE",
    "VIA",
    "WHEN",
    "EventReader",
    "Found",
    "load_codebook",
    "pick",
    "quad_of",
    "score_of",
    "span_of",
]
