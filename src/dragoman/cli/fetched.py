"""A page that was fetched to the document in it, with what its feed says of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from dragoman.errors import InputError
from dragoman.fetching import Page
from dragoman.intake import Terms, documents_in, make_document
from dragoman.records import Document, Problem, TimeRef
from dragoman.watching import Evidence

FAR = 1  # days between two tellings of a day that a reader should know of
WEAK = ("html/byline", "html/address")
"""What of a page tells its day less surely than its feed does."""


def document_of(terms: Terms, given: tuple[Page, Evidence]) -> Document:
    """The document that a page holds, with what its feed says where the page is silent.

    Runs in a process of its own, as the page may be anything. Raises ``InputError`` if there is none in it,
    or more than one.
    """
    page, told = given
    terms = replace(terms, outlet=told.outlet or terms.outlet)

    def known(address: str) -> Page:
        return page

    found = list(islice(documents_in([page.address], terms, known), 2))
    if not found:
        raise InputError("there is no report in it", "save it as a file")
    first = found[0]
    if isinstance(first, Problem):
        raise InputError(first.reason, first.remedy)
    if len(found) > 1:
        raise InputError("it holds several reports", "save it as a file, and code that")
    return with_evidence(first, told)


def with_evidence(document: Document, told: Evidence) -> Document:
    """The document with title and day by its feed, where it has none itself, or none that is so sure."""
    if document.title is None and told.title:
        titled = make_document(document.text, title=told.title)
        document = replace(document, id=titled.id, text=titled.text, title=titled.title)
        document = replace(document, dateline=titled.dateline)
    if document.modified is None and told.updated != told.published:
        document = replace(document, modified=told.updated)
    day, own = told.day(), document.published
    if day is not None and own is not None and own.rule not in WEAK:
        if are_far(day, own):
            note = f"published {own.start} by {own.rule}; its feed says {day.start}"
            return replace(document, notes=(*document.notes, note))
        return document
    if day is None and own is None and document.dateline is None:
        day = told.last_day()
    return replace(document, published=day or own)


def are_far(one: TimeRef, other: TimeRef) -> bool:
    """Whether the two begin more than a day apart, which time zones don't explain."""
    return bool(one.start and other.start and abs((one.start - other.start).days) > FAR)
