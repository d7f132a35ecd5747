"""Two states side by side: the answer says what the reports say, and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.query import Comparison, Record, compare, open_ground
from dragoman.query.weighing import weigh, weightiest
from stories import Act, event_id
from war import ARM, ISR, war


@pytest.fixture(scope="module")
def answer(record: Record) -> Comparison:
    return compare(record.ground, "Armenia", "Azerbaijan", "Israel")


def dealt(answer: Comparison, side: str, dealing: str) -> list[str]:
    (row,) = (one for one in answer.dealings if (one["side"], one["dealing"]) == (side, dealing))
    assert row["count"] == len(row["ids"])
    return [str(one) for one in row["ids"]]


@pytest.mark.parametrize(
    ("side", "dealing", "names"),
    [
        ("AZE", "took", ["food", "drones"]),
        ("ARM", "took", []),
        ("ARM", "refused", ["refusal"]),
        ("AZE", "refused", []),
        ("ARM", "was offered", ["offer"]),
        ("ARM", "asked", ["ask-stop"]),
        ("ARM", "was refused", ["no-stop"]),
        ("AZE", "backed", ["thanks"]),
        ("ARM", "cut", ["recall"]),
        ("ARM", "accused", ["accuse"]),
    ],
)
def test_each_dealing_has_its_events(answer: Comparison, side: str, dealing: str, names: list[str]) -> None:
    assert dealt(answer, side, dealing) == [event_id(name) for name in names]


def test_the_headline_tells_who_took_and_who_refused(answer: Comparison) -> None:
    first = answer.differences[0]
    assert first["text"] == (
        "Unlike Armenia, which refused humanitarian help of Israel (1 event), "
        "Azerbaijan took humanitarian help from Israel (1 event)."
    )
    assert first["events"] == [event_id("food")]
    assert first["others"] == [event_id("refusal")]


def test_help_that_is_told_only_with_its_refusal_was_not_taken(tmp_path: Path) -> None:
    """'Armenia refused an Israeli offer of aid': the coder may take 'aid' for an act."""
    story = war()
    story.report(
        "Euronews",
        "2020-11-04",
        "Armenia has turned down Israeli deliveries of relief.",
        Act("no-relief", "turned down", "REJECT", [ARM], [ISR], "assist", contexts=("humanitarian",)),
        Act("relief", "deliveries", "AID", [ISR], [ARM], contexts=("humanitarian",)),
    )
    answer = compare(open_ground(story.write(tmp_path / "corpus")), "ARM", "AZE", "ISR")
    assert dealt(answer, "ARM", "took") == []
    assert event_id("relief") in dealt(answer, "ARM", "was offered")
    assert answer.differences[0]["about"] == "took and refused"


def test_every_difference_but_that_of_ties_names_the_events_that_it_counts(answer: Comparison) -> None:
    for row in answer.differences:
        assert row["events"] or row["about"] == "arms_supply"


def test_a_refusal_is_shown_with_what_it_answers(answer: Comparison) -> None:
    (row,) = (one for one in answer.dealings if one["side"] == "ARM" and one["dealing"] == "refused")
    (event,) = row["events"]
    assert event["words"].startswith("Pashinyan refused the Israeli aid")
    assert event["chain"] == ["Nikol Pashinyan", "The Jerusalem Post"]
    assert event["answers"]["words"] == "President Rivlin offered Armenia humanitarian aid on Monday"


def test_the_balance_holds_every_event_that_happened_once(answer: Comparison) -> None:
    for side in answer.sides:
        for way in ("toward", "from"):
            (total,) = (one for one in answer.sums if (one["side"], one["way"]) == (side, way))
            assert sum(row[f"{side}_{way}"] for row in answer.balance) == total["happened"]
    assert answer.balance[-1]["bin"] is None


def test_ties_stand_as_on_the_day(record: Record, answer: Comparison) -> None:
    assert answer.on == date(2020, 11, 5)
    assert [(row["side"], row["kind"], row["state_on"]) for row in answer.ties] == [
        ("ARM", "ambassador", "closed"),
        ("AZE", "arms_supply", "open"),
    ]
    before = compare(record.ground, "ARM", "AZE", "ISR", on="2020-09-20")
    assert [row["state_on"] for row in before.ties if row["kind"] == "ambassador"] == ["open"]


def test_the_order_of_the_two_changes_no_count(record: Record, answer: Comparison) -> None:
    other = compare(record.ground, "AZE", "ARM", "ISR")
    assert {row["text"] for row in other.differences} == {row["text"] for row in answer.differences}


def test_three_different_countries_are_needed(record: Record) -> None:
    with pytest.raises(InputError, match="three different countries"):
        compare(record.ground, "ARM", "Armenia", "ISR")
    with pytest.raises(InputError, match="there is no country 'Pashinyan'"):
        compare(record.ground, "ARM", "Pashinyan", "ISR")


def test_an_older_version_has_no_differences_yet(tmp_path: Path) -> None:
    folder = war().write(tmp_path / "corpus")
    answer = compare(open_ground(folder, version=1), "ARM", "AZE", "ISR")
    assert not answer.acts
    assert not answer.differences


def event(**given: object) -> dict[str, object]:
    plain = {"id": "e1", "event_type": "AID", "origin_count": 1, "score": 0.0, "responds_to": None}
    return {**plain, "status": "asserted", "denials": 0, **given}


def test_what_weighs_more() -> None:
    assert weigh(event(origin_count=4)) > weigh(event(origin_count=2)) > weigh(event())
    assert weigh(event(score=-9.0)) > weigh(event(score=2.0))
    assert weigh(event(responds_to="e0")) == weigh(event(), {"e1"}) > weigh(event())
    assert weigh(event(), contrast=1.0) > weigh(event(), contrast=0.2)
    assert weigh(event(status="planned")) < weigh(event(denials=1)) < weigh(event())


def test_one_type_does_not_crowd_out_the_others() -> None:
    events = [event(id=f"a{number}", score=9.0) for number in range(10)]
    events += [event(id="b", event_type="REJECT", score=-2.0)]
    assert "b" in {row["id"] for row in weightiest(events, 6)}
