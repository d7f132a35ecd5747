"""A corpus as it is or was at one version, to be read with DuckDB."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.records import Document, Event, EventMention, Review, Tie, TieStatement
from dragoman.store.event_rows import event_in, review_in, statement_in, tie_in
from dragoman.store.faults import told
from dragoman.store.ledger import RECODE_ALL, Commit, adding, assembled, current
from dragoman.store.rows import document_in, mention_in
from dragoman.store.schemas import COUNTED, RUNS, TABLES
from dragoman.store.tables import Table

ROWS = 200
"""Rows that are turned into records at a time."""
ENDED = 'SELECT "row" FROM endings WHERE "table" = \'{}\''
SMALL = 20_000
"""Rows of a table up to which looking anything up first is not worth it."""
NEAR = 1_000
"""Rows of a file that lie no farther apart are read in one go."""
PLACES = 256
"""Places from which rows are fetched one by one; for more of them all rows are read."""


def connect(memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own in memory; what does not fit goes to the system's folder for temporary files."""
    spill = Path(tempfile.gettempdir()) / f"dragoman-duckdb-{os.getpid()}"
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "temp_directory": str(spill),
            "threads": min(4, os.cpu_count() or 1),
            "preserve_insertion_order": False,
        },
    )
    connection.execute("SET parquet_metadata_cache = true")
    return connection


def quoted(text: str) -> str:
    """The text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def as_pattern(path: str) -> str:
    """The path as a pattern that matches it alone: DuckDB takes paths for patterns."""
    return re.sub(r"([\[*?])", r"[\1]", path)


def keep(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Makes a table of DuckDB's own from the rows, which its cursors see, too."""
    connection.register("arriving", rows)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM arriving")
    connection.unregister("arriving")


def scan(table: Table, connection: duckdb.DuckDBPyConnection, migrated: bool) -> str:
    """SQL for all rows of a table's files, with every column that this program knows.

    Columns that an older version did not have are empty.
    """
    keep(connection, f"empty_{table.name}", table.schema.empty_table())
    files = table.files()
    if not files:
        return f"SELECT * FROM empty_{table.name}"
    return reading(table, files, migrated or not set(table.columns()) >= set(table.schema.names))


def reading(table: Table, files: Sequence[str], older: bool, located: bool = False) -> str:
    """SQL for the rows of these files; ``older`` says that columns may be missing from some.

    With ``located`` each row has its file and its number in it, as ``at_file`` and ``at_row``.
    """
    names = ", ".join(quoted(as_pattern(path)) for path in files)
    columns = ", ".join(f'"{name}"' for name in table.schema.names)
    options = ", union_by_name = true" if older else ""
    if located:
        columns += ", filename AS at_file, file_row_number AS at_row"
        options += ", filename = true, file_row_number = true"
    source = f"read_parquet([{names}]{options})"
    if older:
        source = f"(SELECT * FROM {source} UNION ALL BY NAME SELECT * FROM empty_{table.name})"
    return f"SELECT {columns} FROM {source}"


