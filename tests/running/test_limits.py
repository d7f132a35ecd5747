"""A full disk, a read-only folder and Ctrl-C are told in one line, and nothing that was committed is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from corpus_rows import RUN, content, entry, fill, raw_rows, report
from dragoman.errors import CorpusError
from dragoman.store import BATCHED, Batch, Corpus, Writer, check

TESTS = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, limits and owners of files")
SPAWN = get_context("forkserver")
SPAWN.set_forkserver_preload(["corpus_rows"])
LIMIT = 100_000
NOBODY = 65_534


def told(task: Callable[..., None], *arguments: Any) -> str:
    """What error a task ends with in a process of its own."""
    receiver, sender = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=telling, args=(sender, task, *arguments))
    process.start()
    sender.close()
    message: str = receiver.recv()
    process.join()
    return message


def telling(sender: Any, task: Callable[..., None], *arguments: Any) -> None:
    try:
        task(*arguments)
        sender.send("")
    except CorpusError as fault:
        sender.send(str(fault))


def write_much(path: Path) -> None:
    """Writes while no file may grow beyond a limit, as on a full disk."""
    import resource

    corpus = Corpus.open(path)
    with Writer(corpus, RUN) as writer:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))
        writer.write(Batch((entry(report(2)),)))
        noise = os.urandom(3 * LIMIT).hex()
        document = report(3).__class__("large", noise, path="large.txt")
        writer.write(Batch((entry(report(4)), entry(document))))


def test_a_full_disk_is_a_clear_error_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    fill(Corpus.create(path), [1])
    message = told(write_much, path)
    assert "the disk is full" in message
    assert "nothing that was committed is lost; run the same command again" in message
    assert Corpus.open(path).at().rows("SELECT count(*) FROM documents") == [(2,)]
    fill(Corpus.create(path), [4])
    assert check(Corpus.open(path)) == []
    read = content(path, BATCHED)
    for name in BATCHED:
        assert raw_rows(path, name) == read[name]


@pytest.fixture
def read_only() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    fill(Corpus.create(folder / "corpus"), [1, 2])
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder / "corpus"
    for path in paths:
        path.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(task: Callable[..., None], *arguments: Any) -> None:
    """Does it without the rights of root, whom no permission stops; what it imports is imported before."""
    read(Path(arguments[0]))
    if os.getuid() == 0:
        os.setuid(NOBODY)
    task(*arguments)


def read(path: Path) -> None:
    assert Corpus.open(path).at().rows("SELECT count(*) FROM documents") == [(2,)]
    assert check(Corpus.open(path)) == []


def write(path: Path) -> None:
    fill(Corpus.create(path), [3])


def make(path: Path) -> None:
    Corpus.create(path.parent / "other")


def test_a_read_only_corpus_is_read_and_not_written(read_only: Path) -> None:
    assert told(as_nobody, read, read_only) == ""
    for task in (write, make):
        message = told(as_nobody, task, read_only)
        assert "you are not allowed to write there" in message
        assert "change its permissions" in message


PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import dragoman.cli.coding as coding
from wordcoder import FallingCoder
coding.make_coder = FallingCoder
from dragoman.cli import main
if __name__ == "__main__":
    sys.argv[0] = "dragoman"
    main()
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_finishes_the_batch_in_hand_and_says_how_to_go_on(tmp_path: Path, jobs: str) -> None:
    reports, corpus, program = tmp_path / "reports", tmp_path / "corpus", tmp_path / "program.py"
    reports.mkdir()
    for number in range(60):
        text = f"Report {number}: Norway slowly recalled its envoy, the ministry said on that day."
        (reports / f"{number:02}.txt").write_text(text)
    program.write_text(PROGRAM.format(tests=str(TESTS)))
    command = [sys.executable, str(program), "code", str(reports), "--into", str(corpus), "--jobs", jobs]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not list(corpus.glob("_writers/*.lock")):
            time.sleep(0.02)
            assert process.poll() is None
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert f"stopped; what was done is kept in {corpus}, and the same command goes on from there" in said
    ((kept,),) = Corpus.open(corpus).at().rows("SELECT count(*) FROM documents")
    assert 0 < kept < 60
    assert Corpus.open(corpus).at().rows("SELECT state FROM runs") == [("stopped",)]
