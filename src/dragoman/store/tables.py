"""One Delta table of a corpus: appending to it, taking rows out, and its files for DuckDB to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Transaction, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from dragoman.store.faults import told

CONFIGURATION: dict[str, str | None] = {
    # Long texts have no place in the log.
    "delta.dataSkippingStatsColumns": "batch,added_at,published_start",
    "delta.checkpointInterval": "50",
    "delta.logRetentionDuration": "interval 7 days",
}
TARGET_FILE = 128 * 1024 * 1024
LONG_TARGET_FILE = 32 * 1024 * 1024

NO_FILES = pa.table({"path": [], "size_bytes": [], "num_records": []})

ROW_GROUP = 131_072
ROW_GROUPS = {"documents": 512, "event_mentions": 16_384, "events": 4_096}
"""Rows of a group where they are long: of documents a group is held in memory when it is written or read, of
the others one is read for each event that is shown."""


def properties(name: str) -> WriterProperties:
    """How the files of a table are written."""
    rows = ROW_GROUPS.get(name, ROW_GROUP)
    return WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=rows)


def attempts() -> Retrying:
    """How often, and how far apart, a commit is tried that another writer got in the way of."""
    return Retrying(
        retry=retry_if_exception_type(CommitFailedError),
        stop=stop_after_attempt(20),
        wait=wait_random_exponential(multiplier=0.02, max=2),
        reraise=True,
    )


def local(folder: Path, path: str) -> Path:
    """Where a file lies that the log names, which writes blanks and letters beyond ASCII as %20 and so on."""
    return Path(unquote(urlparse(path).path)) if path.startswith("file:") else folder / unquote(path)


class Table:
    """A Delta table; what others have written meanwhile is seen after ``refresh``."""

    def __init__(self, folder: Path, name: str, schema: pa.Schema, is_new: bool = False) -> None:
        """``is_new`` says that the corpus may be older than this table, and may lack it."""
        self.folder = folder
        self.name = name
        self.schema = schema
        self.is_new = is_new
        self._delta: DeltaTable | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the corpus does not have the table yet."""
        return self.is_new and self._delta is None and not (self.path / "_delta_log").is_dir()

    @property
    def path(self) -> Path:
        """Where the table lies."""
        return self.folder.absolute() / self.name

    @property
    def delta(self) -> DeltaTable:
        """The table as it was when it was last refreshed."""
        if self._delta is None:
            with told(self.folder, f"opening the table {self.name}"):
                self._delta = DeltaTable(self.path)
        return self._delta

    def create(self) -> None:
        """Makes the table where it is not there yet."""
        columns = set(CONFIGURATION["delta.dataSkippingStatsColumns"].split(","))  # type: ignore[union-attr]
        shown = [name for name in self.schema.names if name in columns] or self.schema.names[:1]
        configuration = CONFIGURATION | {"delta.dataSkippingStatsColumns": ",".join(shown)}
        with told(self.folder, f"making the table {self.name}"):
            try:
                self._delta = DeltaTable.create(
                    self.path, self.schema, mode="ignore", configuration=configuration
                )
            except DeltaError:
                # Another run may have made it at the same time.
                self._delta = DeltaTable(self.path)

    def refresh(self) -> None:
        """Sees what others have written meanwhile."""
        if not self.is_missing:
            self.refreshed()

    def refreshed(self) -> DeltaTable:
        """The table as it now is."""
        if self._delta is None:
            return self.delta
        with told(self.folder, f"reading the table {self.name}"):
            try:
                self._delta.update_incremental()
            except FileNotFoundError:
                self._delta = DeltaTable(self.path)
        return self._delta

    def columns(self) -> list[str]:
        """The columns that the table has on disk."""
        if self.is_missing:
            return []
        return [field.name for field in self.delta.schema().fields]

    def files(self) -> list[str]:
        """The data files of the table, as paths that can be opened."""
        return [str(local(self.path, path)) for path in self.actions()["path"].to_pylist()]

    def actions(self) -> pa.Table:
        """What the log says of each file: path, size_bytes, num_records and more."""
        if self.is_missing:
            return NO_FILES
        with told(self.folder, f"reading the table {self.name}"):
            return pa.table(self.delta.get_add_actions(flatten=True))

    def rows(self) -> int:
        """How many rows the log counts."""
        return sum(count or 0 for count in self.actions()["num_records"].to_pylist())

    def size(self) -> tuple[int, int]:
        """Number of files, and bytes in them."""
        sizes = self.actions()["size_bytes"].to_pylist()
        return len(sizes), sum(sizes)

    def append(self, rows: pa.Table) -> None:
        """Commits the rows; other writers may append at the same time."""
        if not rows.num_rows:
            return
        with told(self.folder, f"writing the table {self.name}"):
            attempts()(self._write, rows)

    def append_as(self, rows: pa.Table, mark: str, number: int) -> bool:
        """Commits the rows if no one else has committed under this mark since the last refresh."""
        once = CommitProperties(app_transactions=[Transaction(mark, number)], max_commit_retries=0)
        with told(self.folder, f"writing the table {self.name}"):
            try:
                self._write(rows, once)
            except CommitFailedError:
                return False
        return True

    def _write(self, rows: pa.Table, commit: CommitProperties | None = None) -> None:
        write_deltalake(
            self.delta,
            rows,
            mode="append",
            writer_properties=properties(self.name),
            commit_properties=commit,
        )

    def delete(self, batches: list[str]) -> None:
        """Takes out the rows of these batches."""
        named = ", ".join(f"'{batch}'" for batch in batches)

        def once() -> None:
            self.refreshed().delete(f"batch IN ({named})", writer_properties=properties(self.name))

        with told(self.folder, f"repairing the table {self.name}"):
            attempts()(once)

    def compact(self, keep_hours: int) -> dict[str, Any]:
        """Puts small files together; files replaced more than ``keep_hours`` ago are deleted."""

        def once() -> None:
            self.refreshed().optimize.compact(
                target_size=LONG_TARGET_FILE if self.name == "documents" else TARGET_FILE,
                max_concurrent_tasks=1,
                writer_properties=properties(self.name),
            )

        with told(self.folder, f"compacting the table {self.name}"):
            self.refresh()
            before = self.size()
            attempts()(once)
            # What is in no log may be of somebody who is just writing: only what is old goes.
            deleted = self.refreshed().vacuum(
                keep_hours, dry_run=False, enforce_retention_duration=False, full=keep_hours >= 1
            )
            self.delta.create_checkpoint()
            self.delta.cleanup_metadata()
            self.refresh()
            after = self.size()
        return {
            "table": self.name,
            "files_before": before[0],
            "files_after": after[0],
            "bytes_before": before[1],
            "bytes_after": after[1],
            "old_files_deleted": len(deleted),
        }
