"""Text in, yes or no out: whether a report may hold events at all, told from its words before it is parsed.

Doors: ``load_gate`` and ``Gate.lets_in``; ``passages`` and ``words_of`` for those who fit the table.
"""

from dragoman.gating.cutting import is_short, passages, words_of
from dragoman.gating.gate import LEAST, TABLE, Gate, WordRow, load_gate

__all__ = ["LEAST", "TABLE", "Gate", "WordRow", "is_short", "load_gate", "passages", "words_of"]
