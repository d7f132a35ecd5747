"""Every row of the tie rules fires in its example and not in what it must not fire in."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dragoman.lexicon import cells, read_table
from dragoman.records import Precision, Status, TimeRef
from dragoman.ties import TieEvidence, steps_of, tie_kinds
from dragoman.ties.rules import RuleRow

ROWS = read_table("tie_rules.tsv", RuleRow)
DAY = TimeRef(date(2020, 5, 1), date(2020, 5, 1), Precision.DAY, "day")


def told(sentence: str, row: RuleRow, status: Status = Status.ASSERTED) -> TieEvidence:
    """The evidence that a sentence with its trigger in brackets gives, with the row's first type."""
    found = re.search(r"\[(.+?)\]", sentence)
    assert found, sentence
    body = "League" in sentence
    person = re.search(r"Ola Vik", sentence)
    return TieEvidence(
        event_id="e1",
        event_type=next(iter(cells(row.types))),
        mode=next(iter(cells(row.modes)), None),
        contexts=cells(row.contexts),
        status=status,
        actors=("NOR",),
        recipients=("IGO",) if body else ("SUD",),
        recipient_names=("League",) if body else (person[0],) if person else (),
        recipient_persons=(person[0],) if person else (),
        date=DAY,
        reported=date(2020, 5, 2),
        before=sentence[: found.start()],
        trigger=found[1],
        after=sentence[found.end() :],
        place="Vik" if " Vik" in sentence else "",
        place_country="SUD",
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_row_fires_in_its_example_and_not_in_what_it_must_not(row: RuleRow) -> None:
    fired = [step for step in steps_of(told(row.example, row)) if step.rule == f"tie_rules/{row.id}"]
    assert fired, row.example
    assert {step.kind for step in fired} == {row.kind}
    assert {step.step for step in fired} == {row.step}
    silent = [step.rule for step in steps_of(told(row.but_not, row))]
    assert f"tie_rules/{row.id}" not in silent, row.but_not


@pytest.mark.parametrize("status", [Status.PLANNED, Status.REQUESTED, Status.POSSIBLE, Status.UNKNOWN])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_what_has_not_happened_changes_no_tie(row: RuleRow, status: Status) -> None:
    assert steps_of(told(row.example, row, status)) == []


def test_a_negated_opening_confirms_that_the_tie_is_closed() -> None:
    [row] = [row for row in ROWS if row.id == "border-opened"]
    [step] = steps_of(told(row.example, row, Status.NEGATED))
    assert (step.step, step.state) == ("confirmed", "closed")


def test_a_denied_opening_leaves_the_tie_contested() -> None:
    [row] = [row for row in ROWS if row.id == "ceasefire-agreed"]
    [step] = steps_of(told(row.example, row, Status.DENIED))
    assert step.state == "contested"


def test_the_directed_kinds_have_their_giver_first() -> None:
    by_id = {row.id: row for row in ROWS}
    recalled, expelled = (
        next(step for step in steps_of(told(by_id[name].example, by_id[name])) if step.kind == "ambassador")
        for name in ("ambassador-recalled", "ambassador-expelled")
    )
    assert recalled.sides == ("NOR", "SUD")
    assert expelled.sides == ("SUD", "NOR")


def test_every_kind_has_a_row_that_opens_or_confirms_it_or_is_told_by_statements_alone() -> None:
    ruled = {row.kind for row in ROWS}
    assert ruled <= set(tie_kinds())
    assert set(tie_kinds()) - ruled <= {"territorial_claim"}
