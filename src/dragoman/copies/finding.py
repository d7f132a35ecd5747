"""Which earlier report a report reprints, in whole or in part."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from dragoman.copies.index import Index, Numbers, entries
from dragoman.copies.sketching import SEED, VALUES, Sketch, band_keys, runs, sketch_of
from dragoman.errors import InputError
from dragoman.records import Document

LEAST_OVERLAP = 0.5
"""Share of the shorter text's runs that the other has; measured, see docs/intake.md."""
LEAST_SHARE = 0.2
"""Share of the report's own runs that the other has: a digest that holds a brief is no copy of it."""
LEAST_RUNS = 12
"""Texts of fewer runs are not compared: two agencies may well find the same fifteen words."""
MOST = 64
"""Earlier reports that are looked at, those that share most with the report."""
MAGIC = b"dragoman/copies/1\n"
HEAD = struct.Struct("<QQI")
ID_BYTES = 32
LOADED = 65_536
"""Reports whose keys are worked out at once when a memory is loaded."""


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier document, and the shares of runs that both have: of the shorter text's, of the report's."""

    number: int
    overlap: float
    share: float


class CopyFinder:
    """Remembers the reports that it has seen, at about a kilobyte each, and knows the reprints among them.

    The same reports give the same answers, saved and loaded or not. Which report counts as the earlier one is
    a matter of the order in which they come.
    """

    def __init__(self) -> None:
        self.index = Index()
        self.ids = bytearray()
        self.sizes = bytearray()
        self.sketches = bytearray()

    def __len__(self) -> int:
        """How many reports are remembered."""
        return len(self.sizes) // 4

    def seen(self, document: Document) -> tuple[str, float] | None:
        """The id of the earlier report that this one copies, and the share of this one that is in that one.

        ``None`` for a report that copies none. Remembers the report, unless it was seen before.
        """
        found = self.look(document.id, document.text, remember=True)
        return (self.id_of(found.number), round(found.share, 2)) if found else None

    def remember(self, document_id: str, text: str) -> None:
        """Takes in a report without asking what it copies, to build the memory anew from stored texts."""
        self.look(document_id, text, remember=True, ask=False)

    def look(self, document_id: str, text: str, remember: bool, ask: bool = True) -> Match | None:
        """The best match of a text among the reports that are remembered."""
        shingles = runs(text)
        if len(shingles) < LEAST_RUNS:
            return None
        sketch = sketch_of(shingles)
        keys = band_keys(sketch)
        matches = self.matches(sketch, len(shingles), self.index.find(keys, MOST))
        others = [one for one in matches if self.id_of(one.number) != document_id]
        if remember and len(others) == len(matches):
            self.add(document_id, len(shingles), sketch)
            self.index.add(len(self) - 1, keys)
        good = [one for one in others if one.overlap >= LEAST_OVERLAP and one.share >= LEAST_SHARE]
        return min(good, key=self.rank, default=None) if ask else None

    def rank(self, match: Match) -> tuple[float, int, str]:
        """Best first: the larger share, to a tenth, then the longer text; the id decides between equals."""
        return -round(match.share, 1), -self.size_of(match.number), self.id_of(match.number)

    def matches(self, sketch: Sketch, size: int, numbers: Numbers) -> list[Match]:
        """How much of the text each of these reports shares, as far as the sketches tell."""
        found = []
        for number in numbers.tolist():
            other = np.frombuffer(self.sketches, np.uint16, VALUES, number * VALUES * 2)
            alike = float(np.count_nonzero(other == sketch)) / VALUES
            both = alike / (1 + alike) * (size + self.size_of(number))
            shortest = min(size, self.size_of(number))
            found.append(Match(number, min(both / shortest, 1.0), min(both / size, 1.0)))
        return found

    def add(self, document_id: str, size: int, sketch: Sketch) -> None:
        """Keeps what is compared of a report."""
        self.ids += document_id.encode()[:ID_BYTES].ljust(ID_BYTES)
        self.sizes += np.uint32(size).tobytes()
        self.sketches += sketch.tobytes()

    def id_of(self, number: int) -> str:
        """The id of the report with that number."""
        return self.ids[number * ID_BYTES : (number + 1) * ID_BYTES].decode("utf-8", "replace").rstrip()

    def size_of(self, number: int) -> int:
        """How many runs that report has."""
        return int.from_bytes(self.sizes[4 * number : 4 * number + 4], "little")

    def to_bytes(self) -> bytes:
        """All that is remembered, to be kept in a file."""
        head = HEAD.pack(len(self), SEED, VALUES)
        return b"".join((MAGIC, head, self.ids, self.sizes, self.sketches))

    @classmethod
    def from_bytes(cls, data: bytes) -> CopyFinder:
        """What ``to_bytes`` gave, as it was; raises ``InputError`` for anything else."""
        start = len(MAGIC) + HEAD.size
        if not data.startswith(MAGIC) or len(data) < start:
            raise InputError("this is no memory of copies", "build it anew from the corpus")
        count, seed, values = HEAD.unpack_from(data, len(MAGIC))
        row = ID_BYTES + 4 + 2 * VALUES
        if (seed, values) != (SEED, VALUES) or len(data) != start + count * row:
            raise InputError("the memory of copies is broken, or of another version", "build it anew")
        finder = cls()
        ids_end, sizes_end = start + count * ID_BYTES, start + count * (ID_BYTES + 4)
        finder.ids += data[start:ids_end]
        finder.sizes += data[ids_end:sizes_end]
        finder.sketches += data[sizes_end:]
        sketches = np.frombuffer(data, np.uint16, count * VALUES, sizes_end).reshape(count, VALUES)
        for first in range(0, count, LOADED):
            finder.index.load(*entries(band_keys(sketches[first : first + LOADED]), first))
        return finder
