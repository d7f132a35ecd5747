"""Event mentions out: the wire format, a table for people and one for spreadsheets.

Doors: ``to_wire`` and ``from_wire`` (one event mention as plain data and back), ``open_writer`` (a format's
name to a writer that takes documents and their event mentions).
"""

from dragoman.output.cleaning import printable
from dragoman.output.sheet import COLUMNS
from dragoman.output.wire import SCHEMA, from_wire, to_wire
from dragoman.output.writers import FORMATS, Writer, open_writer

__all__ = ["COLUMNS", "FORMATS", "SCHEMA", "Writer", "from_wire", "open_writer", "printable", "to_wire"]