def ranges(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of numbers that lie near each other."""
    first = last = rows[0]
    for row in rows[1:]:
        if row - last > NEAR:
            yield first, last
            first = row
        last = row
    yield first, last


class Snapshot:
    """The corpus at one version: what is added, recoded or compacted later does not change it.

    ``sql`` asks the tables ``documents``, ``event_mentions`` (each document's newest mentions of that
    version), ``all_mentions`` (with those that a recoding replaced), ``tie_statements`` (the newest),
    ``events`` and ``ties`` (each in its last state of that version), ``all_events`` and ``all_ties`` (every
    state, with the versions ``since`` and ``until`` between which it stood), ``endings``, ``reviews``,
    ``imported_events`` (of other datasets), ``problems``, ``runs`` and ``batches``.
    """

    def __init__(self, tables: dict[str, Table], commits: Sequence[Commit], migrated: bool = False) -> None:
        self.tables = tables
        self.commits = tuple(commits)
        self.migrated = migrated
        self.folder = tables["documents"].folder
        self.connection = connect()
        self.older = {
            name: migrated or not set(one.columns()) >= set(one.schema.names) for name, one in tables.items()
        }
        self.chosen: dict[str, str] = {}
        self.lately: dict[str, dict[str, Any]] = {}
        with told(self.folder, "reading the corpus"):
            self._views()

    @property
    def version(self) -> int:
        """Its number; 0 is the empty corpus."""
        return self.commits[-1].version if self.commits else 0

    @property
    def assembled(self) -> int:
        """The version up to which all mentions were taken into events; 0 if that was never done."""
        return assembled(self.commits)

    @property
    def is_assembled(self) -> bool:
        """Whether all mentions of this version were taken into events."""
        return all(commit.version <= self.assembled for commit in current(self.commits))

    def _views(self) -> None:
        rows = [[getattr(commit, name) for commit in self.commits] for name in TABLES["batches"].names]
        keep(self.connection, "batches", pa.table(rows, schema=TABLES["batches"]))
        standing = [commit.id for commit in current(self.commits)]
        everything = [commit.id for commit in self.commits]
        self._view("documents", "documents", adding(self.commits))
        self._view("event_mentions", "event_mentions", standing)
        self._view("all_mentions", "event_mentions", everything)
        self._view("tie_statements", "tie_statements", standing)
        self._view("all_statements", "tie_statements", everything)
        self._view("endings", "endings", everything)
        self._view("reviews", "reviews", everything)
        self._view("imported_events", "imported_events", everything)
        self._view("problems", "problems", everything)
        for name in ("events", "ties"):
            self._states(name, everything)
        others = [name for name in RUNS.names if name != "id"]
        newest = ", ".join(f'arg_max("{name}", (ended IS NOT NULL, "at")) AS "{name}"' for name in others)
        runs = scan(self.tables["runs"], self.connection, self.migrated)
        self.connection.execute(f"CREATE VIEW runs AS SELECT id, {newest} FROM ({runs}) GROUP BY id")

    def _states(self, name: str, batches: list[str]) -> None:
        """Views of a table's rows that were not ended, and of all its rows with when they stood."""
        self._view(f"{name}_ever", name, batches)
        ended = ENDED.format(name)
        self.connection.execute(
            f'CREATE VIEW {name} AS SELECT * FROM {name}_ever WHERE "row" NOT IN ({ended})'
            if any(commit.endings for commit in self.commits)
            else f"CREATE VIEW {name} AS SELECT * FROM {name}_ever"
        )
        self.connection.execute(
            f"CREATE VIEW all_{name} AS SELECT e.*, b.version AS since, x.version AS until, n.superseded_by "
            f"FROM {name}_ever AS e JOIN batches AS b ON e.batch = b.id "
            f'LEFT JOIN endings AS n ON n."row" = e."row" AND n."table" = \'{name}\' '
            "LEFT JOIN batches AS x ON n.batch = x.id"
        )

    def _view(self, view: str, table: str, batches: list[str]) -> None:
        """A view of the rows of these batches; the filter is left out where it would take nothing away."""
        rows = scan(self.tables[table], self.connection, self.migrated)
        chosen, counted = set(batches), COUNTED[table]
        known = sum(getattr(commit, counted) for commit in self.commits if commit.id in chosen)
        if known != self.tables[table].rows():
            keep(self.connection, f"{view}_batches", pa.table({"batch": pa.array(batches, pa.string())}))
            self.chosen[view] = f"batch IN (SELECT batch FROM {view}_batches)"
            rows += f" WHERE {self.chosen[view]}"
        if view == "documents":
            rows = self._coded_since(rows)
        self.connection.execute(f"CREATE VIEW {view} AS {rows}")

    def _coded_since(self, rows: str) -> str:
        """The documents with those in other languages that a recoding has coded marked so."""
        origins = [commit.origin for commit in current(self.commits) if commit.kind == RECODE_ALL]
        if not origins:
            return rows
        keep(self.connection, "all_coded", pa.table({"batch": pa.array(origins, pa.string())}))
        late = "batch IN (SELECT batch FROM all_coded)"
        told = f"coded OR {late} AS coded, CASE WHEN {late} THEN NULL ELSE why_not END AS why_not"
        return f"SELECT * REPLACE ({told}) FROM ({rows})"

    def sql(self, query: str, parameters: Sequence[object] = ()) -> duckdb.DuckDBPyRelation:
        """What DuckDB answers; raises ``CorpusError`` where a table is damaged."""
        with told(self.folder, "reading the corpus"):
            return self.connection.sql(query, params=list(parameters) or None)

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that DuckDB answers."""
        with told(self.folder, "reading the corpus"):
            return self.connection.execute(query, list(parameters)).fetchall()

    @property
    def documents(self) -> duckdb.DuckDBPyRelation:
        """The table of documents."""
        return self.sql("SELECT * FROM documents")

    @property
    def mentions(self) -> duckdb.DuckDBPyRelation:
        """The table of event mentions, each document's newest of this version."""
        return self.sql("SELECT * FROM event_mentions")

    @property
    def events(self) -> duckdb.DuckDBPyRelation:
        """The table of events, each in its last state of this version."""
        return self.sql("SELECT * FROM events")

    @property
    def ties(self) -> duckdb.DuckDBPyRelation:
        """The table of ties, each in its last state of this version."""
        return self.sql("SELECT * FROM ties")

    @property
    def problems(self) -> duckdb.DuckDBPyRelation:
        """The table of problems."""
        return self.sql("SELECT * FROM problems")

    @property
    def runs(self) -> duckdb.DuckDBPyRelation:
        """The table of runs, each in its last state."""
        return self.sql("SELECT * FROM runs")

    def read_documents(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Document]:
        """The documents as records, a few at a time, in no particular order."""
        yield from map(document_in, self.records(f"SELECT * FROM documents WHERE {where}", parameters))

    def read_mentions(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[EventMention]:
        """The event mentions as records, a few at a time, in no particular order."""
        yield from map(mention_in, self.records(f"SELECT * FROM event_mentions WHERE {where}", parameters))

    def read_events(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Event]:
        """The events as records, a few at a time, in no particular order."""
        yield from map(event_in, self.records(f"SELECT * FROM events WHERE {where}", parameters))

    def read_ties(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Tie]:
        """The ties as records, a few at a time, in no particular order."""
        yield from map(tie_in, self.records(f"SELECT * FROM ties WHERE {where}", parameters))

    def read_statements(
        self, where: str = "true", parameters: Sequence[object] = ()
    ) -> Iterator[TieStatement]:
        """What documents say of ties, as records, a few at a time, in no particular order."""
        yield from map(statement_in, self.records(f"SELECT * FROM tie_statements WHERE {where}", parameters))

    def read_reviews(self, where: str = "true", parameters: Sequence[object] = ()) -> Iterator[Review]:
        """The reviews as records, oldest first."""
        query = f'SELECT * FROM reviews WHERE {where} ORDER BY "at", id'
        yield from map(review_in, self.records(query, parameters))

    def fetching(self, view: str, ids: Sequence[str], columns: str) -> str:
        """SQL for the rows of these ids in ``events``, ``event_mentions`` or (as written) ``documents``.

        Where a corpus is large and the ids are few, the rows are looked up by the column of ids alone, and no
        more is read of the files than what lies around them.
        """
        wanted = ", ".join(map(quoted, ids)) or "NULL"
        table = self.tables[view]
        if not 0 < len(ids) <= PLACES or table.rows() < SMALL:
            return f"SELECT {columns} FROM {view} WHERE id IN ({wanted})"
        parts = [
            f"SELECT {columns} FROM ({reading(table, [file], self.older[view], located=True)}) "
            f"WHERE at_row BETWEEN {first} AND {last} AND at_row IN ({', '.join(map(str, rows))})"
            for file, rows in self._places(view, wanted).items()
            for first, last in ranges(rows)
        ]
        return " UNION ALL ".join(parts) or f"SELECT {columns} FROM {view} WHERE false"

    def _places(self, view: str, wanted: str) -> dict[str, list[int]]:
        """The numbers of the rows of these ids, by file."""
        every = [f"id IN ({wanted})"]
        if (batches := self.chosen.get("events_ever" if view == "events" else view)) is not None:
            every.append(batches)
        if view == "events" and any(commit.endings for commit in self.commits):
            every.append(f'"row" NOT IN ({ENDED.format("events")})')
        table = self.tables[view]
        source = reading(table, table.files(), self.older[view], located=True)
        places: dict[str, list[int]] = {}
        for file, row in sorted(
            self.rows(f"SELECT at_file, at_row FROM ({source}) WHERE {' AND '.join(every)}")
        ):
            places.setdefault(file, []).append(row)
        return places

    def records(self, query: str, parameters: Sequence[object] = ()) -> Iterator[dict[str, Any]]:
        """The rows of an answer as dictionaries, a few at a time."""
        cursor = self.connection.cursor()
        with told(self.folder, "reading the corpus"):
            reader: pa.RecordBatchReader = cursor.sql(query, params=list(parameters) or None).to_arrow_reader(
                ROWS
            )
            for batch in reader:
                yield from batch.to_pylist()
