"""Many hosts at once, each by one thread at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import Empty, Full, Queue
from threading import Event
from typing import Any, TypeVar
from urllib.parse import urlsplit

from dragoman.errors import FetchError
from dragoman.fetching import Page

LANES = 8
READY = 8
"""Pages that may lie ready: enough that none waits, few enough to fit into memory."""
PATIENCE = 3
"""After how many failures in a row a host is left alone for this round."""
TICK = 1.0

Job = TypeVar("Job")
Answer = Page | FetchError


def in_lanes(
    jobs: Iterable[tuple[str, Job]],
    work: Callable[[Job], Page],
    stop: Event,
    is_over: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Job, Answer] | None]:
    """Each job with the page that came of it or why none did, as they are done, and ``None`` every second.

    The jobs of one host are done in their order by one thread. Not all may come back: a host that fails
    again and again, or wants to be left alone, is left alone, and so are all from when ``stop`` is set or it
    is over. Leaving the loop early sets ``stop``.
    """
    lanes: dict[str, list[Job]] = {}
    for host, job in jobs:
        lanes.setdefault(host, []).append(job)
    ready: Queue[Any] = Queue(READY)
    abandoned = Event()
    with ThreadPoolExecutor(LANES, "lane") as pool:
        for lane in lanes.values():
            pool.submit(drive, lane, work, partial(hand_on, ready, abandoned), stop, is_over)
        left = len(lanes)
        try:
            while left:
                with suppress(Empty):
                    result = ready.get(timeout=TICK)
                    if result is None:
                        left -= 1
                    else:
                        yield result
                    continue
                yield None
        except BaseException:
            abandoned.set()
            stop.set()
            raise


def drive(
    lane: list[Job],
    work: Callable[[Job], Page],
    give: Callable[[Any], None],
    stop: Event,
    is_over: Callable[[], bool],
) -> None:
    """Does the jobs of one host, and says at the end that it is done."""
    failures = 0
    try:
        for job in lane:
            if stop.is_set() or is_over() or failures >= PATIENCE:
                break
            answer = answer_of(work, job)
            fails = isinstance(answer, FetchError) and not answer.lasting
            if stop.is_set() and fails:
                break
            give((job, answer))
            failures = failures + 1 if fails else 0
            if isinstance(answer, FetchError) and answer.wait:
                break
    finally:
        give(None)


def answer_of(work: Callable[[Job], Page], job: Job) -> Answer:
    """The page, or why there is none."""
    try:
        return work(job)
    except FetchError as fault:
        return fault
    except Exception as fault:  # whatever a host makes a library raise, the other hosts are not to suffer
        told = " ".join(str(fault).split())[:120]
        return FetchError(f"the answer can't be read ({type(fault).__name__}: {told})", "try again later")


def hand_on(ready: Queue[Any], abandoned: Event, result: Any) -> None:
    """Puts the result where it is taken from, unless nobody takes it any more."""
    while not abandoned.is_set():
        with suppress(Full):
            ready.put(result, timeout=TICK)
            return


def host_of(address: str) -> str:
    """The host that an address names, as far as it can be told; hosts of one name share a lane."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
