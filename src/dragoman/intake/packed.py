"""Packed files (gzip, bzip2, xz) and archives (zip, tar); nothing of them is written to disk by name."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, BinaryIO, TypeVar

from dragoman.errors import InputError
from dragoman.intake.kinds import is_readable, packed_name
from dragoman.intake.sources import CHUNK, Item, Reads, Stream
from dragoman.intake.terms import MEGABYTE
from dragoman.records import Problem

ALLOWANCE = 10 * MEGABYTE
"""What may come out of any file before the ratio is looked at."""
HUGE = 64 * 1024 * MEGABYTE
XZ_MEMORY = 256 * MEGABYTE
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, struct.error)
UNPACK = "unpack it, and give what is needed of it"
END_OF_ZIP = b"PK\x05\x06"
Part = TypeVar("Part")
Read = Callable[[Item], Iterator[Part]]


class Meter:
    """Counts what goes into and comes out of a packed file, and stops what swells too much."""

    def __init__(self, inner: Stream, ratio: int) -> None:
        self.inner = inner
        self.ratio = ratio
        self.came = 0

    def check(self, more: int) -> None:
        """Raises ``InputError`` where more has come out than the ratio allows for what went in."""
        self.came += more
        if self.came > ALLOWANCE and self.came > self.ratio * max(self.inner.taken, 1):
            raise bomb(self.ratio)


def bomb(ratio: int) -> InputError:
    """The error for a file that swells as no text does."""
    return InputError(
        f"it unpacks to more than {ratio} times its size, as no text does",
        f"if it is sound, {UNPACK}",
    )


class Unpacked:
    """What comes out of a gzip, bzip2 or xz file, in pieces."""

    def __init__(self, stream: Stream, form: str, ratio: int) -> None:
        self.meter = Meter(stream, ratio)
        self.inner: Reads = OPENERS[form](stream)

    def read(self, size: int) -> bytes:
        """The next bytes; raises ``InputError`` where they swell too much, or break off."""
        try:
            piece = self.inner.read(min(size, MEGABYTE))
        except EOFError:
            raise InputError("the packed file breaks off in the middle", "get it again") from None
        except (OSError, zlib.error, lzma.LZMAError) as fault:
            raise InputError(f"the packed file is broken ({fault})", "get it again") from None
        self.meter.check(len(piece))
        return piece


class Xz:
    """What comes out of an xz file, within bounds of memory; the library's own file class sets none."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.decoder = self.fresh()

    def fresh(self) -> lzma.LZMADecompressor:
        """A decoder for one of the streams in the file."""
        return lzma.LZMADecompressor(memlimit=XZ_MEMORY)

    def read(self, size: int) -> bytes:
        """The next bytes; none at the end."""
        while True:
            if self.decoder.eof:
                left = (self.decoder.unused_data or self.stream.read(CHUNK)).lstrip(b"\0")
                if not left:
                    return b""
                self.decoder = self.fresh()
                piece = self.decoder.decompress(left, size)
            elif self.decoder.needs_input:
                data = self.stream.read(CHUNK)
                if not data:
                    raise EOFError
                piece = self.decoder.decompress(data, size)
            else:
                piece = self.decoder.decompress(b"", size)
            if piece:
                return piece


OPENERS: dict[str, Callable[[Any], Reads]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream, mode="rb"),
    "bzip2": lambda stream: bz2.BZ2File(stream, "rb"),
    "xz": Xz,
}


def read_packed(item: Item, form: str, read: Read[Part]) -> Iterator[Part | Problem]:
    """What is in a packed file, read by what is in it."""
    stream = Stream(Unpacked(item.stream, form, item.terms.limits.ratio))
    yield from read(deeper(item.inner(stream, packed_name(item.file_name)), item))


def deeper(inner: Item, item: Item) -> Item:
    """The inner item, one level down; raises ``InputError`` at the last level."""
    if item.depth >= item.terms.limits.depth:
        raise InputError("it is packed in itself too many times", UNPACK)
    inner.depth = item.depth + 1
    return inner


def read_tar(item: Item, read: Read[Part]) -> Iterator[Part | Problem]:
    """What is in each file of a tar archive, in its order."""
    passed = 0
    tail: Any = Tail(item.stream)
    try:
        with tarfile.open(fileobj=tail, mode="r|", errorlevel=1) as archive:
            for member in islice(archive, item.terms.limits.members):
                archive.members = []  # type: ignore[attr-defined]  # or else it keeps every header
                name = shown(member.name)
                if member.isdir():
                    continue
                problem = refused(item, name, member.issym() or member.islnk(), not member.isreg())
                if problem:
                    yield problem
                elif not is_readable(name):
                    passed += 1
                elif (content := archive.extractfile(member)) is not None:
                    yield from read_member(item, name, content, read)
    except BROKEN as fault:
        raise InputError(f"the archive is broken ({fault or 'it breaks off'})", "get it again") from None
    passed_over(item, passed)
    if any(tail.last):
        raise InputError("the archive breaks off: its end is missing", "get it again")


