"""Lines of a file of any size, each bounded, whatever its line ends and its encoding."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.intake.decoding import MARKS, decode_as, guess_encoding, unmarked_utf16
from dragoman.intake.sources import CHUNK, Stream

SAMPLE = 1_048_576


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end, and its number from 1; ``text`` is ``None`` where it was too long to be kept."""

    number: int
    text: str | None


def lines_of(stream: Stream, limit: int, encoding: str | None = None) -> Iterator[Line]:
    """Every line, ended by any of the three line ends; blank ones too, so that the numbers are right.

    Each line is decoded on its own: a file put together from several may be in several encodings.
    """
    decoder = Decoder(stream, encoding)
    for number, data in enumerate(raw_lines(decoder.pieces(), limit), start=1):
        yield Line(number, None if data is None else decoder.decode(data))


class Decoder:
    """Decodes the lines of one file, by what its first megabyte shows."""

    def __init__(self, stream: Stream, encoding: str | None) -> None:
        self.stream = stream
        self.encoding = encoding
        self.guessed: str | None = None
        self.wide: str | None = None
        head = stream.peek(4096)
        if encoding is None:
            self.wide = next((name for mark, name in MARKS[1:] if head.startswith(mark)), None)
            self.wide = self.wide or unmarked_utf16(head[: len(head) // 2 * 2])
        elif is_wide(encoding):
            self.wide = encoding

    def pieces(self) -> Iterator[bytes]:
        """The file's bytes; as UTF-8 where its own encoding has line ends of several bytes."""
        if self.wide is None:
            while piece := self.stream.read(CHUNK):
                yield piece
            return
        decode = codecs.getincrementaldecoder(self.wide)("replace").decode
        while piece := self.stream.read(CHUNK):
            yield decode(piece).encode("utf-8", "replace")
        yield decode(b"", True).encode("utf-8", "replace")

    def decode(self, data: bytes) -> str:
        """The line's text: in UTF-8, or else in what was named or guessed."""
        if self.encoding and not self.wide:
            try:
                return decode_as(data, self.encoding)[0]
            except InputError:
                codecs.lookup(self.encoding)
                return data.decode(self.encoding, "replace")
        try:
            return data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            return data.decode(self.guess(data), "replace")

    def guess(self, data: bytes) -> str:
        """The encoding of a line that is not UTF-8; once told, it is that of all such lines."""
        if self.guessed is None:
            try:
                self.guessed = guess_encoding(data[:SAMPLE])
            except InputError:
                return "cp1252"
        return self.guessed


def is_wide(encoding: str) -> bool:
    """Whether the encoding needs several bytes for a newline; raises ``InputError`` for no encoding."""
    return len(decode_as(b"", encoding)[0] or "\n".encode(encoding)) > 1


def raw_lines(pieces: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """The lines with their ends; ``None`` for one that is longer than the limit, of which nothing is kept."""
    held = bytearray()
    skipping = False
    for piece in pieces:
        start, look = 0, max(len(held) - 1, 0)  # what was held has no line end but perhaps half of one
        held += piece
        while (end := line_end(held, look)) >= 0:
            yield None if skipping or end - start > limit else bytes(held[start:end])
            skipping = False
            start = look = end
        del held[:start]
        if skipping or len(held) > limit:
            skipping = True
            held = held[-1:]
    if held or skipping:
        yield None if skipping or len(held) > limit else bytes(held)


def line_end(held: bytearray, look: int) -> int:
    """Where the first line end after ``look`` ends; -1 if none is there, or only half of one."""
    newline = held.find(b"\n", look)
    bare = held.find(b"\r", look, newline if newline >= 0 else len(held))
    if bare < 0:
        return newline + 1 if newline >= 0 else -1
    if bare + 1 == len(held):
        return -1  # a newline may follow in the next piece
    return bare + 2 if held[bare + 1] == 10 else bare + 1
