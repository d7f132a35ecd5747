"""When, where and on whose word: every date, place and source of the report is judged for every event.

As with the parties, no decision is taken at the words alone: for each event and each candidate one row of features
is made (the network's link, what the rules of syntax hint at, where both stand), and a boosted-tree model
gives the probability that the candidate belongs to the event.
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
from dragoman.events.roles import FAR, REACH, Syntax, paths, rivals, run_trees
from dragoman.records import Span

ROW = (
    "link top lead mean hint hinted hints path dep prep distance gap sentences in_sentence earlier "
    "kind candidates type status event upos trigger_dep is_actor"
).split()
"""Names of the features of one row, in order."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Spans that an event may point to, in one relation.

    ``heads`` and the half-open ``starts``/``ends`` are token indices, ``kinds`` small numbers that tell kinds of
    candidates apart. ``hints[event, candidate]`` is 1 where rules of syntax point to it, less where they
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
    starts, ends, heads = [], [], []
    for span in spans:
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        starts.append(tokens.start if tokens is not None else 0)
        ends.append(tokens.end if tokens is not None else 1)
        heads.append(tokens.root.i if tokens is not None else 0)
    return Candidates(
        heads=np.array(heads, dtype=np.int64),
        starts=np.array(starts, dtype=np.int64),
        ends=np.array(ends, dtype=np.int64),
        kinds=np.array(kinds, dtype=np.int64),
        hints=hints,
        acting=np.zeros(hints.shape, dtype=bool) if acting is None else acting,
    )


def links_of(readings: Sequence[Reading], candidates: Candidates, relation: int) -> Floats:
    """``(events, candidates)``: the highest link of a word of the candidate; 0 outside the event's window."""
    out = np.zeros((len(readings), len(candidates.heads)), dtype=np.float32)
    for number, reading in enumerate(readings):
        low = np.searchsorted(reading.words, candidates.starts)
        high = np.searchsorted(reading.words, candidates.ends)
        column = reading.links[:, relation]
        for one, (first, last) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
            if last > first:
                out[number, one] = column[first:last].max()
    return out


def rows_of(syntax: Syntax, readings: Sequence[Reading], candidates: Candidates, relation: int) -> Floats:
    """``(events, candidates, len(ROW))`` features."""
    triggers = np.array([reading.word for reading in readings], dtype=np.int64)
    link = links_of(readings, candidates, relation)
    top = np.array([reading.links[:, relation].max() for reading in readings], dtype=np.float32)
    heads = np.broadcast_to(candidates.heads[None, :], link.shape)
    at = np.broadcast_to(triggers[:, None], link.shape)
    distance = heads - at
    sentences = syntax.sentences[heads] - syntax.sentences[at]
    hints = candidates.hints
    way = paths(syntax.heads, heads, at)
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
        "candidates": np.full((1, 1), link.shape[1]),
        "type": np.array([int(reading.types.argmax()) for reading in readings])[:, None],
        "status": np.array([int(reading.statuses.argmax()) for reading in readings])[:, None],
        "event": np.array([reading.event for reading in readings])[:, None],
        "upos": syntax.upos[triggers][:, None],
        "trigger_dep": syntax.deps[triggers][:, None],
        "is_actor": candidates.acting,
    }
    assert REACH * REACH >= way.max(initial=0)
    return np.stack([np.broadcast_to(out[name], link.shape) for name in ROW], axis=-1).astype(np.float32)


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
        return run_trees(self._trees, rows_of(syntax, readings, candidates, self.relation))

    def best(self, row: Floats) -> int | None:
        """The likeliest candidate of one event, if it is believed."""
        if not len(row) or row.max() < self.least:
            return None
        return int(row.argmax())

    def all(self, row: Floats) -> list[int]:
        """Every candidate of one event that is believed."""
        return np.flatnonzero(row >= self.least).tolist()
