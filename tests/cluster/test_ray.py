"""Runs on Ray itself: the tables of a run on one machine, though workers are killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import pacedcoder
from corpus_rows import PASSING, RUN, raw_rows, report
from dragoman.cli import main
from dragoman.cluster import Cluster
from dragoman.cluster.engine import ATTEMPTS, begin, imported
from dragoman.cluster.shards import MOST_TASKS
from dragoman.errors import ClusterError
from dragoman.intake import Terms, Unread
from dragoman.records import Document, Problem
from dragoman.running import Adder, Plan
from dragoman.store import BATCHED, Corpus, check

TESTS = str(Path(__file__).parents[1])
NUMBER = 240
JOBS = 2


def parts() -> Iterator[Document | Problem | Unread]:
    """Reports, some in French and some there twice, files that can't be read, and pages to be read."""
    for number in range(NUMBER):
        document = replace(report(number, recalled=number % 4), language="fr" if number % 7 == 0 else "en")
        yield document
        if number % 31 == 0:
            yield Problem(f"broken-{number}.txt", "it is empty", "fill it")
        if number % 10 == 0:
            yield document
        if number % 25 == 0:
            words = f"Norway recalled its envoy to Sweden on day {number}, a spokesman said. " * 12
            page = f"<html><body><article><p>{words}</p></article></body></html>".encode()
            yield Unread("page", page, f"{number}.html", f"{number}.html", Terms())


def plan(folder: Path, **more: Any) -> Plan:
    """Batches that only numbers bound, so that two runs have the same ones."""
    make = partial(pacedcoder.PacedCoder, str(folder), 0.01)
    return Plan(make, RUN, JOBS, most_documents=17, most_seconds=1e9, **more)


def run(corpus: Path, wanted: Plan) -> None:
    with Adder(Corpus.create(corpus), wanted) as adder:
        adder.take(adder.read(parts()))


def in_order(path: Path, name: str) -> list[Any]:
    """The rows of a table as they lie in its batches, without what differs from run to run."""
    corpus = Corpus.open(path)
    table = corpus.tables[name].delta.to_pyarrow_table()
    kept = table.drop_columns([one for one in table.column_names if one in PASSING])
    places = {commit.id: commit.version for commit in corpus.versions()}
    batches = [places[one] for one in table["batch"].to_pylist()]
    rows = list(zip(batches, kept.to_pylist(), strict=True))
    return [rows[place] for place in sorted(range(len(rows)), key=lambda place: batches[place])]


def kill_two(traces: Path, killed: list[int]) -> None:
    """Kills the worker that coded last, twice, each time once there is something new to lose."""
    for least in (NUMBER // 5, NUMBER // 2):
        until = time.monotonic() + 120
        while len(pacedcoder.coded(traces)) < least and time.monotonic() < until:
            time.sleep(0.02)
        for victim in [pid for pid in pacedcoder.busy(traces) if pid not in killed][:1]:
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    if find_spec("ray") is None:
        pytest.skip("Ray is not installed")
    found = imported()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        # Workers have to find the coder of the tests.
        patch.setenv(
            "PYTHONPATH", os.pathsep.join([TESTS, *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
        )
        options = {"num_cpus": JOBS, "include_dashboard": False, "object_store_memory": 80_000_000}
        begin(found, {"address": "local", **options}, ATTEMPTS)
        yield found
        found.shutdown()


def test_a_run_whose_workers_are_killed_twice_ends_with_the_tables_of_one_machine(
    ray: Any, tmp_path: Path
) -> None:
    here, there, traces, others = (tmp_path / name for name in ("here", "there", "traces", "others"))
    traces.mkdir()
    others.mkdir()
    said: list[str] = []
    killed: list[int] = []
    killing = threading.Thread(target=kill_two, args=(traces, killed))
    killing.start()
    run(there, plan(traces, engine=Cluster(tell=said.append).coders))
    killing.join()
    run(here, plan(others))
    assert len(killed) == 2
    assert len(said) >= 2
    for name in BATCHED:
        assert in_order(there, name) == in_order(here, name)
        assert raw_rows(there, name) == raw_rows(here, name)
    assert check(Corpus.open(there)) == []
    # Every process loads the models once; what was coded twice is what the lost workers had in hand.
    assert set(pacedcoder.loads(traces)) == {1}
    assert len(pacedcoder.loads(traces)) == JOBS + len(killed)
    times = pacedcoder.coded(traces)
    assert set(times) == set(pacedcoder.coded(others))
    assert len(times) - len(set(times)) < 2 * MOST_TASKS * len(killed)


def test_code_into_a_corpus_on_ray_from_the_command_line(
    ray: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.cli.coding.make_coder", partial(pacedcoder.PacedCoder, str(tmp_path)))
    reports = tmp_path / "reports.jsonl"
    reports.write_text(
        "".join(f'{{"title": "T", "text": "{report(number).text * 9}"}}\n' for number in range(20)),
        encoding="utf-8",
    )
    command = ["code", str(reports), "--into", str(tmp_path / "corpus"), "--no-assemble"]
    first = CliRunner().invoke(main, [*command, "--engine", "ray", "--jobs", "2"])
    assert first.exit_code == 0, first.output
    assert "added 20 documents" in first.stderr
    again = CliRunner().invoke(main, [*command, "--engine", "ray", "--jobs", "2"])
    assert "added 0 documents" in again.stderr
    assert "20 were there" in again.stderr


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match=r"pip install 'dragoman\[ray\]'"):
        imported()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--engine", "ray"), "--into"),
        (("--address", "auto"), "--into"),
        (("--address", "auto", "--into", "corpus"), "--engine ray"),
    ],
)
def test_options_that_have_no_meaning_alone_are_refused(
    given: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Norway recalled its envoy to Sweden on Monday.", encoding="utf-8")
    monkeypatch.setattr("dragoman.cli.coding.usual_jobs", lambda engine, address: 2)
    done = CliRunner().invoke(main, ["code", "a.txt", *given])
    assert done.exit_code == 2
    assert message in done.stderr
