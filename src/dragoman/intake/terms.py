"""On what terms inputs are read: what is known of them, and the bounds that no input may cross."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from dragoman.records import TimeRef

MAX_CHARS = 1_000_000
MEGABYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class Limits:
    """How large, how deep and how dense an input may be; beyond that it is a problem and not a report."""

    page_bytes: int = 20 * MEGABYTE
    """A web page, or a letter with its attachments."""
    page_tags: int = 50_000
    """Tags of a web page; the longest news pages have about 5,000."""
    file_bytes: int = 100 * MEGABYTE
    """A .docx or a PDF, and a member of an archive that can't be read in one pass."""
    unpacked_bytes: int = 100 * MEGABYTE
    """What a .docx holds when it is unpacked, pictures and all."""
    parsed_bytes: int = 10 * MEGABYTE
    """What is made into a tree at once, which takes up to twenty times as much memory: the XML in a .docx, a
    JSON file that is one object."""
    feed_bytes: int = 10 * MEGABYTE
    """A feed."""
    pages: int = 2_000
    """Pages of a PDF."""
    line_bytes: int = 8 * MEGABYTE
    """A line of JSON Lines or of a table, an object in a JSON array, a cell."""
    columns: int = 2_000
    """Cells of a row, keys of an object."""
    depth: int = 6
    """Layers of packing: archives in archives, and packed files in them."""
    members: int = 2_000_000
    """Files in one archive."""
    index_bytes: int = 32 * MEGABYTE
    """The list of contents of a .zip, about 400,000 names."""
    ratio: int = 200
    """How much more may come out of a packed file than lies in it, from 10 MB on."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns (or JSON keys) that hold a report's parts; ``None`` is to be guessed.

    Keys of objects in objects are joined by a dot ('source.name'). A number counts columns from 1.
    """

    text: str | None = None
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms texts are read: what is known of them, and what is let through."""

    published: str | date | TimeRef | None = None
    outlet: str | None = None
    encoding: str | None = None
    any_language: bool = False
    max_chars: int = MAX_CHARS
    columns: Columns = Columns()
    limits: Limits = field(default_factory=Limits)


class Fetched(Protocol):
    """What a fetch function gives for an address."""

    @property
    def address(self) -> str:
        """The address after redirects."""

    @property
    def content_type(self) -> str:
        """'text/html', lower-case and bare; "" if the host declares none."""

    @property
    def charset(self) -> str | None:
        """As the host declares it, if it does."""

    @property
    def body(self) -> bytes:
        """The bytes, unpacked."""


Fetch = Callable[[str], Fetched]
Tell = Callable[[str, str], None]
