"""Ray: the one module that imports it, and only when a cluster is opened."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from dragoman.cluster.dispatching import Dispatcher
from dragoman.cluster.shards import MOST_TASKS, Gatherer
from dragoman.errors import ClusterError
from dragoman.running import Coders, CodesDocuments, Plan, Task, identify, make_work

AHEAD = 8 * MOST_TASKS
"""Documents a worker that may wait or lie ready, several shards: none idles behind one that takes long."""
ATTEMPTS = 3
OBJECTS = 256 * 1024 * 1024
"""Bytes that a Ray started here sets aside for what travels; a few shards are a few hundred kilobytes."""


def never_mind(message: str) -> None:
    """Tells nobody."""


class Worker:
    """What stands in a process of the cluster: one coder, whose models are loaded once, when it is asked."""

    def __init__(self, make_coder: Callable[[], CodesDocuments]) -> None:
        self.work = make_work(make_coder)

    def coder(self) -> str:
        """Which coder it is."""
        return identify("code", {}).coder

    def code(self, tasks: tuple[Task, ...]) -> list[Any]:
        """What each task comes to."""
        return [self.work(task) for task in tasks]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Workers on Ray: a cluster's by its address, or those of a Ray that is started here and ends with us.

    ``coders`` is what a ``Plan`` takes as ``engine``; ``tell`` is told when a worker is lost. With no
    address that of RAY_ADDRESS is taken, as 'ray job submit' sets it.
    """

    address: str | None = None
    tell: Callable[[str], None] = never_mind

    @contextmanager
    def coders(self, plan: Plan) -> Iterator[Coders]:
        """Coders in ``plan.jobs`` workers; the results are the same as of processes, in the same order."""
        with connected(self.address, plan.jobs) as ray:
            dispatcher = Dispatcher(
                RayCrew(ray, plan.make_coder), plan.jobs, identify("code", {}).coder, self.tell
            )
            gatherer = Gatherer(dispatcher.give)
            dispatcher.start()
            try:
                yield Coders(cast(Any, gatherer.submit), plan.jobs, AHEAD)
            finally:
                dispatcher.close()


@contextmanager
def connected(address: str | None, jobs: int) -> Iterator[Any]:
    """Ray, connected to the cluster, or started here; as it was found if it was connected already."""
    ray = imported()
    if ray.is_initialized():
        yield ray
        return
    there = address or os.environ.get("RAY_ADDRESS")
    # It reports how it is used to its makers, which no program may do unasked.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    started = {"num_cpus": jobs, "object_store_memory": OBJECTS, "include_dashboard": False}
    before = signal.getsignal(signal.SIGTERM)
    try:
        begin(ray, {"address": there} if there else {"address": "local", **started}, 1 if there else ATTEMPTS)
    except Exception as fault:  # a node that does not come up in time is no more than that
        raise ClusterError(
            f"the cluster {there or 'on this machine'} can't be reached ({fault})",
            "start one with 'ray start --head', and give its address; without --address one is started here",
        ) from None
    finally:
        # Ray puts its own in place, which would break off a run that is finishing what is in hand.
        signal.signal(signal.SIGTERM, before)
    try:
        yield ray
    finally:
        ray.shutdown()


def begin(ray: Any, options: dict[str, Any], attempts: int) -> None:
    """Connects Ray, which waits half a minute for what it starts: on a busy machine that is too short."""
    for attempt in range(attempts):
        try:
            ray.init(log_to_driver=False, logging_level="error", **options)
            return
        except Exception:
            ray.shutdown()
            if attempt + 1 == attempts:
                raise


def imported() -> Any:
    """Ray; raises ``ClusterError`` where it is not installed."""
    try:
        import ray
    except ModuleNotFoundError as fault:
        if fault.name != "ray":
            raise
        raise ClusterError(
            "Ray is not installed", "pip install 'dragoman[ray]', or leave out --engine ray"
        ) from None
    return ray


def cores(address: str | None) -> int:
    """How many cores the cluster has; those of this machine where one is to be started here."""
    if not address and not os.environ.get("RAY_ADDRESS"):
        return os.cpu_count() or 1
    with connected(address, 1) as ray:
        return max(1, int(ray.cluster_resources().get("CPU", 1)))


class RayCrew:
    """Workers as actors of Ray, one core each; Ray neither starts them anew nor repeats what they were at."""

    def __init__(self, ray: Any, make_coder: Callable[[], CodesDocuments]) -> None:
        self.ray = ray
        self.make_coder = make_coder
        self.actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Worker)

    def start(self) -> Any:
        """A new actor."""
        return self.actor.remote(self.make_coder)

    def greet(self, worker: Any) -> Future[str]:
        """What will hold the name of its coder."""
        return cast("Future[str]", worker.coder.remote().future())

    def send(self, worker: Any, tasks: tuple[Task, ...]) -> Future[list[Any]]:
        """What will hold the results."""
        return cast("Future[list[Any]]", worker.code.remote(tasks).future())

    def is_loss(self, fault: BaseException) -> bool:
        """Whether the process, its machine, or what it sent is gone; not if it could not be set up there."""
        errors = self.ray.exceptions
        if isinstance(fault, (errors.RayTaskError, errors.RuntimeEnvSetupError)):
            return False
        return isinstance(fault, errors.RayError) and not getattr(fault, "actor_init_failed", False)

    def cause(self, fault: BaseException) -> BaseException:
        """What the worker raised, or why it could not begin."""
        if isinstance(fault, self.ray.exceptions.RayTaskError) and fault.cause is not None:
            return cast(BaseException, fault.cause)
        lines = [line for line in str(fault).strip().splitlines() if line.strip()] or [repr(fault)]
        return ClusterError(
            f"a worker can't begin ({lines[-1].strip()})",
            "see that Dragoman is installed on every machine of the cluster, in the same version",
        )

    def end(self, worker: Any) -> None:
        """Ends it."""
        self.ray.kill(worker)
