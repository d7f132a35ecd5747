"""``dragoman code … --into CORPUS``, and what other commands that add to a corpus share with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import FrameType

from dragoman.cli import coding
from dragoman.cli.exits import DONE, FAILED, INTERRUPTED, SOME_LEFT_OUT, complain
from dragoman.cli.progress import Meter
from dragoman.cli.web import LazyFetcher
from dragoman.errors import InputError
from dragoman.intake import Terms, find_files, parts_in
from dragoman.records import Document, Problem
from dragoman.running import Adder, CodesDocuments, CopyMemory, Engine, FindsCopies, Plan, Summary, identify
from dragoman.store import Corpus


class Stopping:
    """Whether somebody has pressed Ctrl-C: the batch in hand is finished then; a second one stops at once."""

    def __init__(self, said: str = "finishing the batch in hand; Ctrl-C again stops at once") -> None:
        self.asked = False
        self.said = said
        self.code = INTERRUPTED

    def __call__(self) -> bool:
        """Whether to stop."""
        return self.asked

    def ask(self, number: int, frame: FrameType | None) -> None:
        """What the signal calls."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self.code = 128 + number
        complain(self.said)


@contextmanager
def stopping(*said: str) -> Iterator[Stopping]:
    """Catches Ctrl-C and the like for as long as a run lasts, and then says in those words that it stops."""
    stop = Stopping(*said)
    before = {number: signal.signal(number, stop.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def code_into(
    path: Path, arguments: tuple[str, ...], terms: Terms, wanted: coding.Wanted, assembles: bool = True
) -> int:
    """Codes what the arguments name into the corpus, assembles, and gives back the exit code."""
    from dragoman.cli.assembling import assemble_after

    check_wanted(wanted)
    found = find_files(arguments)
    if found.problems and not found.paths:
        for problem in found.problems:
            complain(f"{problem.path}: {problem.reason}; {problem.remedy}")
        return FAILED
    options = {
        "published": str(terms.published or ""),
        "outlet": terms.outlet or "",
        "jobs": wanted.jobs,
        "read_everything": wanted.read_everything,
    }
    with LazyFetcher(wanted.allow_private) as fetch, Meter(found.paths) as meter, stopping() as stop:
        parts = parts_in(meter.passing(found.paths), terms, fetch, meter.tell)
        adder = open_adder(
            path,
            jobs=wanted.jobs,
            options=options,
            any_language=terms.any_language,
            stop=stop,
            meter=meter,
            make_coder=wanted.coder(),
            engine=engine_of(wanted),
        )
        with adder:
            adder.take(said(adder.read(chain(found.problems, parts)), meter))
    coding.tell_skipped(found.skipped)
    report(adder.summary, path)
    if adder.summary.stopped:
        return stop.code
    jobs = wanted.jobs if wanted.engine == "processes" else min(wanted.jobs, os.cpu_count() or 1)
    return (assemble_after(path, jobs) if assembles else DONE) or exit_code(adder.summary)


def engine_of(wanted: coding.Wanted) -> Engine | None:
    """What opens the coders; ``None`` for processes of this machine."""
    if wanted.engine == "processes":
        if wanted.address is not None:
            raise InputError("--address is that of a Ray cluster", "add --engine ray")
        return None
    from dragoman.cluster import Cluster

    return Cluster(wanted.address, complain).coders


def open_adder(
    path: Path,
    *,
    jobs: int = 1,
    kind: str = "code",
    options: Mapping[str, object] | None = None,
    any_language: bool = False,
    stop: Callable[[], bool] = lambda: False,
    meter: Meter | None = None,
    make_coder: Callable[[], CodesDocuments] | None = None,
    engine: Engine | None = None,
) -> Adder:
    """What adds documents to the corpus as they come, to be used in a ``with`` statement."""
    corpus = Corpus.create(path)
    info = identify(kind, options or {})
    plan = Plan(make_coder or coding.make_coder, info, jobs, any_language, engine=engine)
    return Adder(corpus, plan, finds_copies(corpus), stop, on_progress=meter.show if meter else None)


def said(inputs: Iterable[Document | Problem], meter: Meter) -> Iterator[Document | Problem]:
    """The inputs; each problem is told at once, and each document counted."""
    for one in inputs:
        if isinstance(one, Document):
            meter.count(one)
        else:
            meter.tell(one.path, f"{one.reason}; {one.remedy}" if one.remedy else one.reason)
        yield one


def finds_copies(corpus: Corpus) -> FindsCopies:
    """What finds reprints among the documents of the corpus."""
    return CopyMemory(corpus)


def report(summary: Summary, path: Path) -> None:
    """Says what was done, and how to go on if it was stopped."""
    mentions = coding.count(summary.mentions, "event mention")
    parts = [f"added {coding.count(summary.added, 'document')} with {mentions}"]
    if summary.known:
        parts.append(f"{summary.known:,} {'was' if summary.known == 1 else 'were'} there")
    not_coded = sum(summary.not_coded.values())
    if not_coded:
        reasons = ", ".join(f"{why}: {number:,}" for why, number in summary.not_coded.most_common(5))
        parts.append(f"{not_coded:,} kept and not coded ({reasons})")
    if summary.copies:
        parts.append(f"{summary.copies:,} {'repeats another' if summary.copies == 1 else 'repeat others'}")
    if summary.problems:
        parts.append(f"{summary.problems:,} could not be read ('dragoman corpus problems {path}')")
    complain("; ".join(parts))
    if summary.stopped:
        complain(f"stopped; what was done is kept in {path}, and the same command goes on from there")


def exit_code(summary: Summary) -> int:
    """What the shell is told of a run that went to its end."""
    if not summary.documents and summary.problems:
        return FAILED
    return SOME_LEFT_OUT if summary.problems else DONE


def check_wanted(wanted: coding.Wanted) -> None:
    """Raises ``InputError`` for options that have no meaning with a corpus, which keeps everything."""
    if wanted.output is not None or wanted.explain or wanted.min_confidence:
        raise InputError(
            "--into keeps all event mentions in the corpus, so --output, --explain and --min-confidence say "
            "nothing there",
            "leave them out",
        )
