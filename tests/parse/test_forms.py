"""What the parser says of a word without asking spaCy again is what spaCy says."""

from __future__ import annotations

from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG

from dragoman.parse import Parser
from dragoman.records import Document

TEXTS = (
    "There is no deal. There was one, ministers said, and there are two.",
    "They ain't leaving. It ain't over. Let's go, c'mon, y'all; we're gonna talk and we've gotta vote.",
    "Russian troops do not hold the town.  It didn't fall, he'd said; I saw it and it saw me.",
    "KYIV, Jan. 3 (AP) -- Talks between the parties' envoys have been held.",
)


def test_every_token_is_told_what_spacy_tells(parser: Parser) -> None:
    for text in (*TEXTS, *TEXTS):  # the second time from memory
        found, expected = parser.parse(Document(id="test", text=text)), parser.nlp(text)
        attributes = [HEAD, DEP, TAG, POS, LEMMA, MORPH]
        assert found.to_array(attributes).tolist() == expected.to_array(attributes).tolist()


def test_a_pattern_of_two_words_holds_for_neighbours_only(parser: Parser) -> None:
    near = parser.parse(Document(id="test", text="They gon na vote. There is a vote."))
    assert [token.lemma_ for token in near[1:3]] == ["go", "to"]
    apart = parser.parse(Document(id="test", text="They gon on and na."))
    assert "to" not in [token.lemma_ for token in apart]


def test_an_empty_text_has_no_words(parser: Parser) -> None:
    assert len(parser.parse(Document(id="test", text=""))) == 0
