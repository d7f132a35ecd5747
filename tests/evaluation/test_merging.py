"""The figures of merging on examples that were worked out by hand."""

import pytest

from dragoman.evaluation.merging import Told, intervals, missed_pairs, score_merging, tally, wrong_pairs


def mentions(*rows: str) -> list[Told]:
    """One mention for each 'report happening event'."""
    return [Told(f"m{number}", *row.split()) for number, row in enumerate(rows)]


def test_perfect_merging_is_right_in_everything() -> None:
    score = score_merging(mentions("a flood e1", "b flood e1", "c flood e1", "a strike e2"))
    assert (score.precision, score.recall, score.f1) == (1, 1, 1)
    assert (score.b_cubed_precision, score.b_cubed_recall, score.b_cubed_f1) == (1, 1, 1)
    assert (score.false_merges, score.strays) == (0, 0)
    assert (score.pairs_gold, score.pairs_given, score.pairs_right, score.merged) == (3, 3, 3, 3)


def test_one_stray_mention_in_a_large_event() -> None:
    # Event e1 holds three mentions of the raid and one of the march; a fourth of the raid is left alone.
    score = score_merging(mentions("a raid e1", "b raid e1", "c raid e1", "d march e1", "e raid e2"))
    assert (score.pairs_gold, score.pairs_given, score.pairs_right) == (6, 6, 3)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    # Purity 3/4 three times, 1/4 for the march, 1 for the one alone: 3.5 of 5.
    assert score.b_cubed_precision == pytest.approx(0.7)
    # Three mentions see 3/4 of their happening, the march all of its own, the one alone 1/4: 3.5 of 5.
    assert score.b_cubed_recall == pytest.approx(0.7)
    assert score.b_cubed_f1 == pytest.approx(0.7)
    assert score.merged == 4
    assert score.false_merges == 1
    assert score.strays == 0.25


def test_pairs_within_one_report_do_not_count_as_pairs() -> None:
    # The report tells the raid twice; only its two pairs with the other report are asked for.
    score = score_merging(mentions("a raid e1", "a raid e1", "b raid e2"))
    assert (score.pairs_gold, score.pairs_given) == (2, 0)
    assert score.precision is None
    assert score.recall == 0
    assert score.b_cubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert (score.merged, score.false_merges) == (2, 0)


def test_a_false_merge_within_one_report_is_false_too() -> None:
    score = score_merging(mentions("a raid e1", "a march e1", "b raid e2"))
    assert score.pairs_given == 0
    assert score.false_merges == 1
    assert score.strays == 0.5


def test_nothing_merged_leaves_precision_and_false_merges_open() -> None:
    score = score_merging(mentions("a raid e1", "b march e2"))
    assert (score.precision, score.recall, score.f1, score.false_merges) == (None, None, None, None)
    assert score.b_cubed_f1 == 1


def test_no_mentions_leave_all_open() -> None:
    score = score_merging([])
    assert (score.f1, score.b_cubed_f1, score.mentions) == (None, None, 0)
    assert intervals([]) == {}


def test_tallies_of_parts_add_up_to_the_whole() -> None:
    told = mentions("a raid e1", "b raid e1", "c march e1", "d march e3")
    one, two, three, four = tally(told)
    assert (one.gold, one.given, one.right) == (1, 2, 1)
    assert (three.gold, three.given, three.right, three.stray) == (1, 2, 0, True)
    assert (one + two + three + four).merged == 3


def test_a_part_is_scored_beside_the_others() -> None:
    told = [Told("m1", "a", "raid", "e1", "x"), Told("m2", "b", "march", "e1", "y")]
    score = score_merging(told, {"x"})
    # The false pair counts for the part by its one end.
    assert (score.mentions, score.merged, score.false_merges, score.precision) == (1, 1, 1, 0)
    assert score_merging(told, {"z"}).mentions == 0


def test_errors_are_listed_pair_by_pair() -> None:
    told = mentions("a raid e1", "b raid e2", "b march e1", "a raid e3")
    assert [(x.mention, y.mention) for x, y in wrong_pairs(told)] == [("m0", "m2")]
    # Mentions 0 and 3 stand in one report: no pair is asked for between them.
    assert [(x.mention, y.mention) for x, y in missed_pairs(told)] == [("m0", "m1"), ("m1", "m3")]


def test_intervals_hold_the_figure_and_shrink_to_it_where_all_sets_are_alike() -> None:
    told = [
        Told(f"{part}{report}", f"{part}{report}", f"{part} raid", event, part)
        for part in "xyz"
        for report, event in (("1", f"{part} e1"), ("2", f"{part} e1"), ("3", f"{part} e2"))
    ]
    bounds = intervals(told)
    assert bounds["recall"] == pytest.approx((1 / 3, 1 / 3))
    told[0] = Told("x1", "x1", "x raid", "x e3", "x")
    low, high = intervals(told)["recall"]
    assert low < (score_merging(told).recall or 0) < high
