"""Questions to the record: events, dyads, timelines, comparisons, ties, and why anything is in it.

Doors: ``Record.open`` (answers in data frames), and the same questions with answers as records of plain rows:
``open_ground``, then ``find``, ``dyad``, ``timeline``, ``compare``, ``why``, ``who``, ``list_ties``. All read
the view ``record``: events with what people say of them laid over (``lay_over``).
"""

from dragoman.query.actors import Actor, who
from dragoman.query.comparing import Comparison, compare
from dragoman.query.countries import code_of, country, name_of
from dragoman.query.dyads import Dyad, dyad
from dragoman.query.filters import Filters
from dragoman.query.finding import SORTS, find, unassembled, why_none
from dragoman.query.ground import Ground, Row, open_ground
from dragoman.query.record import Record
from dragoman.query.ties import history, list_ties
from dragoman.query.timelines import BINS, Timeline, timeline
from dragoman.query.tracing import Trace, why

__all__ = [
    "BINS",
    "SORTS",
    "Actor",
    "Comparison",
    "Dyad",
    "Filters",
    "Ground",
    "Record",
    "Row",
    "Timeline",
    "Trace",
    "code_of",
    "compare",
    "country",
    "dyad",
    "find",
    "history",
    "list_ties",
    "name_of",
    "open_ground",
    "timeline",
    "unassembled",
    "who",
    "why",
    "why_none",
]
