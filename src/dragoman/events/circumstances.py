"""When, where and on whose word: every date, place and source of the report is judged for every event.

As with the parties, no decision is taken at the words alone: for each event and each candidate one row of
features is made (the network's link, what the rules of syntax hint at, where both stand), and a boosted-tree
model gives the probability that the candidate belongs to the event.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from dragoman.events.encoding import Floats, Ints
from dragoman.events.model import ACTOR, RECIPIENT, Reading, session
from dragoman.events.roles import FAR, REACH, Syntax, paths, peaks, rivals, run_trees, table_of, told_of
from dragoman.events.words import words_of
from dragoman.records import Span

ROW = (
    "link top lead mean hint hinted hints path dep prep distance gap sentences in_sentence earlier "
    "kind candidates type status event upos trigger_dep is_actor "
    "actor_link recipient_link same_value other_value column_lead previous next above above_steps "
    "beside sentence_link nearer age length rule tag auxiliary between "
    "paragraphs halfway start own scene"
).split()
"""Names of the features of one row, in order."""
CLIMB = 9
SCENE = 3
"""How many sentences back a date or place may have been named in which the passage is set."""
NO_AGE = 9999
"""Stands for the age of a candidate that has none."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Spans that an event may point to, in one relation.

    ``heads`` and the half-open ``starts``/``ends`` are token indices, ``kinds`` small numbers that tell kinds
    of candidates apart. ``hints[event, candidate]`` is 1 where rules of syntax point to it, less where they
    half do; ``acting`` says that the candidate's words are those of one of the event's actors. ``values``
    are equal where candidates mean the same day, place or source; ``rules`` tell the ways apart in which
    they were read. ``ages`` are days from the date to the report's publication (``NO_AGE``: unknown) and
    ``lengths`` the days that it spans.
    """

    heads: Ints
    starts: Ints
    ends: Ints
    kinds: Ints
    hints: Floats
    acting: npt.NDArray[np.bool_]
    values: Ints
    rules: Ints
    ages: Ints
    lengths: Ints


def candidates_of(
    doc: Doc,
    spans: Sequence[Span],
    kinds: Sequence[int],
    hints: Floats,
    acting: npt.NDArray[np.bool_] | None = None,
    values: Sequence[Hashable] | None = None,
    rules: Sequence[int] | None = None,
    days: Sequence[tuple[int, int]] | None = None,
) -> Candidates:
    """The spans as arrays.

    Candidates with equal ``values`` mean the same; without them each stands for itself. ``days`` are the age
    and the length of each.
    """
    words = words_of(doc)
    size = len(spans)
    known: dict[Hashable, int] = {}
    groups = [known.setdefault(value, len(known)) for value in (range(size) if values is None else values)]
    age = np.array(days or [(NO_AGE, 0)] * size, dtype=np.int64).reshape(size, 2)
    tokens = [words.tokens_of(span) for span in spans]
    return Candidates(
        heads=np.array([root_of(words.head, one) for one in tokens], dtype=np.int64),
        starts=np.array([one.start for one in tokens], dtype=np.int64),
        ends=np.array([one.stop for one in tokens], dtype=np.int64),
        kinds=np.array(kinds, dtype=np.int64),
        hints=hints,
        acting=np.zeros(hints.shape, dtype=bool) if acting is None else acting,
        values=np.array(groups, dtype=np.int64),
        rules=np.array(rules if rules is not None else [0] * size, dtype=np.int64),
        ages=age[:, 0],
        lengths=age[:, 1],
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
    links, best = peaks(readings, slice(None), candidates.starts, candidates.ends)
    link, top = links[:, relation], best[:, relation]
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
        "actor_link": links[:, ACTOR],
        "recipient_link": links[:, RECIPIENT],
        "age": candidates.ages[None, :],
        "length": candidates.lengths[None, :],
        "rule": candidates.rules[None, :],
        "tag": syntax.tags[triggers][:, None],
        "auxiliary": syntax.auxiliaries[triggers][:, None],
    }
    out |= alike(link, candidates.values)
    out |= neighbours(syntax, link, triggers, heads)
    out |= scenery(syntax, link, triggers, heads)
    assert way.max(initial=0) <= REACH * REACH
    return table_of(out, ROW, (len(readings), len(candidates.heads)))


def alike(link: Floats, values: Ints) -> dict[str, npt.NDArray[Any]]:
    """The highest link of a candidate with the same value, and of one with another."""
    if not len(values):
        return {"same_value": link, "other_value": link}
    order = np.argsort(values, kind="stable")
    groups, firsts = np.unique(values[order], return_index=True)
    best = np.maximum.reduceat(link[:, order], firsts, axis=1)
    member = np.searchsorted(groups, values)
    return {"same_value": best[:, member], "other_value": rivals(best)[:, member]}


def neighbours(syntax: Syntax, link: Floats, triggers: Ints, heads: Ints) -> dict[str, npt.NDArray[Any]]:
    """What the events around take of each candidate: before, after, above in the parse, in the sentence.

    'The army accused them on the 15th and bombed their bases': the bombs fell on the 15th as well.
    """
    events = len(triggers)
    above, steps = parents_among(syntax.heads, triggers)
    order = np.argsort(triggers, kind="stable")
    before, after = np.full(events, events), np.full(events, events)
    before[order[1:]], after[order[:-1]] = order[:-1], order[1:]
    padded = np.vstack([link, np.zeros((1, link.shape[1]), dtype=np.float32)])  # the last: no such event
    beside, earlier = sentence_links(syntax.sentences[triggers], link)
    at, inner = triggers[:, None], triggers[order]
    low, high = np.minimum(heads, at), np.maximum(heads, at)
    between = np.searchsorted(inner, high) - np.searchsorted(inner, low, side="right")
    return {
        "column_lead": link - rivals(np.ascontiguousarray(link.T)).T,
        "previous": padded[before],
        "next": padded[after],
        "above": padded[above],
        "above_steps": steps[:, None],
        "beside": beside,
        "sentence_link": earlier,
        "nearer": np.argsort(np.argsort(np.abs(heads - at), axis=0, kind="stable"), axis=0, kind="stable"),
        "between": np.clip(between, 0, 20),
    }


def sentence_links(sentences: Ints, link: Floats) -> tuple[Floats, Floats]:
    """The highest link of another event of the same sentence, and of one of the sentence before."""
    beside, earlier = np.zeros_like(link), np.zeros_like(link)
    best: dict[int, Floats] = {}
    for sentence in np.unique(sentences).tolist():
        rows = np.flatnonzero(sentences == sentence)
        beside[rows] = rivals(np.ascontiguousarray(link[rows].T)).T
        best[sentence] = link[rows].max(axis=0)
        if sentence - 1 in best:
            earlier[rows] = best[sentence - 1]
    return beside, earlier


def scenery(syntax: Syntax, link: Floats, triggers: Ints, heads: Ints) -> dict[str, npt.NDArray[Any]]:
    """Whether the passage that the event stands in is set at each candidate.

    'The army moved into the town on Friday. It confined people to their houses.': the date was named last
    before the event, in its paragraph, and the event's own sentence has none.
    """
    at = triggers[:, None]
    sentences = syntax.sentences[at] - syntax.sentences[heads]
    paragraphs = syntax.paragraphs[at] - syntax.paragraphs[heads]
    before = heads < at
    latest = np.where(before, heads, -1).max(axis=1, initial=-1)[:, None]
    order = np.sort(heads[0])
    low, high = np.minimum(heads, at), np.maximum(heads, at)
    return {
        "paragraphs": np.clip(paragraphs, -9, 9),
        "halfway": np.searchsorted(order, high) - np.searchsorted(order, low, side="right"),
        "start": np.clip(syntax.openings[heads], 0, 40),
        "own": np.where(sentences == 0, link, np.float32(0.0)).max(axis=1, initial=0.0)[:, None],
        "scene": before & (heads == latest) & (paragraphs == 0) & (sentences <= SCENE),
    }


def parents_among(parents: Ints, triggers: Ints) -> tuple[Ints, Ints]:
    """Of each event the number of the next one above it in the parse, and how many steps up.

    The number of events, and ``CLIMB`` steps, stand for none.
    """
    events = len(triggers)
    heads = parents.tolist()
    at = {word: number for number, word in enumerate(triggers.tolist())}
    above, steps = np.full(events, events), np.full(events, CLIMB)
    for number, word in enumerate(triggers.tolist()):
        for step in range(1, CLIMB):
            word = heads[word]
            if at.get(word, number) != number:
                above[number], steps[number] = at[word], step
                break
    return above, steps


LINK, HINT = ROW.index("link"), ROW.index("hint")
FAINT = 0.01
"""A candidate whose link is weaker, and which no rule hints at, is not judged: most are such. On the example
reports the accuracy of dates and places stays, and one more chain of sources is right."""


def is_worth(rows: Floats) -> npt.NDArray[np.bool_]:
    """Which rows are judged at all."""
    return np.asarray((rows[..., LINK] >= FAINT) | (rows[..., HINT] > 0), dtype=bool)


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
        worth = is_worth(rows)
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
