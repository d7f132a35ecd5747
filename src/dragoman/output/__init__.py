"""Event mentions out: the wire format, a table for people and one for spreadsheets.

Doors: ``to_wire`` and ``from_wire`` (one event mention as plain data and back), ``open_writer`` (a format's
name to a writer that takes documents and their event mentions), ``open_explainer`` (to one for reasons).
"""

from dragoman.output.cleaning import printable
from dragoman.output.sheet import COLUMNS
from dragoman.output.wire import EXPLANATION_SCHEMA, SCHEMA, explanation_to_wire, from_wire, to_wire
from dragoman.output.writers import EXPLAINERS, FORMATS, Explainer, Writer, open_explainer, open_writer

__all__ = [
    "COLUMNS",
    "EXPLAINERS",
    "EXPLANATION_SCHEMA",
    "FORMATS",
    "SCHEMA",
    "Explainer",
    "Writer",
    "explanation_to_wire",
    "from_wire",
    "open_explainer",
    "open_writer",
    "printable",
    "to_wire",
]
