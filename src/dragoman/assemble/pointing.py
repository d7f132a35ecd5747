"""What the words around a trigger say of other acts: looking back on one, adding one, summing up several."""

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
SUM = re.compile(
    r"\b(?:two|three|four|five|six|several|both|many|dozens of|series of|wave of|string of|weeks? of|days of|"
    r"months? of)\b[^.;:]{0,24}$",
    re.IGNORECASE,
)
WHOLE = frozenset(
    "talks sanctions negotiations discussions hostilities manoeuvres maneuvers exercises penalties tariffs "
    "relations elections works means news funds arms goods good offices measures reinforcements elections".split()
)
"""Nouns that have the form of many and tell one act."""


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


def is_sum(passage: str, start: int, trigger: str) -> bool:
    """Whether the trigger tells several acts at once: 'gun battles', 'two days of shelling'."""
    words = words_of(trigger)
    if not words or not is_noun(trigger):
        return False
    many = words[-1].endswith("s") and not words[-1].endswith("ss") and words[-1] not in WHOLE
    return many or SUM.search(passage[max(0, start - AHEAD) : start]) is not None
