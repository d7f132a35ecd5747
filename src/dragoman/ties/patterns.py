"""Word patterns as the tables of ties have them, without regular expressions.

'|' parts alternatives; a '*' at a word's end stands for any ending; '..' for up to six words between.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.lexicon import cells

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
GAP = r"(?:\S+ ){0,6}"
Pattern = re.Pattern[str]


def plain(text: str) -> str:
    """The words in small letters, each with a space on both sides; genitive endings stand apart."""
    words = WORD.findall(text.replace("’", "'").lower())
    return " " + " ".join(words).replace("'s ", " 's ") + " "


@cache
def pattern(cell: str) -> Pattern | None:
    """The pattern that a cell describes, for words as ``plain`` gives them; ``None`` for an empty cell."""
    choices = [" ".join(map(_word, choice.split())) for choice in cells(cell)]
    joined = "|".join(choices).replace(f"{GAP} ", GAP)
    return re.compile(f"(?<= )(?:{joined})(?= )") if choices else None


def _word(word: str) -> str:
    if word == "..":
        return GAP
    return re.escape(word[:-1]) + r"\S*" if word.endswith("*") else re.escape(word)
