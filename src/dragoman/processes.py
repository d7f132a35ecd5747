"""Codes documents in several processes, and gives the results back in the documents' order."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from dragoman.errors import DragomanError
from dragoman.records import Document

AHEAD = 16
"""Documents a process that may wait or lie ready: few enough to fit into memory, and enough that none idles
behind one that takes long while the next ones, which hold no event, take no time at all."""

Result = TypeVar("Result")
Work = Callable[[Document], Result]
Submit = Callable[[Document], "Future[Result]"]


class Worker:
    """What stands in each process: the coder, made when the first document comes."""

    make: Callable[[], Work[Any]] | None = None
    work: Work[Any] | None = None

    @classmethod
    def start(cls, make: Callable[[], Work[Any]]) -> None:
        """Runs in a new process: leaves Ctrl-C to the process that started it, and does not outlive that."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cls.make = staticmethod(make)
        Thread(target=follow_parent, daemon=True).start()

    @classmethod
    def code(cls, document: Document) -> Any:
        """What the coder of this process makes of the document."""
        if cls.work is None:
            assert cls.make is not None
            cls.work = staticmethod(cls.make())
        return cls.work(document)


def follow_parent() -> None:
    """Ends this process when the one that started it has been killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def code_in_processes(
    documents: Iterable[Document], make: Callable[[], Work[Result]], jobs: int
) -> Iterator[Result]:
    """The results in the order of the documents; ``make`` makes in each process what codes a document.

    No more than a few documents a process are read ahead. Whatever breaks the run off ends the processes.
    """
    waiting: deque[Future[Result]] = deque()
    with processes(make, jobs) as submit:
        for document in documents:
            if len(waiting) >= AHEAD * jobs:
                yield waiting.popleft().result()
            waiting.append(submit(document))
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def processes(make: Callable[[], Work[Result]], jobs: int) -> Iterator[Submit[Result]]:
    """What hands a document to a process and gives back what will hold its result.

    Whatever breaks the work off ends the processes; one that was ended from outside is a ``DragomanError``.
    """
    with held_back_interrupts():
        pool = ProcessPoolExecutor(
            jobs, mp_context=get_context("spawn"), initializer=Worker.start, initargs=(make,)
        )

    def submit(document: Document) -> Future[Result]:
        with held_back_interrupts():
            return pool.submit(Worker.code, document)

    try:
        yield submit
    except BrokenProcessPool:
        end(pool)
        raise DragomanError(
            "a process that codes was ended from outside, perhaps for want of memory; use fewer --jobs"
        ) from None
    except BaseException:
        end(pool)
        raise
    pool.shutdown()


@contextmanager
def this_process(make: Callable[[], Work[Result]]) -> Iterator[Submit[Result]]:
    """The same for one process, this one: a document is coded as it is handed in."""
    work: Work[Result] | None = None

    def submit(document: Document) -> Future[Result]:
        nonlocal work
        work = work or make()
        done: Future[Result] = Future()
        done.set_result(work(document))
        return done

    yield submit


def end(pool: ProcessPoolExecutor) -> None:
    """Ends the processes at once, with what they are at."""
    pool.shutdown(wait=False, cancel_futures=True)
    for child in active_children():
        child.terminate()


@contextmanager
def held_back_interrupts() -> Iterator[None]:
    """Lets Ctrl-C wait while a process is started, which so never gets it: it would die with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
