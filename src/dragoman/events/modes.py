"""PLOVER modes told from the words: in the trigger, its object, its instrument or its clause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from dragoman.events.cues import Cue, CueIndex
from dragoman.events.words import Words, words_of
from dragoman.lexicon import cells, read_table
from dragoman.records import Span

COLUMNS = ("trigger", "object", "instrument", "clause")
WEIGHTS = (4, 4, 4, 3)
"""What a satisfied column counts for; a word anywhere in the clause says a little less."""
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
BESIDE = frozenset({"conj", "cc", "advcl", "parataxis", "punct", "mark"})
MEANS = frozenset({"with", "by", "from", "using", "through", "via"})
NOUNLIKE = frozenset({"compound", "amod", "nmod", "poss"})
REACH = 25
"""Words to either side of the trigger, within its sentence, that count as its clause."""


@dataclass(frozen=True, slots=True)
class ModeRow:
    """What shows one mode of one event type; every column that is filled must be met by one of its words.

    A word after '!' must not be there. ``trigger`` is looked for in the trigger's own words, ``object`` in
    what hangs on it, ``instrument`` in its subject and what follows 'with' or 'by', ``clause`` in all words
    around it. A row without words holds where no other does. ``strength`` is sure or some, as measured on
    coded reports. Braces mark the trigger in the examples.
    """

    id: str
    event: str
    mode: str
    trigger: str
    object: str
    instrument: str
    clause: str
    strength: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ModeHint:
    """A mode that the words around a trigger show, and the row that says so; a higher weight says more.

    ``sure`` hints come from rows that were right at least four times in five on coded reports.
    """

    mode: str
    rule: str
    weight: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A row made ready: the columns that must be met, as bits."""

    id: str
    mode: str
    needs: int
    order: int
    sure: bool


@dataclass(slots=True)
class Zones:
    """The numbers of the tokens that count as a trigger's words, object, instrument and clause."""

    trigger: range
    object: set[int]
    instrument: set[int]
    clause: range
    end: int


class ModeFinder:
    """The mode table, one index of words an event type."""

    def __init__(self, rows: list[ModeRow] | None = None) -> None:
        self.rules: dict[str, list[Rule]] = {}
        self.indexes: dict[str, CueIndex] = {}
        for row in rows if rows is not None else read_table("mode_cues.tsv", ModeRow):
            self._add(row)

    def _add(self, row: ModeRow) -> None:
        """Keys pack the rule's number, whether the word forbids it, and the column: (number, no, column)."""
        rules = self.rules.setdefault(row.event, [])
        index = self.indexes.setdefault(row.event, CueIndex())
        needs = 0
        for column, name in enumerate(COLUMNS):
            for phrase in cells(getattr(row, name)):
                forbids = phrase.startswith("!")
                index.add(phrase.removeprefix("!"), len(rules) * 8 + forbids * 4 + column)
                needs |= 0 if forbids else 1 << column
        rules.append(Rule(row.id, row.mode, needs, len(rules), row.strength == "sure"))

    def hints(self, doc: Doc, trigger_span: Span, event_type: str) -> list[ModeHint]:
        """The modes that the text shows for an event, best first; empty if it shows none."""
        rules = self.rules.get(event_type)
        if not rules or not len(doc):
            return []
        words = words_of(doc)
        met, barred, places = self._look(words, zones_of(words, trigger_span), self.indexes[event_type])
        hints = [
            (_weight(rule, places.get(rule.order)), -rule.order, rule)
            for rule in rules
            if rule.order not in barred and met.get(rule.order, 0) & rule.needs == rule.needs
        ]
        hints.sort(key=lambda one: one[:2], reverse=True)
        best: dict[str, ModeHint] = {}
        for weight, _, rule in hints:
            best.setdefault(rule.mode, ModeHint(rule.mode, f"modes/{rule.id}", weight, rule.sure))
        return list(best.values())

    def _look(
        self, words: Words, zones: Zones, index: CueIndex
    ) -> tuple[dict[int, int], set[int], dict[int, int]]:
        """For each rule: the columns met as bits; the rules barred; how far off the nearest object is."""
        met: dict[int, int] = {}
        barred: set[int] = set()
        places: dict[int, int] = {}
        lower = words.lower
        for token in zones.clause:
            for cue in index.cues.get(lower[token], ()):
                number, column = cue.key >> 3, cue.key & 3
                if not _in_zone(zones, column, token) or not _whole(index, cue, lower, token, zones, column):
                    continue
                if cue.key & 4:
                    barred.add(number)
                    continue
                met[number] = met.get(number, 0) | 1 << column
                if column:
                    distance = abs(token - zones.trigger.start)
                    places[number] = min(places.get(number, distance), distance)
        return met, barred, places


def _whole(index: CueIndex, cue: Cue, lower: list[str], token: int, zones: Zones, column: int) -> bool:
    if not cue.rest:
        return True
    if column == 0:
        return index.loosely_follows(cue, lower, token, zones.end)
    return index.follows(cue, lower, token, zones.end)


def _in_zone(zones: Zones, column: int, token: int) -> bool:
    if column == 0:
        return token in zones.trigger
    if column == 1:
        return token in zones.object
    return column == 3 or token in zones.instrument


def _weight(rule: Rule, distance: int | None) -> float:
    """More columns met weigh more; of two alike, the one whose words stand nearer to the trigger."""
    total = sum(weight for column, weight in enumerate(WEIGHTS) if rule.needs >> column & 1)
    return total - min(distance or 0, REACH) / (REACH + 1)


def zones_of(words: Words, trigger_span: Span) -> Zones:
    """The parts of the sentence that a rule may look into."""
    trigger = words.tokens_of(trigger_span)
    start, end = words.bounds[words.sentence[trigger.start]]
    clause = range(max(start, trigger.start - REACH), min(max(end, trigger.stop), trigger.stop + REACH))
    head = words.head_of(trigger)
    hanging: set[int] = set()
    instrument: set[int] = set()
    for token in trigger:
        for child in words.children[token]:
            if child in trigger:
                continue
            below = subtree(words, child)
            dep = words.dep[child]
            if dep in SUBJECTS or dep == "agent" or words.lower[child] in MEANS or dep in NOUNLIKE:
                instrument.update(below)
            if dep != "nsubj" and (dep not in BESIDE or words.tag[token].startswith("NN")):
                hanging.update(below)
    if words.dep[head] in NOUNLIKE or words.dep[head] in ("acl", "relcl"):
        hanging.update(
            subtree(words, words.head[head]) if words.dep[head] in NOUNLIKE else (words.head[head],)
        )
    hanging.update(range(trigger.stop, min(trigger.stop + 4, clause.stop)))
    return Zones(trigger, hanging, instrument, clause, clause.stop)


def subtree(words: Words, token: int) -> list[int]:
    """The token and all that hangs on it, in no order."""
    found = [token]
    for one in found:
        found.extend(words.children[one])
    return found


@cache
def default_finder() -> ModeFinder:
    """The package's own tables, read on first use."""
    return ModeFinder()


def mode_hints(doc: Doc, trigger_span: Span, event_type: str) -> list[ModeHint]:
    """The modes that the text shows for an event, best first; empty if it shows none."""
    return default_finder().hints(doc, trigger_span, event_type)
