"""A report's text cut into stretches, each with what it is marked as and the mentions that mark it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dragoman.query.ground import Row

TRIGGER, ACTOR, RECIPIENT, SPEAKER, TIME, PLACE = "trigger", "actor", "recipient", "speaker", "time", "place"
BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the text that plays a part in a mention."""

    start: int
    end: int
    kind: str
    mention: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are marked in one way: by the kinds of marks, and the mentions that they belong to.

    ``anchors`` are the mentions whose trigger begins here.
    """

    text: str
    kinds: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as its stretches; ``is_title`` where it is the report's title."""

    is_title: bool
    stretches: list[Stretch] = field(default_factory=list)


def paragraphs(text: str, mentions: Iterable[Row], title: Row | None) -> list[Paragraph]:
    """The text with its marks, in paragraphs; every character but the breaks between them is there once."""
    marks = sorted(
        (mark for row in mentions for mark in marks_of(row, len(text))), key=lambda one: (one.start, one.end)
    )
    found = []
    for start, end in pieces(text):
        is_title = title is not None and title["start"] <= start and end <= title["end"]
        within = [one for one in marks if one.start < end and one.end > start]
        found.append(Paragraph(is_title, list(stretches(text, start, end, within))))
    return found


def marks_of(row: Row, size: int) -> Iterator[Mark]:
    """The ranges that a mention marks; none that the text does not have."""
    spans = [(TRIGGER, row["trigger"])]
    spans += [(ACTOR, one["span"]) for one in row["actors"]]
    spans += [(RECIPIENT, one["span"]) for one in row["recipients"]]
    spans += [(SPEAKER, one["span"]) for one in row["attribution"]]
    spans += [(kind, (row[name] or {}).get("span")) for kind, name in ((TIME, "date"), (PLACE, "place"))]
    for kind, span in spans:
        if span and 0 <= span["start"] < span["end"] <= size:
            yield Mark(span["start"], span["end"], kind, row["id"])


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end; blank lines part them."""
    start = 0
    for part in text.split(BREAK):
        if part.strip():
            yield start, start + len(part)
        start += len(part) + len(BREAK)


def stretches(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Stretch]:
    """The range cut wherever a mark begins or ends."""
    bounds = {start, end}
    for one in marks:
        bounds |= {max(one.start, start), min(one.end, end)}
    edges = sorted(bounds)
    for left, right in pairwise(edges):
        here = [one for one in marks if one.start <= left and right <= one.end]
        anchors = [one.mention for one in here if one.kind == TRIGGER and one.start == left]
        yield Stretch(
            text[left:right],
            tuple(dict.fromkeys(one.kind for one in here)),
            tuple(dict.fromkeys(one.mention for one in here)),
            tuple(anchors),
        )
