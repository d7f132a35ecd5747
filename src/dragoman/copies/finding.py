"""Which earlier report a report reprints, in whole or in part."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.copies.index import Fresh, Numbers, commonest
from dragoman.copies.parts import ID_BYTES, ROW, Part, first_part, joined, open_part
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
FRESH = 512
"""Reports that lie in a dictionary before they are sorted into a part."""
STATE = "state.json"
FORMAT = "dragoman/copies/2"


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier report, how many runs it has, and the shares of runs that both have: of the shorter text's,
    of the report's."""

    id: str
    size: int
    overlap: float
    share: float


class CopyFinder:
    """Remembers the reports that it has seen, and knows the reprints among them.

    A report takes about 650 bytes, most of them on disk: what is held in memory is bounded. The same reports
    give the same answers, saved and loaded or not. Which report counts as the earlier one is a matter of the
    order in which they come.
    """

    def __init__(self, scratch: Path | None = None) -> None:
        """``scratch`` is a folder for what does not go into memory; without it, that for temporary files."""
        self.scratch = scratch
        self.parts: list[Part] = []
        self.fresh = Fresh()
        self.rows = bytearray()

    def __len__(self) -> int:
        """How many reports are remembered."""
        return self.settled + len(self.rows) // ROW

    @property
    def settled(self) -> int:
        """How many of them lie in parts."""
        return self.parts[-1].first + self.parts[-1].count if self.parts else 0

    def seen(self, document: Document) -> tuple[str, float] | None:
        """The id of the earlier report that this one copies, and the share of this one that is in that one.

        ``None`` for a report that copies none. Remembers the report, unless it was seen before.
        """
        found = self.look(document.id, document.text)
        return (found.id, round(found.share, 2)) if found else None

    def remember(self, document_id: str, text: str) -> None:
        """Takes in a report without asking what it copies, to build the memory anew from stored texts."""
        self.look(document_id, text)

    def look(self, document_id: str, text: str) -> Match | None:
        """The best match of a text among the reports that are remembered, and remembers it."""
        shingles = runs(text)
        if len(shingles) < LEAST_RUNS:
            return None
        sketch = sketch_of(shingles)
        keys = band_keys(sketch)
        matches = [self.match(sketch, len(shingles), number) for number in self.find(keys).tolist()]
        others = [one for one in matches if one.id != cut_id(document_id)]
        if len(others) == len(matches):
            self.add(document_id, len(shingles), sketch, keys)
        good = [one for one in others if one.overlap >= LEAST_OVERLAP and one.share >= LEAST_SHARE]
        # The larger share, to a tenth, then the longer text; the id decides between equals.
        return min(good, key=lambda one: (-round(one.share, 1), -one.size, one.id), default=None)

    def find(self, keys: Numbers) -> Numbers:
        """The numbers of the reports that share keys with these: those that share most."""
        found = [self.fresh.find(keys)]
        for part in self.parts:
            found += part.find(keys)
        return commonest(np.concatenate(found), MOST)

    def match(self, sketch: Sketch, size: int, number: int) -> Match:
        """How much of the text the report with that number shares, as far as the sketches tell."""
        row = self.row(number)
        other = np.frombuffer(row, np.uint16, VALUES, ID_BYTES + 4)
        alike = float(np.count_nonzero(other == sketch)) / VALUES
        its_size = int.from_bytes(row[ID_BYTES : ID_BYTES + 4], "little")
        both = alike / (1 + alike) * (size + its_size)
        its_id = row[:ID_BYTES].decode("utf-8", "replace").rstrip()
        return Match(its_id, its_size, min(both / min(size, its_size), 1.0), min(both / size, 1.0))

    def row(self, number: int) -> bytes:
        """What is kept of the report with that number."""
        start = (number - self.settled) * ROW
        if start >= 0:
            return bytes(self.rows[start : start + ROW])
        return next(part for part in reversed(self.parts) if part.first <= number).row(number)

    def add(self, document_id: str, size: int, sketch: Sketch, keys: Numbers) -> None:
        """Keeps what is compared of a report."""
        self.fresh.add(len(self), keys)
        self.rows += document_id.encode()[:ID_BYTES].ljust(ID_BYTES)
        self.rows += size.to_bytes(4, "little") + sketch.tobytes()
        if len(self.rows) >= FRESH * ROW:
            self.settle()

    def settle(self) -> None:
        """Makes a part of what came in last, and puts parts of like size together."""
        if self.rows:
            self.parts.append(first_part(self.settled, bytes(self.rows), *self.fresh.take()))
            self.rows.clear()
        while len(self.parts) > 1 and self.parts[-2].count <= 2 * self.parts[-1].count:
            self.parts[-2:] = [joined(self.parts[-2], self.parts[-1], self.scratch)]

    def save(self, folder: Path, mark: int) -> None:
        """Keeps all that is remembered in a folder, with a number that ``load`` gives back.

        Only what the folder does not hold yet is written. A reader finds the old state or the new one.
        """
        self.settle()
        folder.mkdir(exist_ok=True)
        for part in self.parts:
            if part.name is None or not (folder / part.name).exists():
                part.name = f"{secrets.token_hex(8)}.part"
                with (folder / part.name).open("wb") as file:
                    part.write_to(file)
        state = {"parts": [(part.name, part.count) for part in self.parts], "mark": mark, **kind()}
        new = folder / f".{secrets.token_hex(8)}"
        new.write_text(json.dumps(state), encoding="utf-8")
        new.replace(folder / STATE)
        kept = {STATE, *(part.name for part in self.parts)}
        for path in folder.iterdir():
            if path.name not in kept:
                with suppress(OSError):
                    path.unlink()

    @classmethod
    def load(cls, folder: Path, scratch: Path | None = None) -> tuple[CopyFinder, int]:
        """What ``save`` kept, and the number; raises ``InputError`` for anything else."""
        finder = cls(scratch)
        try:
            state = json.loads((folder / STATE).read_text(encoding="utf-8"))
            if {name: state[name] for name in kind()} != kind():
                raise InputError("the memory of copies is of another version", "build it anew")
            for name, count in state["parts"]:
                finder.parts.append(open_part(folder / Path(name).name, finder.settled, int(count)))
            return finder, int(state["mark"])
        except (OSError, ValueError, TypeError, KeyError) as fault:
            raise InputError(f"this is no memory of copies ({fault})", "build it anew") from None


def kind() -> dict[str, object]:
    """What has to be the same for one memory to be compared with another."""
    return {"format": FORMAT, "seed": SEED, "values": VALUES}


def cut_id(document_id: str) -> str:
    """The id as far as it is remembered."""
    return document_id.encode()[:ID_BYTES].decode("utf-8", "replace").rstrip()
