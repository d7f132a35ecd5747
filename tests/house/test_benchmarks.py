"""The benchmarks' own arithmetic."""

from __future__ import annotations

import runpy
import sys
import types
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def accuracy(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What benchmarks/accuracy defines, with no coder behind it."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    coder = types.ModuleType("dragoman.pipeline")
    coder.Coder = object  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dragoman.pipeline", coder)
    return runpy.run_path(str(ROOT / "benchmarks" / "accuracy"))


def test_floors_are_raised_and_never_lowered_unless_that_is_wanted(accuracy: dict[str, Any]) -> None:
    new = accuracy["new_floors"]
    floors = {"articles.typed": 0.7, "articles.who": 0.7, "articles.traps": 0.1}
    figures = {"articles.typed": 0.8, "articles.who": 0.6, "articles.traps": 0.02, "reports.who": 0.3}
    kept = new(figures, floors, lower=False)
    assert kept == {
        "articles.typed": 0.785,
        "articles.who": 0.7,
        "articles.traps": 0.035,
        "reports.who": 0.285,
    }
    assert new(figures, floors, lower=True)["articles.who"] == 0.585


def test_fewer_traps_are_better(accuracy: dict[str, Any]) -> None:
    assert accuracy["is_below"]("articles.traps", 0.2, 0.1)
    assert not accuracy["is_below"]("articles.typed", 0.2, 0.1)
    assert accuracy["is_below"]("articles.typed", 0.1, 0.2)


def test_the_floors_belong_to_the_gold_that_is_here(accuracy: dict[str, Any]) -> None:
    assert accuracy["load_floors"]()["gold"] == accuracy["corpora"].digest()


def test_the_file_of_floors_is_written_as_it_is_read(
    accuracy: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = accuracy["load_floors"]() | {"lowered": ['a "reason"']}
    monkeypatch.setitem(accuracy["save_floors"].__globals__, "FLOORS", tmp_path / "floors.toml")
    accuracy["save_floors"](content)
    assert accuracy["load_floors"]() == content


def test_no_report_of_the_test_part_is_used_for_speed(accuracy: dict[str, Any]) -> None:
    names = [text.name for text in accuracy["corpora"].other_reports(3)]
    assert names
    assert not [name for name in names if int("".join(filter(str.isdigit, name.split()[0]))) % 5 == 0]
