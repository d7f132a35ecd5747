"""Rows as CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi.responses import Response

from dragoman.output.cleaning import one_line
from dragoman.output.sheet import guarded
from dragoman.query.flattening import plain
from dragoman.query.ground import Row
from dragoman.web.rendering import file_name

CSV, PARQUET = "text/csv; charset=utf-8", "application/vnd.apache.parquet"


Described = dict[int | str, dict[str, Any]]
NUMBER = {"type": "integer", "minimum": 0}
ROWS = {"type": "array", "items": {"type": "object"}}
PARTS: dict[str, dict[str, Any]] = {
    "version": NUMBER,
    "total": NUMBER,
    "limit": NUMBER,
    "offset": NUMBER,
    "next": {"type": ["integer", "null"]},
    "rows": ROWS,
    "calibration": ROWS,
    "event_mentions": ROWS,
    "coarser": NUMBER,
    "undated": NUMBER,
    "by": {"type": "string"},
    "text": {"type": "string"},
    "sample": {"type": "string"},
    "drawn": {"type": "array", "items": {"type": "string"}},
    "left": {"type": "array", "items": {"type": "string"}},
}
"""Parts of answers that are no objects."""
LISTED = ("total", "limit", "offset", "next", "rows")
"""Parts of every list that comes in pages."""


def answers(*parts: str, sheets: bool = True, code: int = 200, version: bool = True) -> Described:
    """What an answer has, for the description of the interface; ``sheets`` if it comes as a sheet, too."""
    names = ("version", *parts) if version else parts
    schema = {
        "type": "object",
        "required": list(names),
        "properties": {name: PARTS.get(name, {"type": "object"}) for name in names},
    }
    content: dict[str, Any] = {"application/json": {"schema": schema}}
    if sheets:
        content |= {kind: {"schema": {"type": "string"}} for kind in (CSV.partition(";")[0], PARQUET)}
    return {code: {"description": "The answer.", "content": content}}


def sheet(rows: Iterable[Row], form: str, name: str) -> Response:
    """The rows as a file to be kept."""
    made = [without_folders(row) for row in rows]
    content = as_parquet(made) if form == "parquet" else as_csv(made)
    headers = {"content-disposition": f'attachment; filename="{name}.{form}"'}
    return Response(content, media_type=PARQUET if form == "parquet" else CSV, headers=headers)


def without_folders(row: Row) -> Row:
    """The row with names of files in place of paths."""
    return {name: file_name(value) if name == "path" else value for name, value in row.items()}


def as_csv(rows: Sequence[Row]) -> bytes:
    """Rows for spreadsheets: no cell is taken for a formula."""
    stream = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return stream.getvalue().encode("utf-8", "replace")


def cell(value: Any) -> str:
    """A value in one cell."""
    if value is None:
        return ""
    return guarded(one_line(value)) if isinstance(value, str) else str(plain(value))


def as_parquet(rows: Sequence[Row]) -> bytes:
    """Rows for programs."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), stream)
    return stream.getvalue()
