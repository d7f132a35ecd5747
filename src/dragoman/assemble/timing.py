"""How the days of two mentions agree: days, weeks, months, or the day on which the report came out."""

from __future__ import annotations

from dragoman.assemble.aspects import TALK, Weight
from dragoman.assemble.sketches import TO_COME, Sketch

DAY, WEEK, MONTH, SEASON, YEAR = 0, 7, 31, 92, 366
"""The longest span, in days, of each grain."""
APART = {1: (-2.6, "a day apart"), 2: (-4.5, "two days apart")}
SAME_DAY: Weight = (2.0, "same day")
SAME_WEEK: Weight = (1.1, "same week")
SAME_MONTH: Weight = (0.5, "same month")
SAME_SEASON: Weight = (0.1, "same season")
SAME_YEAR: Weight = (-0.4, "same year")
SAME_TIME: Weight = (-0.9, "times that overlap")
WITHIN: dict[int, Weight] = {
    WEEK: (1.3, "the day lies within the other's days"),
    MONTH: (0.7, "the day lies in the month"),
    SEASON: (0.3, "the day lies in the season"),
    YEAR: (-0.1, "the day lies in the year"),
}
NOTHING_KNOWN: Weight = (-0.4, "")
ONE_REPORT: Weight = (0.0, "")
LAGS: tuple[tuple[int, Weight], ...] = (
    (1, (1.2, "reported on the day or the day after")),
    (2, (0.5, "reported two days after")),
    (4, (-0.3, "")),
    (9, (-1.0, "reported days after")),
    (45, (-1.8, "reported weeks after")),
    (75, (-2.8, "reported months after")),
)
REPORTS: tuple[tuple[int, Weight], ...] = (
    (0, (1.0, "reports of one day")),
    (1, (0.8, "reports of two days running")),
    (2, (0.2, "reports two days apart")),
    (3, (-0.3, "")),
    (7, (-1.0, "reports days apart")),
    (30, (-2.0, "reports weeks apart")),
)
LONG_AFTER: Weight = (-3.0, "reported long after")
AHEAD = 40
"""How many days before it happens an act may be announced."""


def weigh_days(a: Sketch, b: Sketch) -> Weight | None:
    """What the two times weigh; None where they can't be of one happening."""
    if a.start is not None and b.start is not None:
        return both_dated(a.start, a.end or a.start, b.start, b.end or b.start)
    if a.start is not None:
        return one_dated(a, b)
    if b.start is not None:
        return one_dated(b, a)
    return none_dated(a, b)


def both_dated(start: int, end: int, other_start: int, other_end: int) -> Weight | None:
    """Two dates: the same, one within the other, or apart."""
    gap = max(start - other_end, other_start - end)
    if gap > 0:
        return APART.get(gap)
    short, long = sorted((end - start, other_end - other_start))
    if long == DAY:
        return SAME_DAY
    if short == DAY:
        return next((weight for most, weight in WITHIN.items() if long <= most), SAME_TIME)
    return grain_weight(long)


def grain_weight(days: int) -> Weight:
    """What it weighs that two mentions name the same stretch of days."""
    for most, weight in ((WEEK, SAME_WEEK), (MONTH, SAME_MONTH), (SEASON, SAME_SEASON), (YEAR, SAME_YEAR)):
        if days <= most:
            return weight
    return SAME_TIME


def one_dated(dated: Sketch, other: Sketch) -> Weight | None:
    """A date against a report that gives none: news is told soon after it happens, or announced before."""
    if other.published is None or dated.start is None or dated.end is None:
        return NOTHING_KNOWN
    lag = other.published - dated.end
    if dated.end - dated.start > WEEK and lag <= 0 and other.published >= dated.start:
        return -0.2, "reported in those weeks"
    if lag < 0 and other.published >= dated.start:
        lag = 0
    if lag < 0:
        return before_it(dated, other, -lag)
    return next((weight for most, weight in LAGS if lag <= most), long_after(dated, other, lag))


def before_it(dated: Sketch, other: Sketch, days: int) -> Weight | None:
    """A report that came out before the day: it can only tell of what is to come."""
    if other.status in TO_COME and days <= AHEAD:
        return 0.2, "announced before the day"
    return (-2.5, "reported the day before") if days == 1 else None


def none_dated(a: Sketch, b: Sketch) -> Weight | None:
    """Two undated acts: how far apart the reports came out."""
    if a.document_id == b.document_id:
        return ONE_REPORT
    if a.published is None or b.published is None:
        return NOTHING_KNOWN
    gap = abs(a.published - b.published)
    return next((weight for most, weight in REPORTS if gap <= most), long_after(a, b, gap))


def long_after(a: Sketch, b: Sketch, days: int) -> Weight | None:
    """A report that looks back on an act without dating it; None for words, of which each day has its own."""
    return None if days > YEAR or a.act in TALK or b.act in TALK else LONG_AFTER
