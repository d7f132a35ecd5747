"""Words that look like acts and are none: accidents, and qualities ('close ties')."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dragoman.events.frames import slots_of
from dragoman.events.inflection import noun_forms, verb_forms
from dragoman.events.sides import forms_of
from dragoman.events.words import Words
from dragoman.lexicon import cells, read_table


@dataclass(frozen=True, slots=True)
class MishapRow:
    """Words of one kind: ``mishap`` (a crash), ``harm`` (killed, if by a mishap), ``weapon`` (no mishap)."""

    id: str
    kind: str
    words: str
    example: str
    but_not: str
    source: str
    note: str


@cache
def mishap_words() -> dict[str, frozenset[str]]:
    """All forms of the table's words, by their kind."""
    forms: dict[str, set[str]] = {}
    for row in read_table("mishap_words.tsv", MishapRow):
        for word in cells(row.words):
            forms.setdefault(row.kind, set()).update(verb_forms(word) | noun_forms(word))
    return {kind: frozenset(words) for kind, words in forms.items()}


def is_no_act(words: Words, token: int, kind: str) -> bool:
    """Whether the trigger of an event of that type tells a mishap that nobody meant, or a quality."""
    if words.tag[token] == "JJ" and words.dep[token] == "amod" and not words.lower[token].endswith("ed"):
        return True
    return kind == "ASSAULT" and is_mishap(words, token)


def is_mishap(words: Words, token: int) -> bool:
    """Whether harm came of an accident or of nature: 'were killed when their helicopter crashed'."""
    kinds = mishap_words()
    around = frozenset(words.lower[one] for one in words.sentence_of(token))
    if around & kinds["weapon"]:
        return False
    word = words.lower[token]
    if word in kinds["mishap"]:
        return True
    return word in kinds["harm"] and bool(around & kinds["mishap"]) and not is_done(words, token)


def is_done(words: Words, token: int) -> bool:
    """Whether the word has a doer that is no mishap itself: 'kidnappers killed a doctor during the flood'."""
    slots = slots_of(words, token)
    if slots.doer is None or (not slots.passive and words.lower[token] in forms_of("victim")):
        return False
    return words.lower[slots.doer] not in mishap_words()["mishap"]
