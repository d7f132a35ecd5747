"""Every row of place_nouns.tsv makes a place in its example."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.lexicon import read_table
from dragoman.places import PlaceFinder
from dragoman.places.nouns import PlaceNoun
from dragoman.records import Document

ROWS = read_table("place_nouns.tsv", PlaceNoun)


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.word}-{row.where}")
def test_a_noun_makes_a_place_of_the_name_beside_it(
    row: PlaceNoun, finder: PlaceFinder, read: Callable[..., tuple[Document, Doc]]
) -> None:
    document, doc = read(row.example)
    words = {"of-people": "chilean", "after": row.word, "alone": row.word}.get(row.where, "vokara")
    assert any(words in one.span.cut(row.example).lower() for one in finder.find(doc, document))


def test_no_two_rows_claim_the_same_word_in_one_position() -> None:
    claims = [(row.word, where) for row in ROWS for where in row.where.split(",")]
    assert len(set(claims)) == len(claims)
