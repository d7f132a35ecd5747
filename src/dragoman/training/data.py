"""Marked reports to the arrays that the network is trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from dragoman.evaluation.reports import MarkedEvent, MarkedReport
from dragoman.events.encoding import RANKED, TYPES, Encoder, Floats, Ints, Window, ranked_countries
from dragoman.records import Mention, Span

RELATIONS = ("actor", "recipient", "when", "place", "via")
STATUSES = ("asserted", "negated", "possible", "planned", "requested", "denied")
IGNORE = -100
NONE = len(TYPES)
OPTIONAL_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """What a teacher says of a window: a row a word, or a row a trigger of the example, all probabilities."""

    words: Floats
    types: Floats
    statuses: Floats
    modes: Floats
    contexts: Floats
    core: Floats
    links: Floats
    sides: Floats


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its gold: one row a trigger, and for every word which type it triggers.

    ``words`` is -100 where a word is neither a trigger's head nor clearly none (the rest of a long trigger,
    the title). ``types`` holds a distribution (accepted alternatives share). ``links`` is 1, 0 or -1,
    which is ignored; ``sides`` likewise, with a row a trigger, then the report's countries in the order of
    ``ranked_countries``, then actor and recipient. ``said`` is there where the network learns from a teacher.
    """

    report: str
    window: Window
    words: Ints
    weights: Floats
    triggers: Ints
    types: Floats
    statuses: Ints
    modes: Ints
    contexts: Floats
    core: Floats
    links: Ints
    sides: Ints
    said: Said | None = None


def head_of(doc: Doc, span: Span) -> tuple[int, range] | None:
    """The index of the span's syntactic head, and the indices that the span covers."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return None
    return tokens.root.i, range(tokens.start, tokens.end)


class Labeller:
    """Lays a report's marked events over its windows."""

    def __init__(self, encoder: Encoder, modes: Sequence[str], contexts: Sequence[str]) -> None:
        self.encoder = encoder
        self.modes = {mode: number for number, mode in enumerate(modes)}
        self.contexts = {context: number for number, context in enumerate(contexts)}

    def examples(self, report: MarkedReport, doc: Doc, mentions: Sequence[Mention]) -> list[Example]:
        """The windows of a report with their gold."""
        windows = self.encoder.windows(doc, report.document, mentions)
        heads = [(event, head_of(doc, event.trigger)) for event in report.events]
        aliases = alias_rows(doc, mentions)
        order = ranked_countries(mentions)
        return [self._example(report, doc, window, heads, aliases, order) for window in windows]

    def sentences(self, report: MarkedReport, doc: Doc, mentions: Sequence[Mention]) -> list[Example]:
        """The sentences of a report, each by itself, with their gold."""
        heads = [(event, head_of(doc, event.trigger)) for event in report.events]
        aliases = alias_rows(doc, mentions)
        return [
            self._example(report, doc, window, heads, aliases, ranked_countries(inside))
            for window, inside in self.encoder.sentences(doc, report.document, mentions)
        ]

    def _example(
        self,
        report: MarkedReport,
        doc: Doc,
        window: Window,
        heads: Sequence[tuple[MarkedEvent, tuple[int, range] | None]],
        aliases: dict[str, list[int]],
        order: Sequence[str],
    ) -> Example:
        row = {word: number for number, word in enumerate(window.words.tolist())}
        size = len(window.words)
        words = np.full(size, NONE)
        weights = np.ones(size, dtype=np.float32)
        title = report.document.title.end if report.document.title else 0
        for number, word in enumerate(window.words.tolist()):
            if doc[word].idx < title:
                words[number] = IGNORE
        inside = [(event, head) for event, head in heads if head is not None and head[0] in row]
        for _, (_, covered) in inside:
            for word in covered:
                if word in row:
                    words[row[word]] = IGNORE
        for event, (head, _) in sorted(inside, key=lambda one: one[0].core):
            words[row[head]] = TYPES.index(event.types[0])
            weights[row[head]] = 1.0 if event.core else OPTIONAL_WEIGHT
        events = [event for event, _ in inside]
        links = np.zeros((len(events), size, len(RELATIONS)), dtype=np.int64)
        for number, event in enumerate(events):
            self._link(links[number], event, doc, row, aliases)
        return Example(
            report=report.id,
            window=window,
            words=words,
            weights=weights,
            triggers=np.array([row[head] for _, (head, _) in inside], dtype=np.int64),
            types=np.array([type_row(event) for event in events], dtype=np.float32).reshape(-1, len(TYPES)),
            statuses=np.array([STATUSES.index(event.status) for event in events], dtype=np.int64),
            modes=np.array([self.modes[event.mode or ""] for event in events], dtype=np.int64),
            contexts=np.array([self._context_row(event) for event in events], dtype=np.float32).reshape(
                -1, len(self.contexts)
            ),
            core=np.array([event.core for event in events], dtype=np.float32),
            links=links,
            sides=np.array([side_rows(event, order) for event in events], dtype=np.int64).reshape(
                -1, RANKED, 2
            ),
        )

    def _context_row(self, event: MarkedEvent) -> list[float]:
        return [float(name in event.contexts) for name in self.contexts]

    def _link(
        self, links: Ints, event: MarkedEvent, doc: Doc, row: dict[int, int], aliases: dict[str, list[int]]
    ) -> None:
        """Write the words that the event points to into its link rows."""
        spans: list[tuple[str, Span]] = []
        for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
            column = RELATIONS.index(role)
            for party in parties:
                # Another mention of the same party is no counterexample: the coder marked the nearest one.
                for word in aliases.get(party.country, ()):
                    if word in row and links[row[word], column] == 0:
                        links[row[word], column] = -1
            spans += [(role, party.span) for party in parties]
        spans += [("when", event.when[0])] if event.when else []
        spans += [("place", event.place[0])] if event.place else []
        spans += [("via", span) for span, _ in event.via]
        located = [(RELATIONS.index(name), head_of(doc, span)) for name, span in spans]
        for column, found in located:
            for word in found[1] if found else ():
                if word in row:
                    links[row[word], column] = -1
        for column, found in located:
            if found and found[0] in row:
                links[row[found[0]], column] = 1


def side_rows(event: MarkedEvent, order: Sequence[str]) -> list[tuple[int, int]]:
    """For each ranked country whether it is an actor and a recipient; -1 beyond those that there are."""
    who = {party.country for party in event.actors}
    whom = {party.country for party in event.recipients}
    rows = [(int(country in who), int(country in whom)) for country in order]
    return rows + [(-1, -1)] * (RANKED - len(rows))


def type_row(event: MarkedEvent) -> list[float]:
    """The gold distribution over types: the coded one, and a share for each accepted alternative."""
    row = [0.0] * len(TYPES)
    others = event.types[1:]
    for name in others:
        row[TYPES.index(name)] = 0.3 / len(others)
    row[TYPES.index(event.types[0])] = 1.0 - (0.3 if others else 0.0)
    return row


def alias_rows(doc: Doc, mentions: Sequence[Mention]) -> dict[str, list[int]]:
    """For each country code, the indices of the heads of the mentions that mean it."""
    rows: dict[str, list[int]] = {}
    for mention in mentions:
        head = doc.char_span(mention.head.start, mention.head.end, alignment_mode="expand")
        if head is not None:
            for entity in mention.entities:
                rows.setdefault(entity.country, []).append(head.root.i)
    return rows
