"""Grouping: the same happenings in any order and in pieces; reviews are obeyed; merging can be undone."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.assemble import (
    Group,
    Sketch,
    block_keys,
    candidate_pairs,
    components,
    group,
    judge,
    linked,
    near,
    sketch_of,
)
from happenings import day, row

TOWNS = (None, "Senafe, ERI", "Badme, ERI")
ACTS = (
    ("ASSAULT/heavy-weapons", ("shelled", "bombardment", "attack")),
    ("CONSULT", ("met", "talks", "visit")),
    ("SANCTION/withdraw", ("recalled", "withdrew")),
    ("REQUEST", ("demanded", "urged")),
)
SIDES = ("ERI>ETH", "ETH>ERI", "ERI>", ">ETH", "ERI;ETH>ERI;ETH")


@st.composite
def mentions(draw: st.DrawFn) -> list[Sketch]:
    """Up to fourteen mentions of few parties, towns and days, so that many are alike."""
    made = []
    for number in range(draw(st.integers(1, 14))):
        act, words = draw(st.sampled_from(ACTS))
        dated = draw(st.one_of(st.none(), st.integers(0, 4)))
        made.append(
            sketch_of(
                row(
                    f"d{draw(st.integers(0, 6))}",
                    act,
                    draw(st.sampled_from(SIDES)),
                    draw(st.sampled_from(words)),
                    at=20 * number,
                    when=None if dated is None else day(dated),
                    where=draw(st.sampled_from(TOWNS)),
                    killed=draw(st.sampled_from((None, 4, 9))),
                    status=draw(st.sampled_from(("asserted", "denied", "planned"))),
                    published=day(draw(st.integers(0, 6))),
                )
            )
        )
    return made


def keys_of(groups: list[Group]) -> list[tuple[str, ...]]:
    """The mention keys of each group."""
    return [one.keys for one in groups]


@given(mentions(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_mentions_does_not_matter(sketches: list[Sketch], dice: random.Random) -> None:
    shuffled = list(sketches)
    dice.shuffle(shuffled)
    assert group(sketches) == group(shuffled)


@given(mentions(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_component_by_component_is_the_same_as_all_at_once(
    sketches: list[Sketch], dice: random.Random
) -> None:
    parts = components(sketches)
    assert sorted(place for part in parts for place in part) == list(range(len(sketches)))
    dice.shuffle(parts)
    apart = [made for part in parts for made in group([sketches[place] for place in part])]
    assert sorted(keys_of(apart)) == sorted(keys_of(group(sketches)))


@given(mentions())
@settings(max_examples=60, deadline=None)
def test_mention_by_mention_is_the_same_as_all_at_once(sketches: list[Sketch]) -> None:
    """Each new mention regroups only the components that it touches."""
    held: list[list[Sketch]] = []
    for new in sketches:
        touched = [part for part in held if any(is_linked(new, one) for one in part)]
        held = [part for part in held if part not in touched]
        held.append([new, *(one for part in touched for one in part)])
    apart = [made for part in held for made in group(part)]
    assert sorted(keys_of(apart)) == sorted(keys_of(group(sketches)))


def is_linked(one: Sketch, two: Sketch) -> bool:
    """Whether the two stand in one component."""
    return bool(linked([one, two]))


@given(mentions())
@settings(max_examples=60, deadline=None)
def test_each_mention_is_in_one_group_and_joins_make_a_tree(sketches: list[Sketch]) -> None:
    groups = group(sketches)
    assert sorted(one for made in groups for one in made.members) == sorted(
        one.mention_id for one in sketches
    )
    for made in groups:
        assert [join.mention_id for join in made.joins] == list(made.members)
        assert made.joins[0].to is None
        above = {join.mention_id: join.to for join in made.joins}
        for member in made.members:
            seen = set()
            while (to := above[member]) is not None:
                assert to not in seen
                seen.add(to)
                member = to
            assert member == made.members[0]


@given(mentions())
@settings(max_examples=60, deadline=None)
def test_candidates_are_exactly_the_near_pairs_that_share_a_key(sketches: list[Sketch]) -> None:
    expected = [
        (one, two)
        for one, two in combinations(range(len(sketches)), 2)
        if set(block_keys(sketches[one])) & set(block_keys(sketches[two]))
        and near(sketches[one], sketches[two])
    ]
    assert sorted(candidate_pairs(sketches)) == expected


@given(mentions())
@settings(max_examples=100, deadline=None)
def test_judging_does_not_depend_on_who_comes_first(sketches: list[Sketch]) -> None:
    turned = {"same": "same", "more_exact": "less_exact", "less_exact": "more_exact"}
    for one, two in combinations(sketches, 2):
        there, back = judge(one, two), judge(two, one)
        assert (there is None) == (back is None)
        assert near(one, two) == near(two, one)
        if there is not None and back is not None:
            assert (there.score, there.why) == (back.score, back.why)
            assert there.relation == turned[back.relation]


@given(mentions(), st.data())
@settings(max_examples=60, deadline=None)
def test_reviews_are_obeyed(sketches: list[Sketch], data: st.DataObject) -> None:
    keys = sorted({one.key for one in sketches})
    pairs = st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=4)
    must_not = [pair for pair in data.draw(pairs) if pair[0] != pair[1]]
    must = [pair for pair in data.draw(pairs) if pair[0] != pair[1]]
    groups = group(sketches, must, must_not)
    at = {key: number for number, made in enumerate(groups) for key in made.keys}
    assert all(at[one] != at[two] for one, two in must_not)
    if not must_not:
        assert all(at[one] == at[two] for one, two in must)
    assert group(sketches[::-1], must[::-1], must_not[::-1]) == groups


def two_meetings(**more: Any) -> list[Sketch]:
    return [
        sketch_of(row("a", "CONSULT", "ARM>AZE", "met", when=day())),
        sketch_of(row("b", "CONSULT", "ARM>AZE", "met", when=day(), published=day(1), **more)),
    ]


def test_a_merge_is_undone_by_a_review_and_by_taking_the_review_back() -> None:
    sketches = two_meetings()
    pair = (sketches[0].key, sketches[1].key)
    assert len(group(sketches)) == 1
    assert len(group(sketches, must_not=[pair])) == 2
    assert group(sketches) == group(sketches, (), ())


def test_what_a_reviewer_joins_is_joined_whatever_speaks_against_it() -> None:
    sketches = [
        sketch_of(row("a", "CONSULT", "ARM>AZE", "met", when=day())),
        sketch_of(row("b", "ASSAULT", "SDN>TCD", "raid", when=day(300), published=day(301))),
    ]
    made = group(sketches, must=[(sketches[0].key, sketches[1].key)])
    assert len(made) == 1
    assert made[0].joins[1].why == ("a reviewer says that they are one",)
    assert made[0].joins[1].score == 1.0


def test_two_groups_that_exclude_each_other_are_not_chained_by_a_vague_mention() -> None:
    """'In October ministers met' might be either meeting; it joins one, and does not make them one."""
    month = (day(-4), day(26))
    sketches = [
        sketch_of(row("a", "CONSULT", "ARM>AZE", "met", when=day(), where="Vienna, AUT")),
        sketch_of(row("b", "CONSULT", "ARM>AZE", "met", when=day(7), where="Vienna, AUT", published=day(7))),
        sketch_of(row("c", "CONSULT", "ARM>AZE", "met", when=month, where="Vienna, AUT", published=day(90))),
    ]
    assert len(components(sketches)) == 1
    at = {member: number for number, made in enumerate(group(sketches)) for member in made.members}
    assert at["a-10-CONSULT"] != at["b-10-CONSULT"]


def test_the_first_by_rank_founds_the_group() -> None:
    sketches = two_meetings()
    rank = {sketches[0].mention_id: 8, sketches[1].mention_id: 3}
    assert group(sketches, rank=rank)[0].members == ("b-10-CONSULT", "a-10-CONSULT")
    assert group(sketches)[0].members == ("a-10-CONSULT", "b-10-CONSULT")


def test_a_mention_that_tells_more_is_joined_as_the_more_exact_one() -> None:
    sketches = two_meetings(where="Vienna, AUT")
    join = group(sketches)[0].joins[1]
    assert (join.to, join.relation) == ("a-10-CONSULT", "more_exact")
    assert "same day" in join.why


def test_no_mentions_make_no_groups() -> None:
    assert group([]) == []
    assert components([]) == []
