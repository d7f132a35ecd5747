"""Events of other datasets into a corpus, beside its own: marked by dataset, without words or spans."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.exchange.acled import ACLED
from dragoman.exchange.files import Faults, read_rows
from dragoman.exchange.formats import Format
from dragoman.exchange.gdelt import GDELT, GDELT1, MENTIONS
from dragoman.exchange.happenings import Happening, Site
from dragoman.exchange.icews import ICEWS
from dragoman.exchange.phoenix import PHOENIX
from dragoman.exchange.plover import PLOVER
from dragoman.exchange.polecat import POLECAT
from dragoman.exchange.ucdp import UCDP
from dragoman.query import Ground
from dragoman.store import Corpus, Importing, RunInfo, Writer

READERS = {
    "gdelt1": GDELT1,
    "gdelt2": GDELT,
    "gdelt-mentions": MENTIONS,
    "icews": ICEWS,
    "polecat": POLECAT,
    "phoenix": PHOENIX,
    "ucdp-ged": UCDP,
    "acled": ACLED,
    "plover-jsonl": PLOVER,
}
OWN = "corpus"
"""What the corpus' own events are called beside those of datasets."""
CHUNK = 20_000
Row = dict[str, Any]


@dataclass
class Imported:
    """What an import has done: rows read, new ones, those known before or told twice, and faults."""

    rows: int = 0
    new: int = 0
    known: int = 0
    untyped: int = 0
    faults: Faults = field(default_factory=Faults)


def import_file(path: Path, form: str, corpus: Corpus, dataset: str = "") -> Imported:
    """Takes the rows of a file into ``imported_events``, all of them or none; known ones are left out.

    A row is known if the dataset has one with the same cells. ``untyped`` counts rows whose code has no type
    in PLOVER (statements and appeals of CAMEO).
    """
    dataset = dataset or form
    if dataset == OWN:
        raise InputError(f"{OWN!r} stands for the corpus' own events", "give another --name")
    reader, done = READERS[form], Imported()
    info = RunInfo("import", f"{form}:{dataset}", options={"file": path.name, "dataset": dataset})
    with Writer(corpus, info) as writer:
        importing = Importing(writer)
        seen: set[str] = set()
        rows = made(read_rows(path, reader, done.faults), reader, form, dataset, path, done.faults)
        while chunk := list(islice(rows, CHUNK)):
            names = [row["row"] for row in chunk]
            known = importing.known(names) | seen
            fresh = {row["row"]: row for row in reversed(chunk) if row["row"] not in known}
            importing.add(list(reversed(fresh.values())))
            seen |= set(names)
            done.rows += len(chunk)
            done.new += len(fresh)
            done.untyped += sum(not row["event_type"] for row in fresh.values())
        done.known = done.rows - done.new
        importing.commit()
    return done


def made(
    rows: Iterable[tuple[int, Row]], reader: Format, form: str, dataset: str, path: Path, faults: Faults
) -> Iterator[Row]:
    """The rows of the table; what can't be understood is noted."""
    for line, cells in rows:
        try:
            happening = reader.read(cells)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as fault:
            faults.note(line, f"can't be understood: {fault}")
            continue
        yield row_of(happening, form, dataset, path.name, line, packed(cells, reader))


def packed(cells: Row, reader: Format) -> str:
    """The cells as JSON: a list in the order of the columns, or the object that they were."""
    told = cells if reader.kind == "jsonl" else [cells[name] for name in reader.columns]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, reader: Format) -> Row:
    """The cells again."""
    told = json.loads(text)
    return told if isinstance(told, dict) else dict(zip(reader.columns, told, strict=True))


def row_of(happening: Happening, form: str, dataset: str, file: str, line: int, cells: str) -> Row:
    """A row of ``imported_events``."""
    killed = happening.killed or (None, None)
    name = hashlib.sha256(f"{dataset}\x1f{cells}".encode()).hexdigest()[:24]
    return {
        "row": name,
        "dataset": dataset,
        "format": form,
        "file": file,
        "line": line,
        "id": happening.id,
        "event_type": happening.event_type or None,
        "mode": happening.mode or None,
        "contexts": list(happening.contexts),
        "cameo": happening.cameo or None,
        "status": happening.status or None,
        "actors": [asdict(one) for one in happening.actors],
        "recipients": [asdict(one) for one in happening.recipients],
        "actor_countries": happening.countries("actors") or None,
        "recipient_countries": happening.countries("recipients") or None,
        "start": happening.start,
        "end": happening.end,
        "precision": happening.precision or None,
        "place_country": (happening.site or Site()).country or None,
        "killed_low": killed[0],
        "killed_high": killed[1],
        "score": happening.score,
        "quad": happening.quad or None,
        "first_reported": happening.reported,
        "cells": cells,
    }


def datasets(ground: Ground) -> dict[str, str]:
    """The datasets that were imported, each with its format."""
    rows = ground.rows("SELECT DISTINCT dataset, format FROM imported_events ORDER BY ALL")
    return {row["dataset"]: row["format"] for row in rows}


def read_imported(ground: Ground, dataset: str, into: Format) -> Iterator[Happening]:
    """The events of a dataset, in the order of its files; raises ``InputError`` if there is none.

    Where they go into the format that they came in, they keep every cell.
    """
    have = datasets(ground)
    if dataset not in have:
        raise InputError(f"there is no dataset {dataset!r}", f"there are: {', '.join(have) or 'none'}")
    query = (
        "SELECT i.format, i.cells FROM imported_events AS i JOIN batches AS b ON b.id = i.batch "
        "WHERE dataset = ? ORDER BY b.version, line"
    )
    for row in ground.snapshot.records(query, [dataset]):
        reader = READERS[row["format"]]
        cells = unpacked(row["cells"], reader)
        yield reader.take(cells) if reader is into else reader.read(cells)
