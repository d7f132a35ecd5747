"""Accidents and qualities are no acts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.events.mishaps import MishapRow, is_no_act
from dragoman.events.words import words_of
from dragoman.lexicon import read_table

ROWS = read_table("mishap_words.tsv", MishapRow)
Parse = Callable[[str], Doc]


def no_act(text: str, parse: Parse, kind: str = "ASSAULT") -> bool:
    """Whether the word in braces is taken for no act."""
    start = text.index("{")
    words = words_of(parse(re.sub("[{}]", "", text)))
    return is_no_act(words, words.starts.index(start), kind)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_row_tells_its_example_from_the_other(row: MishapRow, parse: Parse) -> None:
    harmless = row.kind != "weapon"
    assert no_act(row.example, parse) is harmless
    assert no_act(row.but_not, parse) is (row.kind == "weapon")


@pytest.mark.parametrize(
    "text",
    [
        "Three Greek airmen were killed when their helicopter {crashed} during the standoff.",
        "Eleven American soldiers {died} when a transport plane crashed at Jalalabad airport.",
    ],
)
def test_a_crash_is_no_assault(text: str, parse: Parse) -> None:
    assert no_act(text.replace("soldiers", "airmen"), parse)


@pytest.mark.parametrize(
    "text",
    [
        "The crew was {killed} when rebels shot at the plane and it crashed.",
        "Kidnappers {killed} a doctor who treated cholera patients.",
        "Protesters {stormed} the embassy.",
        "The ships {collided} at the shoal.",
    ],
)
def test_what_somebody_did_stays_an_act(text: str, parse: Parse) -> None:
    assert not no_act(text, parse)


def test_close_ties_are_no_closing(parse: Parse) -> None:
    assert no_act("China has {close} ties with both countries.", parse, "SANCTION")
    assert not no_act("China {closed} the border.", parse, "SANCTION")
