"""Where a key was seen before: sorted arrays, some of them, at eight bytes an entry."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dragoman.copies.sketching import BANDS

FRESH = 2048
"""Documents that lie in a dictionary before they are sorted into an array."""

Numbers = NDArray[np.uint32]


class Index:
    """Which documents have a key, by their numbers."""

    def __init__(self) -> None:
        self.levels: list[tuple[Numbers, Numbers]] = []
        self.fresh: dict[int, list[int]] = {}
        self.waiting = 0

    def add(self, number: int, keys: Numbers) -> None:
        """Enters the keys of a document; the numbers must rise."""
        for key in keys.tolist():
            self.fresh.setdefault(key, []).append(number)
        self.waiting += 1
        if self.waiting >= FRESH:
            self.settle()

    def settle(self) -> None:
        """Sorts what came in last into an array, and merges arrays of like size."""
        keys = np.array([key for key, numbers in self.fresh.items() for _ in numbers], dtype=np.uint32)
        numbers = np.array([one for numbers in self.fresh.values() for one in numbers], dtype=np.uint32)
        self.levels.append(in_order(keys, numbers))
        self.fresh, self.waiting = {}, 0
        while len(self.levels) > 1 and len(self.levels[-2][0]) <= 2 * len(self.levels[-1][0]):
            (keys, numbers), (later, more) = self.levels[-2:]
            self.levels[-2:] = [in_order(np.concatenate((keys, later)), np.concatenate((numbers, more)))]

    def load(self, keys: Numbers, numbers: Numbers) -> None:
        """Enters many documents at once."""
        if len(keys):
            self.levels.append(in_order(keys, numbers))

    def find(self, keys: Numbers, most: int) -> Numbers:
        """The numbers of the documents that share keys with these, at most so many: those that share most."""
        fresh = [number for key in keys.tolist() for number in self.fresh.get(key, ())]
        hits = [np.array(fresh, dtype=np.uint32)] if fresh else []
        for sorted_keys, numbers in self.levels:
            starts = np.searchsorted(sorted_keys, keys, "left")
            ends = np.searchsorted(sorted_keys, keys, "right")
            hits += [numbers[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
        if not hits:
            return np.empty(0, dtype=np.uint32)
        found, counts = np.unique(np.concatenate(hits), return_counts=True)
        order = np.lexsort((found, -counts.astype(np.int64)))
        return found[order[:most]].astype(np.uint32)


def in_order(keys: Numbers, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Both, sorted by the keys."""
    order = np.argsort(keys, kind="stable")
    return keys[order], numbers[order]


def entries(keys: Numbers, first: int) -> tuple[Numbers, Numbers]:
    """A matrix of keys, one row a document, as entries; the documents' numbers begin at ``first``."""
    numbers = np.repeat(np.arange(first, first + len(keys), dtype=np.uint32), BANDS)
    return keys.reshape(-1), numbers
