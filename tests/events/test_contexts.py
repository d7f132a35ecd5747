"""What an event's matter is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.events.codebook import load_codebook
from dragoman.events.contexts import ContextFinder, ContextRow
from dragoman.lexicon import cells, read_table
from dragoman.records import Span

ROWS = read_table("context_cues.tsv", ContextRow)


def speaks(row: ContextRow, sentence: str, parse: Callable[[str], Doc]) -> bool:
    """Whether this row alone says something for its context in a sentence with the trigger in braces."""
    start, end = sentence.index("{"), sentence.index("}") - 1
    doc = parse(sentence.replace("{", "").replace("}", ""))
    event, _, mode = (cells(row.events) or ("ACCUSE",))[0].partition("/")
    finder = ContextFinder([row])
    if row.strength == "always":
        return row.context in finder.standing.get(cells(row.events)[0], set())
    return row.context in finder.evidence(doc, Span(start, end), event, mode or None)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_each_row_speaks_in_its_example(row: ContextRow, parse: Callable[[str], Doc]) -> None:
    assert speaks(row, row.example, parse)


@pytest.mark.parametrize("row", [row for row in ROWS if row.but_not], ids=lambda row: row.id)
def test_no_row_speaks_where_it_says_it_should_not(row: ContextRow, parse: Callable[[str], Doc]) -> None:
    assert not speaks(row, row.but_not, parse)


def test_rows_name_contexts_types_and_modes_of_the_codebook() -> None:
    codebook = load_codebook()
    for row in ROWS:
        assert row.context in codebook.contexts
        for event, _, mode in (name.partition("/") for name in cells(row.events)):
            assert event in codebook.types
            assert not mode or mode in codebook.modes_of(event)
    assert {row.context for row in ROWS} == set(codebook.contexts)


@pytest.fixture(scope="module")
def finder() -> ContextFinder:
    return ContextFinder()


def test_words_near_the_trigger_give_the_context(finder: ContextFinder, parse: Callable[[str], Doc]) -> None:
    doc = parse("Norland vaccinated nine thousand children against measles in its hospitals.")
    assert finder.contexts_of(doc, Span(8, 18), "AID", None)[0] == "health"


def test_a_mode_that_names_its_context_has_it(finder: ContextFinder, parse: Callable[[str], Doc]) -> None:
    doc = parse("They hacked it.")
    assert "cyber" in finder.contexts_of(doc, Span(5, 11), "COERCE", "cyber")


def test_chances_lie_between_0_and_1(finder: ContextFinder, parse: Callable[[str], Doc]) -> None:
    doc = parse(
        "Norland recalled its ambassador and froze the oil trade after the terrorist attack on a church."
    )
    chances = finder.chances(doc, Span(8, 16), "SANCTION", "withdraw")
    assert chances
    assert all(0 <= chance <= 1 for chance in chances.values())


def test_an_empty_text_has_no_contexts(finder: ContextFinder, parse: Callable[[str], Doc]) -> None:
    assert finder.contexts_of(parse(""), Span(0, 0), "CONSULT", None) == ()
