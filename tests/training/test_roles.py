"""Pairs of sides as the model of pairs is taught them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dragoman.evaluation.reports import MarkedEvent, MarkedParty
from dragoman.events.pairs import PAIR_ROW, Pairs
from dragoman.records import Span
from dragoman.training.roles import INCOMPLETE, pair_worths

HERE = Span(0, 1)
EMPTY = MarkedEvent(
    1, ("COERCE",), None, "asserted", HERE, (), (), None, None, (), (), {}, None, None, True, None
)
SIDES = [((0,), (0,)), ((0,), ()), ((0,), (1,)), ((0, 1), (0, 1))]


def event(actors: str, recipients: str) -> MarkedEvent:
    def side(codes: str) -> tuple[MarkedParty, ...]:
        return tuple(MarkedParty(code, code, HERE, code, "GOV") for code in codes.split())

    return replace(EMPTY, actors=side(actors), recipients=side(recipients))


def worths(actors: str, recipients: str) -> list[float]:
    """What ``SIDES`` are worth for an event of a report in which Norland and Sudria are named."""

    def table(codes: str) -> np.ndarray:
        return np.array([[float(code in codes.split()) for code in ("NOR", "SUD")]], dtype=np.float32)

    who, whom = (np.array([[[n in pair[k] for n in (0, 1)] for pair in SIDES]]) for k in (0, 1))
    pairs = Pairs(who, whom, np.ones((1, 4), dtype=bool), np.zeros((1, 4, len(PAIR_ROW)), dtype=np.float32))
    told: list[float] = pair_worths(pairs, table(actors), table(recipients), [event(actors, recipients)])[
        0
    ].tolist()
    return told


@pytest.mark.parametrize(
    ("actors", "recipients", "worth"),
    [
        ("NOR", "SUD", [0, 0, 1, 0]),
        ("NOR", "", [0, 1, 0, 0]),
        ("NOR", "NOR", [1, INCOMPLETE, 0, 0]),
        ("NOR SUD", "NOR SUD", [0, 0, INCOMPLETE, 1]),
        # The report's mentions do not mean Utland, so that no pair is right.
        ("NOR", "SUD UTL", [0, 0, 0, 0]),
    ],
)
def test_a_pair_is_worth_what_it_has_of_the_gold(actors, recipients, worth):
    assert worths(actors, recipients) == worth
