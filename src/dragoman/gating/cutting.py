"""Cuts a text into passages and passages into words, without any model: this is the cheap part of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAST_WORDS = 60
"""Words from which a passage is long enough to be judged by itself."""
PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[^\sa-z])")
WORD = re.compile(r"[^\W\d_]+")


def is_short(text: str) -> bool:
    """Whether a text has fewer words than a passage should have."""
    return len(text.split(maxsplit=LEAST_WORDS)) < LEAST_WORDS


def passages(text: str) -> Iterator[str]:
    """The text in passages of whole sentences, in order, each of about ``LEAST_WORDS`` words.

    A short paragraph goes together with the next one; what is left at the end goes with the one before.
    A text of white space alone has no passages.
    """
    held: list[str] = []
    size = 0
    last: str | None = None
    for sentence in sentences(text):
        held.append(sentence)
        size += sentence.count(" ") + 1
        if size >= LEAST_WORDS:
            if last is not None:
                yield last
            last, held, size = " ".join(held), [], 0
    rest = [*([last] if last is not None else []), *held]
    if rest:
        yield " ".join(rest)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, parted at blank lines and at what looks like an end."""
    for paragraph in PARAGRAPH.split(text):
        for sentence in SENTENCE.split(paragraph):
            if sentence and not sentence.isspace():
                yield sentence


def words_of(passage: str) -> set[str]:
    """The words of a passage as they are written; digits and signs part words."""
    return set(WORD.findall(passage))
