"""Modes told from the words around a trigger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.events.codebook import load_codebook
from dragoman.events.modes import ModeFinder, ModeHint, ModeRow
from dragoman.lexicon import read_table
from dragoman.records import Span

ROWS = read_table("mode_cues.tsv", ModeRow)


def hints(finder: ModeFinder, sentence: str, event: str, parse: Callable[[str], Doc]) -> list[ModeHint]:
    """The hints for the trigger in braces."""
    start, end = sentence.index("{"), sentence.index("}") - 1
    return finder.hints(parse(sentence.replace("{", "").replace("}", "")), Span(start, end), event)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_each_row_fires_in_its_example(row: ModeRow, parse: Callable[[str], Doc]) -> None:
    found = hints(ModeFinder([row]), row.example, row.event, parse)
    assert [hint.rule for hint in found] == [f"modes/{row.id}"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.but_not], ids=lambda row: row.id)
def test_no_row_fires_where_it_says_it_should_not(row: ModeRow, parse: Callable[[str], Doc]) -> None:
    assert hints(ModeFinder([row]), row.but_not, row.event, parse) == []


def test_rows_name_types_modes_and_strengths_that_exist() -> None:
    codebook = load_codebook()
    for row in ROWS:
        assert row.mode in codebook.modes_of(row.event)
        assert row.strength in ("sure", "some")
    assert len({row.id for row in ROWS}) == len(ROWS)


def test_every_mode_has_a_row() -> None:
    codebook = load_codebook()
    known = {(row.event, row.mode) for row in ROWS}
    assert known == {(event, mode) for event in codebook.types for mode in codebook.modes_of(event)}


@pytest.fixture(scope="module")
def finder() -> ModeFinder:
    return ModeFinder()


@pytest.mark.parametrize(
    ("sentence", "event", "mode"),
    [
        ("A suicide bomber {rammed} a car into the gate.", "ASSAULT", "suicide-attack"),
        ("Drones {struck} the oil depot.", "ASSAULT", "drone"),
        ("The army {shelled} the town.", "ASSAULT", "heavy-weapons"),
        ("The premier {telephoned} the king.", "CONSULT", "phone"),
        ("Norland {expelled} two diplomats.", "SANCTION", "expel"),
        ("Norland {expelled} two hundred migrants.", "COERCE", "deport"),
        ("Norland {withdrew} its troops from the isle.", "RETREAT", "withdraw"),
        ("Norland {urged} Sudria to lift the siege.", "REQUEST", "yield"),
        ("Norland {ruled out} talks with the rebels.", "REJECT", "meet"),
        ("The miners went on a {hunger strike}.", "PROTEST", "hunger"),
    ],
)
def test_the_best_hint_is_the_mode(
    finder: ModeFinder, sentence: str, event: str, mode: str, parse: Callable[[str], Doc]
) -> None:
    assert hints(finder, sentence, event, parse)[0].mode == mode


def test_a_type_without_modes_has_no_hint(finder: ModeFinder, parse: Callable[[str], Doc]) -> None:
    assert hints(finder, "Norland {praised} the truce.", "SUPPORT", parse) == []


def test_an_empty_text_has_no_hint(finder: ModeFinder, parse: Callable[[str], Doc]) -> None:
    assert finder.hints(parse(""), Span(0, 0), "ASSAULT") == []
