"""What the benchmarks of speed read and measure with."""

from __future__ import annotations

import importlib.util
import os
import runpy
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = ("throughput", "memory", "startup", "stages", "store", "assembling", "panels", "cluster")


@pytest.fixture(autouse=True)
def beside_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        monkeypatch.setenv(name, "1")


def command(name: str) -> ModuleType:
    loader = SourceFileLoader(f"benchmark_{name}", str(ROOT / "benchmarks" / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    loader.exec_module(module)
    return module


def test_the_mixed_corpus_is_one_third_political_and_never_repeats() -> None:
    import mixed

    made = list(mixed.documents(300, words=150))
    assert sum(one.is_political for one in made) == 100
    assert len({one.body for one in made}) == 300
    assert all(len(one.body.split()) >= 150 for one in made)
    assert mixed.make(7, 150) == made[7]


def test_nothing_that_the_gate_was_fitted_on_is_among_the_plain_texts() -> None:
    import mixed

    assert len(mixed.plain()) == 32


def test_what_is_measured_is_put_into_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import corpora
    import pages

    (tmp_path / "docs").mkdir()
    page = tmp_path / pages.PAGE
    page.write_text("a\n<!-- x -->\nold\n<!-- /x -->\nb\n", encoding="utf-8")
    monkeypatch.setattr(corpora, "ROOT", tmp_path)
    pages.report("x", pages.table(["what", "s"], [["it", "1"]]), write=True)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("a\n<!-- x -->\n| what | s |\n| --- | ---: |\n| it | 1 |\n\n20")
    assert text.endswith("\n<!-- /x -->\nb\n")


def test_every_benchmark_has_its_place_in_the_page() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    for name in (*COMMANDS, "gate"):
        assert page.count(f"<!-- {name} -->") == page.count(f"<!-- /{name} -->") == 1


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_memory_of_processes_is_read() -> None:
    import pages

    assert pages.resident(os.getpid()) > 10_000_000
    assert pages.children(os.getpid()) is not None


def test_the_store_is_measured_in_little(tmp_path: Path) -> None:
    store = command("store")
    rows, size = store.measure(tmp_path / "corpus", 1200)
    assert size > 0
    assert {what.partition(",")[0] for what, _ in rows} >= {"compacting", "one dyad", "opening the corpus"}
    assert store.record_rate(tmp_path / "records", 20) > 0


def test_panels_are_measured_in_little(tmp_path: Path) -> None:
    panels = command("panels")
    panels.fill(panels.Corpus.create(tmp_path / "corpus"), 1200)
    taken = panels.write_panel(tmp_path / "corpus", tmp_path / "panel.csv", ("--by", "month"))
    rows = (tmp_path / "panel.csv").read_text(encoding="utf-8").splitlines()
    assert taken.rows == len(rows) - 1 > 0
    assert taken.clock > 0
    assert taken.busy > 0
    assert 50e6 < taken.memory < 4e9
    counted = [dict(zip(rows[0].split(","), row.split(","), strict=True)) for row in rows[1:]]
    assert {"0"} != {row["killed_low"] for row in counted}
    assert {"0"} != {row["denied"] for row in counted}


def test_assembling_is_measured_in_little(tmp_path: Path) -> None:
    assembling = command("assembling")
    rows, text, _ = assembling.measure(tmp_path / "corpus", 160, 1)
    assert [what for what, *_ in rows] == ["in one go", "20 documents more"]
    assert "mentions of 20 documents made" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_benchmark_says_what_it_measures(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [name, "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "benchmarks" / name), run_name="__main__")
    assert ended.value.code == 0
    assert "--quick" in capsys.readouterr().out
