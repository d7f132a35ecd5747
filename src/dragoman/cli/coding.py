"""``dragoman code``: files in, event mentions out, and word of what was left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol, TextIO

import click

from dragoman.cli.exits import DONE, FAILED, SOME_LEFT_OUT, complain
from dragoman.errors import InputError
from dragoman.intake import STDIN, Found, Terms, file_name, find_files, read_path, read_stream
from dragoman.output import open_writer
from dragoman.records import Document, EventMention, Problem

NAMED = 5  # how many left-out files are named before the rest is only counted


class CodesDocuments(Protocol):
    """What this command needs of a coder."""

    def dated(self, document: Document) -> Document:
        """The document with its day of publication told from the text, where nothing else told it."""

    def code(self, document: Document) -> Sequence[EventMention]:
        """The document's event mentions."""


def make_coder() -> CodesDocuments:
    """The coder; loading its models takes a second or two, so it is made when a text is at hand."""
    from dragoman.pipeline import Coder

    coder: CodesDocuments = Coder()
    return coder


class Run:
    """One run over several files; keeps what could not be read and goes on."""

    def __init__(self, found: Found, terms: Terms) -> None:
        self.found = found
        self.terms = terms
        self.problems: list[Problem] = []
        self.coded = 0

    def documents(self, paths: Iterable[str]) -> Iterator[Document]:
        """Every file that can be read, as a document; the others become problems."""
        for path in paths:
            try:
                yield read_input(path, self.terms)
            except InputError as fault:
                self.leave_out(Problem(path, fault.reason, fault.remedy))

    def leave_out(self, problem: Problem) -> None:
        """Notes the problem, and says so at once."""
        self.problems.append(problem)
        remedy = f"; {problem.remedy}" if problem.remedy else ""
        complain(f"{name_of(problem.path)}: {problem.reason}{remedy}")

    def results(self, paths: Iterable[str]) -> Iterator[tuple[Document, Sequence[EventMention]]]:
        """Each document that can be read with its event mentions, in order."""
        coder: CodesDocuments | None = None
        for document in self.documents(paths):
            for note in document.notes:
                complain(f"{name_of(document.path)}: {note}")
            coder = coder or make_coder()
            document = coder.dated(document)
            mentions = coder.code(document)
            self.coded += 1
            yield document, mentions


def code_paths(arguments: Sequence[str], terms: Terms, form: str, output: Path | None) -> int:
    """Codes what the arguments name, writes it, and gives back the exit code."""
    run = Run(find_files(arguments), terms)
    for problem in run.found.problems:
        run.leave_out(problem)
    check_output(output)
    with progress(run.found.paths, output) as paths:
        results = run.results(paths)
        first = next(results, None)
        if first is not None:
            with destination(output) as stream:
                writer = open_writer(form, stream)
                writer.write(*first)
                for document, mentions in results:
                    writer.write(document, mentions)
                    if output is None:
                        stream.flush()
    summarise(run)
    if not run.coded:
        return FAILED
    return SOME_LEFT_OUT if run.problems else DONE


def read_input(path: str, terms: Terms) -> Document:
    """The file, or standard input for '-', as a document; standard input has no path."""
    if path == STDIN:
        return read_stream(sys.stdin.buffer, None, terms)
    return read_path(path, terms)


def name_of(path: str | None) -> str:
    """What to call an input in a message."""
    return "standard input" if path is None or path == STDIN else file_name(path)


def check_output(output: Path | None) -> None:
    """Raises ``InputError`` before any work is done if the output can't be a file there."""
    if output is not None and output.is_dir():
        raise InputError(f"{output} is a folder", "name a file in it with --output")
    if output is not None and not output.absolute().parent.is_dir():
        raise InputError(f"there is no folder {output.absolute().parent}", "make it first")


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
    skipped = run.found.skipped
    if skipped:
        named = ", ".join(map(file_name, skipped[:NAMED])) + (", …" if len(skipped) > NAMED else "")
        complain(f"passed over {count(len(skipped), 'file')} not ending in .txt, .text or .md: {named}")
    if run.problems and run.coded:
        complain(f"coded {count(run.coded, 'report')}, left out {len(run.problems)}")


def count(number: int, what: str) -> str:
    """'1 file', '2 files'."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
