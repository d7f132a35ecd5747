"""The clause that holds a trigger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.events.spans import span_of
from dragoman.parse import Parser
from dragoman.records import Document, Span


def cut(doc: Doc, trigger: str) -> str:
    start = doc.text.index(trigger)
    return span_of(doc, Span(start, start + len(trigger))).cut(doc.text)


@pytest.mark.parametrize(
    ("text", "trigger", "words"),
    [
        (
            "Norway said Swedish guns shelled the town of Vik.",
            "shelled",
            "Swedish guns shelled the town of Vik",
        ),
        ("It was quiet. Norway recalled its envoy. He left.", "recalled", "Norway recalled its envoy"),
    ],
)
def test_the_span_is_the_clause_around_the_trigger(
    parse: Callable[[str], Doc], text: str, trigger: str, words: str
) -> None:
    assert cut(parse(text), trigger) == words


def test_a_trigger_at_the_end_of_the_text_has_a_span(parse: Callable[[str], Doc]) -> None:
    assert "talks" in cut(parse("Oslo, Stockholm and talks"), "talks")


TEXT = (
    "Norway recalled its ambassador from Sweden after Swedish guns shelled Vik, killing two.\n\n"
    "Норвегия 抗议 İzmir."
)


@pytest.fixture(scope="module")
def mixed(parser: Parser) -> Doc:
    return parser.parse(Document(id="test", text=TEXT))


@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(1, 12))
@settings(max_examples=200, deadline=None)
def test_a_span_always_covers_its_trigger_and_lies_in_the_text(mixed: Doc, start: int, length: int) -> None:
    trigger = Span(start, min(start + length, len(TEXT)))
    span = span_of(mixed, trigger)
    assert span.covers(trigger)
    assert span.end <= len(TEXT)
