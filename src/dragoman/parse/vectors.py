"""spaCy's token vectors: the part that hangs on a word alone is worked out once and remembered.

The model turns each token by itself into a vector ('embed'), then lets neighbours have their say ('encode').
The first part takes a third of the time, and nine words in ten have been seen before.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import NORM, ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc

Word = tuple[int, int, int]
"""Letters, norm, and whether a blank follows."""

COMPONENT = "tok2vec"
BATCH = 64
"""Words are always worked out so many at once, so that what is found does not hang on what was found before:
a product of matrices may round otherwise when it has fewer rows."""
FEW = 16
"""Texts of fewer tokens go through spaCy, whose products round otherwise for them."""
MOST = 50_000
"""Words that are remembered before all are forgotten; each takes half a kilobyte."""


class Vectors:
    """Gives every ``Doc`` the vectors that spaCy's component would."""

    def __init__(self, nlp: Language) -> None:
        component: Any = nlp.get_pipe(COMPONENT)
        self._component = component
        self._embed, self._encode = component.model.get_ref("embed"), component.model.get_ref("encode")
        self._rows: dict[Word, int] = {}
        self._table: npt.NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)

    def __call__(self, doc: Doc) -> Doc:
        """The same ``Doc`` with its ``tensor``."""
        if len(doc) < FEW:
            done: Doc = self._component(doc)
            return done
        words: list[Word] = list(zip(*doc.to_array([ORTH, NORM, SPACY]).T.tolist(), strict=True))
        if len(self._rows) > MOST:
            self._rows.clear()
        if new := [word for word in dict.fromkeys(words) if word not in self._rows]:
            for start in range(0, len(new), BATCH):
                self._learn(doc, new[start : start + BATCH])
        rows = self._rows
        vectors = self._table[[rows[word] for word in words]]
        doc.tensor = self._encode.predict([vectors])[0]
        return doc

    def _learn(self, doc: Doc, words: list[Word]) -> None:
        """Works out the vectors of up to ``BATCH`` words."""
        padded = words + words[:1] * (BATCH - len(words))
        scratch = Doc(
            doc.vocab,
            words=[doc.vocab.strings[orth] for orth, _, _ in padded],
            spaces=[bool(space) for _, _, space in padded],
        )
        norms: Any = np.array([norm for _, norm, _ in padded], dtype=np.uint64)
        scratch.from_array([NORM], norms)
        found = self._embed.predict([scratch])[0][: len(words)]
        known = len(self._rows)
        if known + len(words) > len(self._table):
            larger = np.zeros((2 * (known + BATCH), found.shape[1]), dtype=np.float32)
            if known:
                larger[:known] = self._table[:known]
            self._table = larger
        self._table[known : known + len(words)] = found
        self._rows.update(zip(words, range(known, known + len(words)), strict=True))
