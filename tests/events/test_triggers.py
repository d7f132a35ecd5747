"""The trigger lexicon: every row proves itself on its own sentences."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from spacy.tokens import Doc

from dragoman.events.codebook import load_codebook
from dragoman.events.triggers import TriggerLexicon, TriggerRow
from dragoman.lexicon import cells, read_table
from dragoman.parse import Parser
from dragoman.records import Document


@pytest.fixture(scope="module")
def rows() -> list[TriggerRow]:
    return read_table("trigger_lexicon.tsv", TriggerRow)


@pytest.fixture(scope="module")
def lexicon(rows: list[TriggerRow]) -> TriggerLexicon:
    return TriggerLexicon(rows)


def fired(lexicon: TriggerLexicon, docs: Iterable[Doc]) -> list[set[str]]:
    return [{rule for token in range(len(doc)) for rule in lexicon.rules(doc, token)} for doc in docs]


def silent_and_loud(
    parser: Parser, lexicon: TriggerLexicon, rows: list[TriggerRow], column: str
) -> tuple[list[str], list[str]]:
    chosen = [row for row in rows if getattr(row, column)]
    docs = (parser.parse(Document(id="test", text=getattr(row, column))) for row in chosen)
    fires = [row.id in found for row, found in zip(chosen, fired(lexicon, docs), strict=True)]
    loud = [row.id for row, fire in zip(chosen, fires, strict=True) if fire]
    return [row.id for row, fire in zip(chosen, fires, strict=True) if not fire], loud


def test_each_row_fires_in_its_example(
    parser: Parser, lexicon: TriggerLexicon, rows: list[TriggerRow]
) -> None:
    silent, _ = silent_and_loud(parser, lexicon, rows, "example")
    assert silent == []


def test_no_row_fires_where_it_says_it_should_not(
    parser: Parser, lexicon: TriggerLexicon, rows: list[TriggerRow]
) -> None:
    _, loud = silent_and_loud(parser, lexicon, rows, "but_not")
    assert loud == []


def test_ids_are_unique_and_types_are_in_the_codebook(rows: list[TriggerRow]) -> None:
    assert len({row.id for row in rows}) == len(rows)
    types = load_codebook().types
    for row in rows:
        assert row.type in types
        assert all(name in types for name in cells(row.alt))
        assert row.type not in cells(row.alt)


def test_no_two_rows_claim_the_same_words(rows: list[TriggerRow]) -> None:
    claims = [(row.lemma, row.pos, row.object) for row in rows]
    assert len(set(claims)) == len(claims)


def test_every_type_has_entries(rows: list[TriggerRow]) -> None:
    assert {row.type for row in rows} == set(load_codebook().types)
