"""What the words around a trigger say of other acts: looking back on one, or adding one."""

from __future__ import annotations

import re

from dragoman.assemble.families import families, noun_families, words_of

AHEAD = 40
"""How many characters before the trigger its determiner is looked for."""
POINTER = re.compile(
    r"(?:\b(?:the|this|that|these|those|its|their|his|her)|\b[^\W\d_]+(?:['’]s|s['’]))"
    r"(?:\s+(?!(?:of|in|on|at|and|or|to|for|with|from|by|that|who|which|was|were|is|are|has|had)\b)"
    r"[\w.'’-]+){0,3}\s+$",
    re.IGNORECASE,
)
ANOTHER = re.compile(
    r"\b(?:another|again|second|third|fourth|fifth|fresh|further|once more|anew|new|renewed|latest|next)\b",
    re.IGNORECASE,
)
CLOSE = 24
"""How many characters on either side of the trigger such a word may stand off."""


def is_noun(trigger: str) -> bool:
    """Whether the trigger is a noun for an act, as far as the table of families tells."""
    words = words_of(trigger)
    return bool(words) and bool(noun_families(words[-1:]) or words[-1] in generic_nouns())


def generic_nouns() -> frozenset[str]:
    """The nouns that point back to any act of some type."""
    return frozenset().union(*families().generic.values())


def points_back(passage: str, start: int, trigger: str) -> bool:
    """Whether the trigger is a noun for an act that the reader is taken to know: 'Tuesday's shelling'."""
    return is_noun(trigger) and POINTER.search(passage[max(0, start - AHEAD) : start]) is not None


def is_another(passage: str, start: int, end: int) -> bool:
    """Whether the words set the act apart from one like it: 'a second raid', 'shelled again'."""
    return ANOTHER.search(passage[max(0, start - CLOSE) : end + CLOSE]) is not None
