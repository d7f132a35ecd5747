"""``dragoman assemble``, and the assembling at the end of what adds to a corpus."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from dragoman.cli import coding
from dragoman.cli.adding import Stopping, stopping
from dragoman.cli.exits import DONE, complain
from dragoman.running import Assembled, assemble
from dragoman.store import Corpus

STAGES = {
    "looking": "looking for what is new",
    "sketching": "reading event mentions",
    "comparing": "comparing event mentions",
    "grouping": "grouping event mentions",
    "concluding": "writing events",
    "tying": "working out ties",
}


@contextmanager
def shown() -> Iterator[Callable[[Assembled], None]]:
    """Draws a line on standard error with what is being done, where a person looks on."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    with Console(stderr=True).status("assembling …") as status:
        yield lambda done: status.update(Text(f"{STAGES[done.stage]} ({done.mentions:,} to be taken in)"))


def print_assembling(path: Path, jobs: int, anew: bool, as_json: bool) -> int:
    """Assembles, prints what changed, and gives back the exit code."""
    corpus = Corpus.create(Corpus.open(path).folder)
    with shown() as show, stopping("finishing this step; Ctrl-C again stops at once") as stop:
        done = assemble(corpus, jobs=jobs, on_progress=show, stop=stop, anew=anew)
    if as_json:
        click.echo(json.dumps(figures(done), indent=1))
    else:
        click.echo(line(done) or "nothing to do: all event mentions are in events")
    return ending(done, path, stop)


def assemble_after(path: Path, jobs: int) -> int:
    """Assembles what was just added, says on standard error what changed, and gives back the exit code."""
    with shown() as show, stopping("finishing this step; Ctrl-C again stops at once") as stop:
        done = assemble(Corpus.create(path), jobs=jobs, on_progress=show, stop=stop)
    if line(done):
        complain(line(done))
    return ending(done, path, stop)


def ending(done: Assembled, path: Path, stop: Stopping) -> int:
    """Says how to go on if it was stopped, and gives back the exit code."""
    if not done.stopped:
        return DONE
    complain(f"stopped; events are not up to date, and 'dragoman assemble {path}' goes on from there")
    return stop.code


def line(done: Assembled) -> str:
    """'12 events new, 3 changed, 1 no more; 2 ties changed'; '' if nothing changed."""
    parts = [f"{coding.count(done.new, 'event')} new"] * (done.new > 0)
    parts += [f"{done.changed:,} changed"] * (done.changed > 0)
    parts += [f"{done.ended:,} no more"] * (done.ended > 0)
    told = [", ".join(parts)] * bool(parts)
    told += [f"{coding.count(done.merged, 'event mention')} joined to others"] * (done.merged > 0)
    told += [f"{coding.count(done.ties, 'tie')} changed"] * (done.ties > 0)
    return "; ".join(told)


def figures(done: Assembled) -> dict[str, int | float | bool]:
    """The figures as plain data."""
    return {
        "mentions": done.mentions,
        "new": done.new,
        "changed": done.changed,
        "ended": done.ended,
        "merged": done.merged,
        "ties": done.ties,
        "version": done.version,
        "stopped": done.stopped,
        "seconds": round(done.seconds, 1),
    }
