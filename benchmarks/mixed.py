"""A mixed corpus: one document in three is political, the others sport, weather, recipes and the like.

Paragraphs of the marked reports (not of their test part) and the example reports are recombined to
political documents, those of the plain prose that the gate was not fitted on (``data/plain``, numbers
divisible by 5) to the others. No two documents are the same, and a number always gives the same document.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import corpora

EVERY = 3
"""One document in so many is political."""
WORDS = 400


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the mixed corpus."""

    name: str
    title: str
    body: str
    published: str
    is_political: bool

    @property
    def text(self) -> str:
        """Title and body, as a reader sees them."""
        return f"{self.title}\n\n{self.body}"


@cache
def political() -> list[list[str]]:
    """The paragraphs of each report, title first."""
    reports = [text.text for text in [*corpora.articles(), *corpora.other_reports(1)]]
    return [parts for text in reports if len(parts := paragraphs(text)) > 2]


@cache
def plain() -> list[list[str]]:
    """The paragraphs of each text that the gate was not fitted on, title first."""
    texts = []
    for path in sorted((corpora.ROOT / "data" / "plain").glob("*.texts")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            name, text = block.split("\n", 1)
            if int(name.rpartition("-")[2]) % 5 == 0:
                texts.append(paragraphs(text))
    return texts


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def make(number: int, words: int = WORDS) -> Made:
    """The document of that number, of at least so many words."""
    chance = random.Random(number)
    is_political = number % EVERY == 0
    texts = political() if is_political else plain()
    title = chance.choice(texts)[0]
    body: list[str] = []
    size = 0
    while size < words:
        for part in chance.choice(texts)[1:]:
            body.append(part)
            size += len(part.split())
            if size >= words:
                break
    day = f"{1990 + number % 35}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    # The last line makes each document one of its kind, as a page's number does.
    return Made(f"m{number}", title, "\n\n".join([*body, f"Page {number + 1}."]), day, is_political)


def documents(count: int, words: int = WORDS) -> Iterator[Made]:
    """So many documents, one at a time."""
    return islice((make(number, words) for number in range(count)), count)


def write(path: Path, count: int, words: int = WORDS) -> int:
    """Writes the documents as JSON Lines, and gives back how many words they have."""
    total = 0
    with path.open("w", encoding="utf-8") as lines:
        for made in documents(count, words):
            row = {"title": made.title, "text": made.body, "date": made.published}
            lines.write(json.dumps(row) + "\n")
            total += len(made.text.split())
    return total
