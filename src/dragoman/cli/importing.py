"""What ``dragoman import`` does, and the export of what was imported."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from dragoman.cli.exits import DONE, FAILED, SOME_LEFT_OUT, complain
from dragoman.cli.exporting import Source, told
from dragoman.errors import InputError
from dragoman.exchange import FORMATS, export_rows
from dragoman.exchange.importing import READERS, Imported, import_file, read_imported
from dragoman.exchange.writing import in_place, losses_of
from dragoman.store import Corpus


def print_import(file: Path, form: str, into: Path, name: str) -> int:
    """Takes the file in, and says what became of it."""
    done = import_file(file, form, Corpus.create(into), name)
    faults = done.faults
    for line, why in faults.bad:
        complain(f"{file}:{line}: {why}")
    if faults.bad_lines > len(faults.bad):
        complain(f"{file}: and {faults.bad_lines - len(faults.bad):,} lines more")
    if faults.missing:
        complain(f"{file}: these columns are not there: {', '.join(faults.missing)}")
    if faults.surplus:
        complain(f"{file}: these columns are of no use here: {', '.join(faults.surplus)}")
    complain(summary(done, name or form))
    if not done.rows:
        return FAILED
    return SOME_LEFT_OUT if faults.bad_lines else DONE


def summary(done: Imported, dataset: str) -> str:
    """'1,204 events of icews; 12 known before or told twice; 40 without a type in PLOVER'."""
    parts = [f"{done.new:,} events of {dataset}"]
    if done.known:
        parts.append(f"{done.known:,} known before or told twice")
    if done.untyped:
        parts.append(f"{done.untyped:,} without a type in PLOVER")
    if done.faults.bad_lines:
        parts.append(f"{done.faults.bad_lines:,} lines left out")
    return "; ".join(parts)


def export_dataset(source: Source, dataset: str, form: str, goal: Path | None, losses: bool) -> int:
    """Writes the events of an imported dataset."""
    into = READERS.get(form) or FORMATS.get(form)
    if into is None:
        raise InputError(f"a dataset can't be written as {form}", f"take one of: {', '.join(FORMATS)}")
    if source.filters.asked():
        raise InputError("a dataset can't be narrowed", "leave out the filters")
    happenings = read_imported(source.open(), dataset, into)
    with ExitStack() as open_files:
        lines = open_files.enter_context(in_place(goal)) if goal else sys.stdout
        report = open_files.enter_context(in_place(losses_of(goal))) if goal and losses else None
        done = export_rows(happenings, into, lines, report)
    if goal:
        complain(told(done, goal, losses))
    return DONE
