"""What holds for modes, contexts, casualties and spans alike, on any trigger in any text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.events import casualties_of, contexts_of, load_codebook, mode_hints, span_of
from dragoman.parse import Parser
from dragoman.records import Document, Span

TEXT = (
    "VIK, March 4 - Norland recalled its envoy after İzmir's guns shelled 市 Vik, killing at least 20.\n\n"
    'Норвегия? "No," he said; «nobody» was hurt - two dozen had fled...\n\n\n 1,200 migrants'
)


@pytest.fixture(scope="module")
def doc(parser: Parser) -> Doc:
    return parser.parse(Document(id="test", text=TEXT))


@given(
    start=st.integers(0, len(TEXT) - 1),
    length=st.integers(0, 20),
    event=st.sampled_from(sorted(load_codebook().types)),
)
@settings(max_examples=150, deadline=None)
def test_any_words_may_be_a_trigger(doc: Doc, start: int, length: int, event: str) -> None:
    trigger = Span(start, min(start + length, len(TEXT)))
    codebook = load_codebook()
    modes = [hint.mode for hint in mode_hints(doc, trigger, event)]
    assert set(modes) <= set(codebook.modes_of(event))
    assert len(set(modes)) == len(modes)
    assert set(contexts_of(doc, trigger, event, modes[0] if modes else None)) <= set(codebook.contexts)
    casualties = casualties_of(doc, trigger, event)
    for count in (casualties.killed, casualties.injured):
        assert count is None or count.high is None or 0 <= count.low <= count.high
    assert span_of(doc, trigger).covers(trigger)


def test_asking_twice_changes_nothing(parse: Callable[[str], Doc]) -> None:
    once, twice = parse(TEXT), parse(TEXT)
    trigger = Span(TEXT.index("shelled"), TEXT.index("shelled") + 7)
    contexts_of(twice, trigger, "ACCUSE", None)
    casualties_of(twice, Span(0, 3), "ASSAULT")
    for ask in (once, twice):
        assert casualties_of(ask, trigger, "ASSAULT") == casualties_of(once, trigger, "ASSAULT")
        assert mode_hints(ask, trigger, "ASSAULT") == mode_hints(once, trigger, "ASSAULT")
