"""Whether a report may hold events at all, told from its words in about a microsecond a word.

Parsing and the encoder take two hundred times as long, and most of what an outlet prints is sport, weather,
markets and recipes. What every word says for or against events is a table, fitted by ``tools/fit_gate.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dragoman.errors import TableError
from dragoman.gating.cutting import is_short, passages, words_of
from dragoman.lexicon import read_table
from dragoman.records import Document

TABLE = "gate_words.tsv"
LEAST = "(least)"
"""The row of the table that says from which worth on a passage may hold an event."""


FEW = 4
"""One word in so many must be known if a passage is to be kept out."""


@dataclass(frozen=True, slots=True)
class WordRow:
    """How much a word says for events, in hundredths; below 0 it speaks against them.

    A word with a capital counts beside the same word in small letters ('Turkey' and 'turkey').
    """

    word: str
    weight: str


class Gate:
    """Tells documents that may hold events from those that can't."""

    def __init__(self, rows: Iterable[WordRow] | None = None) -> None:
        # Whole numbers: the sum of a set must not hang on the order in which it is walked through.
        weights = {row.word: int(row.weight) for row in (rows or read_table(TABLE, WordRow))}
        if LEAST not in weights:
            raise TableError(f"{TABLE}: has no row {LEAST}")
        self.least = weights.pop(LEAST)
        self.weights = weights

    def lets_in(self, document: Document) -> bool:
        """Whether any passage of the document may hold an event.

        A text too short to be judged is let in, as is one of mostly unknown words.
        """
        return is_short(document.text) or any(map(self.may_hold, passages(document.text)))

    def may_hold(self, passage: str) -> bool:
        """Whether the words of a passage, each counted once, say enough for events, or too few are known."""
        words = words_of(passage)
        words.update([word.lower() for word in words])
        weights = self.weights
        known = [weights[word] for word in words if word in weights]
        return sum(known) >= self.least or len(known) * FEW < len(words)


@cache
def load_gate() -> Gate:
    """The gate with the package's table, read on first use and shared."""
    return Gate()
