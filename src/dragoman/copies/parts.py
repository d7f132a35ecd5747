"""What is remembered of many reports, in files: little of it is held in memory, however many there are.

A part holds reports that came one after the other, and does not change: its rows, then all keys of its
reports in order, then the number of the report that each key is of, then every so manieth key.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Literal, cast

import numpy as np

from dragoman.copies.index import Numbers, in_order
from dragoman.copies.sketching import BANDS, VALUES
from dragoman.errors import InputError

ID_BYTES = 32
ROW = ID_BYTES + 4 + 2 * VALUES
"""Bytes of a report: its id, how many runs it has, its sketch."""
WIDTH = 4
"""Bytes of a key, and of a number."""
STEP = 256
"""Keys from one to the next of those that are held in memory."""
HELD = 16_384
"""Parts of up to so many reports are held in memory wholly, which takes ten megabytes."""
RANGE = 262_144
"""Entries that are brought into order at once when parts are put together."""
CHUNK = 1_048_576
EMPTY: Numbers = np.empty(0, dtype=np.uint32)
Side = Literal["left", "right"]


class Part:
    """Reports that came one after the other, from the number ``first`` on."""

    def __init__(self, file: BinaryIO, first: int, count: int) -> None:
        self.file = file
        self.first = first
        self.count = count
        self.entries = count * BANDS
        self.name: str | None = None
        weakref.finalize(self, file.close)
        is_held = count <= HELD
        self.keys = self.array(count * ROW, self.entries) if is_held else None
        self.fences = EMPTY if is_held else self.array(self.end, -(-self.entries // STEP))

    @property
    def end(self) -> int:
        """Where, after rows, keys and numbers, every so manieth key lies."""
        return self.count * (ROW + 2 * WIDTH * BANDS)

    def read(self, offset: int, size: int) -> bytes:
        """So many bytes."""
        self.file.seek(offset)
        return self.file.read(size)

    def array(self, offset: int, count: int) -> Numbers:
        """So many keys or numbers."""
        return np.frombuffer(self.read(offset, WIDTH * count), dtype=np.uint32)

    def row(self, number: int) -> bytes:
        """The row of the report with that number."""
        return self.read((number - self.first) * ROW, ROW)

    def keys_at(self, start: int, end: int) -> Numbers:
        """The keys from one place to another."""
        if self.keys is not None:
            return self.keys[start:end]
        return self.array(self.count * ROW + WIDTH * start, end - start)

    def numbers_at(self, start: int, end: int) -> Numbers:
        """The numbers that belong to them."""
        return self.array(self.count * ROW + WIDTH * (self.entries + start), end - start)

    def find(self, keys: Numbers) -> Iterator[Numbers]:
        """The numbers of the reports that have a key, for each key that there is."""
        for start, end in zip(self.places(keys, "left"), self.places(keys, "right"), strict=True):
            if end > start:
                yield self.numbers_at(start, end)

    def places(self, keys: Numbers, side: Side) -> list[int]:
        """Where each key would have to be put in, before or after those that are the same."""
        if self.keys is not None:
            return cast("list[int]", np.searchsorted(self.keys, keys, side).tolist())
        last = np.searchsorted(self.fences, keys, side).tolist()
        found = []
        for key, fence in zip(keys, last, strict=True):
            start = STEP * max(fence - 1, 0)
            block = self.keys_at(start, min(STEP * fence, self.entries)) if fence else EMPTY
            found.append(start + int(np.searchsorted(block, key, side)))
        return found

    def cut_at(self, bounds: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """Keys and numbers, cut at these keys."""
        start = 0
        for end in [*self.places(bounds, "left"), self.entries]:
            yield self.keys_at(start, end), self.numbers_at(start, end)
            start = end

    def write_to(self, other: BinaryIO) -> None:
        """Writes the whole part into another file."""
        size = size_of(self.count)
        for offset in range(0, size, CHUNK):
            other.write(self.read(offset, min(CHUNK, size - offset)))


def size_of(count: int) -> int:
    """Bytes of a part of so many reports."""
    return count * (ROW + 2 * WIDTH * BANDS) + WIDTH * -(-count * BANDS // STEP)


def len_of(file: BinaryIO) -> int:
    """Bytes of a file."""
    return file.seek(0, 2)


def new_file(count: int, scratch: Path | None) -> BinaryIO:
    """An empty file for a part of so many reports: in memory, or in a folder, gone when it is closed."""
    if count <= HELD:
        return BytesIO()
    return cast(BinaryIO, TemporaryFile(dir=scratch))


def first_part(first: int, rows: bytes, keys: Numbers, numbers: Numbers) -> Part:
    """A part with these rows, keys and numbers; the keys are in order."""
    file = BytesIO(b"".join((rows, keys.tobytes(), numbers.tobytes(), keys[::STEP].tobytes())))
    return Part(file, first, len(rows) // ROW)


def joined(one: Part, other: Part, scratch: Path | None) -> Part:
    """A part with the reports of both, of which the second follows the first."""
    count = one.count + other.count
    file = new_file(count, scratch)
    for part in (one, other):
        for offset in range(0, part.count * ROW, CHUNK):
            file.write(part.read(offset, min(CHUNK, part.count * ROW - offset)))
    entries, done, fences = count * BANDS, 0, []
    bounds = np.linspace(0, 2**32, entries // RANGE + 2)[1:-1].astype(np.uint32)
    for first, second in zip(one.cut_at(bounds), other.cut_at(bounds), strict=True):
        keys, numbers = in_order(np.concatenate((first[0], second[0])), np.concatenate((first[1], second[1])))
        file.seek(count * ROW + WIDTH * done)
        file.write(keys.tobytes())
        file.seek(count * ROW + WIDTH * (entries + done))
        file.write(numbers.tobytes())
        fences.append(keys[-done % STEP :: STEP])
        done += len(keys)
    file.seek(count * (ROW + 2 * WIDTH * BANDS))
    file.write(np.concatenate(fences).tobytes())
    file.flush()
    return Part(file, one.first, count)


def open_part(path: Path, first: int, count: int) -> Part:
    """A part that was kept; raises ``InputError`` where the file is not as long as it has to be."""
    file = BytesIO(path.read_bytes()) if count <= HELD else cast(BinaryIO, path.open("rb"))
    if len_of(file) != size_of(count):
        file.close()
        raise InputError(f"{path} is broken", "build the memory of copies anew from the corpus")
    part = Part(file, first, count)
    part.name = path.name
    return part
