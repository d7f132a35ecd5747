"""The arrays that the reader takes: windows, pieces and features."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.entities import EntityFinder
from dragoman.events.encoding import (
    CLS,
    EXTRAS,
    MOST_PIECES,
    SEP,
    TYPES,
    WINDOW_PIECES,
    Encoder,
    cut,
    load_tokenizer,
    pack,
)
from dragoman.events.model import MODEL
from dragoman.events.triggers import load_triggers
from dragoman.records import Document, Span


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(load_tokenizer(MODEL / "tokenizer.json"), load_triggers())


def test_every_word_is_in_exactly_one_window(read, encoder):
    document, doc = read("Norland shelled Vik.\n\n" + "Sudria protested at length. " * 80 + "\n\nThe end.")
    windows = encoder.windows(doc, document, [])
    words = [word for window in windows for word in window.words.tolist()]
    assert words == [token.i for token in doc if not token.is_space]
    assert len(windows) > 1


def test_a_sentence_by_itself_knows_only_its_own_countries(read, encoder):
    document, doc = read("France shelled Germany.\n\nSpain protested. Rain fell all night.")
    mentions = EntityFinder().find(doc, document)
    told = encoder.sentences(doc, document, mentions)
    words = [word for window, _ in told for word in window.words.tolist()]
    assert words == [token.i for token in doc if not token.is_space]
    named = [[entity.country for mention in inside for entity in mention.entities] for _, inside in told]
    assert named == [["FRA", "DEU"], ["ESP"], []]
    first, second, third = (window.ranks for window, _ in told)
    assert first[0, :3].tolist() == [0.5, 0.5, 0.0]
    assert second[0, :2].tolist() == [1.0, 0.0]
    assert not third.any()


def test_a_window_holds_no_more_pieces_than_it_may(read, encoder):
    document, doc = read("Norland warned Sudria again. " * 200)
    for window in encoder.windows(doc, document, []):
        assert len(window.pieces) <= WINDOW_PIECES + 2
        assert window.pieces[0] == CLS
        assert window.pieces[-1] == SEP
        assert window.first.min() >= 1
        assert window.first.max() <= len(window.pieces) - 2


def test_one_endless_word_stays_within_the_encoder(read, encoder):
    document, doc = read("See http://norland.example/" + "a-b/" * 2000 + " today.")
    assert max(len(window.pieces) for window in encoder.windows(doc, document, [])) <= MOST_PIECES + 2


def test_whole_paragraphs_share_a_window_while_they_fit():
    counts = np.array([100, 100, 100, 20])
    assert pack([[[0]], [[1]], [[2], [3]]], counts) == [[0, 1], [2, 3]]


def test_a_sentence_too_long_for_a_window_is_cut():
    assert cut([0, 1, 2], np.array([150, 100, 100])) == [[0], [1, 2]]


def test_quotation_title_and_lexicon_are_marked(read, encoder):
    text = 'Truce holds\n\n"We will fight," he said. Norland bombed Vik.'
    _, doc = read(text)
    document = Document(id="x", text=text, title=Span(0, 11))
    window = encoder.windows(doc, document, [])[0]
    row = {doc[word].text: number for number, word in enumerate(window.words.tolist())}
    assert window.extras.shape[1] == EXTRAS
    assert window.extras[row["fight"], -2] == 1
    assert window.extras[row["said"], -2] == 0
    assert window.extras[row["Truce"], -1] == 1
    assert window.extras[row["bombed"], TYPES.index("ASSAULT")] == 1


def test_a_head_outside_the_window_is_the_word_itself(read, encoder):
    document, doc = read("Norland shelled Vik.")
    window = encoder.windows(doc, document, [])[0]
    assert window.heads[window.words.tolist().index(doc[0].i)] == window.words.tolist().index(doc[1].i)
