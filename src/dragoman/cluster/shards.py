"""Tasks put together into shards, which travel to a worker and come back as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from dragoman.intake import Unread
from dragoman.records import Document, Problem
from dragoman.running import Outcome, Task

MOST_TASKS = 8
MOST_SIZE = 200_000
"""Characters or bytes of a shard: a few seconds of work, small beside what a worker holds anyway."""
DEADLY = "it ended {times} processes, one after the other"
REMEDY = (
    "code it by itself on a machine with more memory, or leave it out; the rest of the run is not touched"
)


class Coming(Future[Any]):
    """What will hold the result of a task; who waits for it must not wait for a shard that is not full."""

    def __init__(self, flush: Callable[[], None]) -> None:
        super().__init__()
        self.flush = flush

    def result(self, timeout: float | None = None) -> Any:
        """The result; what is gathered is handed on first."""
        if not self.done():
            self.flush()
        return super().result(timeout)


@dataclass(slots=True, eq=False)
class Shard:
    """Tasks of one kind that are done by one worker, and what waits for them.

    ``losses`` counts the workers that ended while they were at it.
    """

    tasks: tuple[Task, ...]
    waiting: tuple[Coming, ...]
    losses: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether its results are there."""
        return self.waiting[0].done()

    @property
    def is_read(self) -> bool:
        """Whether files are to be read, for which all else waits."""
        return isinstance(self.tasks[0], Unread)

    def settle(self, results: Sequence[Any]) -> None:
        """Hands the results to who waits for them; a second time they are dropped."""
        if not self.is_settled:
            for one, result in zip(self.waiting, results, strict=True):
                one.set_result(result)

    def fail(self, fault: BaseException) -> None:
        """Raises the error where the results are waited for."""
        if not self.is_settled:
            for one in self.waiting:
                one.set_exception(fault)

    def apart(self) -> Iterator[Shard]:
        """A shard for each of its tasks."""
        for task, coming in zip(self.tasks, self.waiting, strict=True):
            yield Shard((task,), (coming,))

    def give_up(self) -> None:
        """Says of its tasks that they can't be done."""
        self.settle([given_up(task, self.losses) for task in self.tasks])


def given_up(task: Task, times: int) -> Outcome | Problem:
    """What a document or file comes to that has ended so many workers."""
    why = DEADLY.format(times=times)
    return Problem(task.name, why, REMEDY) if isinstance(task, Unread) else Outcome(fault=why)


class Gatherer:
    """Puts tasks together; a shard goes on when it is full, or when somebody waits for one of its tasks."""

    def __init__(self, hand_on: Callable[[Shard], None]) -> None:
        self.hand_on = hand_on
        self.tasks: list[Task] = []
        self.waiting: list[Coming] = []
        self.size = 0

    def submit(self, task: Task) -> Coming:
        """What will hold the result."""
        if self.tasks and isinstance(task, Unread) != isinstance(self.tasks[0], Unread):
            self.flush()
        coming = Coming(self.flush)
        self.tasks.append(task)
        self.waiting.append(coming)
        self.size += size_of(task)
        if len(self.tasks) >= MOST_TASKS or self.size >= MOST_SIZE:
            self.flush()
        return coming

    def flush(self) -> None:
        """Hands on what is gathered."""
        if self.tasks:
            shard = Shard(tuple(self.tasks), tuple(self.waiting))
            self.tasks, self.waiting, self.size = [], [], 0
            self.hand_on(shard)


def size_of(task: Task) -> int:
    """Characters of a document, bytes of a file."""
    if isinstance(task, Document):
        return len(task.text)
    return len(task.data) if isinstance(task.data, bytes) else 0
