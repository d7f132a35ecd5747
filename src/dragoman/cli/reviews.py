"""``dragoman review``, ``accuracy`` and ``changes``: people's verdicts on the record, and what follows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dragoman.cli.corpora import AS_OF, CORPUS, JSON, VERSION
from dragoman.cli.orderly import orderly

CSV = click.option("--csv", "as_csv", is_flag=True, help="Print it as CSV.")
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@CORPUS
@click.argument("given", required=False, metavar="[ID]")
@click.option(
    "--verdict",
    type=click.Choice(["right", "wrong", "same", "different", "withdraw"]),
    help="What you say of it; same and different take --other.",
)
@click.option("--field", metavar="FIELD", help="A field to correct, as status.")
@click.option("--value", metavar="VALUE", help="Its right value; 'none' for none.")
@click.option("--other", metavar="ID", help="The event or mention that it is the same as, or not.")
@click.option("--reason", default="", metavar="WORDS", help="Why.")
@click.option(
    "--by", metavar="NAME", envvar="DRAGOMAN_REVIEWER", help="Who says so; otherwise you are asked once."
)
@click.option("--queue", is_flag=True, help="Shows events drawn at random, one key each.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Draw only of that PLOVER type.")
@click.option(
    "--sample", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="Events to draw."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="S", help="The same seed draws the same events."
)
@click.option("--list", "listing", is_flag=True, help="Prints the reviews that stand.")
@click.option("--all", "every", is_flag=True, help="Also those replaced or withdrawn since.")
@click.option(
    "--import", "source", type=FILE, metavar="FILE", help="Takes reviews from a .csv or .jsonl file."
)
@click.option("--export", "goal", type=FILE, metavar="FILE", help="Writes all reviews into one.")
@JSON
@CSV
def review(path: Path, **given: Any) -> None:
    """Records what you say of events: right, wrong, a corrected field, same or different.

    \b
    dragoman review CORPUS e1f3 --verdict wrong --reason "a rehearsal"
    dragoman review CORPUS e1f3 --field status --value denied
    dragoman review CORPUS e1f3 --verdict same --other e9c0
    dragoman review CORPUS --queue --sample 100

    ID is an event's or a mention's, or the beginning of it ('dragoman events' has them). Reviews outlive
    recoding, and win over the program in every answer; --no-reviews leaves them out there.
    """
    with orderly():
        from dragoman.cli.reviewing import Wanted, carry_out

        result = carry_out(path, Wanted(**given))
    sys.exit(result)


@click.command()
@CORPUS
@click.option(
    "--by",
    type=click.Choice(["type", "status", "field", "outlet", "year"]),
    default="type",
    show_default=True,
    help="What the shares are told by.",
)
@click.option("--picked", is_flag=True, help="Also count events that reviewers picked themselves.")
@VERSION
@AS_OF
@JSON
@CSV
def accuracy(
    path: Path, by: str, picked: bool, version: int | None, as_of: str | None, as_json: bool, as_csv: bool
) -> None:
    """Tells what share of the events is right, by people's reviews, with 95 % intervals.

    What the program missed is not measured by this.
    """
    with orderly():
        from dragoman.cli.measuring import print_accuracy

        print_accuracy(path, by, picked, version, as_of, form_of(as_json, as_csv))


@click.command()
@CORPUS
@click.option(
    "--since", required=True, metavar="VERSION|DATE", help="A version, or a day: changes from then on."
)
@click.option(
    "--until", type=click.IntRange(min=0), metavar="VERSION", help="Up to that version, else the last."
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="Lines of each kind; 0 for all.",
)
@JSON
@CSV
def changes(path: Path, since: str, until: int | None, limit: int, as_json: bool, as_csv: bool) -> None:
    """Tells what became of the record: events new, changed and ended, ties changed, reviews added."""
    with orderly():
        from dragoman.cli.measuring import print_changes

        print_changes(path, since, until, limit, form_of(as_json, as_csv))


def form_of(as_json: bool, as_csv: bool) -> str:
    """In which form an answer is printed."""
    return "json" if as_json else "csv" if as_csv else "table"
