"""Reads tables into rows, and names the file, line and column of what is wrong."""

from __future__ import annotations

import csv
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from dragoman.errors import TableError

Row = TypeVar("Row")

TABLES = Path(__file__).parent.parent / "tables"


def table_path(name: str) -> Path:
    """Where the table of that name ('offices.tsv') lies in the installed package."""
    return TABLES / name


def cells(value: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list, parted by '|'; an empty cell gives an empty tuple."""
    return tuple(part.strip() for part in value.split("|") if part.strip())


def read_table(name: str | Path, row_type: type[Row]) -> list[Row]:
    """Every row of a table, in file order, all values as the strings that stand in it.

    ``row_type`` is a dataclass whose fields, in order, are the table's columns. Raises ``TableError``
    with file and line where header or row do not fit.
    """
    path = name if isinstance(name, Path) else table_path(name)
    expected = [one.name for one in fields(row_type)]  # type: ignore[arg-type]
    rows: list[Row] = []
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            header = next(reader, [])
            if header != expected:
                raise TableError(f"{path.name}:1: the columns are {header}, they should be {expected}")
            for number, row in enumerate(reader, start=2):
                if len(row) != len(expected):
                    raise TableError(
                        f"{path.name}:{number}: {len(row)} cells, there should be {len(expected)}"
                    )
                values: dict[str, Any] = dict(zip(expected, row, strict=True))
                rows.append(row_type(**values))
    except OSError as fault:
        raise TableError(f"{path}: can't be read: {fault.strerror}") from None
    return rows
