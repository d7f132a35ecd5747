"""Days as they are written; what could be two days is none."""

from __future__ import annotations

from datetime import date, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.intake.days import NO_DAYS, needs_order, order_of, read_day

DAYS = st.dates(date(1900, 1, 2), date(2099, 12, 31)).filter(lambda day: day not in NO_DAYS)


@given(
    DAYS,
    st.sampled_from(
        [
            "%Y-%m-%d",
            "%Y-%m-%dT23:59:59-11:00",
            "%Y%m%d",
            "%Y/%m/%d",
            "%d %B %Y",
            "%B %d, %Y",
            "%b. %d, %Y, 10:30 pm",
            "Published: %A, %d %b %Y",
        ]
    ),
)
def test_a_day_is_read_as_it_was_written(day: date, form: str) -> None:
    assert read_day(day.strftime(form)) == day


@given(DAYS)
def test_the_dates_of_letters_and_feeds_are_read(day: date) -> None:
    assert read_day(format_datetime(datetime(day.year, day.month, day.day, 23, 30))) == day


@given(DAYS)
def test_two_numbers_are_read_only_if_they_tell_which_is_the_month(day: date) -> None:
    words = day.strftime("%d/%m/%Y")
    assert read_day(words) == (day if day.day > 12 or day.day == day.month else None)
    assert needs_order(words) == (day.day <= 12 and day.day != day.month)
    assert read_day(words, "dmy") == day


@given(st.text(max_size=80))
def test_any_words_are_a_day_or_none(words: str) -> None:
    assert read_day(words) is None or isinstance(read_day(words), date)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "2021-02-31",
        "1970-01-01T00:00:00Z",
        "0001-01-01",
        "99999999999999",
        "Monday",
        "2021",
        "31 June 2021",
    ],
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert read_day(words) is None


def test_seconds_and_milliseconds_are_days_in_utc() -> None:
    assert read_day("1614902399") == read_day("1614902399000") == date(2021, 3, 4)


def test_the_order_is_that_of_the_dates_that_tell_it() -> None:
    assert order_of(["03/04/2021", "25/04/2021"]) == "dmy"
    assert order_of(["03/04/2021", "04/25/2021"]) == "mdy"
    assert order_of(["03/04/2021"]) is None
    assert order_of(["25/04/2021", "04/25/2021"]) is None
