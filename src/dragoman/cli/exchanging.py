"""``dragoman export`` and its like: the options."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dragoman.cli.asking import NARROWING, PARTIES, READING, having, part, read
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
    "datapackage",
    "jsonld",
)
IN = (
    "gdelt1",
    "gdelt2",
    "gdelt-mentions",
    "icews",
    "polecat",
    "phoenix",
    "ucdp-ged",
    "acled",
    "plover-jsonl",
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
@click.option("--dataset", metavar="NAME", help="The events of an imported dataset instead.")
@click.option("--title", default="", metavar="WORDS", help="What a datapackage is called.")
@click.option("--licence", default="", metavar="CODE", help="Its licence, as CC-BY-4.0.")
@click.option("--author", default="", metavar="NAME", help="Who it is by.")
@having(PARTIES, NARROWING)
@VERSION
@AS_OF
@NO_REVIEWS
def export(
    path: Path,
    form: str,
    goal: Path | None,
    no_losses: bool,
    dataset: str | None,
    title: str,
    licence: str,
    author: str,
    **given: Any,
) -> None:
    """Writes a corpus' events in a format of the field; what it can't hold is listed in FILE.loss.csv.

    \b
    dragoman export CORPUS --format icews -o events.tab
    dragoman export CORPUS --format gdelt --between ARM AZE --from 2020 -o karabakh.CSV

    Formats without a status hold only events that are said to have happened. Those that need a day leave
    out events without one, unless --or-reported lets the day of the first report stand for it.
    """
    with orderly():
        from dragoman.cli.exporting import Source, export_events, export_package

        source = Source(path, given.pop("version"), given.pop("as_of"), not given.pop("no_reviews"), given)
        if form == "datapackage":
            result = export_package(source, goal, title, licence, author)
        elif dataset:
            from dragoman.cli.importing import export_dataset

            result = export_dataset(source, dataset, form, goal, not no_losses)
        else:
            result = export_events(source, form, goal, not no_losses)
    sys.exit(result)


@click.command()
@CORPUS
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "quarter", "year"]),
    default="month",
    show_default=True,
    help="The period of a row.",
)
@click.option("--directed", is_flag=True, help="A row for each actor and recipient, not for the two.")
@click.option("--fill", is_flag=True, help="Rows of zeros for periods without an event.")
@click.option(
    "--of",
    type=click.Choice(["events", "mentions"]),
    default="events",
    show_default=True,
    help="What is counted.",
)
@click.option(
    "-o",
    "--output",
    "goal",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="A .csv, .parquet or .dta file.",
)
@having(PARTIES, NARROWING)
@VERSION
@AS_OF
@NO_REVIEWS
def panel(path: Path, by: str, directed: bool, fill: bool, of: str, goal: Path, **given: Any) -> None:
    """Writes dyads by period: counts by type, quad class and status, and scores, for R and Stata.

    \b
    dragoman panel CORPUS --by month --directed --fill -o panel.csv

    An event counts in a period if its whole date lies within it. What no row counts is said.
    """
    with orderly():
        from dragoman.cli.exporting import Source, print_panel

        source = Source(path, given.pop("version"), given.pop("as_of"), not given.pop("no_reviews"), given)
        result = print_panel(source, by, directed, fill, of, goal)
    sys.exit(result)


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--format", "form", type=click.Choice(IN), required=True, help="Whose columns and codes.")
@click.option(
    "--into", required=True, type=click.Path(path_type=Path), metavar="CORPUS", help="The corpus to add to."
)
@click.option("--name", default="", metavar="NAME", help="What the dataset is called; otherwise as --format.")
def import_(file: Path, form: str, into: Path, name: str) -> None:
    """Takes events of another dataset into a corpus, beside its own and never among them.

    \b
    dragoman import events.2018.tab --format icews --into corpus
    dragoman import 20180101.export.CSV.zip --format gdelt2 --into corpus --name gdelt

    They have no text and no spans. Rows that the dataset has already are left out.
    """
    with orderly():
        from dragoman.cli.importing import print_import

        result = print_import(file, form, into, name)
    sys.exit(result)


@click.command(name="compare-datasets")
@CORPUS
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="An event is one's alone if the other has none like it within N days.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Rows of each kind to show; 0 for all. As a table 20, otherwise all.",
)
@part("total", "by_dyad", "by_type", "by_period", "only", "correlations")
@having(READING)
def compare_datasets(**given: Any) -> None:
    """How datasets A and B agree by dyad, type and month, and what only one of them has.

    \b
    dragoman compare-datasets CORPUS corpus icews
    dragoman compare-datasets CORPUS icews gdelt --csv --part by_dyad

    A and B are names of imported datasets; 'corpus' stands for the corpus' own events. Monthly counts are
    correlated, in all and for the dyads with most events.
    """
    with orderly():
        from dragoman.cli.contrasting import answer_datasets

        result = answer_datasets(
            read(given), given.pop("first"), given.pop("second"), given.pop("days"), given.pop("limit")
        )
    sys.exit(result)


EXCHANGES = (export, import_, panel, compare_datasets)
