"""What answers share on a terminal: days, acts, words, and tables that carry by signs what colours do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.output.cleaning import one_line
from dragoman.output.report import COLOURS, PARTY, WEAK
from dragoman.query.countries import name_of

Row = dict[str, Any]
PLAIN_WIDTH = 100
SHORT_ID = 9
"""Characters of an id that are shown; 'dragoman why' takes the beginning of one."""
LONG = 240
"""Characters of a passage that are shown beside others."""


def draw(parts: Iterable[RenderableType]) -> None:
    """Prints the parts below each other: as wide as the terminal, or 100 columns anywhere else."""
    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for number, part in enumerate(parts):
        if number and not isinstance(part, Text):
            console.print()
        console.print(part, soft_wrap=False)


def title(text: str, more: str = "") -> RenderableType:
    """A heading, with what is to be known of it; it stands apart from what is above."""
    heading = Text(one_line(text), style="bold")
    return Padding(heading.append(f"  {one_line(more)}" if more else "", style=f"not bold {WEAK}"), 0)


def table(*columns: str, right: Sequence[int] = (), wide: Sequence[int] = (), caption: str = "") -> Table:
    """A table; columns numbered in ``right`` hold figures, those in ``wide`` share what room is left."""
    made = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=bool(wide), title_justify="left"
    )
    made.title = Text(caption, style="bold") if caption else None
    for number, name in enumerate(columns):
        made.add_column(
            one_line(name),
            justify="right" if number in right else "left",
            ratio=1 if number in wide else None,
            overflow="fold",
            no_wrap=number in right,
        )
    return made


def day(row: Row) -> str:
    """When an event was, no finer than it is known; '(2020-10-25)' is the day of the first report alone."""
    if row["start"] is None:
        return f"({row['first_reported']})" if row["first_reported"] else "?"
    return days(row["start"], row["end"], row["precision"])


def days(start: date, end: date | None, precision: str | None) -> str:
    """'2020-10-25', '2020-10', '2020', or from when to when."""
    if end is None or start == end:
        return start.isoformat()
    if precision == "month" and start.month == end.month:
        return f"{start:%Y-%m}"
    if precision == "year" and start.year == end.year:
        return f"{start:%Y}"
    return f"{start}/{end:%m-%d}" if start.year == end.year else f"{start}/{end}"


def when(date_: Row | None) -> str:
    """The same of a date as the tables have it."""
    return days(date_["start"], date_["end"], date_["precision"]) if date_ and date_["start"] else "?"


def act(row: Row) -> Text:
    """Type, mode and status; what is contested says so."""
    text = Text(row["event_type"], style=f"bold {COLOURS.get(row['quad'] or '', 'magenta')}")
    if row["mode"]:
        text.append(f" {one_line(row['mode'])}", style="not bold")
    if row["status"] != "asserted":
        text.append(f", {row['status']}", style="bold")
    elif row["denials"]:
        text.append(f", denied by {row['denials']}", style="bold")
    if row.get("verdict"):
        text.append(f" ({row['verdict']})", style=WEAK)
    return text


def parties(row: Row) -> Text:
    """Who did it to whom; what two do to each other names them once."""
    if row["actors"] and {one["entity_id"] for one in row["actors"]} == {
        one["entity_id"] for one in row["recipients"]
    }:
        return side(row["actors"])
    return Text().append_text(side(row["actors"])).append(" > ").append_text(side(row["recipients"]))


def side(ones: Sequence[Row]) -> Text:
    """The names of one side with their countries where the name is not theirs; '?' for nobody known."""
    if not ones:
        return Text("?")
    return Text(", ").join(party(one) for one in ones)


def party(one: Row) -> Text:
    """'Nikol Pashinyan (ARM)', 'Armenia'."""
    text = Text(one_line(one["name"]), style=PARTY)
    return (
        text
        if name_of(one["country"]) == one["name"]
        else text.append(f" ({one['country'] or '?'})", style="none")
    )


def words(row: Row, most: int = LONG) -> Text:
    """The exact words in quotation marks: the sentence where there is room for it, else the passage."""
    return Text(f'"{cut(row, most)}"')


def cut(row: Row, most: int) -> str:
    """The sentence if it is not longer than that, else the passage, cut where it runs on."""
    said = one_line(row["sentence"] if len(row["sentence"]) <= most else row["words"])
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def sources(row: Row) -> Text:
    """The chain of who says so, innermost first, and how many origins there are beside it."""
    text = Text(" < ".join(map(one_line, row["chain"])) or "?", style=WEAK)
    more = (row["origin_count"] or 1) - 1
    return text.append(f" +{more}", style="bold") if more > 0 else text


def short(identity: str) -> Text:
    """The beginning of an id."""
    return Text(identity[:SHORT_ID], style=WEAK)


def score(value: float | None) -> str:
    """'+2.5', '-6.0', or nothing."""
    return "" if value is None else f"{value:+.1f}"


def number(value: int) -> str:
    """A count; a point where there is none."""
    return f"{value:,}" if value else "·"


def line(text: str, style: str = WEAK) -> Text:
    """A line of explanation."""
    return Text(one_line(text), style=style)
