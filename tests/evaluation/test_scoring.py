"""The scorer: figures as published, and what each of them means."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import GoldError
from dragoman.evaluation import GoldDocument, GoldEvent, Prediction, Trap, score_all, score_paths
from dragoman.evaluation.gold import GoldPlace, Passage
from dragoman.evaluation.matching import assign
from dragoman.records import Span

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "examples" / "reports"


def test_the_figures_are_those_of_the_reference_scorer_to_the_last_digit() -> None:
    """``expected.json`` was printed by the bench's own scorer on the same predictions."""
    scores = score_paths(GOLD, HERE / "predicted")
    expected = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
    assert {"total": scores.total, "documents": scores.documents} == expected


TEXT = "Title\n\nNorway recalled its envoy after Sweden shelled Vik. Later it shelled Oslo."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def gold(
    number: int = 1, quote: str = "Norway recalled its envoy", anchor: str = "recalled", **more: Any
) -> GoldEvent:
    values: dict[str, Any] = {
        "id": str(number),
        "core": True,
        "types": ("SANCTION", "REJECT"),
        "status": "asserted",
        "quote": quote,
        "passages": (Passage(span(anchor), span(quote)),),
        "actors": frozenset({"NOR"}),
        "recipients": frozenset({"SWE"}),
    }
    return GoldEvent(**values | more)


def predicted(words: str = "recalled", **more: Any) -> Prediction:
    values: dict[str, Any] = {
        "event_type": "SANCTION",
        "status": "asserted",
        "trigger": span(words),
        "words": words,
        "actors": frozenset({"NOR"}),
        "recipients": frozenset({"SWE"}),
    }
    return Prediction(**values | more)


def score(
    events: list[GoldEvent], predictions: list[Prediction], traps: list[Trap] | None = None
) -> dict[str, Any]:
    document = GoldDocument("d", TEXT, tuple(events), tuple(traps or []), ("AFP",))
    return score_all([(document, predictions)]).total


def f1(total: dict[str, Any]) -> list[float]:
    return [total[level]["f1"] for level in ("detection", "typed", "who", "strict")]


def test_a_right_prediction_is_right_at_every_level() -> None:
    assert f1(score([gold()], [predicted()])) == [1, 1, 1, 1]


def test_an_accepted_type_is_right() -> None:
    assert f1(score([gold()], [predicted(event_type="REJECT")])) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("change", "levels"),
    [
        ({"event_type": "AID"}, [1, 0, 0, 0]),
        ({"actors": frozenset({"SWE"})}, [1, 1, 0, 0]),
        ({"status": "planned"}, [1, 1, 1, 0]),
        ({"words": "shelled Vik"}, [0, 0, 0, 0]),
    ],
)
def test_each_level_asks_for_one_thing_more(change: dict[str, Any], levels: list[float]) -> None:
    assert f1(score([gold()], [predicted(**change)])) == levels


def test_a_trigger_may_stand_anywhere_in_the_quote() -> None:
    assert f1(score([gold()], [predicted("envoy")])) == [1, 1, 1, 1]


def test_parties_of_reciprocal_events_may_stand_in_any_order() -> None:
    both = frozenset({"NOR", "SWE"})
    event = gold(actors=both, recipients=both)
    for sides in ((both, both), (both, frozenset()), (frozenset({"SWE"}), frozenset({"NOR"}))):
        assert f1(score([event], [predicted(actors=sides[0], recipients=sides[1])]))[2] == 1
    assert f1(score([event], [predicted(actors=frozenset({"NOR"}), recipients=frozenset())]))[2] == 0


def test_an_inferred_recipient_may_be_left_out_but_not_be_another() -> None:
    event = gold(recipients_optional=True)
    assert f1(score([event], [predicted(recipients=frozenset())]))[2] == 1
    assert f1(score([event], [predicted(recipients=frozenset({"USA"}))]))[2] == 0


def test_an_optional_event_counts_neither_for_nor_against() -> None:
    optional = gold(2, core=False)
    total = score([optional], [predicted()])
    assert (total["detection"]["fp"], total["typed"]["fp"], total["optional_found"]) == (0, 0, 1)
    wrong = score([optional], [predicted(event_type="AID")])
    assert (wrong["detection"]["fp"], wrong["typed"]["fp"], wrong["optional_found"]) == (0, 1, 0)


def test_one_prediction_stands_for_one_event() -> None:
    total = score([gold(1), gold(2)], [predicted()])
    assert (total["detection"]["tp"], total["detection"]["fn"]) == (1, 1)
    total = score([gold()], [predicted(), predicted()])
    assert (total["detection"]["tp"], total["detection"]["fp"]) == (1, 1)


def test_dates_may_be_finer_but_not_coarser() -> None:
    month = (date(2021, 3, 1), date(2021, 3, 31))
    event = gold(days=month)
    for days, right in (
        (month, 1),
        ((date(2021, 3, 4), date(2021, 3, 4)), 1),
        ((date(2021, 1, 1), date(2021, 12, 31)), 0),
        (None, 0),
    ):
        assert score([event], [predicted(days=days)])["date"] == {
            "accuracy": right,
            "right": right,
            "asked": 1,
        }
    assert score([gold()], [predicted(days=month)])["date"]["asked"] == 0


def test_a_place_needs_its_country_and_a_name_that_contains_the_other() -> None:
    event = gold(place=GoldPlace("Vik", "NOR"))
    for place, right in (
        (GoldPlace("Vik i Sogn", "NOR"), 1),
        (GoldPlace("Vik", "SWE"), 0),
        (GoldPlace("", "NOR"), 0),
        (None, 0),
    ):
        assert score([event], [predicted(place=place)])["place"]["right"] == right


