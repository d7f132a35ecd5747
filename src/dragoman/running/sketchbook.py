"""What assembling needs to know of each mention, kept in files beside the corpus from run to run.

The folder is only a short cut: what is missing, damaged or of another version is worked out again.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.running.workers import PAGE, Run, from_bytes, to_bytes
from dragoman.store import Corpus, Snapshot
from dragoman.store.faults import told
from dragoman.store.snapshots import as_pattern, keep, quoted

FOLDER = "_sketches"
AT_ONCE = 4_000
"""Mentions that are sketched in one go."""
FILE = 250_000
"""Mentions of a file."""
MANY = 32
"""Files that are put together into one."""
ABANDONED = 3600.0
"""Seconds after which a file that was begun and not finished is removed."""
MARK = b"dragoman/sketches"

QUERY = """
WITH wanted AS (SELECT * FROM all_mentions WHERE batch IN (SELECT batch FROM to_sketch)),
near AS (
    SELECT batch, document_id, list([w."trigger"."start", w."trigger"."end"]) AS marks FROM wanted AS w
    GROUP BY ALL
)
SELECT m.id, m.document_id, m.event_type, m.mode, m.contexts, m.actors, m.recipients, m.status, m.date,
    m.place, m.casualties, m."trigger", m.span, m.published_start, m.published_end, m.same_as,
    m.batch, d.copy_of,
    substring(d.text, m.span."start" + 1, m.span."end" - m.span."start") AS passage,
    CASE WHEN d.dateline_span IS NULL THEN NULL ELSE
        substring(d.text, d.dateline_span."start" + 1, d.dateline_span."end" - d.dateline_span."start") END
    AS dateline,
    flatten(list_sort(list_filter(near.marks, lambda one:
        one[1] >= m.span."start" AND one[2] <= m.span."end" AND one[1] <> m."trigger"."start"))) AS near
