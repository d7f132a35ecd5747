"""Where a key was seen before among the reports that came in last, and keys and numbers in order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]


class Fresh:
    """The keys of the reports that came in last."""

    def __init__(self) -> None:
        self.numbers: dict[int, list[int]] = {}

    def add(self, number: int, keys: Numbers) -> None:
        """Enters the keys of a report; the numbers must rise."""
        for key in keys.tolist():
            self.numbers.setdefault(key, []).append(number)

    def find(self, keys: Numbers) -> Numbers:
        """The numbers of the reports that have these keys, once for each key that they have."""
        found = [number for key in keys.tolist() for number in self.numbers.get(key, ())]
        return np.array(found, dtype=np.uint32)

    def take(self) -> tuple[Numbers, Numbers]:
        """All keys, sorted, and the numbers that belong to them; none stays."""
        keys = np.array([key for key, numbers in self.numbers.items() for _ in numbers], dtype=np.uint32)
        numbers = np.array([one for ones in self.numbers.values() for one in ones], dtype=np.uint32)
        self.numbers = {}
        return in_order(keys, numbers)


def in_order(keys: Numbers, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Both, sorted by the keys."""
    order = np.argsort(keys, kind="stable")
    return keys[order], numbers[order]


def commonest(numbers: Numbers, most: int) -> Numbers:
    """At most so many of the numbers, each once: those that are there most often, the lower ones first."""
    found, counts = np.unique(numbers, return_counts=True)
    order = np.lexsort((found, -counts.astype(np.int64)))
    return found[order[:most]].astype(np.uint32)
