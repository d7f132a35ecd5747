"""A run may be killed at any moment: the next one ends with the tables of one that was not."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

import killing
from corpus_rows import content, raw_rows
from dragoman.store import BATCHED, Corpus, check

KILLS = 10
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["killing"])


def kill_often(task: Callable[[str], object], path: Path, kills: int, seed: int) -> int:
    """Runs the task to its end through so many kills, and says how many hit."""
    chance = random.Random(seed)
    hits = 0
    for _ in range(kills):
        process = PROCESSES.Process(target=task, args=(str(path),))
        process.start()
        while process.is_alive() and not list(path.glob("_writers/*.lock")):
            time.sleep(0.005)
        process.join(chance.uniform(0.0, 0.6))
        process.kill()
        process.join()
        hits += process.exitcode != 0
        for lock in path.glob("_writers/*.lock"):
            lock.unlink()  # so that the next one is waited for; locks of the dead are free anyway
    process = PROCESSES.Process(target=task, args=(str(path),))
    process.start()
    process.join()
    assert process.exitcode == 0
    return hits


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("undisturbed") / "corpus"
    process = PROCESSES.Process(target=killing.run, args=(str(path),))
    process.start()
    process.join()
    assert process.exitcode == 0
    return path


def test_killed_runs_end_with_the_tables_of_an_undisturbed_one(tmp_path: Path, undisturbed: Path) -> None:
    path = tmp_path / "corpus"
    hits = kill_often(killing.run, path, KILLS, seed=5)
    assert hits
    assert content(path) == content(undisturbed)
    for name in BATCHED:
        assert raw_rows(path, name) == raw_rows(undisturbed, name)
    assert check(Corpus.open(path)) == []


def test_killed_recodings_end_with_the_mentions_of_an_undisturbed_one(tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    process = PROCESSES.Process(target=killing.run, args=(str(path),))
    process.start()
    process.join()
    before = content(path)
    assert kill_often(killing.run_again, path, 3, seed=6)
    after = content(path)
    assert after["documents"] == before["documents"]
    assert after["event_mentions"] == [row.replace("words/1", "words/2") for row in before["event_mentions"]]
    assert check(Corpus.open(path)) == []


def test_killed_assemblings_end_with_the_events_of_an_undisturbed_one(tmp_path: Path) -> None:
    path, calm = tmp_path / "corpus", tmp_path / "calm"
    for one in (path, calm):
        killing.fill(str(one))
    killing.run_assembling(str(calm))
    assert kill_often(killing.run_assembling, path, 6, seed=7)
    tables = ("events", "all_events", "ties", "endings")
    assert len(Corpus.open(path).versions()) == len(Corpus.open(calm).versions())
    assert content(path, tables) == content(calm, tables)
    for name in ("events", "ties", "endings"):
        assert raw_rows(path, name) == raw_rows(calm, name)
    assert check(Corpus.open(path)) == []
