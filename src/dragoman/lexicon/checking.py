"""Checks that hold for every table, whatever its columns mean."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from dragoman.lexicon.reading import TABLES
from dragoman.lexicon.reading import cells as list_cell

COUNTRY = re.compile(r"[A-Z]{3}")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
FORMS = {"iso3": COUNTRY, "since": DATE, "until": DATE, "active_from": DATE, "active_to": DATE}


def tables() -> list[Path]:
    """Every table of the installed package, by name."""
    return sorted(TABLES.glob("*.tsv"))


def check_table(path: Path) -> tuple[int, list[str]]:
    """How many rows the table has, and a line for each fault: 'offices.tsv:12: …'; no line if it is sound."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        return 0, [f"{path.name}: byte {fault.start} is not UTF-8"]
    if "\r" in text:
        return 0, [f"{path.name}: has Windows line ends; save it with plain newlines"]
    lines = csv.reader(text.rstrip("\n").split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(lines, [])
    if len(set(header)) != len(header) or not all(header):
        return 0, [f"{path.name}:1: a column has no name, or two have the same"]
    rows = list(enumerate(lines, start=2))
    faults = [f"{path.name}:{number}: {what}" for number, what in faults_in(header, rows)]
    return len(rows), faults


def faults_in(header: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, str]]:
    """Line and description of each fault among the rows."""
    ids: dict[str, int] = {}
    seen: dict[tuple[str, ...], int] = {}
    for number, row in rows:
        if len(row) != len(header):
            yield number, f"{len(row)} cells, there should be {len(header)}"
            continue
        cells = dict(zip(header, row, strict=True))
        if (first := seen.setdefault(tuple(row), number)) != number:
            yield number, f"the same row as line {first}"
        elif "id" in cells and (first := ids.setdefault(cells["id"], number)) != number:
            yield number, f"the id {cells['id']!r} is that of line {first}"
        for fault in faults_of(cells):
            yield number, fault


def faults_of(cells: dict[str, str]) -> Iterator[str]:
    """Description of each fault in one row."""
    for column, value in cells.items():
        if value != value.strip():
            yield f"{column}: a space before or after {value.strip()!r}"
        if column in FORMS and not all(map(FORMS[column].fullmatch, list_cell(value))):
            yield f"{column}: {value!r} is not of the right form"
    if cells.get("id") == "":
        yield "id: is empty"
    if cells.get("example") == "":
        yield "example: is empty; a row proves itself by a sentence in which it fires"
    if cells.get("example") and cells.get("example") == cells.get("but_not"):
        yield "but_not: is the same as the example"
