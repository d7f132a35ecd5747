"""Numbers of people killed and injured, and the act to which they belong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.events.casualties import CasualtyFinder, HarmRow
from dragoman.lexicon import read_table
from dragoman.records import Casualties, Count, Span


@pytest.fixture(scope="module")
def finder() -> CasualtyFinder:
    return CasualtyFinder()


@pytest.fixture
def count(finder: CasualtyFinder, parse: Callable[[str], Doc]) -> Callable[..., Casualties]:
    """The casualties of the act in braces."""

    def read(text: str, event_type: str = "ASSAULT") -> Casualties:
        start, end = text.index("{"), text.index("}") - 1
        doc = parse(text.replace("{", "").replace("}", ""))
        return finder.casualties_of(doc, Span(start, end), event_type)

    return read


ROWS = read_table("harm_words.tsv", HarmRow)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_each_row_counts_in_its_example(row: HarmRow, count: Callable[..., Casualties]) -> None:
    text, _, number = row.example.rpartition("=")
    found = count(text)
    expected = Count(int(number), int(number))
    assert (found.killed == expected) == (row.harm in ("killed", "both"))
    assert (found.injured == expected) == (row.harm in ("injured", "both"))


@pytest.mark.parametrize("row", [row for row in ROWS if row.but_not], ids=lambda row: row.id)
def test_no_row_counts_where_it_says_it_should_not(
    row: HarmRow, finder: CasualtyFinder, parse: Callable[[str], Doc]
) -> None:
    assert finder.harms(parse(row.but_not.replace("{", "").replace("}", ""))) == {}


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Police {fired} on the crowd, killing two and wounding six.", Count(2, 2), Count(6, 6)),
        ("The {attack} killed at least 20 people.", Count(20, None), None),
        ("The {attack} killed between 20 and 30 people.", Count(20, 30), None),
        ("The {attack} killed dozens of people.", Count(24, 99), None),
        ("Gunmen {killed} two nurses and their driver.", Count(3, 3), None),
        ("Gunmen {raided} the camp. The attack killed 20.", Count(20, 20), None),
        ("Jets {bombed} the town. There were no casualties.", Count(0, 0), Count(0, 0)),
        ("A mine {killed} a policeman.", Count(1, 1), None),
        ("Jets {bombed} the town.", None, None),
        ("Gunmen {killed} farmers.", None, None),
    ],
)
def test_numbers_are_read_as_ranges(
    text: str, killed: Count | None, injured: Count | None, count: Callable[..., Casualties]
) -> None:
    assert count(text) == Casualties(killed, injured)


def test_a_harm_with_a_doer_of_its_own_belongs_to_no_other_act(count: Callable[..., Casualties]) -> None:
    assert count("Jets {bombed} a base, a day after a mine killed five guards.") == Casualties()


def test_an_act_that_hurts_nobody_by_its_type_has_no_casualties(count: Callable[..., Casualties]) -> None:
    assert count("Norland {condemned} the raid that killed 20 people.", "ACCUSE") == Casualties()


def test_a_harm_in_another_paragraph_is_not_this_act_s(count: Callable[..., Casualties]) -> None:
    assert count("Jets {bombed} the town.\n\nTwo farmers were killed.") == Casualties()


def test_an_empty_text_has_no_casualties(finder: CasualtyFinder, parse: Callable[[str], Doc]) -> None:
    assert finder.casualties_of(parse(""), Span(0, 0), "ASSAULT") == Casualties()
