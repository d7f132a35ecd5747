"""Text to document."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.intake import make_document
from dragoman.records import Precision, Span


def words(text: str, span: Span | None) -> str | None:
    return span.cut(text) if span else None


def test_title_and_dateline_are_told_from_the_body() -> None:
    document = make_document(
        "Norway recalls envoy\n\nOSLO, March 4 (AFP) - Norway recalled its ambassador.\n"
    )
    assert words(document.text, document.title) == "Norway recalls envoy"
    assert words(document.text, document.dateline) == "OSLO, March 4 (AFP)"
    assert document.outlet == "AFP"
    assert document.published is None


def test_header_lines_tell_outlet_and_date() -> None:
    text = "title: Envoy recalled\noutlet: NTB\nPublished: 2021-03-04T10:00\n\nNorway recalled its envoy."
    document = make_document(text)
    assert document.text == text
    assert words(text, document.title) == "Envoy recalled"
    assert document.outlet == "NTB"
    assert document.published is not None
    assert (document.published.start, document.published.rule) == (date(2021, 3, 4), "publication-header")
    assert words(text, document.published.span) == "2021-03-04"


def test_options_go_before_header_lines() -> None:
    text = "outlet: AFP\ndate: 2021-03-04\n\nNorway recalled its envoy."
    document = make_document(text, published="2020-02", outlet="TASS")
    assert document.outlet == "TASS"
    assert document.published is not None
    assert (document.published.start, document.published.end) == (date(2020, 2, 1), date(2020, 2, 29))
    assert document.published.precision is Precision.MONTH


def test_a_header_date_that_is_not_iso_is_not_guessed_at() -> None:
    assert make_document("Date: 3/4/21\n\nNorway recalled its envoy.").published is None
    assert make_document("Date: 2021-02-31\n\nNorway recalled its envoy.").published is None


def test_a_full_sentence_is_no_title() -> None:
    assert make_document("Norway recalled its envoy.\n\nSweden protested.").title is None
    assert make_document("Norway recalled its envoy").title is None
    assert make_document("Norway recalled\nits envoy from Sweden\n\nSo it said.").title is None


def test_a_title_may_end_in_an_abbreviation_or_question() -> None:
    for title in ("Norway to leave the U.S.", "Will Norway go?", "'We will not yield'"):
        text = f"{title}\n\nNorway said so."
        assert words(text, make_document(text).title) == title


def test_a_dateline_alone_is_no_title() -> None:
    text = "KINSHASA —\n\nThe army said so."
    document = make_document(text)
    assert document.title is None
    assert words(text, document.dateline) == "KINSHASA"


def test_line_ends_become_newlines_and_wrapped_lines_stay() -> None:
    document = make_document("Norway recalls\r\n\r\nNorway recalled\rits envoy\r\n")
    assert document.text == "Norway recalls\n\nNorway recalled\nits envoy\n"


def test_the_id_is_that_of_the_text_alone() -> None:
    one = make_document("Norway recalled its envoy.", path="a.txt")
    other = make_document("Norway recalled its envoy.", published="2021", path="b.txt")
    assert one.id == other.id
    assert one.id != make_document("Sweden recalled its envoy.").id


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\n" * 1_000_000])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        make_document(text)


@pytest.mark.parametrize(
    "value", ["yesterday", "2021-13", "2021-02-30", "04/03/2021", "2021-03-04/2021-03-01", ""]
)
def test_a_publication_date_that_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(InputError, match="publication date"):
        make_document("Norway recalled its envoy.", published=value)


def test_an_interval_of_publication_keeps_its_grain() -> None:
    document = make_document("Norway recalled its envoy.", published="2021-03-01/2021-03-07")
    assert document.published is not None
    assert document.published.precision is Precision.WEEK


@given(st.text(max_size=300))
def test_spans_lie_in_the_text_whatever_it_holds(text: str) -> None:
    try:
        document = make_document(text)
    except InputError:
        return
    for span in (document.title, document.dateline):
        assert span is None or 0 <= span.start < span.end <= len(document.text)
    assert document.text == text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_very_long_line_takes_no_time() -> None:
    assert make_document("A (" * 300_000).title is None
    assert make_document("KYIV, " * 150_000 + " - x").dateline is None
