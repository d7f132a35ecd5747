from dataclasses import replace

import numpy as np
import pytest

from dragoman.evaluation.reports import parse_report
from dragoman.events.circumstances import LINK, ROW
from dragoman.records import PlaceRef, Span
from dragoman.training.circumstances import choose_bar, crossfit_links, is_place

REPORT = """X01 shots-off-the-reef
title: Shots off the reef
published: 1988-03-15
---
Sailors {1:fired} at each other off the reef in the capital's sight.
---
1 ASSAULT asserted | who: Sailors = CHN/MIL | in: the reef
"""


def place(text: str, words: str, name: str, country: str) -> PlaceRef:
    start = text.index(words)
    return PlaceRef(name, country, "region", Span(start, start + len(words)))


def test_gold_without_a_country_fits_any():
    report = parse_report(REPORT)
    text, event = report.document.text, report.events[0]
    assert is_place(event, place(text, "reef", "reef", "CHN"), text)
    assert not is_place(
        replace(event, place=(event.place[0], "VNM")), place(text, "reef", "reef", "CHN"), text
    )


def test_the_words_that_gold_points_to_fit_by_whatever_name():
    report = parse_report(REPORT)
    text, event = report.document.text, report.events[0]
    start = text.index("the reef in")
    named = place(text, "reef in", "Johnson South", "")
    assert is_place(replace(event, place=(Span(start, start + 8), "")), named, text)
    assert not is_place(event, place(text, "capital", "Hanoi", "VNM"), text)


def test_a_date_is_told_from_the_lowest_bar_that_costs_little():
    sure, unsure = np.array([[0.9]]), np.array([[0.5]])
    guesses, gold = [sure] * 200 + [unsure], [np.ones((1, 1))] * 200 + [np.zeros((1, 1))]
    assert choose_bar(guesses, gold, several=False)[0] < 0.5
    assert choose_bar(guesses, gold, several=True)[0] > 0.5


def test_what_is_not_judged_stays_at_nothing():
    pytest.importorskip("lightgbm")
    rng = np.random.default_rng(3)
    tables = []
    for _ in range(12):
        rows = rng.random((10, 10, len(ROW))).astype(np.float32)
        rows[:, :5, LINK] = 0.0
        rows[..., ROW.index("hint")] = 0.0
        tables.append((rows, (rows[..., LINK] > 0.5).astype(np.float32), np.ones(10, dtype=np.float32)))
    guess = crossfit_links(tables)[0]
    assert not guess[:, :5].any()
    assert guess[:, 5:].max() > 0.5
