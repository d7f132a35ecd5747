"""Dragoman reads news reporting on international affairs and keeps the record.

Who did what to whom, when, where, according to whom, and how certain it is:

    import dragoman

    for mention in dragoman.code(text, published="2023-07-17"):
        print(mention.event_type, mention.status)

Importing the package loads no model; the first call to ``code`` does, and keeps it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.pipeline import Coder
    from dragoman.records import EventMention

__version__ = "0.1.0"
__all__ = ["__version__", "code"]


@cache
def _coder() -> Coder:
    from dragoman.pipeline import Coder

    return Coder()


def code(
    text: str,
    published: str | date | None = None,
    outlet: str | None = None,
    path: str | None = None,
    min_confidence: float = 0.0,
) -> list[EventMention]:
    """The event mentions of a report, in text order.

    ``published`` is the day of publication (ISO 8601 if a string), on which relative dates and the holders
    of offices hang; without it, it is told from the text where that says it. Events whose confidence is below
    ``min_confidence`` (0 to 1) are left out. Offsets in the result are code points into the text with its
    line ends normalised to "\\n". Raises ``InputError`` where the text is empty, too long or not in English.
    """
    from dragoman.intake import Terms, read_text

    document = read_text(text, path, Terms(published, outlet))
    return _coder().code(document, min_confidence)
