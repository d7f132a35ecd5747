"""Sets the reader's thresholds on reports that its network has not seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.evaluation.reports import MarkedEvent
from dragoman.events.encoding import TYPES
from dragoman.events.model import Reading

GRID = tuple(round(0.02 * step, 2) for step in range(5, 46))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """The readings of a report above a low bar, and its gold triggers' token ranges."""

    readings: Sequence[Reading]
    gold: Sequence[tuple[MarkedEvent, range]]


def event_threshold(reports: Sequence[ReadReport]) -> tuple[float, float]:
    """The bar that gives the highest typed F1 over core events, and that F1.

    An optional gold that is found counts neither way, as in the scorer.
    """
    return best(lambda bar: typed_f1(reports, bar))


def typed_f1(reports: Sequence[ReadReport], bar: float) -> float:
    """Typed F1 over core events when readings at or above the bar are kept."""
    right = told = core = 0
    for report in reports:
        at = {word: event for event, words in report.gold for word in words}
        core += sum(event.core for event, _ in report.gold)
        for reading in report.readings:
            if reading.worth < bar:
                continue
            event = at.get(reading.word)
            typed = event is not None and TYPES[int(reading.types.argmax())] in event.types
            if event is None or event.core or not typed:
                told += 1
            right += event is not None and typed and event.core
    return 2 * right / max(1, told + core)


def best(value: Callable[[float], float], grid: Sequence[float] = GRID) -> tuple[float, float]:
    """The grid's point with the highest value, the middle one of a plateau, and the value."""
    values = [value(point) for point in grid]
    top = max(values)
    near = [point for point, one in zip(grid, values, strict=True) if one >= top - 1e-9]
    return near[len(near) // 2], top
