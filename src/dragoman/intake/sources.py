"""Bytes that are read once and in bounds, and what is known of where they come from."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Protocol, cast

from dragoman.errors import InputError
from dragoman.intake.terms import MEGABYTE, Tell, Terms
from dragoman.records import TimeRef

CHUNK = 65_536


class Reads(Protocol):
    """What gives bytes from its front."""

    def read(self, size: int, /) -> bytes:
        """At most that many bytes; none at the end."""


class Stream(io.RawIOBase):
    """Bytes that can be looked at before they are read; a file's can be gone over again."""

    def __init__(self, inner: Reads) -> None:
        super().__init__()
        self.inner = inner
        self.ahead = b""
        self.taken = 0

    def readable(self) -> bool:
        """True."""
        return True

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read; fewer at the end only."""
        while len(self.ahead) < size and (more := self.inner.read(size - len(self.ahead))):
            self.ahead += more
        return self.ahead[:size]

    def read(self, size: int = -1, /) -> bytes:
        """At most that many bytes; none at the end. All of them, of however many, is never given."""
        if size < 0:
            raise ValueError("a stream of unknown length is read in pieces")
        if self.ahead:
            piece, self.ahead = self.ahead[:size], self.ahead[size:]
        else:
            piece = self.inner.read(size)
        self.taken += len(piece)
        return piece

    def whole(self, limit: int, what: str) -> bytes:
        """All bytes that are left; raises ``InputError`` if there are more than the limit."""
        parts = []
        left = limit + 1
        while left > 0 and (piece := self.read(min(left, MEGABYTE))):
            parts.append(piece)
            left -= len(piece)
        if left <= 0:
            raise too_large(what, limit)
        return b"".join(parts)

    def as_file(self, limit: int, what: str) -> BinaryIO:
        """A file that can be read in any order: the one on disk, or else a copy that goes when it is closed.

        Raises ``InputError`` if there are more bytes than the limit.
        """
        if isinstance(self.inner, io.BufferedReader) and is_on_disk(self.inner) and not self.taken:
            if os.fstat(self.inner.fileno()).st_size > limit:
                raise too_large(what, limit)
            self.inner.seek(0)
            self.ahead = b""
            return self.inner
        copy = tempfile.SpooledTemporaryFile(max_size=8 * MEGABYTE)  # noqa: SIM115
        size = 0
        while piece := self.read(CHUNK):
            size += len(piece)
            if size > limit:
                copy.close()
                raise too_large(what, limit)
            copy.write(piece)
        copy.seek(0)
        return cast(BinaryIO, copy)


def is_on_disk(file: io.BufferedReader) -> bool:
    """Whether it is a file of the system that can be read in any order; no pipe, no member of an archive."""
    return isinstance(file.raw, io.FileIO) and file.seekable()


def too_large(what: str, limit: int) -> InputError:
    """The error for a file that is over a limit."""
    return InputError(f"{what} has more than {limit // MEGABYTE} MB", "split it, or take what is needed out")


def quiet(path: str, message: str) -> None:
    """Tells nobody."""


@dataclass(slots=True)
class Item:
    """One thing to be read: what it is called, its bytes, and what is known about it beforehand.

    ``path`` is that of the documents in it, ``None`` for standard input. ``depth`` counts the archives that
    it lies in.
    """

    name: str
    path: str | None
    stream: Stream
    terms: Terms
    tell: Tell = field(default=quiet)
    depth: int = 0
    content_type: str = ""
    charset: str | None = None
    address: str | None = None
    seen: TimeRef | None = None
    file_name: str = ""

    def part(self, name: str, separator: str = ":") -> str:
        """What to call a part of it: 'a.zip!b.txt', 'a.csv:17'."""
        return f"{self.name}{separator}{name}"

    def inner(self, stream: Stream, file_name: str, name: str | None = None) -> Item:
        """What lies in it (a member, what it unpacks to), under its own name or another."""
        path = self.path if name is None else name
        return replace(
            self, name=name or self.name, path=path, stream=stream, file_name=file_name, content_type=""
        )


Opener = Callable[[], BinaryIO]
