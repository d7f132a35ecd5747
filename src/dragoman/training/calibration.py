"""Fits what a probability is worth: how often events and their fields are right, on held-back reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from dragoman.attribution import status_hints
from dragoman.evaluation.reports import MarkedEvent
from dragoman.events.encoding import TYPES
from dragoman.events.model import Reading
from dragoman.events.pairs import Picked
from dragoman.events.reader import trigger_span
from dragoman.pipeline import judge_status
from dragoman.training.thresholds import ReadReport
from dragoman.workings import Page

Sample = tuple[float, bool]
"""A probability that the reader gave, and whether what it gave it to was right."""
Curves = dict[str, dict[str, list[float]]]
FEW = 30
"""Samples below which a field gets no curve: its confidence would only look like one."""


def fit_curve(samples: Sequence[Sample]) -> dict[str, list[float]]:
    """The share of right ones as a rising function of the probability: the corners of a broken line.

    Isotonic regression; the shares stay off 0 and 1, which no finite number of reports shows.
    """
    from sklearn.isotonic import IsotonicRegression

    told = [one for one, _ in samples]
    right = np.array([one for _, one in samples], dtype=float)
    fitted = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(told, right)
    return {
        "probability": [round(float(one), 4) for one in fitted.X_thresholds_],
        "share": [round(float(one), 4) for one in fitted.y_thresholds_],
    }


def fit_fields(samples: dict[str, list[Sample]]) -> Curves:
    """A curve for each field that has samples enough."""
    return {name: fit_curve(told) for name, told in samples.items() if len(told) >= FEW}


def event_samples(reports: Iterable[ReadReport], event: float) -> list[Sample]:
    """Of every event kept, whether it is right by type."""
    out = []
    for report in reports:
        at = gold_at(report)
        for reading in report.readings:
            if reading.worth >= event:
                told = reading.event * float(reading.types.max())
                out.append((told, is_typed(reading, at.get(reading.word))))
    return out


def status_samples(
    reports: Iterable[tuple[ReadReport, Page]], event: float, statuses: Sequence[str]
) -> list[Sample]:
    """Of every event kept and rightly typed, whether its status is right."""
    out = []
    for report, page in reports:
        at = gold_at(report)
        right = [
            (one, at[one.word])
            for one in report.readings
            if one.worth >= event and is_typed(one, at.get(one.word))
        ]
        spans = [trigger_span(page.doc, one.word) for one, _ in right]
        hints = status_hints(page.doc, spans, [kind_of(one) for one, _ in right])
        for (reading, gold), hint in zip(right, hints, strict=True):
            told = judge_status(statuses, reading, hint)
            out.append((told.chance, told.status == gold.status))
    return out


def who_samples(
    pairs: Sequence[tuple[Reading, MarkedEvent]],
    countries: Sequence[str],
    picked: Picked,
    event: float,
) -> list[Sample]:
    """Of every event of a report that is kept and rightly typed, whether both sides are.

    ``picked`` are the sides taken by models that were fitted without the report.
    """
    out = []
    for number, (reading, gold) in enumerate(pairs):
        if reading.worth < event or not is_typed(reading, gold):
            continue
        right = all(
            {countries[one] for one in np.flatnonzero(taken).tolist()}
            == {one.country for one in side if one.country}
            for taken, side in (
                (picked.who[number], gold.actors),
                (picked.whom[number], gold.recipients),
            )
        )
        out.append((float(picked.chances[number]), right))
    return out


def gold_at(report: ReadReport) -> dict[int, MarkedEvent]:
    """The marked event at each token of its trigger."""
    return {word: gold for gold, words in report.gold for word in words}


def kind_of(reading: Reading) -> str:
    """The likeliest type."""
    return TYPES[int(reading.types.argmax())]


def is_typed(reading: Reading, gold: MarkedEvent | None) -> bool:
    """Whether there is a marked event of that type."""
    return gold is not None and kind_of(reading) in gold.types


def describe_confidence(event: Sequence[Sample], fields: dict[str, list[Sample]]) -> dict[str, Any]:
    """What stands in ``reader.json`` under ``confidence``."""
    return {**fit_curve(event), "fields": fit_fields(fields)}
