"""Two datasets side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.exchange import export_rows, read_happenings
from dragoman.exchange.comparing import Sides, compare_datasets
from dragoman.exchange.importing import READERS, import_file
from dragoman.query import Filters, Ground, open_ground
from dragoman.store import Corpus
from war import war


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = war().write(tmp_path_factory.mktemp("beside") / "corpus")
    for name, filters in (("all", Filters()), ("aid", Filters(event_type="AID"))):
        goal = folder.parent / f"{name}.txt"
        with goal.open("w", encoding="utf-8", newline="") as lines:
            export_rows(read_happenings(open_ground(folder), filters), READERS["polecat"], lines, None)
        import_file(Path(goal), "polecat", Corpus.create(folder), name)
    return open_ground(folder)


def test_what_came_from_the_corpus_agrees_with_it(beside: Ground) -> None:
    found = compare_datasets(beside, "corpus", "all")
    assert found.total["a"] <= found.total["b"]
    assert found.total["both"] == found.total["a"]
    assert found.only_count["corpus"] == 0
    assert found.correlations[0]["correlation"] is None or found.correlations[0]["correlation"] > 0.5


def test_what_only_one_has_is_told(beside: Ground) -> None:
    found = compare_datasets(beside, "all", "aid")
    assert found.only_count["aid"] == 0
    assert found.only_count["all"] == len(found.only["all"]) > 0
    assert {row["event_type"] for row in found.only["all"]}.isdisjoint({"AID"})
    (aid,) = [row for row in found.by_type if row["event_type"] == "AID"]
    assert aid["agreement"] == 1.0


def test_an_unknown_dataset_and_one_with_itself_are_refused(beside: Ground) -> None:
    with pytest.raises(InputError, match="there are: corpus, aid, all"):
        compare_datasets(beside, "corpus", "icews")
    with pytest.raises(InputError, match="itself"):
        compare_datasets(beside, "all", "all")


def test_an_event_that_only_one_has_names_its_file_and_line(beside: Ground) -> None:
    found = compare_datasets(beside, "all", "aid")
    assert all(row["at"].startswith("all.txt:") and row["id"] for row in found.only["all"])
    assert all(row["at"] is None for row in compare_datasets(beside, "corpus", "aid").only["corpus"])


def test_months_stand_in_their_order(beside: Ground) -> None:
    periods = [row["period"] for row in compare_datasets(beside, "corpus", "all").by_period]
    assert len(periods) > 1
    assert periods == sorted(periods)


def counted(
    tmp_path: Path, first: list[tuple[str, str, str]], second: list[tuple[str, str, str]], days: int = 3
) -> Sides:
    """Two datasets whose events are (day, CAMEO code, who acts on Syria)."""
    form = READERS["icews"]
    for name, events in (("one", first), ("two", second)):
        rows = [dict.fromkeys(form.columns, "") for _ in events]
        for number, (row, (day, code, actor)) in enumerate(zip(rows, events, strict=True)):
            row |= {"Event ID": str(number), "Event Date": day, "CAMEO Code": code}
            row |= {"Source Country": actor, "Target Country": "Syria"}
        lines = ["\t".join(form.columns), *("\t".join(row.values()) for row in rows)]
        path = tmp_path / f"{name}.tab"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        import_file(path, "icews", Corpus.create(tmp_path / "corpus"), name)
    return compare_datasets(open_ground(tmp_path / "corpus"), "one", "two", days)


def test_agreement_is_twice_the_smaller_counts_by_all_events(tmp_path: Path) -> None:
    """Three assaults of one against one of the other, and an accusation that only one has: 2 * 1 / 5."""
    assaults = [(f"2020-05-{day:02}", "190", "Turkey") for day in (1, 2, 20)]
    found = counted(tmp_path, [*assaults, ("2020-05-03", "112", "Turkey")], assaults[:1])
    assert found.total == {"a": 4, "b": 1, "both": 1, "agreement": 0.4}
    by_type = {row["event_type"]: row["agreement"] for row in found.by_type}
    assert by_type == {"ASSAULT": 0.5, "ACCUSE": 0.0}
    # The assault of the second is within three days of the first; that of the twentieth has none beside it.
    assert [(str(row["day"]), row["event_type"]) for row in found.only["one"]] == [
        ("2020-05-03", "ACCUSE"),
        ("2020-05-20", "ASSAULT"),
    ]


def test_months_that_only_one_covers_are_not_compared(tmp_path: Path) -> None:
    early = [("2019-01-05", "190", "Turkey"), ("2020-05-01", "190", "Turkey")]
    found = counted(tmp_path, early, [("2020-05-02", "190", "Turkey"), ("2021-02-02", "190", "Turkey")])
    assert (found.total["a"], found.total["b"]) == (1, 1)
    assert [str(row["period"]) for row in found.by_period] == ["2020-05-01"]


def test_months_that_rise_together_correlate(tmp_path: Path) -> None:
    def months(*counts: int) -> list[tuple[str, str, str]]:
        return [
            (f"2020-{at:02}-{day:02}", "190", "Turkey")
            for at, count in enumerate(counts, start=1)
            for day in range(1, count + 1)
        ]

    found = counted(tmp_path, months(1, 2, 0, 3), months(2, 4, 0, 6))
    whole, dyad = found.correlations
    assert (whole["actor"], whole["months"], whole["correlation"]) == (None, 4, 1.0)
    assert (dyad["actor"], dyad["recipient"], dyad["correlation"]) == ("TUR", "SYR", 1.0)


def test_two_that_never_meet_have_no_agreement(tmp_path: Path) -> None:
    found = counted(tmp_path, [("2019-01-05", "190", "Turkey")], [("2020-05-02", "190", "Turkey")])
    assert found.total == {"a": 0, "b": 0, "both": 0, "agreement": None}
    assert found.by_dyad == found.by_type == found.by_period == []
