"""``dragoman events``, ``dyad``, ``timeline``, ``compare``, ``why``, ``who``, ``ties``: the options."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from dragoman.cli.corpora import AS_OF, CORPUS, JSON, VERSION
from dragoman.cli.orderly import orderly

Command = TypeVar("Command", bound=Callable[..., Any])

NARROWING = (
    click.option("--type", "event_type", multiple=True, metavar="TYPE", help="PLOVER type, as AID."),
    click.option("--mode", multiple=True, metavar="MODE", help="PLOVER mode, as withdraw."),
    click.option("--context", multiple=True, metavar="CONTEXT", help="PLOVER context, as military."),
    click.option("--status", multiple=True, metavar="STATUS", help="asserted, denied, planned, requested, …"),
    click.option("--quad", multiple=True, metavar="QUAD", help="Quad class, as material_conflict."),
    click.option("--from", "since", metavar="DATE", help="On or after that day, month or year."),
    click.option("--to", "until", metavar="DATE", help="On or before it."),
    click.option(
        "--or-reported", is_flag=True, help="For events without a date, take that of the first report."
    ),
    click.option("--place", multiple=True, metavar="NAME", help="Where it happened."),
    click.option("--country", multiple=True, metavar="COUNTRY", help="The country where it happened."),
    click.option(
        "--speaker", "--source", "speaker", multiple=True, metavar="NAME", help="Who says so, or whose side."
    ),
    click.option("--outlet", multiple=True, metavar="NAME", help="Who printed it."),
    click.option("--text", default="", metavar="WORDS", help='Words in one passage; "in quotes" together.'),
    click.option(
        "--min-origins", type=click.IntRange(min=0), default=0, metavar="N", help="At least N origins."
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="P",
        help="Confidence from P on.",
    ),
    click.option("--contested", is_flag=True, help="Only what somebody denies, or reports tell differently."),
)
PARTIES = (
    click.option("--actor", multiple=True, metavar="WHO", help="Who acts: a country, person or body."),
    click.option("--recipient", multiple=True, metavar="WHO", help="Who undergoes."),
    click.option("--party", multiple=True, metavar="WHO", help="Who acts or undergoes."),
    click.option("--between", nargs=2, metavar="A B", help="The two, whichever of them acts."),
)
READING = (
    VERSION,
    AS_OF,
    click.option("--no-reviews", is_flag=True, help="As the program made it, without what people corrected."),
    JSON,
    click.option("--csv", "as_csv", is_flag=True, help="Print it as CSV."),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Which corpus is read, as of when, and in which form the answer is printed."""

    path: Path
    version: int | None
    as_of: str | None
    reviews: bool
    form: str
    part: str | None = None