class Tail:
    """A stream, and the last block of it: the library takes half a header for the end."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.last = b""

    def read(self, size: int) -> bytes:
        """The next bytes."""
        piece = self.stream.read(size)
        self.last = (self.last + piece)[-tarfile.BLOCKSIZE :]
        return piece


def read_member(item: Item, name: str, content: Reads, read: Read[Part]) -> Iterator[Part | Problem]:
    """What is in one file of an archive."""
    inner = item.inner(Stream(content), PurePosixPath(name).name, item.part(name, "!"))
    inner.address = None
    try:
        yield from read(deeper(inner, item))
    except InputError as fault:
        yield Problem(inner.name, fault.reason, fault.remedy)
    except BROKEN as fault:
        yield Problem(inner.name, f"the archive is broken here ({fault})", "get it again")


def shown(name: str) -> str:
    """A member's name with slashes, and such that it can be written anywhere."""
    return name.replace("\\", "/").encode("utf-8", "replace").decode("utf-8")[:1000]


def refused(item: Item, name: str, link: bool, special: bool) -> Problem | None:
    """The problem of a member that is no plain file, or whose name leads out of the archive."""
    path = item.part(name, "!")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or name[1:2] == ":":
        return Problem(path, "its name leads out of the archive", "pack it again without such names")
    if link:
        return Problem(path, "it is a link and not a file", "pack the file itself")
    if special:
        return Problem(path, "it is a device and not a file", "leave it out")
    return None


def passed_over(item: Item, count: int) -> None:
    """Says how many members were of a kind that holds no reports."""
    if count:
        item.tell(item.name, f"passed over {count:,} file{'s' * (count > 1)} of other kinds")


def read_zip(item: Item, whole: BinaryIO, read: Read[Part]) -> Iterator[Part | Problem]:
    """What is in each file of a zip archive, in its order."""
    passed = 0
    check_index(whole, item.terms.limits.index_bytes)
    try:
        with zipfile.ZipFile(whole) as archive:
            for info in archive.infolist()[: item.terms.limits.members]:
                name = shown(info.filename)
                mode = info.external_attr >> 16
                if info.is_dir():
                    continue
                problem = refused(item, name, stat.S_ISLNK(mode), False) or sealed(item, name, info)
                if problem and is_readable(name):
                    yield problem
                elif problem or not is_readable(name):
                    passed += 1
                else:
                    yield from read_zipped(item, name, archive, info, read)
    except (*BROKEN, NotImplementedError, ValueError) as fault:
        raise InputError(f"the archive is broken ({fault or 'it breaks off'})", "get it again") from None
    passed_over(item, passed)


def read_zipped(
    item: Item, name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, read: Read[Part]
) -> Iterator[Part | Problem]:
    """What is in one file of a zip archive."""
    try:
        content = archive.open(info)
    except (*BROKEN, NotImplementedError, RuntimeError) as fault:
        yield Problem(item.part(name, "!"), f"it can't be unpacked ({fault})", "pack it again as plain zip")
        return
    with content:
        yield from read_member(item, name, content, read)


def sealed(item: Item, name: str, info: zipfile.ZipInfo) -> Problem | None:
    """The problem of a member that is locked by a password, or swells too much."""
    path = item.part(name, "!")
    if info.flag_bits & 1:
        return Problem(path, "it is locked by a password", "unpack it with the password first")
    if info.file_size > ALLOWANCE and info.file_size > item.terms.limits.ratio * max(info.compress_size, 1):
        fault = bomb(item.terms.limits.ratio)
        return Problem(path, fault.reason, fault.remedy)
    return None


def check_index(whole: BinaryIO, limit: int) -> None:
    """Raises ``InputError`` where the zip archive's list of contents would fill the memory."""
    size = whole.seek(0, 2)
    whole.seek(max(0, size - 65_557 - 20 - 56))
    tail = whole.read()
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) < at + 22:
        raise InputError("the zip archive breaks off: its list of contents is missing", "get it again")
    index = struct.unpack_from("<I", tail, at + 12)[0]
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if index == 0xFFFFFFFF and wide >= 0 and len(tail) >= wide + 48:
        index = struct.unpack_from("<Q", tail, wide + 40)[0]
    if index > limit:
        raise InputError(f"the archive's list of contents has {index // MEGABYTE} MB", UNPACK)
    whole.seek(0)
