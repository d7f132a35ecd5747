"""``dragoman tables check``."""

from __future__ import annotations

import click

from dragoman.cli.exits import DONE, FAILED
from dragoman.lexicon import check_table, tables


def print_check() -> int:
    """Prints a line for each table and for each fault, and gives back the exit code."""
    faulty = 0
    for path in tables():
        rows, faults = check_table(path)
        faulty += bool(faults)
        click.echo(f"{path.name}: {rows} rows" + (f", {len(faults)} faults" if faults else ""))
        for fault in faults:
            click.echo(f"  {fault}", err=True)
    click.echo("all tables are sound" if not faulty else f"tables with faults: {faulty}")
    return FAILED if faulty else DONE
