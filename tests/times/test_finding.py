"""What dates mean in their sentences: tense, stories, other dates, and what is no date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.records import Document, Precision, Span, TimeRef
from dragoman.times import find_times, governing_time

Read = Callable[..., tuple[Document, Doc]]


def days(time: TimeRef) -> str:
    """A time as 'START/END', or one day."""
    if time.start is None or time.end is None:
        return "?"
    return f"{time.start}" if time.start == time.end else f"{time.start}/{time.end}"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The army shelled the town on Friday.", "Friday", "2021-03-12"),
        ("The ministers will meet on Friday.", "Friday", "2021-03-19"),
        ("The ministers are due to meet on Friday.", "Friday", "2021-03-19"),
        ("Officials said on Monday that they would go.", "Monday", "2021-03-15"),
        ("The talks resume on Monday.", "Monday", "2021-03-22"),
        ("Men set up roadblocks on Monday.", "Monday", "2021-03-15"),
        ("The president has given the rebels until Saturday to leave.", "Saturday", "2021-03-20"),
        ("Parliament will vote on June 3.", "June 3", "2021-06-03"),
        ("Parliament voted on June 3.", "June 3", "2020-06-03"),
        ("The army banned imports from April 1.", "April 1", "2021-04-01"),
        ("The bridge will be closed before May 3.", "May 3", "2021-03-17/2021-05-02"),
    ],
)
def test_the_verb_tells_on_which_side_of_the_report_a_date_lies(
    text: str, words: str, expected: str, read: Read
) -> None:
    document, doc = read(text, "2021-03-17")
    assert {one.text: days(one) for one in find_times(doc, document)}[words] == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The assault came on Monday, two days after the two sides signed.", "two days after", "2021-03-13"),
        ("They signed on March 1. Two weeks later the army struck.", "Two weeks later", "2021-03-15"),
        (
            "They signed in July 1987. That September a man starved himself.",
            "That September",
            "1987-09-01/1987-09-30",
        ),
        ("They signed in July 1987. In October war broke out.", "October", "1987-10-01/1987-10-31"),
        ("They signed on March 1, and on the 9th the army struck.", "the 9th", "2021-03-09"),
        ("Its 1992 accord holds. It met on Monday. A day later it fell.", "A day later", "2021-03-16"),
    ],
)
def test_a_date_hangs_on_the_time_that_the_text_has_come_to(
    text: str, words: str, expected: str, read: Read
) -> None:
    document, doc = read(text, "2021-03-17")
    assert {one.text: days(one) for one in find_times(doc, document)}[words] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",
        "Theresa May spoke to April Ryan.",
        "About 2000 soldiers took 1,950 rifles.",
        "Gunmen fired for five days.",
        "The Sunday Times said so.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str, read: Read) -> None:
    document, doc = read(text, "2021-03-17")
    assert find_times(doc, document) == []


def test_a_datelines_day_is_marked_and_becomes_the_reference(read: Read) -> None:
    document, doc = read("TIRASPOL, April 7 - Men fired on Monday.", "1992-04-08")
    line, monday = find_times(doc, document)
    assert (line.rule, days(line)) == ("dateline", "1992-04-07")
    assert days(monday) == "1992-04-06"


def test_a_diarys_heading_is_no_dateline(read: Read) -> None:
    document, doc = read("Friday, July 9 - Men fired.\n\nSaturday - Men fell.", "2021-07-15")
    assert [days(one) for one in find_times(doc, document)] == ["2021-07-09", "2021-07-10"]


def test_a_relative_date_is_unresolved_without_a_publication_date(read: Read) -> None:
    document, doc = read("The army struck on Monday, last month and in May.")
    found = find_times(doc, document)
    assert [one.text for one in found] == ["Monday", "last month", "May"]
    assert [one.start for one in found] == [None, None, None]
    assert [one.precision for one in found] == [Precision.DAY, Precision.MONTH, Precision.MONTH]


def test_a_publication_date_known_to_the_month_tells_a_year_and_no_day(read: Read) -> None:
    document, doc = read("The army struck on Monday and last year.")
    month = TimeRef(date(2021, 3, 1), date(2021, 3, 31), Precision.MONTH, "given")
    known = Document(id="test", text=document.text, published=month)
    assert [days(one) for one in find_times(doc, known)] == ["?", "2020-01-01/2020-12-31"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The army shelled Vik on Monday, officials said on Tuesday.", "shelled", "Monday"),
        ("Officials said on Tuesday that the army had shelled Vik.", "shelled", None),
        ("On Monday the army shelled Vik and burned two farms.", "burned", "Monday"),
        ("The army shelled Vik on Monday, killing two farmers.", "killing", "Monday"),
        ("They condemned Monday's attack.", "attack", "Monday"),
        ("They condemned Monday's attack.", "condemned", None),
        ("The two held talks on Friday.", "talks", "Friday"),
        ("The pact has stood since July 2006, when Moscow closed the line.", "closed", "July 2006"),
        ("On Friday the army left, two days after rebels attacked it.", "attacked", "two days after"),
        ("OSLO, March 4 - Norway recalled its envoy.", "recalled", None),
        ("Intro.\n\nJune 30: A lieutenant seizes the radio.", "seizes", "June 30"),
    ],
)
def test_syntax_tells_which_date_dates_an_act(text: str, word: str, expected: str | None, read: Read) -> None:
    document, doc = read(text, "2021-03-17")
    index = next(token.i for token in doc if token.text == word)
    time = governing_time(doc, index, find_times(doc, document))
    assert (time.text if time else None) == expected


WORDS = st.sampled_from(
    [
        *"Monday on last next week May March 3 12 1999 2021 , . the early two days later after".split(),
        *"before ago since said will meet in July between and of 17.07.2023 Christmas overnight".split(),
        *"that year same -".split(),
        *("北京", "Київ", "\n\n"),
    ]
)
# How many days a resolved date of each grain spans at least, unless the words say otherwise.
LEAST = {Precision.MONTH: 28, Precision.YEAR: 90, Precision.DECADE: 365}
WHOLE = frozenset({"month-alone", "month-year", "year-alone", "decade", "rel-month"})


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(WORDS, max_size=20).map(" ".join), dated=st.booleans())
def test_spans_cut_their_words_and_no_date_is_finer_than_its_words(
    text: str, dated: bool, read: Read
) -> None:
    document, doc = read(text, "2021-03-17" if dated else None)
    times = find_times(doc, document)
    spans = [one.span or Span(0, 0) for one in times]
    assert all(span.cut(text) == one.text for span, one in zip(spans, times, strict=True))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for one in times:
        assert (one.start is None) == (one.end is None)
        if one.start is None or one.end is None:
            continue
        assert one.start <= one.end
        if any(one.rule.startswith(rule) for rule in WHOLE):
            assert (one.end - one.start).days + 1 >= LEAST[one.precision]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last month", "2024-10-01/2024-10-31"),
        ("next month", "2024-12-01/2024-12-31"),
        ("last year", "2023-01-01/2023-12-31"),
    ],
)
def test_the_month_before_or_after_a_shorter_one_is_whole(words: str, expected: str, read: Read) -> None:
    document, doc = read(f"The two sides met {words}.", "2024-11-12")
    assert [days(one) for one in find_times(doc, document)] == [expected]
