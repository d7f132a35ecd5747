"""Measured precision: shares, intervals and weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.query.intervals import stratified, wilson
from dragoman.query.measuring import BY, accuracy
from dragoman.query.sampling import draw
from dragoman.store import Corpus
from hand_record import Told, add_reviews, build, event_of, say

AIDS = [Told(f"aid{number}", "AID", outlet="TASS") for number in range(8)]
RAIDS = [Told(f"raid{number}", "ASSAULT") for number in range(2)]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return build(tmp_path / "corpus", [[one] for one in (*AIDS, *RAIDS)])


def ids(tellings: list[Told]) -> list[str]:
    return [event_of([one]).id for one in tellings]


def test_the_interval_is_wilsons() -> None:
    # The figures of Brown, Cai and DasGupta's formula, worked out by hand.
    low, high = wilson(0.5, 10)
    assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)
    low, high = wilson(0.9, 100)
    assert (round(low, 4), round(high, 4)) == (0.8256, 0.9448)
    low, high = wilson(1.0, 20)
    assert (round(low, 4), high) == (0.8389, 1.0)
    assert wilson(0.0, 0) == (0.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_narrows_with_n(found: tuple[int, int]) -> None:
    right, n = found
    low, high = wilson(right / n, n)
    assert 0 <= low <= right / n <= high <= 1
    wide, narrow = high - low, (lambda one: one[1] - one[0])(wilson(right / n, 4 * n))
    assert narrow < wide


def test_each_type_weighs_as_much_as_the_record_has_of_it() -> None:
    share, n = stratified({"AID": (10, 10), "ASSAULT": (0, 10)}, {"AID": 90, "ASSAULT": 10, "RETREAT": 50})
    assert share == pytest.approx(0.9)
    assert n == pytest.approx(1 / (0.81 / 10 + 0.01 / 10))
    assert stratified({"AID": (3, 6)}, {"AID": 90}) == (0.5, pytest.approx(6))
    assert stratified({}, {"AID": 90}) == (0.0, 0.0)


SAMPLES = st.integers(1, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.dictionaries(st.sampled_from("abc"), SAMPLES, min_size=1), st.integers(1, 1000))
def test_weights_never_make_a_sample_worth_more_than_it_is(
    found: dict[str, tuple[int, int]], size: int
) -> None:
    share, n = stratified(found, dict.fromkeys(found, size))
    assert 0 <= share <= 1
    assert 0 < n <= sum(n for _, n in found.values()) + 1e-9


def test_nothing_reviewed_gives_no_share(corpus: Corpus) -> None:
    for by in BY:
        found = accuracy(corpus.at(), by)
        assert (found.total.n, found.total.share, found.total.few, found.drawn) == (0, None, True, False)
    assert {one.name: one.events for one in accuracy(corpus.at()).rates} == {"AID": 8, "ASSAULT": 2}


def test_precision_by_type_is_weighted_to_the_whole(corpus: Corpus) -> None:
    first, second = ids(AIDS)[:2]
    raid = ids(RAIDS)[0]
    add_reviews(
        corpus,
        say(first, "right", sample="seed 1"),
        say(second, "corrected", field="status", value='"denied"', sample="seed 1"),
        say(raid, "wrong", sample="seed 1"),
    )
    found = accuracy(corpus.at())
    assert found.total.share == pytest.approx(0.8)
    assert (found.total.n, found.total.right, found.covered, found.drawn) == (3, 2, 1.0, True)
    aid, raids = found.rates
    assert (aid.name, aid.n, aid.right, aid.share, aid.few) == ("AID", 2, 2, 1.0, True)
    assert (raids.share, raids.low) == (0.0, 0.0)
    assert raids.high is not None
    assert raids.high > 0.7


def test_a_corrected_type_is_wrong_as_an_event_of_the_type_that_the_program_gave(corpus: Corpus) -> None:
    add_reviews(corpus, say(ids(AIDS)[0], "corrected", field="event_type", value='"ASSAULT"', sample="s"))
    (aid, _) = accuracy(corpus.at()).rates
    assert (aid.name, aid.n, aid.right) == ("AID", 1, 0)


def test_fields_count_over_events_that_are_right_and_have_them(corpus: Corpus) -> None:
    one, two, three, four = ids(AIDS)[:4]
    add_reviews(
        corpus,
        say(one, "right", sample="s"),
        say(two, "corrected", field="status", value='"denied"', sample="s"),
        say(three, "wrong", sample="s"),
        say(four, "corrected", field="place", value='"Ganja, AZE"', sample="s"),
    )
    rates = {rate.name: rate for rate in accuracy(corpus.at(), "field").rates}
    assert (rates["status"].n, rates["status"].right) == (3, 2)
    assert (rates["date"].n, rates["date"].right) == (3, 3)
    assert (rates["place"].n, rates["place"].right) == (1, 0)  # missing where it ought to be
    assert rates["killed"].share is None


def test_what_people_picked_does_not_speak_for_what_was_drawn(corpus: Corpus) -> None:
    one, two, three = ids(AIDS)[:3]
    add_reviews(corpus, say(one, "wrong"), say(two, "wrong"))
    picked = accuracy(corpus.at())
    assert (picked.drawn, picked.total.n, picked.total.share) == (False, 2, 0.0)
    add_reviews(corpus, say(three, "right", sample="seed 1"))
    found = accuracy(corpus.at())
    assert (found.drawn, found.total.n, found.total.share, found.passed_over) == (True, 1, 1.0, 2)
    assert accuracy(corpus.at(), picked=True).total.n == 3


def test_outlets_years_and_statuses(corpus: Corpus) -> None:
    add_reviews(corpus, say(ids(AIDS)[0], "wrong", sample="s"), say(ids(RAIDS)[0], "right", sample="s"))
    outlets = {rate.name: (rate.events, rate.n, rate.share) for rate in accuracy(corpus.at(), "outlet").rates}
    assert outlets == {"TASS": (8, 1, 0.0), "AFP": (2, 1, 1.0)}
    (year,) = accuracy(corpus.at(), "year").rates
    assert (year.name, year.events, year.n) == ("2021", 10, 2)
    (status,) = accuracy(corpus.at(), "status").rates
    assert (status.name, status.share) == ("asserted", pytest.approx(0.2))
    with pytest.raises(InputError):
        accuracy(corpus.at(), "moon")


def test_a_draw_takes_of_each_type_and_is_the_same_for_everyone(corpus: Corpus) -> None:
    snapshot = corpus.at()
    four = draw(snapshot, 4, seed=7)
    assert draw(corpus.at(), 4, seed=7) == four
    assert len(set(four) & set(ids(RAIDS))) == 2
    assert set(four) < set(draw(snapshot, 8, seed=7))
    assert set(draw(snapshot, 99)) == set(ids(AIDS)) | set(ids(RAIDS))
    assert set(draw(snapshot, 99, types=["ASSAULT"])) == set(ids(RAIDS))
    assert draw(snapshot, 0) == []
    assert len({tuple(draw(snapshot, 3, seed=seed, types=["AID"])) for seed in range(9)}) > 1
