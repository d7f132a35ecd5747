"""Two datasets side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.exchange import export_rows, read_happenings
from dragoman.exchange.comparing import compare_datasets
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
