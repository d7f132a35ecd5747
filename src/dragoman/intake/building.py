"""What a page, letter or record gave, made into a ``Document``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dragoman.intake.datelines import DATE
from dragoman.intake.language import ENGLISH_CODE, language_of
from dragoman.intake.making import make_document
from dragoman.intake.outlets import outlet_at
from dragoman.intake.reading import check_size, foreign
from dragoman.intake.terms import Terms
from dragoman.records import Document, Problem, TimeRef

# Control characters, halves of surrogate pairs (JSON can write them) and what is no character.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]")
LINE_ENDS = re.compile(r"\r\n?|\x85|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Found:
    """The parts of a report as its file gives them.

    ``outlet`` is what the record says of it, ``site`` what a page calls itself: the table of outlets, asked
    with the address, goes before the latter. ``seen`` is a day on which the page was there already.
    """

    text: str
    title: str | None = None
    published: TimeRef | None = None
    modified: date | None = None
    outlet: str | None = None
    site: str | None = None
    address: str | None = None
    original: str | None = None
    seen: TimeRef | None = None
    notes: tuple[str, ...] = ()


def build(found: Found, path: str | None, terms: Terms) -> Document:
    """The document, in whatever language; raises ``InputError`` if there is no text or too much of it."""
    text, taken = cleaned(found.text)
    check_size(text, terms)
    notes = found.notes
    if taken:
        notes += (f"{taken:,} character{'s' * (taken > 1)} that no text has left out",)
    title, _ = cleaned(found.title or "")
    document = make_document(
        text,
        terms.published or found.published,
        terms.outlet or found.outlet or outlet_at(found.address) or tidy(found.site),
        path,
        notes,
        title,
    )
    document = replace(
        document,
        language=language_of(document.text),
        address=found.address,
        modified=found.modified,
        original=found.original if found.original is None else encodable(found.original),
    )
    return seen_on(document, found.seen)


def seen_on(document: Document, seen: TimeRef | None) -> Document:
    """The document, published on the day it was seen where neither it nor its dateline tells a date."""
    if seen is None or document.published is not None:
        return document
    if document.dateline and DATE.search(document.dateline.cut(document.text)):
        return document
    note = f"no date of publication in it; taken from {seen.rule}"
    return replace(document, published=seen, notes=(*document.notes, note))


def cleaned(text: str) -> tuple[str, int]:
    """The text with newlines as line ends and without what is no character, and how much that was."""
    text = LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    return NO_TEXT.subn("", text)


def encodable(text: str) -> str:
    """The text with a question mark for each half of a surrogate pair, so that UTF-8 can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def tidy(words: str | None) -> str | None:
    """The words on one line; ``None`` if there are none, or too many for a name."""
    line = " ".join((words or "").split())
    return line if 0 < len(line) <= 100 else None


def why_not(document: Document) -> str | None:
    """Why the document is kept and not coded ('language: fr'); ``None`` if nothing speaks against it."""
    if document.language in (None, ENGLISH_CODE):
        return None
    return f"language: {document.language}"


def refusal(document: Document) -> Problem | None:
    """The same for the person at the terminal, with what to do."""
    if why_not(document) is None or document.language is None:
        return None
    return Problem(document.path or "-", *foreign(document.language))
