"""Which event types a word may bear, by a lexicon of trigger words; a hint for words unseen in training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from dragoman.events.inflection import noun_forms, verb_forms
from dragoman.events.words import Words, words_of
from dragoman.lexicon import cells, read_table

HINTS_KEY = "dragoman.events.triggers"
OPTIONAL = frozenset(
    {"a", "an", "the", "its", "his", "her", "their", "himself", "herself", "itself", "themselves"}
)
GAP = 4
"""Words that may stand between two parts of a phrase ('held two days of talks')."""
REACH = 14
"""Words to either side in which the object that decides must stand."""
KINDS = {"verb": ("VB", "JJ"), "noun": ("NN", "VBG"), "adjective": ("JJ", "VB")}


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """One sense of a trigger word or phrase.

    ``lemma`` is one lemma or a phrase headed by its first word; ``object`` lists words of which one must
    stand near it, or, after a '!', none. ``type`` is the likeliest event type, ``alt`` what else it may bear.
    """

    id: str
    lemma: str
    pos: str
    type: str
    alt: str
    object: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Sense:
    """A row made ready for matching."""

    id: str
    kind: str
    rest: tuple[str, ...]
    near: frozenset[str]
    never: frozenset[str]
    types: tuple[str, ...]


class TriggerLexicon:
    """The trigger lexicon, indexed by the head word of each entry."""

    def __init__(self, rows: list[TriggerRow] | None = None) -> None:
        self.senses: dict[str, list[Sense]] = {}
        for row in rows if rows is not None else read_table("trigger_lexicon.tsv", TriggerRow):
            head, sense = _read_row(row)
            for form in _forms(head, sense):
                self.senses.setdefault(form, []).append(sense)
        for senses in self.senses.values():
            senses.sort(key=lambda sense: (-len(sense.rest), not sense.near))

    def hints(self, doc: Doc) -> dict[int, tuple[str, ...]]:
        """The event types that each token may bear, likeliest first; tokens that bear none are left out.

        A phrase counts at its first word ('held' of 'held talks'). Found once a ``Doc``; not to be changed.
        """
        kept: tuple[TriggerLexicon, dict[int, tuple[str, ...]]] | None = doc.user_data.get(HINTS_KEY)
        if kept is None or kept[0] is not self:
            kept = (self, self._find(words_of(doc)))
            doc.user_data[HINTS_KEY] = kept
        return kept[1]

    def _find(self, words: Words) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for token, form in enumerate(words.lower):
            senses = self.senses.get(form)
            if senses is None:
                continue
            types: dict[str, None] = {}
            for sense in senses:
                if fires(sense, words, token):
                    types.update(dict.fromkeys(sense.types))
            if types:
                found[token] = tuple(types)
        return found

    def rules(self, doc: Doc, token: int) -> tuple[str, ...]:
        """The ids of the rows that fire at a token, most telling first."""
        return tuple(sense.id for sense in self.firing(doc, token))

    def firing(self, doc: Doc, token: int) -> list[Sense]:
        """The senses that fire at a token, most telling first."""
        words = words_of(doc)
        return [sense for sense in self.senses.get(words.lower[token], ()) if fires(sense, words, token)]

    def types_by_form(self) -> dict[str, tuple[str, ...]]:
        """For each form of a head word, in lower case, every type that any sense may bear; needs no parse."""
        return {
            form: tuple(dict.fromkeys(name for sense in senses for name in sense.types))
            for form, senses in self.senses.items()
        }


def _read_row(row: TriggerRow) -> tuple[str, Sense]:
    kind = "noun phrase" if "-" in row.lemma and row.pos != "phrase" else row.pos
    # spaCy parts 'test-fired' and "gentlemen's" so.
    head, *rest = row.lemma.lower().replace("-", " - ").replace("'s", " 's").split()
    parts = tuple(word for word in rest if word not in OPTIONAL or kind == "noun phrase")
    objects = cells(row.object)
    near = frozenset(word for word in objects if not word.startswith("!"))
    never = frozenset(word[1:] for word in objects if word.startswith("!"))
    return head, Sense(row.id, kind, parts, near, never, (row.type, *cells(row.alt)))


def _forms(head: str, sense: Sense) -> set[str]:
    if sense.kind in ("noun", "noun phrase", "adjective"):
        return noun_forms(head)
    return verb_forms(head)


def fires(sense: Sense, words: Words, token: int) -> bool:
    """Whether a sense, whose head word stands at the token, has its other words around it."""
    tags = KINDS.get(sense.kind)
    if tags is not None and not words.tag[token].startswith(tags):
        return False
    start, end = words.bounds[words.sentence[token]]
    if sense.rest and not _follows(sense, words, token, start, end):
        return False
    if not sense.near and not sense.never:
        return True
    before, after = slice(max(start, token - REACH), token), slice(token + 1, min(end, token + REACH + 1))
    around = (words.lower[before], words.lower[after], words.lemma[before], words.lemma[after])
    if sense.never and not all(sense.never.isdisjoint(part) for part in around):
        return False
    return not sense.near or not all(sense.near.isdisjoint(part) for part in around)


def _follows(sense: Sense, words: Words, token: int, start: int, end: int) -> bool:
    """Whether the other words of a phrase follow in order, or precede a participle ('talks were held')."""
    gap = 1 if sense.kind == "noun phrase" else GAP + 1
    place = token
    for part in sense.rest:
        for one in range(place + 1, min(place + gap, end - 1) + 1):
            if words.lower[one] == part or words.lemma[one] == part:
                place = one
                break
        else:
            return (
                len(sense.rest) == 1 and words.tag[token] == "VBN" and _precedes(sense, words, token, start)
            )
    return True


def _precedes(sense: Sense, words: Words, token: int, start: int) -> bool:
    before = range(max(start, token - GAP - 1), token)
    return any(words.tag[one].startswith("NN") and words.lemma[one] == sense.rest[0] for one in before)


@cache
def load_triggers() -> TriggerLexicon:
    """The package's trigger lexicon, read on first use and shared."""
    return TriggerLexicon()
