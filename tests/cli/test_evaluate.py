"""``dragoman evaluate`` and ``dragoman tables check``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
PREDICTED = ROOT / "tests" / "evaluation" / "predicted"


def test_the_figures_are_printed_as_a_table_and_as_json(dragoman: Run) -> None:
    table = dragoman("evaluate", ROOT / "examples" / "reports", PREDICTED)
    figures = json.loads(dragoman("evaluate", ROOT / "examples" / "reports", PREDICTED, "--json").stdout)
    assert table.exit_code == 0
    assert "9 documents, 162 core and 65 optional events" in table.stdout
    assert f"{figures['total']['typed']['f1']:.3f}" in table.stdout
    assert sorted(figures["documents"])[0] == "01-grain-deal-exit"


def test_every_fault_is_listed_on_demand(dragoman: Run) -> None:
    result = dragoman("evaluate", ROOT / "examples" / "reports", PREDICTED, "--verbose")
    for kind in ("miss         gold", "false alarm", "wrong type", "TRAP", "== 01-grain-deal-exit"):
        assert kind in result.stdout


def test_single_sentences_are_scored(dragoman: Run) -> None:
    gold = ROOT / "data" / "gsr" / "dev.jsonl"
    result = dragoman("evaluate", "--gsr", gold, ROOT / "tests" / "evaluation" / "sentences.jsonl")
    assert result.exit_code == 0
    assert "158 sentences, 162 events" in result.stdout


def test_gold_that_is_not_there_is_a_message_and_exit_code_2(dragoman: Run, tmp_path: Path) -> None:
    result = dragoman("evaluate", tmp_path, tmp_path)
    assert result.exit_code == 2
    assert "there is no *.gold.yaml in it" in result.stderr


def test_the_tables_are_checked(dragoman: Run) -> None:
    result = dragoman("tables", "check")
    assert result.exit_code == 0, result.stderr
    assert "all tables are sound" in result.stdout
