"""Which verb and which noun name the same act: 'shelled' and 'the shelling'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.lexicon import cells, read_table

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Verbs and nouns for one kind of act; a generic row holds nouns for any act of the type.

    Verbs stand in their base form, irregular forms beside it.
    """

    id: str
    event_types: str
    verbs: str
    nouns: str
    generic: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Families:
    """Families by word and by event type, and the generic nouns of each type."""

    of_verb: dict[str, frozenset[str]]
    of_noun: dict[str, frozenset[str]]
    generic: dict[str, frozenset[str]]
    of_type: dict[str, frozenset[str]]


@cache
def families() -> Families:
    """The table of families, read on first use."""
    verbs: dict[str, set[str]] = {}
    nouns: dict[str, set[str]] = {}
    generic: dict[str, set[str]] = {}
    types: dict[str, set[str]] = {}
    for row in read_table("act_families.tsv", FamilyRow):
        if row.generic:
            for kind in cells(row.event_types):
                generic.setdefault(kind, set()).update(cells(row.nouns))
            continue
        for kind in cells(row.event_types):
            types.setdefault(kind, set()).add(row.id)
        for verb in cells(row.verbs):
            for form in inflected(verb):
                verbs.setdefault(form, set()).add(row.id)
        for noun in cells(row.nouns):
            nouns.setdefault(noun, set()).add(row.id)
    return Families(_frozen(verbs), _frozen(nouns), _frozen(generic), _frozen(types))


def _frozen(found: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {word: frozenset(ids) for word, ids in found.items()}


def inflected(verb: str) -> set[str]:
    """The regular forms of a verb; of a phrase, it alone."""
    if " " in verb:
        return {verb}
    stem = verb[:-1] if verb.endswith("e") else verb
    forms = {verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), stem + "ed", stem + "ing"}
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        forms |= {verb[:-1] + "ied", verb[:-1] + "ies"}
    if len(verb) >= 3 and verb[-1] not in "wxyaeiou" and verb[-2] in VOWELS and verb[-3] not in VOWELS:
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


def words_of(text: str) -> list[str]:
    """The words of a trigger, in lower case."""
    return WORD.findall(text.lower())


def verb_families(words: list[str]) -> frozenset[str]:
    """The families of the verbs among the words, longest phrase first."""
    table = families().of_verb
    found: set[str] = set()
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            found |= table.get(" ".join(words[at : at + size]), frozenset())
    return frozenset(found)


def noun_families(words: list[str]) -> frozenset[str]:
    """The families of the nouns among the words."""
    table = families().of_noun
    return frozenset(family for word in words for family in table.get(word, ()))


def is_generic(words: list[str], event_type: str) -> bool:
    """Whether the words may point back to any act of the type ('the attack')."""
    return bool(words) and words[-1] in families().generic.get(event_type, frozenset())
