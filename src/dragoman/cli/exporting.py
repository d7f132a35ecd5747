"""What ``dragoman export`` does: opens the corpus, writes the file, and says what became of it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.cli.exits import DONE, complain
from dragoman.errors import InputError
from dragoman.exchange import (
    FORMATS,
    Exported,
    Wish,
    export_csv,
    export_parquet,
    export_rows,
    read_happenings,
    write_panel,
)
from dragoman.exchange.claims import export_claims
from dragoman.exchange.packages import About, write_package
from dragoman.exchange.writing import in_place, losses_of
from dragoman.query import Filters, Ground, open_ground, why_none


@dataclass(frozen=True, slots=True)
class Source:
    """Which events are wanted: of which corpus, at which version, and narrowed by what."""

    path: Path
    version: int | None
    as_of: str | None
    reviews: bool
    given: dict[str, Any]

    def open(self) -> Ground:
        """The corpus."""
        return open_ground(self.path, self.version, self.as_of, self.reviews)

    @property
    def filters(self) -> Filters:
        """What events must have."""
        return Filters(**self.given)


def export_events(source: Source, form: str, goal: Path | None, losses: bool) -> int:
    """Writes the events, and says how many, and what was lost."""
    ground, filters = source.open(), source.filters
    if form == "parquet":
        if goal is None:
            raise InputError("Parquet can't be written to the terminal", "name a file with -o")
        done = export_parquet(read_happenings(ground, filters), goal)
    else:
        done = export_lines(ground, filters, form, goal, losses)
    if not done.events:
        complain(why_none(ground, filters))
    elif goal is not None:
        complain(told(done, goal, losses and form in FORMATS))
    return DONE


def export_lines(ground: Ground, filters: Filters, form: str, goal: Path | None, losses: bool) -> Exported:
    """Writes the events as text, into the file or to standard output."""
    happenings = read_happenings(ground, filters)
    with ExitStack() as open_files:
        lines = open_files.enter_context(in_place(goal)) if goal else sys.stdout
        if form == "csv":
            return export_csv(happenings, lines)
        if form == "jsonld":
            snapshot = ground.snapshot
            coder = "; ".join(sorted({one.coder for one in snapshot.commits if one.documents}))
            events = export_claims(happenings, lines, coder, snapshot.version)
            return Exported(events=events, rows=events)
        is_told = goal is not None and losses
        report = open_files.enter_context(in_place(losses_of(goal))) if goal and is_told else None
        return export_rows(happenings, FORMATS[form], lines, report, filters.or_reported)


def told(done: Exported, goal: Path, has_losses: bool) -> str:
    """'8 events in 9 rows; 2 left out; what the format can't hold: events.tab.loss.csv'."""
    parts = [f"{done.events - done.left_out:,} events in {done.rows:,} rows"]
    if done.left_out:
        parts.append(f"{done.left_out:,} left out")
    if has_losses:
        parts.append(f"what the format can't hold: {losses_of(goal)}")
    return "; ".join(parts)


def print_panel(source: Source, by: str, directed: bool, fill: bool, of: str, goal: Path) -> int:
    """Writes the panel, and says what it counts and what it does not."""
    made = write_panel(source.open(), Wish(by, directed, fill, of, source.filters), goal)
    parts = [f"{made.rows:,} rows, {made.dyads:,} dyads"]
    if made.coarser:
        parts.append(f"{made.coarser:,} {of} with a coarser date than a {by}")
    if made.undated:
        parts.append(f"{made.undated:,} without a date")
    if made.one_sided:
        parts.append(f"{made.one_sided:,} with a country on one side only, or none")
    complain("; ".join(parts))
    return DONE


def export_package(source: Source, goal: Path | None, title: str, licence: str, author: str) -> int:
    """Writes a package into a folder."""
    if goal is None:
        raise InputError("a datapackage is a folder", "name one with -o")
    ground = source.open()
    happenings = read_happenings(ground, source.filters)
    events = write_package(ground, happenings, goal, About(title, licence, author))
    complain(f"{events:,} events in {goal}" if events else why_none(ground, source.filters))
    return DONE
