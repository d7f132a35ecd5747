"""When a report was published, as far as its own text tells."""

from __future__ import annotations

import pytest

from dragoman.times import infer_published


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("KYIV, July 17, 2023 - Russia left the deal.", "2023-07-17", "dateline"),
        ("Baku, 8 November 2020 (Turan) - Shusha fell.", "2020-11-08", "dateline"),
        ("Title\n\nPublished: 17 July 2023 at 10:00\n\nText.", "2023-07-17", "header-line"),
        ("Title\nJuly 17, 2023\n\nText.", "2023-07-17", "date-line"),
        ("TIRASPOL, April 8 - A truce of March 30, 1992 broke.", "1992-04-08", "dateline-year-from-text"),
    ],
)
def test_the_text_tells_its_day(text: str, expected: str, rule: str) -> None:
    told = infer_published(text)
    assert told is not None
    assert (told.start.isoformat() if told.start else None, told.rule) == (expected, rule)
    assert told.span is not None
    assert told.span.cut(text) == told.text


@pytest.mark.parametrize(
    "text",
    [
        "TIRASPOL, April 8 - Men fired.",
        "The army fired on Monday.",
        "It fell in 1992.",
        "",
        "March 8 - Men fired.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert infer_published(text) is None


def test_dates_of_both_sides_bound_it() -> None:
    told = infer_published("They met on 3 May 2024. They will meet again on 7 June 2024.")
    assert told is not None
    assert (str(told.start), str(told.end)) == ("2024-05-03", "2024-06-07")
