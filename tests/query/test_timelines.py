"""A timeline counts each event in one bin, and says of which ones it can't tell the bin."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import InputError
from dragoman.query import Filters, Record, timeline
from dragoman.query.timelines import floor, following


def test_what_is_dated_more_coarsely_than_the_bin_counts_in_none(record: Record) -> None:
    answer = timeline(record.ground, Filters(), by="month")
    assert [(row["bin"], row["events"]) for row in answer.rows] == [
        (date(2020, 9, 1), 1),
        (date(2020, 10, 1), 4),
        (date(2020, 11, 1), 2),
    ]
    assert (answer.coarser, answer.undated) == (1, 2)
    total = sum(row["events"] for row in answer.rows) + answer.coarser + answer.undated
    assert total == record.ground.number("SELECT count(*) FROM record")


def test_the_column_coarser_counts_what_may_be_of_the_bin(record: Record) -> None:
    """'In 2020' touches every month of 2020, 'in September' touches no day of October."""
    assert all(row["coarser"] == 1 for row in timeline(record.ground, Filters(), by="month").rows)
    days = timeline(record.ground, Filters(), by="day")
    assert days.coarser == 2
    assert {row["coarser"] for row in days.rows} == {1}
    assert timeline(record.ground, Filters(), by="year").coarser == 0


def test_zeros_are_filled_in_on_request(record: Record) -> None:
    asked = Filters(since="2020-08-15", until="2020-12-31")
    rows = timeline(record.ground, asked, by="month", fill=True).rows
    assert [row["events"] for row in rows] == [0, 1, 4, 2, 0]
    assert rows[0]["score"] is None
    assert len(timeline(record.ground, asked, by="month").rows) == 3


def test_directions_are_told_apart_and_others_left_out(record: Record) -> None:
    rows = timeline(record.ground, Filters(between=("ARM", "ISR")), by="year", directed=True).rows
    assert [(row["actor"], row["recipient"], row["events"]) for row in rows] == [
        ("ARM", "ISR", 3),
        ("ISR", "ARM", 1),
    ]


def test_quad_classes_and_scores_are_of_what_happened(record: Record) -> None:
    (row,) = timeline(record.ground, Filters(between=("ARM", "AZE")), by="month").rows
    assert (row["happened"], row["contested"], row["material_conflict"], row["score"]) == (1, 1, 1, -9.5)


def test_a_timeline_that_nobody_can_read_is_refused(record: Record) -> None:
    with pytest.raises(InputError, match="take a coarser bin, or bounds"):
        timeline(record.ground, Filters(since="1000"), by="day", fill=True)


@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
def test_bins_follow_one_another_without_a_gap(by: str) -> None:
    at = floor(date(2019, 12, 28), by)
    for _ in range(400):
        after = following(at, by)
        assert floor(date.fromordinal(after.toordinal() - 1), by) == at
        assert floor(after, by) == after
        at = after
