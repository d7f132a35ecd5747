"""Files, folders, bytes or text in, ``Document`` out; what can't be read is refused with what to do.

Doors: ``find_files`` (arguments to files), ``read_path`` and ``read_stream`` (bytes to ``Document``),
``read_text`` (text to ``Document``, checked) and ``make_document`` (unchecked).
"""

from dragoman.intake.datelines import find_dateline
from dragoman.intake.files import STDIN, Found, find_files
from dragoman.intake.making import make_document, parse_published
from dragoman.intake.reading import MAX_CHARS, Terms, file_name, read_path, read_stream, read_text

__all__ = [
    "MAX_CHARS",
    "STDIN",
    "Found",
    "Terms",
    "file_name",
    "find_dateline",
    "find_files",
    "make_document",
    "parse_published",
    "read_path",
    "read_stream",
    "read_text",
]
