"""Who to whom: pairs of sides are listed, told apart, and the likeliest is taken."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.events.pairs import KEPT, NOBODY, OPTIONS, PAIR_ROW, Pairs, nobody, options, pairs_of, pick
from dragoman.events.roles import ROW

ACTORS = np.array([[0.9, 0.2, 0.05], [0.1, 0.8, 0.05]], dtype=np.float32)
RECIPIENTS = np.array([[0.3, 0.7, 0.05], [0.6, 0.3, 0.05]], dtype=np.float32)


@pytest.fixture
def pairs() -> Pairs:
    rows = np.zeros((2, 3, len(ROW)), dtype=np.float32)
    rows[0, :, ROW.index("actor_best")] = [0.8, 0.1, 0.0]
    rows[0, :, ROW.index("actor_left")] = [0.1, 0.8, 0.9]
    return pairs_of(rows, ACTORS, RECIPIENTS)


def sides(pairs: Pairs, event: int) -> list[tuple[list[int], list[int]]]:
    """The pairs of an event that are no fillers, as lists of countries."""
    return [
        (np.flatnonzero(who).tolist(), np.flatnonzero(whom).tolist())
        for who, whom, fits in zip(pairs.who[event], pairs.whom[event], pairs.fits[event], strict=True)
        if fits
    ]


def test_the_likeliest_pairs_are_thought_of_and_none_twice(pairs):
    told = sides(pairs, 0)
    assert pairs.rows.shape == (2, KEPT, len(PAIR_ROW))
    assert ([0], [1]) in told
    assert ([0], []) in told
    assert ([0], [0]) in told
    assert len({str(one) for one in told}) == len(told)


def test_a_report_with_one_country_has_four_pairs():
    rows = np.zeros((1, 1, len(ROW)), dtype=np.float32)
    chance = np.array([[0.6]], dtype=np.float32)
    assert sorted(sides(pairs_of(rows, chance, chance), 0)) == [([], []), ([], [0]), ([0], []), ([0], [0])]


def test_options_go_by_rank():
    told, fits = options(ACTORS[:1])
    assert [np.flatnonzero(side).tolist() for side in told[0]] == [list(one) for one in OPTIONS]
    assert fits.all()
    assert not options(ACTORS[:1, :2])[1][0, 3]


def test_a_row_says_who_leads_each_side_and_what_they_do_elsewhere(pairs):
    at = sides(pairs, 0).index(([0], [1]))
    row = dict(zip(PAIR_ROW, pairs.rows[0, at].tolist(), strict=True))
    assert row["A_actor_best"] == pytest.approx(0.8)
    assert row["actor_link"] == pytest.approx(0.9)
    assert row["reverse_elsewhere"] == pytest.approx(0.8 * 0.6 + 0.2 * 0.3 - 0.2 * 0.3)
    assert row["next_R_acts"] == pytest.approx(0.8)
    assert row["before_A_acts"] == 0
    assert row["same"] == 0
    alone = dict(zip(PAIR_ROW, pairs.rows[0, sides(pairs, 0).index(([0], []))].tolist(), strict=True))
    assert alone["R_recipient_best"] == NOBODY
    assert alone["recipients"] == 0


def test_the_likeliest_pair_is_taken_and_no_filler(pairs):
    chances = np.zeros(pairs.fits.shape, dtype=np.float32)
    at = sides(pairs, 1).index(([1], [0]))
    chances[1, np.flatnonzero(pairs.fits[1])[at]] = 0.7
    taken = pick(pairs, chances)
    assert taken.who[1].tolist() == [False, True, False]
    assert taken.whom[1].tolist() == [True, False, False]
    assert taken.chances[1] == pytest.approx(0.7)


def test_where_no_country_is_named_nobody_is_taken_for_sure():
    taken = nobody(2)
    assert taken.who.shape == (2, 0)
    assert taken.chances.tolist() == [1, 1]
