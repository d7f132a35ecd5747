"""The codebook's types, modes, scores and quad classes."""

from __future__ import annotations

import pytest

from dragoman.events.codebook import QUADS, load_codebook, quad_of, score_of


def test_there_are_sixteen_types_and_each_has_a_quad_class() -> None:
    types = load_codebook().types
    assert len(types) == 16
    assert {quad_of(event) for event in types} == set(QUADS)


@pytest.mark.parametrize(
    ("event", "mode", "score"),
    [
        ("ACCUSE", None, -3.0),  # the manual's table lost the minus sign
        ("PROTEST", "vandalize", -5.0),  # the manual's table has no score for it
        ("ASSAULT", "drone", -9.5),
        ("AID", None, 10.0),
        ("REQUEST", "assist", 0.5),
    ],
)
def test_a_score_is_the_one_of_type_and_mode(event: str, mode: str | None, score: float) -> None:
    assert score_of(event, mode) == score


def test_a_mode_that_the_type_lacks_counts_as_none() -> None:
    assert score_of("AID", "drone") == score_of("AID")


def test_an_unknown_type_has_no_score() -> None:
    with pytest.raises(KeyError):
        score_of("YIELD")


def test_types_without_modes_have_none() -> None:
    codebook = load_codebook()
    without = {event for event in codebook.types if not codebook.modes_of(event)}
    assert without == {"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"}


def test_conflict_scores_below_cooperation() -> None:
    codebook = load_codebook()
    for (event, mode), score in codebook.scores.items():
        bound = 0.5 if event == "REQUEST" and mode == "assist" else 0.0
        assert (score <= bound) == quad_of(event).endswith("conflict")
