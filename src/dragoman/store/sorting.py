"""Puts the rows of a table in the order of days, so that a question about a month reads little of it."""

from __future__ import annotations

import pyarrow as pa
from deltalake import CommitProperties, write_deltalake

from dragoman.store.faults import told
from dragoman.store.snapshots import connect, scan
from dragoman.store.tables import TARGET_FILE, Table, attempts, properties

DAYS = {
    "event_mentions": 'coalesce("date"."start", published_start), document_id',
    "events": 'coalesce("start", first_reported), id',
}
"""What the rows of a table are sorted by, where they are of days."""
ROWS = 16_384
"""Rows that are handed on at a time."""


def put_in_order(table: Table, migrated: bool) -> None:
    """Writes all rows of the table anew, sorted; rows that others add meanwhile stay as they are.

    It takes as much room for temporary files as the table has, and again on the disk until the old files go.
    """
    if table.name not in DAYS or table.is_missing or table.rows() == 0:
        return
    with told(table.folder, f"sorting the table {table.name}"):
        attempts()(rewrite, table, migrated)


def rewrite(table: Table, migrated: bool) -> None:
    """One try; it fails if anybody has committed since the rows were read."""
    table.refresh()
    names = table.columns()
    schema = pa.schema([table.schema.field(name) for name in names])
    connection = connect()
    columns = ", ".join(f'"{name}"' for name in names)
    query = f"SELECT {columns} FROM ({scan(table, connection, migrated)}) ORDER BY {DAYS[table.name]}"
    batches = (batch.cast(schema) for batch in connection.sql(query).to_arrow_reader(ROWS))
    write_deltalake(
        table.delta,
        pa.RecordBatchReader.from_batches(schema, batches),
        mode="overwrite",
        target_file_size=TARGET_FILE,
        writer_properties=properties(table.name),
        commit_properties=CommitProperties(max_commit_retries=0),
    )
