"""What a run is to do, and what it has done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from dragoman.errors import ModelError, TableError
from dragoman.processes import Submit, processes, this_process
from dragoman.records import Coded, Document, EventMention, TieStatement, TimeRef
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


def make_work(make: Callable[[], CodesDocuments]) -> Callable[[Document], Outcome]:
    """A coder made ready: a document to what it makes of it."""
    coder = make()

    def work(document: Document) -> Outcome:
        # One document in a hundred thousand that the coder falls over must not end the run.
        try:
            dated = coder.dated(document)
            coded = coder.record(dated)
            return Outcome(dated.published, coded.mentions, statements=coded.statements)
        except (ModelError, TableError):
            raise
        except Exception as fault:
            return Outcome(fault=f"{type(fault).__name__}: {fault}")

    return work


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run works.

    ``make_coder`` makes a coder and can be sent to another process. A batch is committed when it has
    ``most_documents``, ``most_characters`` or is ``most_seconds`` old.
    """

    make_coder: Callable[[], CodesDocuments]
    info: RunInfo
    jobs: int = 1
    any_language: bool = False
    most_documents: int = 256
    most_characters: int = 16_000_000
    most_seconds: float = 20.0


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


def open_coders(plan: Plan) -> AbstractContextManager[Submit[Outcome]]:
    """As many coders as the plan wants, to be used in a ``with`` statement; one needs no other process."""
    make = partial(make_work, plan.make_coder)
    return processes(make, plan.jobs) if plan.jobs > 1 else this_process(make)
