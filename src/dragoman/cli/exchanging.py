"""``dragoman export`` and its like: the options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dragoman.cli.asking import NARROWING, PARTIES, having
from dragoman.cli.corpora import AS_OF, CORPUS, VERSION
from dragoman.cli.orderly import orderly

OUT = (
    "polecat",
    "icews",
    "gdelt",
    "gdelt-mentions",
    "phoenix",
    "plover-jsonl",
    "ucdp-like",
    "acled-like",
    "csv",
    "parquet",
)
GOAL = click.option(
    "-o", "--output", "goal", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE."
)
NO_REVIEWS = click.option(
    "--no-reviews", is_flag=True, help="As the program made it, without what people corrected."
)


@click.command()
@CORPUS
@click.option("--format", "form", type=click.Choice(OUT), required=True, help="Whose columns and codes.")
@GOAL
@click.option("--no-losses", is_flag=True, help="Leave FILE.loss.csv unwritten.")
@having(PARTIES, NARROWING)
@VERSION
@AS_OF
@NO_REVIEWS
def export(path: Path, form: str, goal: Path | None, no_losses: bool, **given: Any) -> None:
    """Writes a corpus' events in a format of the field; what it can't hold is listed in FILE.loss.csv.

    \b
    dragoman export CORPUS --format icews -o events.tab
    dragoman export CORPUS --format gdelt --between ARM AZE --from 2020 -o karabakh.CSV

    Formats without a status hold only events that are said to have happened. Those that need a day leave
    out events without one, unless --or-reported lets the day of the first report stand for it.
    """
    with orderly():
        from dragoman.cli.exporting import Source, export_events

        source = Source(path, given.pop("version"), given.pop("as_of"), not given.pop("no_reviews"), given)
        result = export_events(source, form, goal, not no_losses)
    sys.exit(result)


EXCHANGES = (export,)
