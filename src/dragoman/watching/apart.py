"""Work on what strangers sent, in a process that may be lost: bounded in time and in memory."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Generic, TypeVar

from dragoman.errors import InputError
from dragoman.processes import held_back_interrupts

SECONDS = 30.0
MEMORY = 2_000_000_000  # bytes of address space, of which Python with its libraries takes a tenth

LOOK = "see what is at the address"

Given = TypeVar("Given")
Made = TypeVar("Made")


class Apart(Generic[Given, Made]):
    """Calls a function in another process, which is made when it is needed and again when it was lost.

    ``InputError`` comes through; a call that takes too long or too much memory raises one.
    """

    def __init__(self, work: Callable[[Given], Made], seconds: float = SECONDS, what: str = "it") -> None:
        self.work = work
        self.seconds = seconds
        self.what = what
        self.process: Any = None
        self.pipe: Connection | None = None

    def __enter__(self) -> Apart[Given, Made]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def __call__(self, given: Given) -> Made:
        """What the function gives back."""
        try:
            made, reason, remedy = self.answer(given)
        except (EOFError, OSError):
            # It was ended from outside, or needs too much memory: the second time tells which.
            try:
                made, reason, remedy = self.answer(given)
            except (EOFError, OSError):
                self.end()
                raise InputError(f"{self.what} takes too much memory to be read", LOOK) from None
        if reason is not None:
            raise InputError(reason, remedy)
        result: Made = made
        return result

    def answer(self, given: Given) -> tuple[Any, str | None, str]:
        """What the other process sends; raises ``EOFError`` or ``OSError`` if it is lost over that."""
        if self.process is None or not self.process.is_alive():
            self.start()
        assert self.pipe is not None
        self.pipe.send(given)
        if not self.pipe.poll(self.seconds):
            self.end()
            raise InputError(f"{self.what} takes longer than {self.seconds:g} s to be read", LOOK)
        answer: tuple[Any, str | None, str] = self.pipe.recv()
        return answer

    def start(self) -> None:
        """Makes the process, from nothing: threads and locks of this one do not come along."""
        context = get_context("spawn")
        self.end()
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, self.work, self.seconds), daemon=True)
        with held_back_interrupts():
            self.process.start()
        theirs.close()

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process.close()
        if self.pipe is not None:
            self.pipe.close()
        self.process = self.pipe = None


def serve(pipe: Connection, work: Callable[[Any], Any], seconds: float) -> None:
    """Runs in the other process: answers until nobody asks any more."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # sent to all of a terminal or service: the other decides
    limit_memory()
    with suppress(EOFError, OSError):
        while True:
            given = pipe.recv()
            if hasattr(signal, "alarm"):
                # The one who asked may have been killed meanwhile: nobody else would end this process.
                signal.alarm(int(seconds) + 5)
            answer: tuple[Any, str | None, str]
            try:
                answer = (work(given), None, "")
            except InputError as fault:
                answer = (None, fault.reason, fault.remedy)
            except MemoryError:
                return
            except Exception as fault:  # this process is there to bear what strangers' bytes do to libraries
                told = " ".join(str(fault).split())[:120]
                answer = (None, f"it can't be read ({type(fault).__name__}: {told})", "")
            if hasattr(signal, "alarm"):
                signal.alarm(0)
            pipe.send(answer)


def limit_memory() -> None:
    """Bounds this process' memory, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
