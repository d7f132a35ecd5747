"""Which function tells what each meaning of date_expressions.tsv is."""

from __future__ import annotations

from dragoman.times.anchored import (
    resolve_eve,
    resolve_follow,
    resolve_hour,
    resolve_nth,
    resolve_same,
    resolve_same_year,
    resolve_shift,
    resolve_shift_ahead,
    resolve_unit_ahead,
)
from dragoman.times.explicit import (
    resolve_calendar,
    resolve_fixed,
    resolve_holiday,
    resolve_iso,
    resolve_numeric,
    resolve_range,
    resolve_year_words,
)
from dragoman.times.reading import Meaning
from dragoman.times.relative import (
    resolve_ago,
    resolve_ago_exact,
    resolve_ago_month,
    resolve_earlier,
    resolve_fixed_part,
    resolve_from_now,
    resolve_later_in,
    resolve_overnight,
    resolve_rel_month,
    resolve_rel_season,
    resolve_today,
    resolve_unit,
    resolve_vague,
    resolve_weekday,
    resolve_weekday_range,
    resolve_weekday_week,
    resolve_weekday_weeks,
    resolve_weekend,
    resolve_window,
)

MEANINGS: dict[str, Meaning] = {
    "calendar": resolve_calendar,
    "range": resolve_range,
    "iso": resolve_iso,
    "numeric": resolve_numeric,
    "fixed": resolve_fixed,
    "fixed-part": resolve_fixed_part,
    "year-words": resolve_year_words,
    "holiday": resolve_holiday,
    "rel-month": resolve_rel_month,
    "rel-season": resolve_rel_season,
    "weekday": resolve_weekday,
    "weekday-week": resolve_weekday_week,
    "weekday-weeks": resolve_weekday_weeks,
    "weekday-range": resolve_weekday_range,
    "today": resolve_today,
    "overnight": resolve_overnight,
    "unit": resolve_unit,
    "earlier": resolve_earlier,
    "later-in": resolve_later_in,
    "weekend": resolve_weekend,
    "ago": resolve_ago,
    "ago-exact": resolve_ago_exact,
    "ago-month": resolve_ago_month,
    "from-now": resolve_from_now,
    "window": resolve_window,
    "vague": resolve_vague,
    "shift": resolve_shift,
    "shift-ahead": resolve_shift_ahead,
    "unit-ahead": resolve_unit_ahead,
    "follow": resolve_follow,
    "same": resolve_same,
    "same-year": resolve_same_year,
    "eve": resolve_eve,
    "nth": resolve_nth,
    "hour": resolve_hour,
}


# These are read against the time that the text has come to, after all others.
ANCHORED = frozenset(
    {"shift", "shift-ahead", "unit-ahead", "follow", "same", "same-year", "eve", "nth", "hour"}
)
