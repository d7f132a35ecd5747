"""Leaving out what is not sure enough: links never lead to what is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.assemble import check_confidence, keep_confident
from dragoman.errors import InputError
from dragoman.records import EventMention, Span


def act(
    name: str, confidence: float | None, same_as: str | None = None, responds_to: str | None = None
) -> EventMention:
    at = int(name[1:])
    rules = (
        "triggers/x",
        *(["repeats/noun"] if same_as else []),
        *(["answers/mirrored"] if responds_to else []),
    )
    return EventMention(
        id=name,
        document_id="d",
        trigger=Span(at, at + 1),
        span=Span(at, at + 1),
        event_type="ASSAULT",
        rules=rules,
        confidence=confidence,
        same_as=same_as,
        responds_to=responds_to,
    )


def links(mentions: list[EventMention]) -> dict[str, tuple[str | None, str | None]]:
    return {one.id: (one.same_as, one.responds_to) for one in mentions}


def test_what_is_below_the_bar_falls_out_and_what_is_at_it_stays() -> None:
    mentions = [act("e1", 0.49), act("e2", 0.5), act("e3", None)]
    assert [one.id for one in keep_confident(mentions, 0.5)] == ["e2"]


def test_nothing_changes_where_nothing_falls_out() -> None:
    mentions = [act("e1", 0.9), act("e2", 0.8, same_as="e1"), act("e3", None, responds_to="e1")]
    assert keep_confident(mentions, 0.0) == mentions


def test_the_earliest_repeat_that_stays_becomes_the_first_telling() -> None:
    mentions = [
        act("e1", 0.2),
        act("e2", 0.1, same_as="e1"),
        act("e3", 0.9, same_as="e1"),
        act("e4", 0.9, same_as="e1"),
        act("e5", 0.9, responds_to="e1"),
    ]
    kept = keep_confident(mentions, 0.5)
    assert links(kept) == {"e3": (None, None), "e4": ("e3", None), "e5": (None, "e3")}
    assert kept[0].rules == ("triggers/x",)
    assert kept[1].rules == mentions[3].rules


def test_the_earliest_is_told_by_the_text_not_by_the_list() -> None:
    mentions = [act("e4", 0.9, same_as="e1"), act("e3", 0.9, same_as="e1"), act("e1", 0.2)]
    assert links(keep_confident(mentions, 0.5)) == {"e4": ("e3", None), "e3": (None, None)}


def test_an_answer_to_what_fell_out_points_to_nothing() -> None:
    kept = keep_confident([act("e1", 0.2), act("e2", 0.9, responds_to="e1")], 0.5)
    assert links(kept) == {"e2": (None, None)}
    assert kept[0].rules == ("triggers/x",)


def test_an_answer_to_its_own_repeat_does_not_come_to_answer_itself() -> None:
    both = replace(act("e2", 0.9, same_as="e1"), responds_to="e1")
    assert links(keep_confident([act("e1", 0.2), both], 0.5)) == {"e2": (None, None)}


@pytest.mark.parametrize("value", [-0.1, 1.01, float("nan"), float("inf"), "much", "", "0,5", None])
def test_a_bar_that_makes_no_sense_is_refused(value: float) -> None:
    with pytest.raises(InputError, match="from 0 to 1"):
        check_confidence(value)


numbers = st.integers(0, 7)
acts = st.lists(st.tuples(st.floats(0, 1), st.none() | numbers, st.none() | numbers), min_size=8, max_size=8)


@given(acts, st.floats(0, 1))
def test_whatever_falls_out_no_link_dangles_or_leads_to_a_repeat(
    told: list[tuple[float, int | None, int | None]], least: float
) -> None:
    firsts = {n for n, (_, same, _) in enumerate(told) if same is None or same >= n}

    def name(other: int | None, number: int) -> str | None:
        return f"e{other}" if other in firsts and other != number else None

    mentions = [
        act(f"e{n}", sure, name(same, n) if n not in firsts else None, name(answers, n))
        for n, (sure, same, answers) in enumerate(told)
    ]
    kept = keep_confident(mentions, least)
    assert [one.id for one in kept] == [one.id for one in mentions if (one.confidence or 0) >= least]
    roots = {one.id for one in kept if one.same_as is None}
    for one in kept:
        assert one.same_as is None or one.same_as in roots
        assert one.responds_to is None or one.responds_to in {other.id for other in kept} - {one.id}
        assert one.same_as != one.id
