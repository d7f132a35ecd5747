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
ENGINE = click.option(
    "--engine",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="Where N processes code: on this machine, or on a Ray cluster; with --into.",
)
ADDRESS = click.option(
    "--address",
    metavar="ADDRESS",
    help="The Ray cluster, as auto or 10.0.0.1:6379; without it, Ray is started on this machine.",
)
