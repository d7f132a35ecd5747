"""Scores over single sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.errors import GoldError
from dragoman.evaluation import load_sentence_predictions, load_sentences, score_sentences

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "data" / "gsr" / "dev.jsonl"


def test_the_figures_are_those_of_the_reference_scorer_to_the_last_digit() -> None:
    gold = load_sentences(GOLD)
    scores = score_sentences(gold, load_sentence_predictions(HERE / "sentences.jsonl", gold))
    assert scores == json.loads((HERE / "sentences-expected.json").read_text(encoding="utf-8"))


def party(*codes: str) -> list[dict[str, str]]:
    return [{"country": code} for code in codes]


def who_whom(gold: tuple[list, list], predicted: tuple[list, list], tmp_path: Path) -> int:
    event = {"event_type": "AID", "actors": gold[0], "recipients": gold[1]}
    guess = {"event_type": "AID", "actors": predicted[0], "recipients": predicted[1]}
    (tmp_path / "gold").write_text(json.dumps({"sent_id": "s", **event}))
    (tmp_path / "pred").write_text(json.dumps({"sent_id": "s", "events": [guess]}))
    events = load_sentences(tmp_path / "gold")
    return int(score_sentences(events, load_sentence_predictions(tmp_path / "pred", events))["who_whom"]["n"])


def test_a_side_without_a_country_matches_anything(tmp_path: Path) -> None:
    assert who_whom((party("UNO"), party("NOR")), (party("SWE"), party("NOR")), tmp_path) == 1
    assert who_whom((party("USA"), party("NOR")), (party("SWE"), party("NOR")), tmp_path) == 0


def test_reciprocal_parties_may_be_spread_in_any_way(tmp_path: Path) -> None:
    both = party("NOR", "SWE")
    assert who_whom((both, []), (party("SWE"), party("NOR")), tmp_path) == 1
    assert who_whom((both, []), (both, both), tmp_path) == 1
    assert who_whom((both, []), (party("SWE"), party("FIN")), tmp_path) == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"sent_id": "x", "events": []}', "is not in the gold"),
        ("", "no line for 1 of 1 sentences"),
        ('{"sent_id": "s"}', "no list of events"),
        (
            '{"sent_id": "s", "events": [{"event_type": "FIGHT", "actors": [], "recipients": []}]}',
            "unknown type",
        ),
        (
            '{"sent_id": "s", "events": [{"event_type": "AID", "actors": [{"country": "no"}]}]}',
            "country code",
        ),
        ("{", "not JSON"),
    ],
)
def test_what_can_not_be_scored_is_refused(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "gold").write_text('{"sent_id": "s", "event_type": "AID", "actors": [], "recipients": []}')
    (tmp_path / "pred").write_text(line)
    gold = load_sentences(tmp_path / "gold")
    with pytest.raises(GoldError, match=said):
        load_sentence_predictions(tmp_path / "pred", gold)
