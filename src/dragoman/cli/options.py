"""Options that several commands have."""

from __future__ import annotations

import click

NO_ASSEMBLE = click.option(
    "--no-assemble",
    is_flag=True,
    help="Leave events as they are; 'dragoman assemble' brings them up to date.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Code in N processes.",
)
