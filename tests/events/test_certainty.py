"""Fitted confidence: curves, and what a model folder without them gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.events.certainty import Curve, read_curve, read_curves

LINE = {"probability": [0.2, 0.4, 0.8], "share": [0.1, 0.5, 0.9]}


def test_a_curve_is_a_broken_line_that_goes_on_level_at_its_ends() -> None:
    curve = read_curve(LINE)
    assert [curve.at(one) for one in (0.0, 0.2, 0.3, 0.6, 0.8, 1.0)] == [0.1, 0.1, 0.3, 0.7, 0.9, 0.9]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_gives_less_confidence(one: float, two: float) -> None:
    curve = Curve((0.2, 0.4, 0.8), (0.1, 0.5, 0.9))
    assert curve.at(min(one, two)) <= curve.at(max(one, two))


def test_only_the_curves_that_are_there_are_read_and_only_those_of_fields() -> None:
    assert read_curves({}) == {}
    assert list(read_curves({"who": LINE, "colour": LINE})) == ["who"]


@pytest.mark.parametrize(
    "raw", [{"probability": [], "share": []}, {"probability": [0.1], "share": [0.1, 0.2]}]
)
def test_a_broken_curve_is_refused(raw: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="curve"):
        read_curve(raw)
