"""What ``dragoman compare-datasets`` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import click
from rich.console import RenderableType
from rich.table import Table

from dragoman.cli.answering import SHOWN, say_csv, say_json, start
from dragoman.cli.asking import Reading
from dragoman.cli.drawing import draw, line, number, table, title
from dragoman.cli.exits import DONE
from dragoman.exchange.comparing import Sides, compare_datasets
from dragoman.output.cleaning import one_line
from dragoman.query.flattening import plain

Row = dict[str, Any]
GROUPS = (
    ("by_dyad", "By dyad", ("actor", "recipient")),
    ("by_type", "By type", ("event_type",)),
    ("by_period", "By month", ("period",)),
)


def answer_datasets(reading: Reading, first: str, second: str, days: int, limit: int | None) -> int:
    """Prints how the two agree, what only one has, and how their months go together."""
    ground = start(reading)
    most = SHOWN if limit is None and reading.form == "table" else limit or sys.maxsize
    found = compare_datasets(ground, first, second, days, most)
    if reading.form == "json":
        say_json(ground, {"a": first, "b": second, "days": days, **plain(found)})
    elif reading.form == "csv":
        say_csv(rows_of(found, reading.part or "total"))
    elif not found.total["a"] + found.total["b"]:
        click.echo(f"nothing: {why_nothing(first, second)}")
    else:
        draw(draw_datasets(cut(found, most), found, first, second, days))
    return DONE


def why_nothing(first: str, second: str) -> str:
    """Why there is nothing to compare."""
    return (
        f"{one_line(first)} and {one_line(second)} have no month in common in which both have events "
        "that are said to have happened, with a type, a country on both sides, and a date within one month"
    )


def rows_of(found: Sides, part: str) -> Iterator[Row]:
    """A part as rows of single values."""
    if part == "total":
        yield found.total
    elif part == "only":
        yield from ({"dataset": name, **row} for name, rows in found.only.items() for row in rows)
    else:
        yield from getattr(found, part)


def cut(found: Sides, most: int) -> Sides:
    """The first rows of each part."""
    return replace(found, **{name: getattr(found, name)[:most] for name, *_ in GROUPS})


def draw_datasets(shown: Sides, whole: Sides, first: str, second: str, days: int) -> Iterator[RenderableType]:
    """Agreement in all and by each group, what only one has, and correlations."""
    total = whole.total
    counts = f"events: {first} {total['a']:,}, {second} {total['b']:,}, both {total['both']:,}"
    yield title(f"{first} and {second}: agreement {share(total['agreement'])}", counts)
    for name, caption, keys in GROUPS:
        yield group_table(getattr(shown, name), caption, keys, first, second)
        yield from rest(getattr(shown, name), len(getattr(whole, name)))
    for name in (first, second):
        yield title(f"Only {name} has: {whole.only_count[name]:,}", f"the other has none within {days} days")
        if whole.only[name]:
            yield alone_table(whole.only[name])
        yield from rest(whole.only[name], whole.only_count[name])
    yield title("Monthly counts", "Pearson's r; none where one of the two does not vary")
    yield correlation_table(whole.correlations)
    yield line(
        "Compared are events that are said to have happened, with a type, countries on both sides and a date "
        "within one of the months that both cover; 'both' is the smaller count of each dyad, type and month."
    )


def rest(rows: Sequence[Row], total: int) -> Iterator[RenderableType]:
    """How many rows are not shown."""
    if total > len(rows):
        yield line(f"and {total - len(rows):,} more (--limit 0 for all)")


def group_table(rows: Sequence[Row], caption: str, keys: Sequence[str], first: str, second: str) -> Table:
    """Counts and agreement of each group."""
    at = len(keys)
    heads = [*("month" if key == "period" else key.removeprefix("event_") for key in keys)]
    made = table(*heads, first, second, "both", "agreement", right=range(at, at + 4), caption=caption)
    for row in rows:
        cells = [month(row[key]) if key == "period" else one_line(row[key]) for key in keys]
        made.add_row(*cells, *(number(row[name]) for name in ("a", "b", "both")), share(row["agreement"]))
    return made


def alone_table(rows: Sequence[Row]) -> Table:
    """Events that the other lacks."""
    made = table("day", "actor", "recipient", "type", "id", "file and line")
    for row in rows:
        names = ("actor", "recipient", "event_type", "id", "at")
        made.add_row(str(row["day"]), *(one_line(row[name] or "") for name in names))
    return made


def correlation_table(rows: Sequence[Row]) -> Table:
    """How monthly counts go together."""
    made = table("actor", "recipient", "months", "r", right=(2, 3))
    for row in rows:
        who = (one_line(row["actor"]), one_line(row["recipient"])) if row["actor"] else ("all", "")
        value = row["correlation"]
        made.add_row(*who, number(row["months"]), "none" if value is None else f"{value:+.2f}")
    return made


def share(value: float | None) -> str:
    """'0.62'; a dash for none."""
    return "-" if value is None else f"{value:.2f}"


def month(day: Any) -> str:
    """'2020-10'."""
    return f"{day:%Y-%m}"
