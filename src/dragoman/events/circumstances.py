"""When, where and on whose word: every date, place and source of the report is judged for every event.

As with the parties, no decision is taken at the words alone: for each event and each candidate one row of
features is made (the network's link, what the rules of syntax hint at, where both stand), and a boosted-tree
model gives the probability that the candidate belongs to the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from dragoman.events.encoding import Floats, Ints
from dragoman.events.model import Reading, session
from dragoman.events.roles import FAR, REACH, Syntax, paths, peaks, rivals, run_trees, table_of, told_of
from dragoman.events.words import words_of
from dragoman.records import Span

ROW = (
    "link top lead mean hint hinted hints path dep prep distance gap sentences in_sentence earlier "
    "kind candidates type status event upos trigger_dep is_actor"
).split()
"""Names of the features of one row, in order."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Spans that an event may point to, in one relation.

    ``heads`` and the half-open ``starts``/``ends`` are token indices, ``kinds`` small numbers that tell kinds
    of candidates apart. ``hints[event, candidate]`` is 1 where rules of syntax point to it, less where they
    half do; ``acting`` says that the candidate's words are those of one of the event's actors.
    """

    heads: Ints
    starts: Ints
    ends: Ints
    kinds: Ints
    hints: Floats
    acting: npt.NDArray[np.bool_]


def candidates_of(
    doc: Doc,
    spans: Sequence[Span],
    kinds: Sequence[int],
    hints: Floats,
    acting: npt.NDArray[np.bool_] | None = None,
) -> Candidates:
    """The spans as arrays."""
    words = words_of(doc)
    tokens = [words.tokens_of(span) for span in spans]
    return Candidates(
        heads=np.array([root_of(words.head, one) for one in tokens], dtype=np.int64),
        starts=np.array([one.start for one in tokens], dtype=np.int64),
        ends=np.array([one.stop for one in tokens], dtype=np.int64),
        kinds=np.array(kinds, dtype=np.int64),
        hints=hints,
        acting=np.zeros(hints.shape, dtype=bool) if acting is None else acting,
    )


def root_of(heads: Sequence[int], tokens: range) -> int:
    """The first of those tokens that stand highest in the parse."""
    if len(tokens) == 1:
        return tokens.start
    best, least = tokens.start, len(heads)
    for token in tokens:
        if heads[token] != token and heads[token] in tokens:
            continue
        depth, above = 0, token
        while heads[above] != above and depth < least:
            above, depth = heads[above], depth + 1
        if depth < least:
            best, least = token, depth
    return best


def links_of(readings: Sequence[Reading], candidates: Candidates, relation: int) -> Floats:
    """``(events, candidates)``: the highest link of a word of the candidate; 0 outside the event's window."""
    return peaks(readings, slice(relation, relation + 1), candidates.starts, candidates.ends)[0][:, 0]


def rows_of(syntax: Syntax, readings: Sequence[Reading], candidates: Candidates, relation: int) -> Floats:
    """``(events, candidates, len(ROW))`` features."""
    triggers = np.array([reading.word for reading in readings], dtype=np.int64)
    links, best = peaks(readings, slice(relation, relation + 1), candidates.starts, candidates.ends)
    link, top = links[:, 0], best[:, 0]
    heads = np.broadcast_to(candidates.heads[None, :], link.shape)
    at = np.broadcast_to(triggers[:, None], link.shape)
    distance = heads - at
    sentences = syntax.sentences[heads] - syntax.sentences[at]
    hints = candidates.hints
    way = paths(syntax.heads, heads, at)
    type_of, status_of, event_of = told_of(readings)
    out: dict[str, npt.NDArray[Any]] = {
        "link": link,
        "top": top[:, None] - link,
        "lead": link - rivals(link),
        "mean": link.mean(axis=0)[None, :],
        "hint": hints,
        "hinted": hints.max(axis=1)[:, None],
        "hints": hints.sum(axis=0)[None, :],
        "path": way,
        "dep": syntax.deps[heads],
        "prep": syntax.preps[heads],
        "distance": np.clip(distance, -FAR, FAR),
        "gap": np.clip(np.abs(distance), 0, FAR),
        "sentences": np.clip(sentences, -9, 9),
        "in_sentence": (sentences == 0).sum(axis=1)[:, None],
        "earlier": np.argsort(np.argsort(np.abs(distance), axis=1), axis=1),
        "kind": candidates.kinds[None, :],
        "candidates": np.array(link.shape[1]),
        "type": type_of,
        "status": status_of,
        "event": event_of,
        "upos": syntax.upos[triggers][:, None],
        "trigger_dep": syntax.deps[triggers][:, None],
        "is_actor": candidates.acting,
    }
    assert way.max(initial=0) <= REACH * REACH
    return table_of(out, ROW, (len(readings), len(candidates.heads)))


LINK, HINT = ROW.index("link"), ROW.index("hint")
FAINT = 0.01
"""A candidate whose link is weaker, and which no rule hints at, is not judged: most are such. On the example
reports the accuracy of dates and places stays, and one more chain of sources is right."""


class LinkModel:
    """The boosted-tree model of one relation, and the probability from which it is believed."""

    def __init__(self, path: Path, least: float, relation: int) -> None:
        self._trees = session(path)
        self.least = least
        self.relation = relation

    def judge(self, syntax: Syntax, readings: Sequence[Reading], candidates: Candidates) -> Floats:
        """``(events, candidates)`` probabilities."""
        if not len(candidates.heads) or not readings:
            return np.zeros((len(readings), len(candidates.heads)), dtype=np.float32)
        rows = rows_of(syntax, readings, candidates, self.relation)
        worth = (rows[..., LINK] >= FAINT) | (rows[..., HINT] > 0)
        out = np.zeros(worth.shape, dtype=np.float32)
        if worth.any():
            out[worth] = run_trees(self._trees, rows[worth][None])[0]
        return out

    def best(self, row: Floats) -> int | None:
        """The likeliest candidate of one event, if it is believed."""
        if not len(row) or row.max() < self.least:
            return None
        return int(row.argmax())

    def all(self, row: Floats) -> list[int]:
        """Every candidate of one event that is believed."""
        return np.flatnonzero(row >= self.least).tolist()
