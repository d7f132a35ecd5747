"""What an event's matter is about, from words near its trigger and from the report's topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import exp, log, log1p

from spacy.tokens import Doc

from dragoman.events.cues import CueIndex
from dragoman.events.words import Words, words_of
from dragoman.lexicon import cells, read_table
from dragoman.records import Span

HITS_KEY = "dragoman.events.contexts"
BESIDE, NEAR = 4, 10
"""Words between trigger and cue up to which the cue stands beside it, or near it; else it is far."""
MOST_HITS = 2.0
"""Cue words of one kind beyond which more add nothing."""
ENOUGH = 0.15
"""Chance from which a context is given: one too many costs little, one missing costs the event."""
MOST = 3
UNLIKELY = -3.0
"""Log odds below which a context is not even named with its chance."""
SURE = 3.0
"""Log odds of a context that a type or mode always has."""
FEATURES = (
    "sure_beside", "sure_near", "sure_far", "some_beside", "some_near", "some_far", "sure_next_sentence",
    "topic", "in_trigger", "prior",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContextRow:
    """Words that show a context, or types and modes that have it without any word.

    ``events`` limits the row to event types or type/mode pairs; ``strength`` is sure, some (the word has
    other uses as well) or always. Braces mark the trigger in the examples.
    """

    id: str
    context: str
    events: str
    strength: str
    words: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class PriorRow:
    """How often events of a type and mode have a context before any word is read; '' is all of them."""

    event: str
    mode: str
    context: str
    share: str


@dataclass(frozen=True, slots=True)
class WeightRow:
    """What a cue of a kind adds to the log odds of a context; a row named after a context shifts that one."""

    feature: str
    weight: str


@dataclass(frozen=True, slots=True)
class Cues:
    """A row of words made ready."""

    id: str
    context: str
    events: frozenset[str]
    sure: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue word found in the report."""

    token: int
    form: str
    cues: Cues


@dataclass(frozen=True, slots=True)
class Topics:
    """All cue words of a report by sentence, and how much of the report each context takes up."""

    hits: dict[int, list[Hit]]
    topics: dict[str, float]


