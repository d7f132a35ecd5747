"""Each row of the table of dealings fires for its example and not for its counterexample."""

from __future__ import annotations

import pytest

from dragoman.lexicon import read_table
from dragoman.lexicon.codebook import load_codebook
from dragoman.query.dealings import DealingRow, dealing_of, rules
from dragoman.query.ground import Row
from dragoman.records import Status

ROWS = read_table("dealings.tsv", DealingRow)


def read_act(text: str) -> tuple[Row, str, str | None]:
    """'self REJECT assist asserted answers AGREE' as an event, its doer and the type of what it answers."""
    act, _, answered = text.partition(" answers ")
    doer, event_type, *rest = act.split()
    status = next(one for one in rest if one in set(Status))
    mode = next((one for one in rest if one != status), None)
    return {"event_type": event_type, "mode": mode, "status": status}, doer, answered or None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_fires_for_its_example_alone(row: DealingRow) -> None:
    (rule,) = (one for one in rules() if one.id == row.id)
    assert rule.fires(*read_act(row.example))
    assert dealing_of(*read_act(row.example)) == row.dealing
    assert not rule.fires(*read_act(row.but_not))


def test_rows_speak_in_codes_of_the_codebook() -> None:
    book = load_codebook()
    for rule in rules():
        assert rule.event_types <= set(book.types)
        assert rule.modes <= {mode for name in rule.event_types for mode in book.modes_of(name)}
        assert rule.statuses <= set(Status)
        assert rule.answers <= {*book.types, "-"}
        assert rule.doer in ("self", "other")


def test_rows_of_one_dealing_say_it_alike() -> None:
    phrases = {(rule.dealing, rule.phrase) for rule in rules()}
    assert len(phrases) == len({rule.dealing for rule in rules()})
    assert all("{other}" in phrase for _, phrase in phrases)
