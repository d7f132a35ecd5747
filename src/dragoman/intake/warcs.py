"""Web archives (WARC): the pages and texts that a crawler was given."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from dragoman.errors import InputError
from dragoman.intake.days import on_day, read_day
from dragoman.intake.kinds import CONTENT_TYPES, kind_of
from dragoman.intake.packed import Part, Read
from dragoman.intake.pages import foreign_code
from dragoman.intake.sources import CHUNK, Item, Stream
from dragoman.records import Problem

KINDS = frozenset({"response", "resource", "conversion"})
READ = frozenset({"page", "text", "feed", "pdf"})
LONGEST_HEAD = 1_048_576
GOOD = ("200", "203", "")


def read_warc(item: Item, read: Read[Part]) -> Iterator[Part | Problem]:
    """The document of each page, text, feed or PDF that was answered with 200; the rest is counted.

    A page that states no date of publication was published on the day of its capture at the latest; this is
    taken for it, and said.
    """
    with foreign_code("the web archive"):
        passed = 0
        for record in records(item.stream):
            if record.rec_type not in KINDS:
                continue
            if status_of(record) not in GOOD:
                passed += 1
                continue
            inner = captured(item, record)
            if (
                is_besides(inner)
                or kind_of(inner.file_name, inner.stream.peek(4096), inner.content_type) not in READ
            ):
                passed += 1
                continue
            yield from read_record(inner, read)
        if passed:
            item.tell(item.name, f"passed over {passed:,} records of other kinds or without an answer")


def is_besides(inner: Item) -> bool:
    """Whether the record is a picture, a script, a style sheet, or a text for crawlers."""
    if (inner.address or "").endswith(("/robots.txt", "/ads.txt", "/humans.txt")):
        return True
    return bool(inner.content_type) and inner.content_type not in CONTENT_TYPES


def records(stream: Stream) -> Iterator[Any]:
    """Every record; raises ``InputError`` where one has a head of more than a megabyte.

    The library reads a head line by line without bounds.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader

    class Bounded(DecompressingBufferedReader):  # type: ignore[misc]
        lines = 0

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(min(length or LONGEST_HEAD, LONGEST_HEAD))
            self.lines += len(line)
            if self.lines >= LONGEST_HEAD:
                raise InputError("a record's head has more than a megabyte", "leave the record out")
            return line

    archive = ArchiveIterator(stream, no_record_parse=False, verify_http=False)
    archive.reader = Bounded(archive.fh, block_size=16_384)
    for record in archive:
        archive.reader.lines = 0
        yield record


def read_record(inner: Item, read: Read[Part]) -> Iterator[Part | Problem]:
    """The documents of one record."""
    try:
        yield from read(inner)
    except InputError as fault:
        yield Problem(inner.name, fault.reason, fault.remedy)


def status_of(record: Any) -> str:
    """The HTTP status of a response; "" where a record has none."""
    return str(record.http_headers.get_statuscode()) if record.http_headers else ""


def captured(item: Item, record: Any) -> Item:
    """The record as an item: its bytes without the HTTP head, unpacked as far as the limits go."""
    headers = record.http_headers or record.rec_headers
    declared = str(headers.get_header("Content-Type") or "")
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None
    name = item.part(address or str(record.rec_headers.get_header("WARC-Record-ID")), "!")
    day = str(record.rec_headers.get_header("WARC-Date") or "")
    inner = item.inner(Stream(Payload(record.content_stream(), item.terms.limits.page_bytes)), "", name)
    inner.content_type = declared.partition(";")[0].strip().lower()
    inner.charset = charset_in(declared)
    inner.address = address
    inner.seen = on_day(read_day(day), "warc/record-date", day)
    return inner


def charset_in(declared: str) -> str | None:
    """The character set of a Content-Type header."""
    _, found, value = declared.lower().partition("charset=")
    return value.split(";")[0].strip(" \"'") or None if found else None


class Payload(io.RawIOBase):
    """A record's payload up to a limit, one byte more where there is more."""

    def __init__(self, inner: Any, limit: int) -> None:
        super().__init__()
        self.inner = inner
        self.left = limit + 1

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        piece: bytes = self.inner.read(min(size if size >= 0 else CHUNK, self.left)) if self.left > 0 else b""
        self.left -= len(piece)
        return piece