class ContextFinder:
    """The context tables: one index of words over all contexts, shares by type and mode, weights."""

    def __init__(self, rows: list[ContextRow] | None = None) -> None:
        self.cues: list[Cues] = []
        self.index = CueIndex()
        self.standing: dict[str, dict[str, str]] = {}  # by event type or type/mode, the row of each context
        for row in rows if rows is not None else read_table("context_cues.tsv", ContextRow):
            if row.strength == "always":
                for event in cells(row.events):
                    self.standing.setdefault(event, {}).setdefault(row.context, row.id)
                continue
            for phrase in cells(row.words):
                self.index.add(phrase, len(self.cues))
            self.cues.append(Cues(row.id, row.context, frozenset(cells(row.events)), row.strength == "sure"))
        weights = {row.feature: float(row.weight) for row in read_table("context_weights.tsv", WeightRow)}
        self.weights = [weights[name] for name in FEATURES]
        self.bias = weights["bias"]
        self.shifts = {cues.context: weights.get(cues.context, 0.0) for cues in self.cues}
        self.bases: dict[tuple[str, str], tuple[dict[str, float], dict[str, float]]] = {}
        self.priors: dict[tuple[str, str], dict[str, float]] = {}
        for prior in read_table("context_priors.tsv", PriorRow):
            share = float(prior.share)
            self.priors.setdefault((prior.event, prior.mode), {})[prior.context] = log(share / (1 - share))

    def contexts_of(self, doc: Doc, trigger_span: Span, event_type: str, mode: str | None) -> tuple[str, ...]:
        """The contexts of an event, likeliest first; empty if nothing shows one."""
        chances = self.chances(doc, trigger_span, event_type, mode)
        ranked = sorted(chances.items(), key=lambda one: (-one[1], one[0]))
        return tuple(context for context, chance in ranked[:MOST] if chance >= ENOUGH)

    def chances(self, doc: Doc, trigger_span: Span, event_type: str, mode: str | None) -> dict[str, float]:
        """How likely the event has each context, from 0 to 1; those that nothing speaks for are left out."""
        if not len(doc):
            return {}
        base, standing = self._base(event_type, mode)
        weights = self.weights
        chances: dict[str, float] = {}
        for context, values in self.evidence(doc, trigger_span, event_type, mode).items():
            total = base[context]
            for weight, value in zip(weights, values, strict=False):
                if value:
                    total += weight * value
            if total > UNLIKELY:
                chances[context] = 1 / (1 + exp(-total))
        for context, chance in standing.items():
            chances.setdefault(context, chance)
        return chances

    def _base(self, event_type: str, mode: str | None) -> tuple[dict[str, float], dict[str, float]]:
        """The log odds of each context before any word is read; ``SURE`` for those that a type always has.

        With the chances of those that are likely enough without words.
        """
        key = (event_type, mode or "")
        known = self.bases.get(key)
        if known is None:
            prior = {
                **self.priors["", ""],
                **(self.priors.get(key) or self.priors.get((event_type, "")) or {}),
            }
            always = self._always(event_type, mode)
            base = {
                context: SURE if context in always else self.bias + self.shifts.get(context, 0.0) + odds
                for context, odds in ((name, self.weights[-1] * value) for name, value in prior.items())
            }
            standing = {name: 1 / (1 + exp(-total)) for name, total in base.items() if total > UNLIKELY}
            known = self.bases[key] = (base, standing)
        return known

    def evidence(
        self, doc: Doc, trigger_span: Span, event_type: str, mode: str | None
    ) -> dict[str, list[float]]:
        """For each context with a cue word in the report: the values of ``FEATURES``, the prior left out."""
        found: dict[str, list[float]] = {}
        for hit, kind, in_trigger in self._counted(doc, trigger_span, event_type, mode):
            values = found.setdefault(hit.cues.context, [0.0] * 9)
            values[kind] = min(values[kind] + 1.0, MOST_HITS)
            if in_trigger:
                values[8] += 1.0
        for context, share in self.topics(doc).topics.items():
            found.setdefault(context, [0.0] * 9)[7] = share
        return found

    def rows(
        self, doc: Doc, trigger_span: Span, event_type: str, mode: str | None
    ) -> dict[str, tuple[str, ...]]:
        """For each context the ids of the rows that speak for it: by words about the trigger, or always."""
        found = {context: [f"context_cues/{row}"] for context, row in self._always(event_type, mode).items()}
        for hit, _, _ in self._counted(doc, trigger_span, event_type, mode):
            found.setdefault(hit.cues.context, []).append(f"context_cues/{hit.cues.id}")
        return {context: tuple(dict.fromkeys(rows)) for context, rows in found.items()}

    def _always(self, event_type: str, mode: str | None) -> dict[str, str]:
        """The contexts that a type and mode have without any word, and the rows that say so."""
        return self.standing.get(event_type, {}) | self.standing.get(f"{event_type}/{mode}", {})

    def _counted(
        self, doc: Doc, trigger_span: Span, event_type: str, mode: str | None
    ) -> Iterator[tuple[Hit, int, bool]]:
        """Each cue word that counts for an event, the feature it counts for, whether it is in the trigger."""
        words = words_of(doc)
        topics = self.topics(doc)
        trigger = words.tokens_of(trigger_span)
        coded = {event_type, f"{event_type}/{mode}"}
        sentence = words.sentence[trigger.start]
        for offset in (0, -1, 1):
            seen: set[tuple[str, str]] = set()
            for hit in topics.hits.get(sentence + offset, ()):
                cues = hit.cues
                if (cues.events and not cues.events & coded) or (cues.context, hit.form) in seen:
                    continue
                seen.add((cues.context, hit.form))
                kind = _kind(hit, trigger) if offset == 0 else 6 if cues.sure else None
                if kind is not None:
                    yield hit, kind, hit.token in trigger

    def topics(self, doc: Doc) -> Topics:
        """The report's cue words and topics; found once a ``Doc``."""
        kept: Topics | None = doc.user_data.get(HITS_KEY)
        if kept is None:
            kept = self._find(words_of(doc))
            doc.user_data[HITS_KEY] = kept
        return kept

    def _find(self, words: Words) -> Topics:
        hits: dict[int, list[Hit]] = {}
        totals: dict[str, int] = {}
        lower, count = words.lower, len(words.lower)
        for token, form in enumerate(lower):
            for cue in self.index.cues.get(form, ()):
                if cue.rest and not self.index.follows(cue, lower, token, count):
                    continue
                cues = self.cues[cue.key]
                hits.setdefault(words.sentence[token], []).append(Hit(token, form, cues))
                if cues.sure:
                    totals[cues.context] = totals.get(cues.context, 0) + 1
        shares = {context: log1p(100 * total / count) for context, total in totals.items()}
        return Topics(hits, shares)


def _kind(hit: Hit, trigger: range) -> int:
    """Which feature a cue word in the trigger's sentence counts for."""
    distance = max(0, trigger.start - hit.token, hit.token - trigger.stop + 1)
    place = 0 if distance <= BESIDE else 1 if distance <= NEAR else 2
    return place if hit.cues.sure else place + 3


@cache
def default_finder() -> ContextFinder:
    """The package's own tables, read on first use."""
    return ContextFinder()


def contexts_of(doc: Doc, trigger_span: Span, event_type: str, mode: str | None) -> tuple[str, ...]:
    """The contexts of an event, likeliest first; empty if nothing shows one."""
    return default_finder().contexts_of(doc, trigger_span, event_type, mode)
