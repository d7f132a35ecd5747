"""Exit codes, and messages to the person at the terminal."""

from __future__ import annotations

import click

from dragoman.output.cleaning import one_line

DONE = 0
SOME_LEFT_OUT = 1
FAILED = 2
INTERRUPTED = 130
TERMINATED = 143


def complain(message: str) -> None:
    """Says on standard error what is wrong; file names and texts in it can't steer the terminal."""
    click.echo(f"dragoman: {one_line(message)}", err=True)
