"""Every row of date_expressions.tsv fires in its example, means what it says it gives, and spares its
but_not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.lexicon import read_table
from dragoman.records import Document, TimeRef
from dragoman.times import find_times
from dragoman.times.finding import Found, TimeReader
from dragoman.times.patterns import DateRow
from dragoman.times.resolving import MEANINGS

ROWS = read_table("date_expressions.tsv", DateRow)
PUBLISHED = "2021-03-17"
Read = Callable[..., tuple[Document, Doc]]


def written(time: TimeRef) -> str:
    """A time as the table writes it."""
    if time.start is None or time.end is None:
        return ""
    return time.start.isoformat() if time.start == time.end else f"{time.start}/{time.end}"


def row_of(one: Found) -> str:
    """The id of the row that fired."""
    return one.hit.pattern.row.id


@pytest.mark.parametrize("row", [row for row in ROWS if row.meaning != "none"], ids=lambda row: row.id)
def test_a_row_gives_its_date_in_its_example(row: DateRow, read: Read) -> None:
    document, doc = read(row.example, PUBLISHED)
    found = TimeReader(doc, document).read()
    fired = [
        time for one, time in zip(found, find_times(doc, document), strict=True) if row_of(one) == row.id
    ]
    assert [written(time) for time in fired] == [row.gives]


@pytest.mark.parametrize("row", [row for row in ROWS if row.meaning == "none"], ids=lambda row: row.id)
def test_a_name_that_holds_a_time_word_is_no_time(row: DateRow, read: Read) -> None:
    document, doc = read(row.example, PUBLISHED)
    assert find_times(doc, document) == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.but_not], ids=lambda row: row.id)
def test_a_row_stays_silent_in_its_counterexample(row: DateRow, read: Read) -> None:
    document, doc = read(row.but_not, PUBLISHED)
    assert not any(row_of(one) == row.id for one in TimeReader(doc, document).read())


def test_ids_are_unique_and_meanings_known() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert {row.meaning.split()[0] for row in ROWS} <= set(MEANINGS) | {"none"}