FROM wanted AS m
JOIN (
    SELECT id, text, copy_of, dateline_span FROM documents WHERE batch IN (SELECT origin FROM to_sketch)
) AS d ON m.document_id = d.id
JOIN near ON near.batch = m.batch AND near.document_id = m.document_id
"""


class Sketchbook:
    """The sketches of a corpus' mentions, by batch; ``version`` names the code that makes them."""

    def __init__(self, corpus: Corpus, version: str) -> None:
        self.folder = corpus.folder / FOLDER
        self.version = version

    def files(self) -> dict[Path, list[str]]:
        """The files that hold sketches of this version, with the batches in them; others are removed."""
        for path in self.folder.glob(".*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > ABANDONED:
                    path.unlink()
        found = {}
        for path in sorted(self.folder.glob("*.parquet")):
            held = self.batches_in(path)
            if held is None:
                with suppress(OSError):
                    path.unlink()
            else:
                found[path] = held
        return found

    def batches_in(self, path: Path) -> list[str] | None:
        """The batches of a file, ``None`` if it is of no use."""
        try:
            marked = json.loads((pq.read_schema(path).metadata or {})[MARK])
        except (OSError, pa.ArrowException, ValueError, KeyError):
            return None
        return list(marked["batches"]) if marked["version"] == self.version else None

    def complete(self, snapshot: Snapshot, wanted: Sequence[str], run: Run) -> None:
        """Sketches those of the batches that no file has."""
        held = {batch for batches in self.files().values() for batch in batches}
        counts = {one.id: one.mentions for one in snapshot.commits}
        origins = {one.id: one.origin for one in snapshot.commits}
        missing = [batch for batch in wanted if batch not in held]
        for lot in lots(missing, counts):
            keep(
                snapshot.connection,
                "to_sketch",
                pa.table(
                    {"batch": pa.array(lot, TEXT), "origin": pa.array([origins[one] for one in lot], TEXT)}
                ),
            )
            self.write(lot, sketched(snapshot, run))
        self.tidy()

    def write(self, batches: Sequence[str], tables: Iterable[pa.Table]) -> None:
        """Writes a file with the sketches of these batches; it is there wholly or not at all."""
        schema = PAGE.with_metadata({MARK: json.dumps({"version": self.version, "batches": list(batches)})})
        name = secrets.token_hex(8)
        part = self.folder / f".{name}"
        with told(self.folder, "keeping sketches of mentions"):
            self.folder.mkdir(exist_ok=True)
            try:
                with pq.ParquetWriter(part, schema, compression="zstd") as writer:
                    for table in tables:
                        writer.write_table(table.cast(schema))
                part.replace(self.folder / f"{name}.parquet")
            finally:
                part.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Puts the files together where they are many."""
        files = self.files()
        if len(files) <= MANY:
            return
        small = sorted(files, key=lambda path: path.stat().st_size)[:MANY]
        once = {batch: path for path in small for batch in files[path]}
        self.write(list(once), (only(path, once) for path in small))
        for path in small:
            with suppress(OSError):
                path.unlink()

    def view(self, snapshot: Snapshot, name: str, batches: Sequence[str]) -> None:
        """A view of the sketches of these batches; ``n`` numbers them, ``came`` orders their documents."""
        files = self.files()
        version = {one.id: one.version for one in snapshot.commits}
        came = {one.id: version.get(one.origin, 0) for one in snapshot.commits}
        place: dict[str, tuple[int, str]] = {}
        for number, (path, held) in enumerate(files.items()):
            for batch in held:
                place.setdefault(batch, (number, str(path)))
        chosen = [batch for batch in batches if batch in place]
        keep(
            snapshot.connection,
            f"{name}_batches",
            pa.table(
                {
                    "batch": pa.array(chosen, TEXT),
                    "file": pa.array([place[one][1] for one in chosen], TEXT),
                    "number": pa.array([place[one][0] for one in chosen], pa.int64()),
                    "came": pa.array([came[one] for one in chosen], pa.int64()),
                }
            ),
        )
        paths = sorted({place[one][1] for one in chosen})
        if not paths:
            keep(snapshot.connection, f"{name}_none", PAGE.empty_table())
            rows = f"SELECT 0::BIGINT AS n, *, 0::BIGINT AS came FROM {name}_none"
        else:
            listed = ", ".join(quoted(as_pattern(path)) for path in paths)
            columns = ", ".join(f"p.{one}" for one in PAGE.names)
            rows = (
                f"SELECT b.number * 4294967296 + p.file_row_number AS n, {columns}, b.came FROM read_parquet("
                f"[{listed}], file_row_number = true, filename = true) AS p JOIN {name}_batches AS b "
                "ON p.batch = b.batch AND p.filename = b.file"
            )
        snapshot.connection.execute(f"CREATE OR REPLACE VIEW {name} AS {rows}")


TEXT = pa.string()


def lots(batches: Sequence[str], counts: dict[str, int]) -> Iterator[list[str]]:
    """The batches in lots of so many mentions that a file holds."""
    held: list[str] = []
    total = 0
    for batch in batches:
        if held and total + counts.get(batch, 0) > FILE:
            yield held
            held, total = [], 0
        held.append(batch)
        total += counts.get(batch, 0)
    if held:
        yield held


def sketched(snapshot: Snapshot, run: Run) -> Iterator[pa.Table]:
    """The sketches of the mentions in ``to_sketch``, in no particular order."""
    waiting = []
    cursor = snapshot.connection.cursor()
    with told(snapshot.folder, "reading the corpus"):
        for batch in cursor.sql(QUERY).to_arrow_reader(AT_ONCE):
            waiting.append(run("sketch", to_bytes(pa.Table.from_batches([batch]))))
            if len(waiting) > 8:
                yield from_bytes(waiting.pop(0).result())
        for one in waiting:
            yield from_bytes(one.result())


def only(path: Path, once: dict[str, Path]) -> pa.Table:
    """The rows of a file whose batches are to be taken from it."""
    table = pq.read_table(path)
    chosen = pa.array([once.get(batch) == path for batch in table["batch"].to_pylist()])
    return table.filter(chosen)
