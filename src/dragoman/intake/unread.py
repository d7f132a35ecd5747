"""Files whose bytes are at hand and whose words are not taken out yet, which takes most of the time there.

Whoever has other processes may let them do that: an ``Unread`` can be sent to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO, cast

from dragoman.errors import DragomanError, InputError
from dragoman.intake.building import Found, build
from dragoman.intake.letters import read_letter
from dragoman.intake.office import read_docx, read_pdf
from dragoman.intake.packed import check_index
from dragoman.intake.pages import foreign_code, read_page
from dragoman.intake.reading import unreadable
from dragoman.intake.sources import Item
from dragoman.intake.terms import MEGABYTE, Terms
from dragoman.records import Document, Problem, TimeRef

MOST_BYTES = 2 * MEGABYTE
"""What is larger is read where it is, so that what waits to be read takes little memory."""


@dataclass(frozen=True, slots=True)
class Unread:
    """One report in a file of that kind ('page', 'letter', 'docx', 'pdf'), and what is known about it.

    ``data`` is a file only where it is read at once.
    """

    kind: str
    data: bytes | BinaryIO
    name: str
    path: str | None
    terms: Terms
    charset: str | None = None
    address: str | None = None
    seen: TimeRef | None = None

    def read(self) -> Document | Problem:
        """The document, or what is wrong with the file."""
        try:
            with foreign_code("it"):
                found = READERS[self.kind](self)
                known = replace(found, address=found.address or self.address, seen=found.seen or self.seen)
                return build(known, self.path, self.terms)
        except (DragomanError, OSError) as fault:
            return problem_of(self.name, fault)

    def bytes(self) -> bytes:
        """The bytes of a page or letter."""
        return cast(bytes, self.data)

    def file(self) -> BinaryIO:
        """The bytes as a file."""
        return BytesIO(self.data) if isinstance(self.data, bytes) else self.data


Part = Document | Problem | Unread
"""What a file of any kind may hold."""


def problem_of(name: str, fault: DragomanError | OSError) -> Problem:
    """The error as a problem of that input."""
    fault = unreadable(fault) if isinstance(fault, OSError) else fault
    if isinstance(fault, InputError):
        return Problem(name, fault.reason, fault.remedy)
    reason, _, remedy = str(fault).partition("; ")
    return Problem(name, reason, remedy)


def unread(item: Item, kind: str, data: bytes) -> Part:
    """The item, to be read; the document of a large one."""
    found = about(item, kind, data)
    return found if len(data) <= MOST_BYTES else found.read()


def unread_file(item: Item, kind: str, whole: BinaryIO) -> Part:
    """The same for a file that is open and need not be in memory."""
    size = whole.seek(0, 2)
    whole.seek(0)
    return about(item, kind, whole.read()) if size <= MOST_BYTES else about(item, kind, whole).read()


def about(item: Item, kind: str, data: bytes | BinaryIO) -> Unread:
    """The bytes with what is known of the item."""
    return Unread(kind, data, item.name, item.path, item.terms, item.charset, item.address, item.seen)


def read_word(one: Unread) -> Found:
    """What is in a Word document."""
    whole = one.file()
    check_index(whole, one.terms.limits.index_bytes)
    return read_docx(whole, one.terms)


READERS: dict[str, Callable[[Unread], Found]] = {
    "page": lambda one: read_page(one.bytes(), one.terms, one.charset, one.address),
    "letter": lambda one: read_letter(one.bytes(), one.terms),
    "docx": read_word,
    "pdf": lambda one: read_pdf(one.file(), one.terms),
}
