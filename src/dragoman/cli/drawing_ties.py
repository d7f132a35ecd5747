"""Ties on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.cli.drawing import Row, line, short, table, when
from dragoman.output.cleaning import one_line
from dragoman.output.report import WEAK

STATES = {"open": "green", "closed": "red", "reduced": "yellow", "contested": "magenta", "unsure": "yellow"}


def draw_ties(rows: Sequence[Row], steps: bool, on: str | None) -> Iterator[RenderableType]:
    """The ties, or every step of each."""
    if not steps:
        yield tie_table(rows, on)
        yield line(f"{len(rows):,} ties")
        return
    for row in rows:
        yield step_table(row)


def tie_table(rows: Sequence[Row], on: str | None, caption: str = "") -> Table:
    """A row a tie: how it stands, since when, what shows it last."""
    made = table("tie", f"on {on}" if on else "state", "since", "shown by", wide=(3,), caption=caption)
    for row in rows:
        by = row.get("by") or (row["changes"][-1] if row["changes"] else None)
        made.add_row(
            Text(one_line(row["title"])),
            state(row.get("state_on") or row["state"], row.get("sure")),
            next((when(one["opened"]) for one in row["spans"] if one["opened"]), "?"),
            Text(f"last known {row['last_confirmed'] or '?'}: ", style=WEAK).append_text(shown_by(by)),
        )
    return made


def state(name: str, sure: str | None = None) -> Text:
    """The state, and whether it is sure that it stood on the day."""
    text = Text(name, style=STATES.get(name, "none"))
    return text.append(f", {sure}", style=WEAK) if sure and sure != "shown" else text


def shown_by(step: Row | None) -> Text:
    """A step with its day, words and evidence."""
    if step is None:
        return Text("?")
    text = Text(f"{when(step['date'])} {step['step']}")
    if step["text"]:
        text.append(f' "{one_line(step["text"])}"')
    if step["event_id"]:
        text.append(" ").append_text(short(step["event_id"]))
    return text


def step_table(row: Row) -> Table:
    """A tie's life."""
    made = table("when", "step", "words", "evidence", "rule", wide=(2,), caption=one_line(row["title"]))
    for step in row["changes"]:
        evidence = short(step["event_id"]) if step["event_id"] else Text("a statement", style=WEAK)
        words = f'"{one_line(step["text"])}"' if step["text"] else ""
        made.add_row(when(step["date"]), step["step"], words, evidence, Text(step["rule"], style=WEAK))
    return made
