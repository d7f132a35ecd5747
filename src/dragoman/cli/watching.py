"""``dragoman watch``: feeds in, a corpus grown, round after round."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from threading import Event
from types import FrameType, TracebackType

import click
from rich.console import Console
from rich.text import Text

from dragoman.cli import adding, coding
from dragoman.cli.assembling import line
from dragoman.cli.exits import DONE, FAILED, INTERRUPTED, SOME_LEFT_OUT, TERMINATED, complain
from dragoman.cli.fetched import document_of
from dragoman.errors import InputError
from dragoman.fetching import Fetcher, Limits
from dragoman.intake import Terms
from dragoman.records import Document, Problem
from dragoman.running import Adder, CodesDocuments, Plan, Summary, assemble, identify
from dragoman.store import Corpus
from dragoman.watching import Apart, Feed, Round, State, Watch, read_lists

PAGE_SECONDS = 60.0
CODES = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to watch; ``every`` in seconds, ``None`` for one round."""

    corpus: Path
    every: float | None
    limits: Limits
    terms: Terms
    jobs: int = 1
    assemble: bool = True


def watch_feeds(arguments: Sequence[str], wanted: Wanted) -> int:
    """Watches what the arguments name until it is stopped, or for one round, and gives back the exit code."""
    feeds = Lists(arguments)
    corpus = Corpus.create(wanted.corpus)
    stop = Event()
    with ExitStack() as open_things:
        ended_by = open_things.enter_context(stopping(stop))
        state = open_things.enter_context(State(wanted.corpus))
        fetcher = open_things.enter_context(Fetcher(wanted.limits, stop))
        read = open_things.enter_context(Apart(partial(document_of, wanted.terms), PAGE_SECONDS, "the page"))
        keeper = open_things.enter_context(Keeper(corpus, wanted, stop.is_set))
        show = open_things.enter_context(shown())
        watch = Watch(
            state,
            fetcher,
            keeper,
            lambda page, told: read((page, told)),
            say=complain,
            show=lambda done: show(done.progress()),
        )
        rounds = [watch.round(feeds())] if wanted.every is None else watch.rounds(feeds, wanted.every)
        code = DONE
        for done in rounds:
            click.echo(f"{time.strftime('%Y-%m-%d %H:%M')} {done.line()}{keeper.end()}")
            code = exit_code(done)
            show("waiting for the next round")
    if stop.is_set():
        complain(
            f"stopped; what was done is kept in {wanted.corpus}, and the same command goes on from there"
        )
        return CODES.get(ended_by[0] if ended_by else signal.SIGINT, INTERRUPTED)
    return code


def exit_code(done: Round) -> int:
    """What the shell is told of one round."""
    if done.asked and len(done.faults) == done.asked and not done.documents:
        return FAILED
    return SOME_LEFT_OUT if done.faults or done.left_out else DONE


class Lists:
    """The feeds that the user named, read anew before each round: a list may be changed meanwhile."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.arguments = arguments
        self.feeds = read_lists(arguments)

    def __call__(self) -> list[Feed]:
        """The feeds; those of the last time where the lists can't be read now."""
        try:
            self.feeds = read_lists(self.arguments)
        except InputError as fault:
            complain(f"{fault}; going on with the feeds as they were")
        return self.feeds


@contextmanager
def shown() -> Iterator[Callable[[str], None]]:
    """Draws a line on standard error, anew with each call, where a person looks on."""
    if not sys.stderr.isatty():
        yield lambda line: None
        return
    with Console(stderr=True).status("beginning …") as status:
        yield lambda line: status.update(Text(line))


@contextmanager
def stopping(stop: Event) -> Iterator[list[signal.Signals]]:
    """Sets the event on Ctrl-C and the like, and keeps which it was; the second time, it stops at once."""
    got: list[signal.Signals] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if got:
            raise KeyboardInterrupt
        got.append(signal.Signals(number))
        stop.set()
        complain("finishing what is in hand; Ctrl-C again stops at once")

    before = {number: signal.signal(number, ask) for number in CODES}
    try:
        yield got
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@lru_cache(maxsize=1)
def kept_coder() -> CodesDocuments:
    """The coder, loaded once for all rounds."""
    return coding.make_coder()


class Keeper:
    """Puts documents into the corpus: a run for each round that finds any, begun with its first batch."""

    def __init__(self, corpus: Corpus, wanted: Wanted, stop: Callable[[], bool] = lambda: False) -> None:
        self.corpus = corpus
        self.wanted = wanted
        self.stop = stop
        self.run: Adder | None = None
        self.open = ExitStack()

    def __enter__(self) -> Keeper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open.__exit__(kind, fault, trace)

    def add(self, documents: Sequence[Document], problems: Sequence[Problem]) -> int:
        """Keeps them for good before it comes back, and tells how many documents were new."""
        if self.run is None:
            self.run = self.open.enter_context(self.begin())
        return self.run.add(documents, problems)

    def begin(self) -> Adder:
        """A new run."""
        options = {"every": self.wanted.every, "jobs": self.wanted.jobs}
        info = identify("watch", options)
        plan = Plan(kept_coder, info, self.wanted.jobs, self.wanted.terms.any_language)
        return Adder(self.corpus, plan, adding.finds_copies(self.corpus))

    def end(self) -> str:
        """Ends the run of the round, if any, assembles, and tells what is to be added to the round's line."""
        summary = self.run.summary if self.run else Summary()
        self.run = None
        self.open.close()
        not_coded = sum(summary.not_coded.values())
        parts = [f"{summary.mentions:,} event mentions"] * (summary.added > 0)
        parts += [f"{not_coded:,} kept and not coded"] * (not_coded > 0)
        parts += [f"{summary.copies:,} repeat others"] * (summary.copies > 0)
        if self.wanted.assemble and not self.stop():
            parts += (
                [told] if (told := line(assemble(self.corpus, jobs=self.wanted.jobs, stop=self.stop))) else []
            )
        return "".join(f" · {part}" for part in parts)


def limits_of(allow_private: bool, delay: float, contact: str | None) -> Limits:
    """How hosts are asked: as the user wants, and otherwise as is polite for someone who comes every day."""
    if contact is not None and not (contact.isascii() and contact.isprintable()):
        raise InputError("--contact can't be sent to hosts", "write it in ASCII, as mailto:me@example.org")
    return Limits(allow_private=allow_private, delay=delay, contact=contact, longest_wait=120.0)
