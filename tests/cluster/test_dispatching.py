"""Shards on their way to workers and back, with a crew of threads in place of a cluster."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from corpus_rows import report
from dragoman.cluster.dispatching import DEEP, SINGLE, Dispatcher
from dragoman.cluster.shards import MOST_TASKS, Gatherer, Shard
from dragoman.errors import ClusterError, ModelError
from dragoman.intake import Terms, Unread
from dragoman.records import Problem
from dragoman.running import Outcome, Task

Work = Callable[[Task], Any]


class GoneError(Exception):
    """What a thread crew says of a worker that is no more."""


class Threads:
    """A crew whose workers are threads; ``kill`` ends one, as does a task that raises ``GoneError``."""

    def __init__(self, work: Work, coder: str = "words/1", stillborn: int = 0) -> None:
        self.work = work
        self.coder = coder
        self.stillborn = stillborn
        self.pools: dict[int, ThreadPoolExecutor] = {}
        self.dead: set[int] = set()
        self.ended: list[int] = []
        self.most: dict[int, int] = {}
        self.held: dict[int, int] = {}
        self.lock = threading.Lock()

    def start(self) -> int:
        number = len(self.pools)
        self.pools[number] = ThreadPoolExecutor(1)
        return number

    def greet(self, worker: int) -> Future[str]:
        if self.stillborn:
            self.stillborn -= 1
            return self.pools[worker].submit(self.gone)
        return self.pools[worker].submit(lambda: self.coder)

    def gone(self) -> str:
        raise GoneError("ended at once")

    def send(self, worker: int, tasks: tuple[Task, ...]) -> Future[list[Any]]:
        with self.lock:
            self.held[worker] = self.held.get(worker, 0) + 1
            self.most[worker] = max(self.held[worker], self.most.get(worker, 0))
        return self.pools[worker].submit(self.do, worker, tasks)

    def do(self, worker: int, tasks: tuple[Task, ...]) -> list[Any]:
        try:
            if worker in self.dead:
                raise GoneError("gone")
            results = [self.work(task) for task in tasks]
            if worker in self.dead:
                raise GoneError("gone")
        except GoneError:
            self.dead.add(worker)
            raise
        finally:
            with self.lock:
                self.held[worker] -= 1
        return results

    def kill(self, worker: int) -> None:
        self.dead.add(worker)

    def is_loss(self, fault: BaseException) -> bool:
        return isinstance(fault, GoneError)

    def cause(self, fault: BaseException) -> BaseException:
        return fault

    def end(self, worker: int) -> None:
        self.ended.append(worker)
        self.pools[worker].shutdown(wait=False)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def opened(said: list[str]) -> Iterator[Callable[..., Gatherer]]:
    dispatchers: list[Dispatcher] = []

    def open_crew(crew: Threads, jobs: int = 2, coder: str = "words/1") -> Gatherer:
        dispatchers.append(Dispatcher(crew, jobs, coder, said.append))
        dispatchers[-1].start()
        return Gatherer(dispatchers[-1].give)

    yield open_crew
    for one in dispatchers:
        one.close()


def label(task: Task) -> Outcome:
    """What stands for coding."""
    assert not isinstance(task, Unread)
    return Outcome(fault=task.id)


Open = Callable[..., Gatherer]


def test_results_are_those_of_their_tasks_in_whatever_order_they_come(opened: Open) -> None:
    def uneven(task: Task) -> Outcome:
        time.sleep(0.002 * (hash(task) % 5))
        return label(task)

    gatherer = opened(Threads(uneven), 3)
    documents = [report(number) for number in range(100)]
    coming = [gatherer.submit(one) for one in documents]
    assert [one.result(10).fault for one in coming] == [one.id for one in documents]


def test_who_waits_for_a_task_gets_it_though_its_shard_is_not_full(opened: Open) -> None:
    coming = opened(Threads(label)).submit(report(1))
    assert coming.result(10).fault == report(1).id


def test_no_worker_has_more_than_a_few_shards_at_once(opened: Open) -> None:
    crew = Threads(lambda task: time.sleep(0.001) or label(task))
    gatherer = opened(crew, 2)
    coming = [gatherer.submit(report(number)) for number in range(30 * MOST_TASKS)]
    assert all(one.result(20) for one in coming)
    assert max(crew.most.values()) == DEEP
    assert len(crew.most) == 2


def test_files_to_be_read_come_before_documents_that_wait(opened: Open) -> None:
    begun, go = [], threading.Event()

    def work(task: Task) -> Any:
        go.wait(10)
        begun.append("read" if isinstance(task, Unread) else "coded")
        return Problem(task.name, "read") if isinstance(task, Unread) else label(task)

    gatherer = opened(Threads(work), 1)
    codes = [gatherer.submit(report(number)) for number in range(10 * MOST_TASKS)]
    page = gatherer.submit(Unread("page", b"<p>", "a.html", "a.html", Terms()))
    gatherer.flush()
    time.sleep(0.05)  # all messages have arrived
    go.set()
    assert page.result(10) == Problem("a.html", "read")
    assert all(one.result(10) for one in codes)
    assert begun.index("read") <= DEEP * MOST_TASKS


def test_lost_workers_lose_nothing(opened: Open, said: list[str]) -> None:
    killed: list[int] = []

    def work(task: Task) -> Outcome:
        time.sleep(0.001)
        return label(task)

    crew = Threads(work)
    gatherer = opened(crew, 2)
    documents = [report(number) for number in range(200)]
    coming = [gatherer.submit(one) for one in documents]
    for worker, place in ((0, 30), (2, 90)):
        coming[place].result(10)
        crew.kill(worker)
        killed.append(worker)
    assert [one.result(20).fault for one in coming] == [one.id for one in documents]
    assert len(crew.pools) == 2 + len(killed)
    assert len(said) == len(killed)
    assert "documents that it had go to others" in said[0]


def test_a_document_that_ends_every_worker_becomes_a_problem_and_its_neighbours_are_coded(
    opened: Open,
) -> None:
    def work(task: Task) -> Outcome:
        if isinstance(task, Unread) or "Report 13:" not in task.text:
            return label(task)
        raise GoneError("killed for memory")

    gatherer = opened(Threads(work), 2)
    documents = [report(number) for number in range(40)]
    coming = [gatherer.submit(one) for one in documents]
    found = [one.result(20).fault for one in coming]
    assert found[13] == f"it ended {SINGLE} processes, one after the other"
    assert [one for place, one in enumerate(found) if place != 13] == [
        one.id for place, one in enumerate(documents) if place != 13
    ]


def test_a_file_that_ends_every_worker_is_named(opened: Open) -> None:
    def work(task: Task) -> Outcome:
        raise GoneError("killed")

    found = opened(Threads(work)).submit(Unread("pdf", b"%PDF", "a.pdf", "a.pdf", Terms())).result(20)
    assert isinstance(found, Problem)
    assert found.path == "a.pdf"
    assert found.remedy


def test_what_stops_every_coder_stops_the_run(opened: Open) -> None:
    def work(task: Task) -> Outcome:
        raise ModelError("the reader is missing")

    gatherer = opened(Threads(work))
    first = gatherer.submit(report(1))
    with pytest.raises(ModelError, match="reader"):
        first.result(10)
    with pytest.raises(ModelError, match="reader"):
        gatherer.submit(report(2)).result(10)


def test_a_worker_with_another_coder_is_refused(opened: Open) -> None:
    gatherer = opened(Threads(label, coder="words/2"))
    with pytest.raises(ClusterError, match=r"words/2.* than this process \(words/1\).*install the same"):
        gatherer.submit(report(1)).result(10)


def test_workers_that_never_begin_are_told_and_not_started_for_ever(opened: Open) -> None:
    with pytest.raises(ClusterError, match="before they could begin"):
        opened(Threads(label, stillborn=1000)).submit(report(1)).result(20)


def test_a_worker_that_dies_at_its_start_is_replaced(opened: Open) -> None:
    gatherer = opened(Threads(label, stillborn=3))
    assert gatherer.submit(report(1)).result(10).fault == report(1).id


def test_every_worker_is_ended(said: list[str]) -> None:
    crew = Threads(label)
    dispatcher = Dispatcher(crew, 3, "words/1", said.append)
    dispatcher.start()
    dispatcher.close()
    assert sorted(crew.ended) == [0, 1, 2]


def test_results_that_come_twice_are_taken_once() -> None:
    handed: list[Shard] = []
    coming = Gatherer(handed.append).submit(report(1))
    coming.flush()
    handed[0].settle([Outcome(fault="first")])
    handed[0].settle([Outcome(fault="second")])
    handed[0].fail(ValueError("third"))
    assert coming.result().fault == "first"


def test_a_shard_is_of_one_kind_and_of_bounded_size() -> None:
    handed: list[Shard] = []
    gatherer = Gatherer(handed.append)
    for number in range(3):
        gatherer.submit(report(number))
    gatherer.submit(Unread("page", b"<p>", "a.html", "a.html", Terms()))
    for number in range(2 * MOST_TASKS):
        gatherer.submit(report(number))
    assert [len(one.tasks) for one in handed] == [3, 1, MOST_TASKS, MOST_TASKS]
    assert [one.is_read for one in handed] == [False, True, False, False]
