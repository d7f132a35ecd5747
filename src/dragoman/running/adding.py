"""Documents into a corpus: those that it has are passed over, the others coded and kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from types import TracebackType

from dragoman.intake import Unread, why_not
from dragoman.records import Document, Problem
from dragoman.running.batching import Gathering
from dragoman.running.plans import Coders, FindsCopies, Outcome, Plan, Summary, open_coders
from dragoman.store import STOPPED, Corpus, Entry, Writer

Read = Document | Problem
Input = Read | None
AT_ONCE = 64
"""Documents that are looked up in the corpus at once."""
WAITING = 256
"""Documents and problems, coded or not, that may wait behind one that takes long."""


def never() -> bool:
    """No."""
    return False


def nothing() -> None:
    """Does nothing."""


def add(
    corpus: Corpus,
    inputs: Iterable[Input],
    plan: Plan,
    *,
    copies: FindsCopies | None = None,
    stop: Callable[[], bool] = never,
    on_commit: Callable[[], None] = nothing,
    on_progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Adds the documents to the corpus, and says what was done.

    ``None`` among the inputs commits what is in hand. ``stop`` is asked between documents: once it says yes,
    no more are begun, and what is coded is committed. ``on_commit`` is called after each commit.
    """
    with Adder(corpus, plan, copies, stop, on_commit, on_progress) as adder:
        adder.take(inputs)
    if on_progress is not None:
        on_progress(adder.summary)
    return adder.summary


class Adder:
    """One run, to be used in a ``with`` statement: it takes documents as they come, and its coders stay."""

    def __init__(
        self,
        corpus: Corpus,
        plan: Plan,
        copies: FindsCopies | None = None,
        stop: Callable[[], bool] = never,
        on_commit: Callable[[], None] = nothing,
        on_progress: Callable[[Summary], None] | None = None,
    ) -> None:
        self.plan = plan
        self.copies = copies
        self.stop = stop
        self.on_progress = on_progress
        self.summary = Summary()
        self.writer = Writer(corpus, plan.info)
        self.gathering = Gathering(plan, self.writer, self.summary, on_commit)
        self.coders: Coders
        self.line: Line
        self.open = ExitStack()

    def __enter__(self) -> Adder:
        with ExitStack() as opening:
            opening.enter_context(self.writer)
            opening.callback(self._end)
            self.coders = opening.enter_context(open_coders(self.plan))
            self.line = Line(self.gathering, self.coders, self.plan, self.copies)
            self.open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open.__exit__(kind, fault, trace)
        if kind is None and self.copies is not None:
            self.copies.keep(self.summary.version, self.writer.commits)

    def _end(self) -> None:
        """Commits what is in hand, also what was coded before a process was ended from outside."""
        self.gathering.commit()
        self.writer.counts["known"] = self.summary.known
        if self.summary.stopped:
            self.writer.state = STOPPED

    def read(self, parts: Iterable[Read | Unread]) -> Iterator[Read]:
        """The parts in their order, to be taken in; the processes that code read what is unread.

        If this process read it, those might have to wait for it.
        """
        return read_ahead(parts, self.coders)

    def take(self, inputs: Iterable[Input]) -> None:
        """Takes in all of the inputs; the last batch may not be committed yet."""
        for item in sift(watched(inputs, self.stop, self.summary), self.writer, self.summary):
            if self.stop():
                self.summary.stopped = True
                break
            self.line.put(item)
            if self.on_progress is not None:
                self.on_progress(self.summary)
        self.line.empty()

    def add(self, documents: Sequence[Document], problems: Sequence[Problem] = ()) -> int:
        """Adds these for good before it comes back, and tells how many documents were new."""
        before = self.summary.added
        self.take([*problems, *documents])
        self.gathering.commit()
        return self.summary.added - before


def watched(inputs: Iterable[Input], stop: Callable[[], bool], summary: Summary) -> Iterator[Input]:
    """The inputs until somebody says stop."""
    remaining = iter(inputs)
    while True:
        if stop():
            summary.stopped = True
            return
        try:
            item = next(remaining)
        except StopIteration:
            return
        yield item