def test_sources_need_every_name_and_no_stranger() -> None:
    event = gold(sources=("the Foreign Ministry",), speakers=("Nils Hagerup",))
    for names, right in (
        (("Foreign Ministry",), 1),
        (("foreign ministry", "AFP", "Hagerup"), 1),
        (("Foreign Ministry", "TASS"), 0),
        ((), 0),
    ):
        total = score([event], [predicted(sources=names)])
        assert total["attribution"]["right"] == right
        assert total["attribution_named"]["asked"] == 1


def test_traps_are_violated_by_type_and_status_unless_the_gold_says_so_too() -> None:
    trap = Trap(
        "Sweden shelled Vik", span("Sweden shelled Vik"), frozenset({"ASSAULT"}), "asserted", "claimed only"
    )
    violated = {"violated": 1, "total": 1}
    spared = {"violated": 0, "total": 1}
    assert score([], [predicted("shelled", event_type="ASSAULT")], [trap])["traps"] == violated
    assert score([], [predicted("shelled", event_type="ASSAULT", status="denied")], [trap])["traps"] == spared
    assert score([], [predicted("shelled", event_type="AID")], [trap])["traps"] == spared
    event = gold(quote="Sweden shelled Vik", anchor="shelled", types=("ASSAULT",))
    assert score([event], [predicted("shelled", event_type="ASSAULT")], [trap])["traps"] == spared


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_the_assignment_is_worth_most_of_all(rows: int, columns: int, data: st.DataObject) -> None:
    cells = st.sampled_from([0.0, 1.0, 1.5, 6.1, 7.3])
    worth = [[data.draw(cells) for _ in range(columns)] for _ in range(rows)]
    pairs = assign(worth)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(worth[row][column] for row, column in pairs) == pytest.approx(best(worth, frozenset()))


def best(worth: list[list[float]], taken: frozenset[int]) -> float:
    """The greatest total by trying everything."""
    if not worth:
        return 0
    first, *rest = worth
    totals = [best(rest, taken)]
    totals += [value + best(rest, taken | {c}) for c, value in enumerate(first) if c not in taken]
    return max(totals)


# ------------------------------------------------------------------------------------------- what is refused

YAML = (
    'events:\n- {id: 1, type: SANCTION, anchor: recalled, quote: "Norway recalled its envoy", who: [NOR]}\n'
)
WIRE = {"event_type": "SANCTION", "trigger": {"start": 14, "end": 22, "text": "recalled"}}


def write(folder: Path, yaml: str = YAML, wire: object = WIRE) -> tuple[Path, Path]:
    (folder / "gold").mkdir()
    (folder / "pred").mkdir()
    (folder / "gold" / "a.txt").write_text(TEXT)
    (folder / "gold" / "a.gold.yaml").write_text(yaml)
    (folder / "pred" / "a.jsonl").write_text(wire if isinstance(wire, str) else json.dumps(wire))
    return folder / "gold", folder / "pred"


def test_gold_and_predictions_are_read_from_folders_and_from_files(tmp_path: Path) -> None:
    folders = write(tmp_path)
    assert score_paths(*folders).total["typed"]["f1"] == 1
    single = score_paths(folders[0] / "a.gold.yaml", folders[1] / "a.jsonl")
    assert single.total == score_paths(*folders).total


def test_predictions_in_the_title_are_left_out(tmp_path: Path) -> None:
    folders = write(tmp_path, wire={"event_type": "AID", "trigger": {"start": 0, "end": 5}})
    assert score_paths(*folders).total["predicted"] == 0


def test_missing_and_stray_predictions_are_told(tmp_path: Path) -> None:
    gold_folder, pred_folder = write(tmp_path)
    (pred_folder / "a.jsonl").rename(pred_folder / "b.jsonl")
    scores = score_paths(gold_folder, pred_folder)
    assert scores.total["detection"]["fn"] == 1
    assert len(scores.warnings) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"yaml": "events: 3"}, "no list of events"),
        ({"yaml": "events: ["}, "not YAML"),
        ({"yaml": YAML.replace("SANCTION", "SANKTION")}, "unknown type 'SANKTION'"),
        ({"yaml": YAML.replace("recalled its", "took back its")}, "not found in the text"),
        ({"yaml": YAML.replace('"Norway recalled its envoy"', "e")}, "more than once"),
        ({"yaml": YAML.replace("anchor: recalled", "anchor: shelled")}, "not found in the quote"),
        ({"yaml": YAML + YAML.split("\n", 1)[1]}, "the same id twice"),
        ({"yaml": YAML.replace("who", "same_as: 7, who")}, "names no other event"),
        ({"yaml": YAML.replace("who", "date: soon, who")}, "not a date"),
        ({"wire": "{"}, "a.jsonl:1: not JSON"),
        ({"wire": "[]"}, "not a JSON object"),
        ({"wire": WIRE | {"event_type": "FIGHT"}}, "unknown type 'FIGHT'"),
        ({"wire": WIRE | {"status": "done"}}, "unknown status 'done'"),
        ({"wire": WIRE | {"trigger": {"start": 14}}}, "no start and end"),
        ({"wire": WIRE | {"trigger": {"start": 14, "end": 999}}}, "not within the text"),
        ({"wire": WIRE | {"trigger": {"start": 13, "end": 22, "text": "recalled"}}}, "the text has"),
        ({"wire": WIRE | {"actors": "NOR"}}, "actors should be a list"),
        ({"wire": WIRE | {"date": {"start": "soon"}}}, "not a date"),
    ],
)
def test_what_can_not_be_scored_is_refused_by_place(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(GoldError, match=said):
        score_paths(*write(tmp_path, **change))
