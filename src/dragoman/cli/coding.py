"""``dragoman code``: files in, event mentions out, and word of what was left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TextIO, cast

import click

from dragoman import records
from dragoman.assemble import keep_confident
from dragoman.cli.exits import DONE, FAILED, SOME_LEFT_OUT, complain
from dragoman.cli.web import LazyFetcher
from dragoman.errors import InputError
from dragoman.intake import STDIN, Found, Terms, documents_in, file_name, find_files, holds_several, refusal
from dragoman.output import EXPLAINERS, open_explainer, open_writer
from dragoman.processes import code_in_processes
from dragoman.reasons import Explanation
from dragoman.records import Document, EventMention, Problem

NAMED = 5  # how many left-out files are named before the rest is only counted
SAID = 100  # how many problems are said before the rest is only counted


class CodesDocuments(Protocol):
    """What this command needs of a coder."""

    def dated(self, document: Document) -> Document:
        """The document with its day of publication told from the text, where nothing else told it."""

    def code(self, document: Document) -> Sequence[EventMention]:
        """The document's event mentions."""

    def record(self, document: Document) -> records.Coded:
        """The document's event mentions, and what it says of standing ties."""


class ExplainsDocuments(CodesDocuments, Protocol):
    """What it needs if reasons are wanted."""

    def explain(self, document: Document, min_confidence: float) -> Explanation:
        """The document's event mentions from that confidence, and the reasons of all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written, where, and in how many processes of which engine it is made."""

    form: str = "table"
    output: Path | None = None
    min_confidence: float = 0.0
    explain: bool = False
    jobs: int = 1
    allow_private: bool = False
    read_everything: bool = False
    engine: str = "processes"
    address: str | None = None

    def coder(self) -> Callable[[], CodesDocuments]:
        """What makes the coder that is wanted."""
        return make_thorough_coder if self.read_everything else make_coder


Coded = tuple[Document, Sequence[EventMention]] | Explanation


def make_coder() -> CodesDocuments:
    """The coder; loading its models takes a second or two, so it is made when a text is at hand."""
    from dragoman.pipeline import Coder

    coder: CodesDocuments = Coder()
    return coder


def usual_jobs(engine: str, address: str | None) -> int:
    """How many processes there are where nobody says: one, or on a cluster one for each core."""
    if engine != "ray":
        return 1
    from dragoman.cluster import cores

    return cores(address)


def make_thorough_coder() -> CodesDocuments:
    """The same, and it parses reports, too, whose words say that they hold no event."""
    from dragoman.pipeline import Coder

    coder: CodesDocuments = Coder(read_everything=True)
    return coder


def make_work(make: Callable[[], CodesDocuments], wanted: Wanted) -> Callable[[Document], Coded]:
    """A coder made ready: a document to what is written of it."""
    coder = make()
    least = wanted.min_confidence

    def code(document: Document) -> Coded:
        document = coder.dated(document)
        return document, keep_confident(coder.code(document), least)

    def explain(document: Document) -> Coded:
        return cast(ExplainsDocuments, coder).explain(document, least)

    return explain if wanted.explain else code


class Run:
    """One run over several files; keeps what could not be read and goes on."""

    def __init__(self, found: Found, terms: Terms, wanted: Wanted) -> None:
        self.found = found
        self.terms = terms
        self.wanted = wanted
        self.problems = 0
        self.said = 0
        self.coded = 0

    def documents(self, paths: Iterable[str]) -> Iterator[Document]:
        """Every report that can be read and coded; what can't becomes a problem."""
        with LazyFetcher(self.wanted.allow_private) as fetch:
            for one in documents_in(paths, self.terms, fetch, self.tell):
                problem = one if isinstance(one, Problem) else self.refused(one)
                if problem is not None:
                    self.leave_out(problem)
                elif isinstance(one, Document):
                    for note in one.notes:
                        self.tell(one.path, note)
                    yield replace(one, original=None)

    def refused(self, document: Document) -> Problem | None:
        """The problem of a report in another language, unless it is to be coded all the same."""
        return None if self.terms.any_language else refusal(document)

    def tell(self, path: str | None, message: str) -> None:
        """Says what is worth knowing about an input."""
        self.said += 1
        if self.said <= SAID:
            complain(f"{name_of(path)}: {message}")
        elif self.said == SAID + 1:
            complain("there is more to be said of the inputs; what is left out is counted at the end")

    def leave_out(self, problem: Problem) -> None:
        """Notes the problem, and says so at once."""
        self.problems += 1
        remedy = f"; {problem.remedy}" if problem.remedy else ""
        self.tell(problem.path, f"{problem.reason}{remedy}")

    def results(self, paths: Iterable[str]) -> Iterator[Coded]:
        """What is made of each document that can be read, in order."""
        documents = self.documents(paths)
        make = partial(make_work, self.wanted.coder(), self.wanted)
        several = self.wanted.jobs > 1 and (len(self.found.paths) > 1 or holds_several(self.found.paths[0]))
        coded = (
            code_in_processes(documents, make, self.wanted.jobs) if several else code_here(documents, make)
        )
        for one in coded:
            self.coded += 1
            yield one


