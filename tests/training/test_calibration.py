"""What is right on a held-back report, field by field, and the curve through it."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.evaluation.reports import MarkedEvent, parse_report
from dragoman.events.encoding import TYPES
from dragoman.events.model import Reading
from dragoman.events.pairs import Picked
from dragoman.training.calibration import FEW, event_samples, fit_curve, fit_fields, who_samples
from dragoman.training.circumstances import told_samples
from dragoman.training.thresholds import ReadReport

REPORT = """=== T1 recall
title: Norway recalls envoy
---
Norway {1:recalled} its envoy from Sweden.
---
1 SANCTION/withdraw asserted | who: Norway = NOR/GOV | to: Sweden = SWE/GOV
"""


@pytest.fixture
def gold() -> MarkedEvent:
    return parse_report(REPORT.removeprefix("=== ")).events[0]


def reading(kind: str, event: float) -> Reading:
    types = np.zeros(len(TYPES), dtype=np.float32)
    types[TYPES.index(kind)] = 0.5
    none = np.zeros(0, dtype=np.float32)
    return Reading(1, event, types, none, none, none, 1.0, none, np.zeros(0, dtype=np.int64))


def test_an_event_kept_is_right_if_it_is_marked_and_of_that_type(gold: MarkedEvent) -> None:
    marked = [(gold, range(1, 2))]
    reports = [
        ReadReport([reading("SANCTION", 1.0)], marked),
        ReadReport([reading("ASSAULT", 1.0)], marked),
        ReadReport([reading("SANCTION", 1.0)], []),
        ReadReport([reading("SANCTION", 0.4)], marked),
    ]
    assert event_samples(reports, 0.3) == [(0.5, True), (0.5, False), (0.5, False)]


def taken(who: list[bool], whom: list[bool], chance: float = 0.6) -> Picked:
    return Picked(np.array([who]), np.array([whom]), np.array([chance], dtype=np.float32))


def test_the_parties_are_right_if_both_sides_are(gold: MarkedEvent) -> None:
    told, countries = [(reading("SANCTION", 1.0), gold)], ("NOR", "SWE")
    [(chance, is_right)] = who_samples(told, countries, taken([True, False], [False, True]), 0.5)
    assert is_right
    assert chance == pytest.approx(0.6)
    assert not who_samples(told, countries, taken([True, False], [True, True]), 0.5)[0][1]


def test_a_party_that_the_report_names_in_no_known_way_makes_the_side_wrong(gold: MarkedEvent) -> None:
    assert not who_samples([(reading("SANCTION", 1.0), gold)], ("NOR",), taken([True], [False]), 0.5)[0][1]


def test_events_that_are_not_kept_or_of_another_type_say_nothing_of_their_parties(gold: MarkedEvent) -> None:
    for one in (reading("SANCTION", 0.9), reading("ASSAULT", 1.0)):
        assert who_samples([(one, gold)], ("NOR", "SWE"), taken([True, False], [False, True]), 0.5) == []


def test_only_what_was_told_of_events_kept_counts_for_dates_and_places() -> None:
    guess = np.array([[0.9, 0.2], [0.2, 0.5], [0.1, 0.2], [0.9, 0.1]], dtype=np.float32)
    gold = np.array([[1, 0], [1, 0], [1, 0], [1, 0]], dtype=np.float32)
    kept = np.array([True, True, True, False])
    told = list(told_samples(guess, gold, kept, 0.4))
    assert [right for _, right in told] == [True, False]


def test_a_field_with_few_samples_gets_no_curve() -> None:
    pytest.importorskip("sklearn")
    many = [(one / FEW, one > FEW / 2) for one in range(FEW)]
    assert list(fit_fields({"who": many, "date": many[1:], "place": []})) == ["who"]


def test_the_curve_rises_and_never_promises_all_or_nothing() -> None:
    pytest.importorskip("sklearn")
    rng = np.random.default_rng(3)
    told = rng.random(500)
    curve = fit_curve([(float(one), bool(rng.random() < one)) for one in told])
    shares = curve["share"]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.2
    assert 0.8 < shares[-1] < 1
    assert len(shares) == len(curve["probability"])
