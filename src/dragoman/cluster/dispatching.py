"""Hands shards to workers, and again to others when a worker is lost; a shard's results are taken once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol

from dragoman.cluster.shards import Shard
from dragoman.errors import ClusterError
from dragoman.running import Task

DEEP = 2
"""Shards that a worker has: the one that it is at, and the next, so that it never waits for the driver."""
WHOLE, SINGLE = 2, 3
"""Workers that a shard, and then each task of it by itself, may cost before it is taken for the cause."""
STILLBORN = 8
"""Workers that may end one after the other before they have begun."""


class Crew(Protocol):
    """What starts and ends workers, and speaks to them."""

    def start(self) -> Any:
        """A new worker; it may take a while until it can do anything."""

    def greet(self, worker: Any) -> Future[str]:
        """What will hold the name of the worker's coder, once it is ready."""

    def send(self, worker: Any, tasks: tuple[Task, ...]) -> Future[list[Any]]:
        """What will hold the results of the tasks."""

    def is_loss(self, fault: BaseException) -> bool:
        """Whether the error says that the worker is no more."""

    def cause(self, fault: BaseException) -> BaseException:
        """The error that the worker met with."""

    def end(self, worker: Any) -> None:
        """Ends the worker."""


@dataclass(slots=True, eq=False)
class Place:
    """A worker with the shards that it has, in the order in which it gets to them."""

    worker: Any
    shards: list[Shard] = field(default_factory=list)
    is_ready: bool = False
    is_lost: bool = False


class Dispatcher(Thread):
    """A thread that alone knows which worker has what; all that happens reaches it as a message."""

    def __init__(self, crew: Crew, jobs: int, coder: str, tell: Callable[[str], None]) -> None:
        """``coder`` is the name that every worker's coder must have."""
        super().__init__(daemon=True, name="dragoman-dispatcher")
        self.crew = crew
        self.jobs = jobs
        self.coder = coder
        self.tell = tell
        self.messages: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.shards: deque[Shard] = deque()
        self.places: list[Place] = []
        self.stillborn = 0
        self.lost = 0
        self.fault: BaseException | None = None

    def give(self, shard: Shard) -> None:
        """Takes a shard, to be called from other threads."""
        self.messages.put(partial(self.take, shard))

    def close(self) -> None:
        """Ends the workers and the thread."""
        self.messages.put(None)
        self.join()

    def run(self) -> None:
        """Does what the messages say."""
        try:
            for _ in range(self.jobs):
                self.begin()
        except Exception as fault:
            self.break_off(fault)
        while (message := self.messages.get()) is not None:
            try:
                message()
                self.hand_out()
            except Exception as fault:
                self.break_off(fault)
        for place in self.places:
            with suppress(Exception):
                self.crew.end(place.worker)

    def break_off(self, fault: BaseException) -> None:
        """Raises the error wherever something is waited for, now and later."""
        self.fault = self.fault or fault
        for shard in [*self.shards, *(one for place in self.places for one in place.shards)]:
            shard.fail(self.fault)
        self.shards.clear()

    def take(self, shard: Shard) -> None:
        """Puts the shard in line; files to be read come before documents, which wait for them."""
        if self.fault is not None:
            shard.fail(self.fault)
        elif shard.is_read:
            behind = sum(one.is_read for one in self.shards)
            self.shards.insert(behind, shard)
        else:
            self.shards.append(shard)

    def begin(self) -> None:
        """Starts a worker."""
        place = Place(self.crew.start())
        self.places.append(place)
        self.crew.greet(place.worker).add_done_callback(
            lambda answer: self.messages.put(partial(self.greeted, place, answer))
        )

    def greeted(self, place: Place, answer: Future[str]) -> None:
        """Lets the worker begin, if its coder is the right one."""
        fault = answer.exception()
        if fault is None:
            if answer.result() != self.coder:
                raise other_coder(answer.result(), self.coder)
            place.is_ready, self.stillborn = True, 0
        elif self.crew.is_loss(fault):
            self.stillborn += 1
            if self.stillborn > STILLBORN + self.jobs:
                raise ClusterError(
                    f"{self.stillborn} workers ended before they could begin",
                    "look into Ray's logs; each worker takes about 700 MB of memory",
                )
            self.replace(place)
        else:
            raise self.crew.cause(fault)

    def hand_out(self) -> None:
        """Gives each worker as many shards as it may have, to the idlest first."""
        while self.shards:
            ready = [one for one in self.places if one.is_ready and len(one.shards) < DEEP]
            if not ready:
                return
            shard = self.shards.popleft()
            if not shard.is_settled:
                self.send(min(ready, key=lambda one: len(one.shards)), shard)

    def send(self, place: Place, shard: Shard) -> None:
        """Gives the worker the shard."""
        place.shards.append(shard)
        self.crew.send(place.worker, shard.tasks).add_done_callback(
            lambda answer: self.messages.put(partial(self.answered, place, shard, answer))
        )

    def answered(self, place: Place, shard: Shard, answer: Future[list[Any]]) -> None:
        """Takes the results, or sees what became of the worker."""
        fault = answer.exception()
        if fault is not None and self.crew.is_loss(fault):
            self.lose(place)
            return
        if fault is not None:
            raise self.crew.cause(fault)
        if shard in place.shards:
            place.shards.remove(shard)
        shard.settle(answer.result())

    def lose(self, place: Place) -> None:
        """Puts the shards of a lost worker in line again, and another worker in its place."""
        if place.is_lost:
            return
        self.lost += 1
        left = [one for one in place.shards if not one.is_settled]
        documents = sum(len(one.tasks) for one in left)
        self.tell(f"a worker was lost; the {documents} documents that it had go to others")
        if left:
            left[0].losses += 1
            self.shards.extendleft(reversed([*self.again(left[0]), *left[1:]]))
        self.replace(place)

    def again(self, shard: Shard) -> list[Shard]:
        """The shard that a worker was at when it was lost, in parts or not at all where it is the cause."""
        if len(shard.tasks) > 1:
            return [shard] if shard.losses < WHOLE else list(shard.apart())
        if shard.losses < SINGLE:
            return [shard]
        shard.give_up()
        return []

    def replace(self, place: Place) -> None:
        """Starts a worker in the place of one that is no more."""
        place.is_lost, place.is_ready, place.shards = True, False, []
        self.places.remove(place)
        self.begin()


def other_coder(theirs: str, ours: str) -> ClusterError:
    """The error for a worker that would code differently."""
    return ClusterError(
        f"a worker has another coder ({theirs}) than this process ({ours})",
        "install the same Dragoman on every machine of the cluster",
    )
