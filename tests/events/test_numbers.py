"""Numbers in words and digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.events.numbers import SCALES, TENS, UNITS, read_count, read_number
from dragoman.records import Count

WORD_OF = {value: word for word, value in {**UNITS, **TENS}.items()}


def spell(number: int) -> list[str]:
    """A number in words, parted as spaCy parts them."""
    for scale in ("million", "thousand", "hundred"):
        size = SCALES[scale]
        if number >= size:
            rest = number % size
            joint = ["and"] if 0 < rest < 100 else []
            return [*spell(number // size), scale, *joint, *(spell(rest) if rest else [])]
    if number in WORD_OF:
        return [WORD_OF[number]]
    return [WORD_OF[number - number % 10], "-", WORD_OF[number % 10]]


@given(st.integers(0, 999_999_999))
def test_a_number_in_words_is_read_as_it_was_spelt(number: int) -> None:
    words = spell(number)
    assert read_number(words, 0, len(words)) == (number, len(words))


@given(st.integers(0, 999_999_999), st.booleans())
def test_a_number_in_digits_is_read_with_or_without_commas(number: int, commas: bool) -> None:
    assert read_number([f"{number:,}" if commas else str(number)], 0, 1) == (number, 1)


@given(st.lists(st.sampled_from([*UNITS, *TENS, *SCALES, "and", "-", "of", "dead", "dozens"]), max_size=8))
def test_any_row_of_words_is_read_without_fault(words: list[str]) -> None:
    found = read_count(words, 0, len(words))
    if found is not None:
        count, after = found
        assert 0 < after <= len(words)
        assert count.high is None or count.low <= count.high


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("at least 20 people", Count(20, None)),
        ("more than a dozen", Count(12, None)),
        ("up to 50", Count(1, 50)),
        ("two or three men", Count(2, 3)),
        ("20 - 30 men", Count(20, 30)),
        ("two dozen men", Count(24, 24)),
        ("several hundred men", Count(200, 900)),
        ("tens of thousands", Count(20_000, 99_999)),
        ("two and three others", Count(2, 2)),
        ("scores of men", Count(40, 99)),
    ],
)
def test_blurred_numbers_are_ranges(text: str, count: Count) -> None:
    words = text.split()
    found = read_count(words, 0, len(words))
    assert found is not None
    assert found[0] == count


def test_words_without_a_number_give_none() -> None:
    assert read_count(["some", "farmers"], 0, 2) is None
