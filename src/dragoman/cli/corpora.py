"""``dragoman corpus …``: what a corpus holds, whether it is sound, and what keeps it so."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dragoman.cli.options import JOBS, NO_ASSEMBLE
from dragoman.cli.orderly import orderly

CORPUS = click.argument("path", type=click.Path(path_type=Path), metavar="CORPUS")
JSON = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
VERSION = click.option(
    "--version", type=click.IntRange(min=0), metavar="N", help="As it was at version N ('corpus versions')."
)
AS_OF = click.option(
    "--as-of", metavar="DATE", help="As it was at the end of that day, or at that time (UTC)."
)


@click.group()
def corpus() -> None:
    """A corpus on disk: what is in it, its versions, whether it is sound."""


@corpus.command()
@CORPUS
@VERSION
@AS_OF
@JSON
def info(path: Path, version: int | None, as_of: str | None, as_json: bool) -> None:
    """What the corpus holds: documents, event mentions, coders, problems, size."""
    with orderly():
        from dragoman.cli.keeping import print_info

        print_info(path, version, as_of, as_json)


@corpus.command()
@CORPUS
@JSON
def check(path: Path, as_json: bool) -> None:
    """Reads every file and looks whether all rows fit together; exit code 2 if something is damaged."""
    with orderly():
        from dragoman.cli.keeping import print_check

        result = print_check(path, as_json)
    sys.exit(result)


@corpus.command()
@CORPUS
@click.option(
    "--keep-hours",
    type=click.IntRange(min=0),
    default=24,
    show_default=True,
    metavar="N",
    help="Leave replaced files for N hours: somebody may be reading them.",
)
@JSON
def compact(path: Path, keep_hours: int, as_json: bool) -> None:
    """Puts small files together. Every version stays readable."""
    with orderly():
        from dragoman.cli.keeping import print_compaction

        print_compaction(path, keep_hours, as_json)


@corpus.command()
@CORPUS
@JOBS
@click.option("--any-language", is_flag=True, help="Code documents that do not look English, too.")
@NO_ASSEMBLE
@JSON
def recode(path: Path, jobs: int, any_language: bool, no_assemble: bool, as_json: bool) -> None:
    """Codes again what another coder coded, and says what changed. Older versions keep the old mentions."""
    with orderly():
        from dragoman.cli.keeping import print_recoding

        result = print_recoding(path, jobs, any_language, as_json, not no_assemble)
    sys.exit(result)


@corpus.command()
@CORPUS
@click.option("--all", "every", is_flag=True, help="A line for each version, not for each run.")
@JSON
def versions(path: Path, every: bool, as_json: bool) -> None:
    """The versions of the corpus: what was added or recoded, when, by which coder."""
    with orderly():
        from dragoman.cli.keeping import print_versions

        print_versions(path, every, as_json)


@corpus.command()
@CORPUS
@VERSION
@AS_OF
@click.option("--all", "every", is_flag=True, help="Also those that have been read since.")
@JSON
def problems(path: Path, version: int | None, as_of: str | None, every: bool, as_json: bool) -> None:
    """The inputs that could not be read: which, why, and what to do."""
    with orderly():
        from dragoman.cli.keeping import print_problems

        print_problems(path, version, as_of, every, as_json)
