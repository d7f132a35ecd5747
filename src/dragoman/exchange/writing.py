"""Writes a corpus' events into a file of another format, and beside it what that format can't hold."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.exchange import sheet
from dragoman.exchange.acled import ACLED
from dragoman.exchange.formats import Cells, Format
from dragoman.exchange.gdelt import GDELT, MENTIONS
from dragoman.exchange.happenings import Happening, Loss, as_csv
from dragoman.exchange.icews import ICEWS
from dragoman.exchange.phoenix import PHOENIX
from dragoman.exchange.plover import PLOVER
from dragoman.exchange.polecat import POLECAT
from dragoman.exchange.ucdp import UCDP

FORMATS = {one.name: one for one in (POLECAT, ICEWS, GDELT, MENTIONS, PHOENIX, PLOVER, UCDP, ACLED)}
LOSS_COLUMNS = ("event_id", "field", "value", "why")
GROUP = 20_000
"""Rows of a group in Parquet."""


@dataclass
class Exported:
    """What an export has done: events read, rows written, events left out, and losses by field."""

    events: int = 0
    rows: int = 0
    left_out: int = 0
    losses: Counter[str] = field(default_factory=Counter)


@contextmanager
def in_place(goal: Path) -> Iterator[TextIO]:
    """A file that takes its name only once it is whole."""
    part = goal.with_name(f".{goal.name}.{os.getpid()}")
    try:
        with part.open("w", encoding="utf-8", newline="") as lines:
            yield lines
        part.replace(goal)
    finally:
        part.unlink(missing_ok=True)


def losses_of(goal: Path) -> Path:
    """Where the losses of a file are told."""
    return goal.with_name(f"{goal.name}.loss.csv")


def export_rows(
    happenings: Iterable[Happening],
    form: Format,
    lines: TextIO,
    losses: TextIO | None,
    or_reported: bool = False,
) -> Exported:
    """Writes the events that the format can tell; each loss goes to ``losses``.

    With ``or_reported`` an event without a date stands on the day of its first report, which is a loss.
    """
    done = Exported()
    if form.header and form.kind != "jsonl":
        lines.write(row_line(dict(zip(form.columns, form.columns, strict=True)), form))
    report = csv.writer(losses, lineterminator="\n") if losses else None
    if report:
        report.writerow(LOSS_COLUMNS)
    for happening in happenings:
        standing, told = stand_in(happening, form, or_reported)
        rows, more = form.rows(standing)
        done.events += 1
        done.rows += len(rows)
        done.left_out += not rows
        lines.writelines(row_line(row, form) for row in rows)
        for loss in (*told, *more):
            done.losses[loss.field] += 1
            if report:
                report.writerow((loss.event_id, loss.field, sheet.written(loss.value), loss.why))
    return done


def stand_in(happening: Happening, form: Format, or_reported: bool) -> tuple[Happening, list[Loss]]:
    """The event on the day of its first report, where that is wanted and it has no date."""
    day = happening.reported
    if not (or_reported and form.dated and happening.start is None and day):
        return happening, []
    why = "no date is told; the day of the first report stands for it"
    return replace(happening, start=day, end=day, precision="day"), [
        Loss(happening.id, "date", str(day), why)
    ]


def row_line(row: Cells, form: Format) -> str:
    """A row as a line of the file.

    Most formats of the field have no quotes: their loaders read them with quotes switched off.
    """
    if form.kind == "jsonl":
        return json.dumps(row, ensure_ascii=False) + "\n"
    cells = [row[name] for name in form.columns]
    return as_csv(cells) if form.kind == "csv" else "\t".join(cells) + "\n"


def export_csv(happenings: Iterable[Happening], lines: TextIO) -> Exported:
    """Writes the events as a plain sheet."""
    done = Exported()
    out = csv.writer(lines, lineterminator="\n")
    out.writerow(sheet.SCHEMA.names)
    for happening in happenings:
        out.writerow(sheet.texts(happening))
        done.events += 1
    done.rows = done.events
    return done


def export_parquet(happenings: Iterable[Happening], goal: Path) -> Exported:
    """Writes the events as a sheet with types."""
    done, rows = Exported(), map(sheet.cells, happenings)
    part = goal.with_name(f".{goal.name}.{os.getpid()}")
    try:
        with pq.ParquetWriter(part, sheet.SCHEMA, compression="zstd") as out:
            while group := list(islice(rows, GROUP)):
                out.write_table(pa.Table.from_pylist(group, schema=sheet.SCHEMA))
                done.events += len(group)
        part.replace(goal)
    finally:
        part.unlink(missing_ok=True)
    done.rows = done.events
    return done
