"""What a run is to do, and what it has done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, cast

from dragoman.errors import ModelError, TableError
from dragoman.intake import Unread
from dragoman.processes import AHEAD, Submit, processes, this_process
from dragoman.records import Coded, Document, EventMention, Problem, TieStatement, TimeRef
from dragoman.store import RunInfo


class CodesDocuments(Protocol):
    """What a run needs of a coder."""

    def dated(self, document: Document) -> Document:
        """The document with its day of publication told from the text, where nothing else told it."""

    def record(self, document: Document) -> Coded:
        """The document's event mentions, and what it says of standing ties."""


class FindsCopies(Protocol):
    """What a run needs of what finds reprints."""

    def seen(self, document: Document) -> tuple[str, float] | None:
        """The id of the earlier document that this one repeats, and what share of it; notes the document."""

    def keep(self, version: int, commits: int) -> None:
        """All that was seen is committed: so many commits, the last of which made this version."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a coder made of a document; ``fault`` says why it made nothing."""

    published: TimeRef | None = None
    mentions: tuple[EventMention, ...] = ()
    fault: str | None = None
    statements: tuple[TieStatement, ...] = ()


Task = Document | Unread


def make_work(make: Callable[[], CodesDocuments]) -> Callable[[Task], Outcome | Document | Problem]:
    """A document to what a coder makes of it, an unread file to its document."""
    coder: CodesDocuments | None = None

    def work(task: Task) -> Outcome | Document | Problem:
        nonlocal coder
        if isinstance(task, Unread):
            return task.read()
        # Loading takes seconds, and files may all hold what the corpus has.
        coder = coder or make()
        return code(coder, task)

    return work


def code(coder: CodesDocuments, document: Document) -> Outcome:
    """What the coder makes of the document."""
    # One document in a hundred thousand that the coder falls over must not end the run.
    try:
        dated = coder.dated(document)
        coded = coder.record(dated)
        return Outcome(dated.published, coded.mentions, statements=coded.statements)
    except (ModelError, TableError):
        raise
    except Exception as fault:
        return Outcome(fault=f"{type(fault).__name__}: {fault}")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run works.

    ``make_coder`` makes a coder and can be sent to another process. A batch is committed when it has
    ``most_documents``, ``most_characters`` or is ``most_seconds`` old. ``engine`` opens the coders where they
    are not processes of this machine.
    """

    make_coder: Callable[[], CodesDocuments]
    info: RunInfo
    jobs: int = 1
    any_language: bool = False
    most_documents: int = 256
    most_characters: int = 16_000_000
    most_seconds: float = 20.0
    engine: Engine | None = None


@dataclass(slots=True)
class Summary:
    """What a run has done so far; ``documents`` counts those read, ``added`` those committed."""

    documents: int = 0
    added: int = 0
    known: int = 0
    coded: int = 0
    copies: int = 0
    mentions: int = 0
    problems: int = 0
    words: int = 0
    version: int = 0
    stopped: bool = False
    not_coded: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started


class Coders:
    """What codes documents, in this process or in others, which also read what is unread.

    ``ahead`` is how many documents a process may wait or lie ready.
    """

    def __init__(self, submit: Submit[Any], jobs: int, ahead: int = AHEAD) -> None:
        self.submit = submit
        self.jobs = jobs
        self.ahead = ahead

    def code(self, document: Document) -> Future[Outcome]:
        """What will hold what a coder makes of the document."""
        return self.submit(document)

    def read(self, unread: Unread) -> Future[Document | Problem]:
        """What will hold the document of a file."""
        return self.submit(cast(Any, unread))


Engine = Callable[[Plan], AbstractContextManager[Coders]]
"""What opens coders for a plan."""


@contextmanager
def open_coders(plan: Plan) -> Iterator[Coders]:
    """As many coders as the plan wants, to be used in a ``with`` statement; one needs no other process."""
    if plan.engine is not None:
        with plan.engine(plan) as coders:
            yield coders
        return
    make = cast(Any, partial(make_work, plan.make_coder))
    with processes(make, plan.jobs) if plan.jobs > 1 else this_process(make) as submit:
        yield Coders(submit, plan.jobs)
