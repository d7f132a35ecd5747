"""Finds the words and phrases of a table in a sentence, in all their forms, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.events.inflection import noun_forms, verb_forms


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase after its first word, and what finding it means."""

    rest: tuple[frozenset[str], ...]
    key: int


@dataclass(slots=True)
class CueIndex:
    """Words and phrases, indexed by every form of their first word; ``key`` is the caller's own number."""

    cues: dict[str, list[Cue]] = field(default_factory=dict)

    def add(self, phrase: str, key: int) -> None:
        """Adds a word or phrase. A leading '=' means: in no other form than this one."""
        exact = phrase.startswith("=")
        first, *rest = split_words(phrase.removeprefix("="))
        cue = Cue(tuple(_forms(word, exact) for word in rest), key)
        for form in _forms(first, exact):
            self.cues.setdefault(form, []).append(cue)

    def follows(self, cue: Cue, lower: Sequence[str], place: int, end: int) -> bool:
        """Whether the rest of a phrase stands right after its first word, which is at ``place``."""
        if place + len(cue.rest) >= end:
            return False
        return all(lower[place + number] in forms for number, forms in enumerate(cue.rest, start=1))

    def loosely_follows(self, cue: Cue, lower: Sequence[str], place: int, end: int, gap: int = 4) -> bool:
        """Whether the rest of a phrase comes after its first word in order, other words between them."""
        for forms in cue.rest:
            window = range(place + 1, min(place + gap + 2, end))
            place = next((one for one in window if lower[one] in forms), -1)
            if place < 0:
                return False
        return True


def split_words(phrase: str) -> list[str]:
    """The words of a phrase as spaCy parts them: hyphens and possessive endings stand alone."""
    return phrase.lower().replace("-", " - ").replace("'s", " 's").split()


def forms_of(words: Iterable[str]) -> frozenset[str]:
    """All forms of all the words."""
    return frozenset(form for word in words for form in _forms(word, False))


def _forms(word: str, exact: bool) -> frozenset[str]:
    if exact or not word.isalpha():
        return frozenset({word})
    return frozenset(verb_forms(word) | noun_forms(word))