def sift(inputs: Iterator[Input], writer: Writer, summary: Summary) -> Iterator[Input]:
    """The inputs without the documents that the corpus has, or that came just before."""
    while chunk := list(islice(until_pause(inputs), AT_ONCE)):
        documents = {item.id: item for item in reversed(chunk) if isinstance(item, Document)}
        known = writer.known(list(documents))
        for item in chunk:
            if isinstance(item, Document):
                summary.documents += 1
                if item.id in known:
                    summary.known += 1
                    continue
                known.add(item.id)
            yield item


def read_ahead(parts: Iterable[Read | Unread], coders: Coders) -> Iterator[Read]:
    """The parts in their order, the unread ones read; a few are read ahead."""
    # Files are read before documents are coded, so half as many of them keep all processes busy.
    most = coders.ahead // 2 * coders.jobs
    coming: deque[Read | Future[Read]] = deque()
    for part in parts:
        coming.append(coders.read(part) if isinstance(part, Unread) else part)
        while coming and (len(coming) > most or is_at_hand(coming[0])):
            yield at_hand(coming.popleft())
    yield from map(at_hand, coming)


def is_at_hand(part: Read | Future[Read]) -> bool:
    """Whether it need not be waited for."""
    return not isinstance(part, Future) or part.done()


def at_hand(part: Read | Future[Read]) -> Read:
    """The part, waited for if need be."""
    return part.result() if isinstance(part, Future) else part


def until_pause(inputs: Iterator[Input]) -> Iterator[Input]:
    """The inputs up to the next ``None``, with it: nothing must wait for what comes after a pause."""
    for item in inputs:
        yield item
        if item is None:
            return


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document on its way through a coder; ``why_not`` where it is not to be coded."""

    document: Document
    copy: tuple[str, float] | None
    coming: Future[Outcome] | None
    why_not: str | None = None


class Line:
    """Documents on their way through the coders, which they leave in the order in which they came."""

    def __init__(self, gathering: Gathering, coders: Coders, plan: Plan, copies: FindsCopies | None) -> None:
        self.gathering = gathering
        self.coders = coders
        self.plan = plan
        self.copies = copies
        self.waiting: deque[Waiting | Problem] = deque()
        self.coding = 0
        self.here: set[str] = set()

    def put(self, item: Input) -> None:
        """Takes an input in, and lets out what is ready or has to make room."""
        if item is None:
            self.empty()
            self.gathering.commit()
            return
        if isinstance(item, Problem):
            self.waiting.append(item)
        elif item.id in self.here or any(item.id == one.document.id for one in self.gathering.entries):
            self.gathering.summary.known += 1
        else:
            self.waiting.append(self.begin(item))
            self.here.add(item.id)
        while self.waiting and (self.is_crowded() or self.is_ready()):
            self.let_out()

    def begin(self, document: Document) -> Waiting:
        """Hands the document to a coder, unless it is in another language."""
        copy = self.copies.seen(document) if self.copies else None
        reason = None if self.plan.any_language else why_not(document)
        if reason is not None:
            return Waiting(document, copy, None, reason)
        self.coding += 1
        # What the text was taken from is of no use to a coder, and may be a hundred times as long.
        return Waiting(document, copy, self.coders.code(replace(document, original=None)))

    def is_crowded(self) -> bool:
        """Whether the first in line has to be waited for."""
        most = self.coders.ahead * self.coders.jobs
        return self.coding > most or len(self.waiting) > max(WAITING, 2 * most)

    def is_ready(self) -> bool:
        """Whether the first in line is done."""
        first = self.waiting[0]
        return isinstance(first, Problem) or first.coming is None or first.coming.done()

    def let_out(self) -> None:
        """Lets the first in line go into the batch."""
        first = self.waiting.popleft()
        if isinstance(first, Problem):
            self.gathering.refuse(first)
            return
        self.here.discard(first.document.id)
        if first.coming is None:
            self.gathering.add(
                Entry(first.document, first.document.published, why_not=first.why_not, copy=first.copy)
            )
            return
        self.coding -= 1
        self.gathering.take(first.document, first.coming.result(), first.copy)

    def empty(self) -> None:
        """Waits for all that is in line."""
        while self.waiting:
            self.let_out()
