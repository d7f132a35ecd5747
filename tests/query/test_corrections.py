"""What people write into a correction."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.lexicon.codebook import load_codebook
from dragoman.query.corrections import FIELDS, in_words, read_value
from dragoman.query.days import LENGTHS, read_day
from dragoman.records import Precision


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("event_type", "aid", "AID"),
        ("mode", "Visit", "visit"),
        ("mode", "none", None),
        ("contexts", "military; diplomatic", ["military", "diplomatic"]),
        ("contexts", "", []),
        (
            "actors",
            "Armenia:gov, AZE",
            [{"country": "ARM", "sector": "GOV"}, {"country": "AZE", "sector": None}],
        ),
        ("recipients", "UNO", [{"country": "UNO", "sector": None}]),
        ("status", "Denied", "denied"),
        ("date", "2020-10-25", {"start": "2020-10-25", "end": "2020-10-25", "precision": "day"}),
        ("date", "2020-W43", {"start": "2020-10-19", "end": "2020-10-25", "precision": "week"}),
        ("date", "2020-02", {"start": "2020-02-01", "end": "2020-02-29", "precision": "month"}),
        ("date", "2020", {"start": "2020-01-01", "end": "2020-12-31", "precision": "year"}),
        ("date", "1990s", {"start": "1990-01-01", "end": "1999-12-31", "precision": "decade"}),
        (
            "date",
            "2020-06-01/2020-08-31",
            {"start": "2020-06-01", "end": "2020-08-31", "precision": "season"},
        ),
        ("date", "none", None),
        ("killed", "20", {"low": 20, "high": 20}),
        ("killed", "20-30", {"low": 20, "high": 30}),
        ("injured", "20+", {"low": 20, "high": None}),
        ("injured", "-", None),
    ],
)
def test_what_is_written_is_kept_as_data(field: str, text: str, value: object) -> None:
    kept = read_value(field, text, "CONSULT")
    assert json.loads(kept) == value
    assert read_value(field, kept, "CONSULT") == kept
    assert read_value(field, in_words(field, value), "CONSULT") == kept


def test_a_town_gets_its_coordinates_and_nothing_coarser_does() -> None:
    town = json.loads(read_value("place", "Ganja, AZE", "AID"))
    assert (town["precision"], town["geonames_id"]) == ("city", 586523)
    assert (round(town["lat"]), round(town["lon"])) == (41, 46)
    assert json.loads(read_value("place", "Azerbaijan", "AID"))["lat"] is None
    region = json.loads(read_value("place", "Vestland, NOR, admin1", "AID"))
    assert (region["precision"], region["lat"]) == ("admin1", None)
    assert json.loads(read_value("place", "Nowhere in Particular, AZE", "AID"))["lat"] is None
    assert json.loads(read_value("place", "Washington, D.C., USA", "AID"))["name"] == "Washington, D.C."


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("colour", "red"),
        ("event_type", "FOO"),
        ("event_type", "none"),
        ("mode", "visit"),
        ("status", "maybe"),
        ("contexts", "military, nonsense"),
        ("actors", "Atlantis"),
        ("actors", "ARM:XXX"),
        ("date", "yesterday"),
        ("date", "2020-13"),
        ("date", "2021-02-29"),
        ("date", "2020-10-25/2020-10-01"),
        ("date", "2020-01-01/2020-05-01 month"),
        ("date", "2020-W60"),
        ("date", "0000"),
        ("date", '{"start": 5, "end": 6, "precision": "day"}'),
        ("place", "Ganja"),
        ("place", "Ganja, Atlantis"),
        ("place", "city"),
        ("place", "x" * 1000 + ", AZE"),
        ("place", "[" * 100_000),
        ("killed", "many"),
        ("killed", "9" * 40),
        ("killed", "30-20"),
        ("killed", "-3"),
        ("killed", '{"low": [], "high": 1}'),
    ],
)
def test_what_the_codebook_does_not_have_is_refused_with_what_it_has(field: str, text: str) -> None:
    with pytest.raises(InputError) as fault:
        read_value(field, text, "AID")
    assert fault.value.remedy
    assert len(str(fault.value)) < 700


def test_every_type_and_mode_of_the_codebook_may_be_written() -> None:
    book = load_codebook()
    for kind in book.types:
        assert json.loads(read_value("event_type", kind, "AID")) == kind
        for mode in book.modes_of(kind):
            assert json.loads(read_value("mode", mode, kind)) == mode


@given(st.dates(date(1800, 1, 1), date(2100, 1, 1)), st.integers(0, 4000), st.sampled_from(Precision))
def test_a_span_of_days_is_read_as_it_is_written_or_refused(
    start: date, length: int, grain: Precision
) -> None:
    end = start + timedelta(days=length)
    if length >= LENGTHS[grain]:
        with pytest.raises(InputError):
            read_day(f"{start}/{end} {grain}")
    else:
        assert read_day(f"{start}/{end} {grain}") == {
            "start": str(start),
            "end": str(end),
            "precision": str(grain),
        }


KEYS = st.sampled_from(["start", "end", "low", "high", "country", "name", "precision", "sector"])
LEAVES = st.none() | st.text(max_size=3) | st.integers() | st.floats()
JSON = st.recursive(LEAVES, lambda one: st.lists(one) | st.dictionaries(KEYS, one)).map(json.dumps)


@given(st.sampled_from(FIELDS), st.text() | JSON)
def test_whatever_is_written_is_read_or_refused_and_never_half_read(field: str, text: Any) -> None:
    try:
        kept = read_value(field, text, "CONSULT")
    except InputError:
        return
    assert read_value(field, kept, "CONSULT") == kept
