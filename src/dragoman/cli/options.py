"""Options that several commands have."""

from __future__ import annotations

import click

JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Code in N processes.",
)
