"""The token vectors worked out from memory are spaCy's own."""

from __future__ import annotations

import numpy as np

from dragoman.parse import Parser
from dragoman.records import Document

TEXTS = (
    "Norland shelled Vik on Monday, killing nine people, officials in Sudria's capital said.",
    "  Talks can't go on while   troops mass, the Foreign Minister said.\n\nSudria did not answer. " * 30,
    "War.",
)


def test_vectors_are_spacys(parser: Parser) -> None:
    for text in (*TEXTS, *TEXTS):  # the second time from memory
        found, expected = parser.parse(Document(id="test", text=text)), parser.nlp(text)
        assert np.allclose(found.tensor, expected.tensor, atol=1e-5)


def test_vectors_do_not_hang_on_what_was_read_before(parser: Parser) -> None:
    document = Document(id="test", text=TEXTS[1])
    first = parser.parse(document).tensor
    parser.parse(
        Document(id="test", text="Envoys of four other states met in the harbour town of Hull for a day.")
    )
    assert (parser.parse(document).tensor == first).all()
    assert (Parser().parse(document).tensor == first).all()
