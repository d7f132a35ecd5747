"""Parts of speech and lemmas: spaCy's components are asked about each form of a word once, and remembered.

spaCy's attribute ruler and lemmatizer take a third of the time of parsing. What they say of a token follows
from its letters, tag and dependency alone, but for a few patterns of two tokens ('gon' + 'na').
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

Form = tuple[int, int, int]
"""Letters, tag and dependency of a token."""
Told = tuple[int, ...]
"""What there is to say of a token, in the order of ``TOLD``."""
Pattern = list[dict[str, Any]]

REPLACED = ("attribute_ruler", "lemmatizer")
"""Names of spaCy's components that stand last in its pipeline, and whose work is done here."""
GIVEN = [ORTH, TAG, DEP]
TOLD = [TAG, POS, DEP, LEMMA, MORPH]
APART = "␟"
"""A word that no pattern knows, put between two forms that stand side by side by chance."""
MOST = 200_000
"""Forms that are remembered before all are forgotten."""


class Forms:
    """Sets part of speech, morphology and lemma of every token, as spaCy's components would."""

    def __init__(self, nlp: Language) -> None:
        ruler, lemmatizer = (nlp.get_pipe(name) for name in REPLACED)
        assert isinstance(ruler, AttributeRuler)
        assert isinstance(lemmatizer, Lemmatizer)
        self._ruler, self._lemmatizer = ruler, lemmatizer
        # spaCy looks each possible lemma up in lists of thousands of words; in sets it does so at once.
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for key in list(index):
            index[key] = frozenset(index[key])
        rows: list[Any] = list(ruler.patterns)
        patterns: list[Pattern] = [pattern for row in rows for pattern in row["patterns"]]
        self._pairs = [pattern for pattern in patterns if len(pattern) == 2]
        self._is_simple = all(len(pattern) <= 2 for pattern in patterns)
        self._known: dict[Form, Told] = {}
        self._known_pairs: dict[tuple[Form, Form], list[Told]] = {}
        self._openers: dict[Form, list[int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same ``Doc``, its tokens told."""
        if not len(doc) or not self._is_simple:
            return self._lemmatizer(self._ruler(doc))
        forms: list[Form] = list(zip(*doc.to_array(GIVEN).T.tolist(), strict=True))
        known = self._known
        if len(known) > MOST:
            known.clear()
            self._openers.clear()
            self._known_pairs.clear()
        if new := [form for form in dict.fromkeys(forms) if form not in known]:
            self._learn(doc, new)
        told = [known[form] for form in forms]
        last = -2
        for number, together in self._told_together(doc, forms):
            if number == last + 1:  # three that match two and two: spaCy alone knows whose word counts
                return self._lemmatizer(self._ruler(doc))
            told[number : number + 2] = together
            last = number
        table: Any = np.array(told, dtype=np.uint64)
        return doc.from_array(TOLD, table)

    def _learn(self, doc: Doc, forms: Sequence[Form]) -> None:
        """Asks spaCy's components about the forms, in a text made of them."""
        told = self._ask(doc, [one for form in forms for one in (None, form)])[1::2]
        self._known.update(zip(forms, told, strict=True))
        for form in forms:
            values = values_of(doc, form)
            if opened := [n for n, (first, _) in enumerate(self._pairs) if may_be(values, first)]:
                self._openers[form] = opened

    def _told_together(self, doc: Doc, forms: Sequence[Form]) -> Iterator[tuple[int, list[Told]]]:
        """The neighbours that a pattern may match, by the first one's number, and what spaCy says of both."""
        openers = self._openers
        for number in [number for number, form in enumerate(forms[:-1]) if form in openers]:
            pair = forms[number], forms[number + 1]
            if pair not in self._known_pairs:
                seconds = [self._pairs[opened][1] for opened in openers[pair[0]]]
                values = values_of(doc, pair[1])
                matched = any(may_be(values, second) for second in seconds)
                self._known_pairs[pair] = self._ask(doc, pair) if matched else []
            if together := self._known_pairs[pair]:
                yield number, together

    def _ask(self, doc: Doc, forms: Sequence[Form | None]) -> list[Told]:
        """What spaCy's components say of a text of these forms; ``None`` is a word that tells nothing."""
        strings = doc.vocab.strings
        scratch = Doc(doc.vocab, words=[strings[form[0]] if form else APART for form in forms])
        table: Any = np.array([form[1:] if form else (0, 0) for form in forms], dtype=np.uint64)
        scratch.from_array([TAG, DEP], table)
        self._ruler(scratch)
        for token, form in zip(scratch, forms, strict=True):
            if form and not token.lemma:
                token.lemma_ = self._lemmatizer.lemmatize(token)[0]
        return [tuple(row) for row in scratch.to_array(TOLD).tolist()]


def values_of(doc: Doc, form: Form) -> dict[str, str]:
    """What a pattern may ask of a token of that form."""
    strings = doc.vocab.strings
    return {"LOWER": strings[form[0]].lower(), "TAG": strings[form[1]], "DEP": strings[form[2]]}


def may_be(values: Mapping[str, str], part: Mapping[str, Any]) -> bool:
    """Whether one part of a pattern may match a token of which these values hold."""
    return all(fits(values[name], asked) for name, asked in part.items() if name in values)


def fits(value: str, asked: Any) -> bool:
    """Whether a value is what a pattern asks for; true where it asks in a way that is not known here."""
    if isinstance(asked, str):
        return value == asked
    checks: dict[str, Callable[[Any], bool]] = {
        "IN": lambda words: value in words,
        "REGEX": lambda pattern: re.search(pattern, value) is not None,
    }
    return all(checks[name](wanted) for name, wanted in asked.items() if name in checks)