def code_here(
    documents: Iterable[Document], make: Callable[[], Callable[[Document], Coded]]
) -> Iterator[Coded]:
    """What is made of each document, in this process."""
    work: Callable[[Document], Coded] | None = None
    for document in documents:
        work = work or make()
        yield work(document)


def code_paths(arguments: Sequence[str], terms: Terms, wanted: Wanted) -> int:
    """Codes what the arguments name, writes it, and gives back the exit code."""
    check_wanted(wanted)
    run = Run(find_files(arguments), terms, wanted)
    for problem in run.found.problems:
        run.leave_out(problem)
    output = wanted.output
    with progress(run.found.paths, output) as paths:
        results = run.results(paths)
        first = next(results, None)
        if first is not None:
            with destination(output) as stream:
                write = open_output(wanted, stream)
                for coded in chain([first], results):
                    write(coded)
                    if output is None:
                        stream.flush()
    summarise(run)
    if not run.coded:
        return FAILED
    return SOME_LEFT_OUT if run.problems else DONE


def name_of(path: str | None) -> str:
    """What to call an input in a message."""
    return "standard input" if path is None or path == STDIN else file_name(path)


def check_wanted(wanted: Wanted) -> None:
    """Raises ``InputError`` before any work is done if the output can't be a file there, or not hold it."""
    output = wanted.output
    if wanted.engine != "processes" or wanted.address is not None:
        raise InputError("a cluster codes into a corpus", "name one with --into")
    if wanted.explain and wanted.form not in EXPLAINERS:
        raise InputError(
            f"reasons can't be written as {wanted.form}", f"use --format {' or '.join(EXPLAINERS)}"
        )
    if output is not None and output.is_dir():
        raise InputError(f"{output} is a folder", "name a file in it with --output")
    if output is not None and not output.absolute().parent.is_dir():
        raise InputError(f"there is no folder {output.absolute().parent}", "make it first")


def open_output(wanted: Wanted, stream: TextIO) -> Callable[[Any], None]:
    """What writes a coded document onto the stream."""
    if wanted.explain:
        return open_explainer(wanted.form, stream).write
    writer = open_writer(wanted.form, stream)
    return lambda coded: writer.write(*coded)


@contextmanager
def destination(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that takes its name only when it is complete."""
    if output is None:
        yield sys.stdout
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        part.replace(output)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


@contextmanager
def progress(paths: Sequence[str], output: Path | None) -> Iterator[Iterable[str]]:
    """The paths, with a progress bar on standard error for several files where it disturbs nothing."""
    shown = len(paths) > 1 and sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())
    if not shown:
        yield paths
        return
    with click.progressbar(paths, label="coding", file=sys.stderr, show_pos=True) as bar:
        yield bar


def summarise(run: Run) -> None:
    """Says what of the folders was no text, and how many inputs were left out."""
    tell_skipped(run.found.skipped)
    if run.problems and run.coded:
        complain(f"coded {count(run.coded, 'report')}, left out {run.problems:,}")


def tell_skipped(skipped: Sequence[str]) -> None:
    """Says which files in folders are of no kind that can be read."""
    if skipped:
        named = ", ".join(map(file_name, skipped[:NAMED])) + (", …" if len(skipped) > NAMED else "")
        complain(f"passed over {count(len(skipped), 'file')} of other kinds: {named}")


def count(number: int, what: str) -> str:
    """'1 file', '2,000 files'."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
