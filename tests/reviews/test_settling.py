"""Whose verdict stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Review
from dragoman.reviews import constraints, review_id, settle, standing

START = datetime(2026, 3, 1, tzinfo=UTC)


def say(
    about: str, verdict: str, by: str = "Ann", minute: int = 0, field: str | None = None,
    value: str | None = None, other: str | None = None, sample: str | None = None,
) -> Review:  # fmt: skip
    at = START + timedelta(minutes=minute)
    return Review(f"{minute}{by}{field}", about, verdict, by, at, "", field, value, other, sample)


def test_nothing_said_settles_nothing() -> None:
    assert settle([]) == {}
    assert constraints([]) == (frozenset(), frozenset())


def test_the_newest_of_one_person_stands_in_whatever_order_it_comes() -> None:
    reviews = [say("e1", "wrong"), say("e1", "right", minute=2), say("e1", "wrong", "Bo", minute=1)]
    for order in permutations(reviews):
        one = settle(order)["e1"]
        assert (one.verdict, one.disputed, one.reviewers) == ("right", True, ("Ann",))


def test_the_majority_stands_even_against_the_newest() -> None:
    one = settle([say("e1", "wrong"), say("e1", "wrong", "Bo", 1), say("e1", "right", "Cy", 2)])["e1"]
    assert (one.verdict, one.disputed, one.reviewers) == ("wrong", True, ("Bo", "Ann"))


def test_two_who_agree_are_no_dispute() -> None:
    one = settle([say("e1", "right"), say("e1", "right", "Bo", 1, sample="seed 1")])["e1"]
    assert (one.verdict, one.disputed, one.drawn) == ("right", False, True)


def test_corrections_of_several_fields_stand_side_by_side() -> None:
    reviews = [
        say("e1", "right"),
        say("e1", "corrected", minute=1, field="mode", value='"visit"'),
        say("e1", "corrected", minute=2, field="status", value='"denied"'),
        say("e1", "corrected", minute=3, field="mode", value="null"),
    ]
    one = settle(reviews)["e1"]
    assert one.verdict == "corrected"
    assert dict(one.values) == {"mode": "null", "status": '"denied"'}


def test_who_finds_all_right_outvotes_one_correction_of_two() -> None:
    fix = say("e1", "corrected", field="mode", value='"visit"', minute=9)
    one = settle([fix, say("e1", "right", "Bo"), say("e1", "right", "Cy")])["e1"]
    assert (one.verdict, one.values, one.disputed) == ("right", (), True)


def test_a_correction_and_a_rejection_are_told_apart_before_fields_are_counted() -> None:
    reviews = [
        say("e1", "right"),
        say("e1", "corrected", "Bo", 1, "mode", '"visit"'),
        say("e1", "wrong", "Cy", 2),
    ]
    one = settle(reviews)["e1"]
    assert (one.verdict, dict(one.values), one.disputed) == ("corrected", {"mode": '"visit"'}, True)


def test_a_verdict_on_the_whole_takes_back_corrections() -> None:
    fix = say("e1", "corrected", field="mode", value='"visit"')
    assert settle([fix, say("e1", "right", minute=1)])["e1"].values == ()
    assert settle([fix, say("e1", "wrong", minute=1)])["e1"].verdict == "wrong"
    assert settle([say("e1", "wrong"), say("e1", "corrected", minute=1, field="mode", value="null")])[
        "e1"
    ].verdict == ("corrected")


def test_what_is_withdrawn_counts_no_more_and_only_by_the_same_person() -> None:
    assert settle([say("e1", "wrong"), say("e1", "withdrawn", minute=1)]) == {}
    assert settle([say("e1", "wrong"), say("e1", "withdrawn", "Bo", 1)])["e1"].verdict == "wrong"
    two = [
        say("e1", "corrected", field="mode", value="null"),
        say("e1", "corrected", minute=1, field="status", value='"denied"'),
        say("e1", "withdrawn", minute=2, field="mode"),
    ]
    assert dict(settle(two)["e1"].values) == {"status": '"denied"'}


def test_links_are_read_in_either_direction_and_the_newest_of_a_person_stands() -> None:
    same = say("b", "same", other="a")
    assert constraints([same]) == ({("a", "b")}, frozenset())
    assert constraints([same, say("a", "different", minute=1, other="b")]) == (frozenset(), {("a", "b")})
    assert constraints([same, say("a", "withdrawn", minute=1, other="b")]) == (frozenset(), frozenset())
    assert constraints([same, say("a", "withdrawn", minute=1)]) == (frozenset(), frozenset())
    assert constraints([same, say("a", "right", minute=1)])[0] == {("a", "b")}


def test_links_of_several_people_go_by_majority_and_of_a_tie_by_the_newest() -> None:
    yes, no = say("a", "same", other="b"), say("a", "different", "Bo", 1, other="b")
    assert constraints([yes, no]) == (frozenset(), {("a", "b")})
    assert constraints([yes, no, say("b", "same", "Cy", -5, other="a")])[0] == {("a", "b")}


def test_a_link_of_a_thing_with_itself_or_nothing_asks_for_nothing() -> None:
    assert constraints([say("a", "same", other="a"), say("a", "different")]) == (frozenset(), frozenset())


def test_links_say_nothing_of_right_and_wrong() -> None:
    assert settle([say("a", "same", other="b")]) == {}


reviews = st.lists(
    st.builds(
        say,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["right", "wrong", "corrected", "same", "different", "withdrawn"]),
        st.sampled_from(["Ann", "Bo", "Cy"]),
        st.integers(0, 50),
        st.sampled_from([None, "mode", "status"]),
        st.sampled_from(["null", '"x"']),
        st.sampled_from([None, "a", "b"]),
    ),
    max_size=12,
    unique_by=lambda one: (one.at, one.id),
)


@given(reviews, st.randoms())
def test_the_order_in_which_reviews_are_read_does_not_matter(ones: list[Review], chance: object) -> None:
    shuffled = sorted(ones, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert settle(ones) == settle(shuffled)
    assert constraints(ones) == constraints(shuffled)
    assert standing(standing(ones)) == standing(ones)
    must, must_not = constraints(ones)
    assert not must & must_not


def test_an_id_tells_what_is_said_and_nothing_else() -> None:
    one = say("e1", "wrong")
    assert review_id(one) == review_id(say("e1", "wrong"))
    assert review_id(one) != review_id(say("e1", "wrong", "Bo"))
    assert review_id(one) != review_id(say("e1", "wrong", minute=1))


def test_many_reviews_are_settled_in_time_that_grows_with_their_number() -> None:
    many = [say(f"e{number}", "wrong", f"P{number % 7}") for number in range(20_000)]
    many += [say(f"e{number}", "same", other=f"e{number + 1}") for number in range(5_000)]
    many += [say(f"e{number}", "withdrawn", minute=1) for number in range(5_000)]
    start = process_time()
    assert len(settle(many)) > 15_000
    assert process_time() - start < 5
