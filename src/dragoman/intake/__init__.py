"""Whatever holds reports in, ``Document`` out; what can't be read is refused with what to do.

Doors: ``find_files`` (arguments to files) and ``documents_in`` (files of any kind, archives and addresses to
documents and problems; ``parts_in`` leaves pages and the like ``Unread``, for other processes to read);
``read_path``, ``read_stream``, ``read_text`` and ``make_document`` for single texts.
``why_not`` and ``refusal`` say which documents are not to be coded.
"""

from dragoman.intake.building import refusal, why_not
from dragoman.intake.datelines import find_dateline
from dragoman.intake.documents import documents_in, parts_in
from dragoman.intake.files import STDIN, Found, find_files
from dragoman.intake.kinds import holds_several
from dragoman.intake.making import make_document, parse_published
from dragoman.intake.reading import file_name, read_path, read_stream, read_text
from dragoman.intake.terms import MAX_CHARS, Columns, Fetch, Fetched, Limits, Tell, Terms
from dragoman.intake.unread import Unread

__all__ = [
    "MAX_CHARS",
    "STDIN",
    "Columns",
    "Fetch",
    "Fetched",
    "Found",
    "Limits",
    "Tell",
    "Terms",
    "Unread",
    "documents_in",
    "file_name",
    "find_dateline",
    "find_files",
    "holds_several",
    "make_document",
    "parse_published",
    "parts_in",
    "read_path",
    "read_stream",
    "read_text",
    "refusal",
    "why_not",
]