def having(*groups: tuple[Callable[[Any], Any], ...]) -> Callable[[Command], Command]:
    """Gives a command these options, in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed([one for group in groups for one in group]):
            command = option(command)
        return command

    return decorate


def read(given: dict[str, Any]) -> Reading:
    """Takes out of the options what says how to read and print."""
    as_json, as_csv = given.pop("as_json"), given.pop("as_csv", False)
    path, version, as_of = (given.pop(name) for name in ("path", "version", "as_of"))
    form = "json" if as_json else "csv" if as_csv else "table"
    return Reading(path, version, as_of, not given.pop("no_reviews"), form, given.pop("part", None))


def limit(default: int) -> Callable[[Any], Any]:
    """How many events are shown."""
    return click.option(
        "--limit",
        type=click.IntRange(min=0),
        default=default,
        show_default=True,
        metavar="N",
        help="Events to show; 0 for all.",
    )


def part(*names: str) -> Callable[[Any], Any]:
    """Which part of the answer goes into a sheet."""
    return click.option(
        "--part", type=click.Choice(names), default=names[0], show_default=True, help="What --csv prints."
    )


@click.command()
@CORPUS
@having(PARTIES, NARROWING)
@click.option(
    "--sort",
    default="-date",
    show_default=True,
    metavar="FIELD",
    help="date, reported, score, origins, reports, confidence, killed or type; '-' before it: from the top.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Events to show; 0 for all. As a table 20, otherwise all.",
)
@having(READING)
def events(**given: Any) -> None:
    """The events that fit, each with its words and who says so."""
    with orderly():
        from dragoman.cli.answering import answer_events

        reading = read(given)
        result = answer_events(reading, given.pop("sort"), given.pop("limit"), given)
    sys.exit(result)


@click.command()
@CORPUS
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@having(NARROWING)
@limit(5)
@part("counts", "sums", "latest", "weightiest", "ties")
@having(READING)
def dyad(**given: Any) -> None:
    """What A and B do to each other: counts, scores, the latest and the weightiest events, ties."""
    with orderly():
        from dragoman.cli.answering import answer_dyad

        reading = read(given)
        result = answer_dyad(reading, given.pop("first"), given.pop("second"), given.pop("limit"), given)
    sys.exit(result)


@click.command()
@CORPUS
@having(PARTIES, NARROWING)
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "year"]),
    default="month",
    show_default=True,
    help="What a row is.",
)
@click.option("--directed", is_flag=True, help="A row for each actor and recipient.")
@click.option("--fill", is_flag=True, help="Rows of zeros where nothing happened.")
@having(READING)
def timeline(**given: Any) -> None:
    """Events counted by day, week, month or year: quad classes and scores.

    An event counts where its whole date lies in one row's time. 'coarser' counts events that are dated too
    coarsely for that and may have happened then.
    """
    with orderly():
        from dragoman.cli.answering import answer_timeline

        reading = read(given)
        shape = {name: given.pop(name) for name in ("by", "directed", "fill")}
        result = answer_timeline(reading, shape, given)
    sys.exit(result)


@click.command()
@CORPUS
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--with", "other", required=True, metavar="C", help="The third, with whom they are compared.")
@click.option("--on", metavar="DATE", help="The day of the ties; otherwise the last one with an event.")
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "year"]),
    help="Rows of the balance; otherwise as fits.",
)
@having(NARROWING)
@limit(5)
@part("dealings", "acts", "balance", "sums", "ties", "telling", "differences")
@having(READING)
def compare(**given: Any) -> None:
    """Countries A and B side by side in what they do with C and get from C.

    What each took, refused, asked for and was refused, with the words; acts by type; the balance over time;
    ties on the day; the telling events; and in what the two differ.
    """
    with orderly():
        from dragoman.cli.answering import answer_compare

        reading = read(given)
        three = (given.pop("first"), given.pop("second"), given.pop("other"))
        shape = {name: given.pop(name) for name in ("on", "by", "limit")}
        result = answer_compare(reading, three, shape, given)
    sys.exit(result)


@click.command()
@CORPUS
@click.argument("given_id", metavar="ID")
@having(READING[:-1])
def why(given_id: str, **given: Any) -> None:
    """Why an event is in the record: words, sources, rules, joins, contradictions, origins, reviews.

    ID is an event's or a mention's; its beginning is enough.
    """
    with orderly():
        from dragoman.cli.answering import answer_why

        result = answer_why(read(given), given_id)
    sys.exit(result)


@click.command()
@CORPUS
@click.argument("name", metavar="NAME")
@having(NARROWING)
@limit(5)
@part("counts", "sums", "partners", "roles", "latest", "weightiest")
@having(READING)
def who(**given: Any) -> None:
    """An actor's record: what a country, person or body did and underwent, with whom, and lately."""
    with orderly():
        from dragoman.cli.answering import answer_who

        reading = read(given)
        result = answer_who(reading, given.pop("name"), given.pop("limit"), given)
    sys.exit(result)


@click.command()
@CORPUS
@click.option("--between", nargs=2, metavar="A B", help="Ties of these two.")
@click.option("--party", metavar="A", help="Ties of this one.")
@click.option("--on", metavar="DATE", help="How they stood on that day.")
@click.option("--kind", metavar="KIND", help="Ties of this kind, as embassy.")
@click.option("--changed", metavar="MONTH", help="Ties that opened, closed or altered in that month.")
@click.option("--history", is_flag=True, help="Every step of each, with its evidence.")
@having(READING)
def ties(**given: Any) -> None:
    """The register of standing ties between states, each opened and closed by cited events."""
    with orderly():
        from dragoman.cli.answering import answer_ties

        reading = read(given)
        result = answer_ties(reading, given.pop("history"), given)
    sys.exit(result)


QUESTIONS = (events, dyad, timeline, compare, why, who, ties)
