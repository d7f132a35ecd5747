"""Each row of the table of status operators proves itself on its own two sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from dragoman.attribution.status import EFFECTS, OperatorRow, StatusHint, status_hints
from dragoman.lexicon import read_table
from dragoman.records import Span, Status

ROWS = read_table("status_operators.tsv", OperatorRow)


def hint_for(parse: Callable[[str], Doc], marked: str) -> StatusHint:
    """The hint for the one trigger, which stands in square brackets."""
    before, _, rest = marked.partition("[")
    trigger, _, after = rest.partition("]")
    span = Span(len(before), len(before) + len(trigger))
    return status_hints(parse(before + trigger + after), [span])[0]


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_row_fires_in_its_example(row: OperatorRow, parse: Callable[[str], Doc]) -> None:
    hint = hint_for(parse, row.example)
    assert f"status_operators/{row.id}" in hint.rules
    assert hint.status == (Status(row.gives) if row.gives else None)


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_row_is_silent_in_its_counterexample(row: OperatorRow, parse: Callable[[str], Doc]) -> None:
    assert f"status_operators/{row.id}" not in hint_for(parse, row.but_not).rules


def test_ids_are_unique_and_effects_known() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert {row.effect for row in ROWS} <= {*EFFECTS, "open"}


def test_what_a_modal_asks_for_has_not_happened(read):
    document, doc = read("Norland should send its aid to the rebels, the minister said.")
    spans = [Span(8, 14), Span(15, 19)]
    assert [one.cut(document.text) for one in spans] == ["should", "send"]
    asked = status_hints(doc, spans, ["REQUEST", "AID"])[1]
    assert (asked.status, asked.sure) == (Status.REQUESTED, True)
    assert not status_hints(doc, spans[1:], ["AID"])[0].sure
