"""From groups of mentions to states of events: which are new, which changed, which stand no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.running.workers import JOINED, Run, from_bytes, to_bytes
from dragoman.store import Ending, IndexWriter, Recording, Snapshot
from dragoman.store.event_rows import digest_of
from dragoman.store.faults import told
from dragoman.store.index import TOLD, mentions_of
from dragoman.store.schemas import EVENTS
from dragoman.store.snapshots import keep

AT_ONCE = 3_000
"""Mentions that are concluded from in one go."""
AHEAD = 8
LOT = 50_000
"""Events that are written at once."""
KEY = (
    '{0}.document_id || \':\' || {0}."trigger"."start" || \'-\' || {0}."trigger"."end" || \':\' || '
    "{0}.event_type"
)
"""A mention's key, in SQL."""
NOT_NEEDED = "actor_countries, recipient_countries, run_id, batch"
SHOWN_ONLY = ("path", "published", "coder", "field_confidence", "batch")
"""What events are not concluded from, but the index shows of mentions."""
STAMPS = ("row", "run_id", "batch")
KEPT = [*TOLD, "batch", "passage"]
"""What the index takes of mentions."""
Lot = tuple[pa.Table, pa.Table]
"""Events and their mentions."""


def record_groups(snapshot: Snapshot, groups: Iterable[pa.Table]) -> None:
    """Keeps the groups as the table ``placed``, and where mentions were before as ``held``."""
    connection = snapshot.connection
    keep(connection, "joined", JOINED.empty_table())
    for table in groups:
        connection.register("arriving", table)
        connection.execute("INSERT INTO joined SELECT * FROM arriving")
        connection.unregister("arriving")
    connection.execute(
        "CREATE OR REPLACE VIEW placed AS SELECT joined.*, book.batch FROM joined JOIN book USING (n)"
    )
    connection.execute(
        'CREATE OR REPLACE TABLE held AS SELECT id AS event_id, "row", digest, unnest(keys) AS key, '
        "unnest(range(len(keys))) AS pos FROM events"
    )


class Answers:
    """Which event answers which: a mention answers another of its report, and so do their events."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.connection = snapshot.connection

    def find(self) -> None:
        """Makes the tables ``answered`` (for each group the event it answers) and ``dependents``.

        Dependents are events that are not regrouped, but answer a mention that is now of another event.
        """
        run = self.connection.execute
        run(
            "CREATE OR REPLACE TABLE replies AS SELECT p.g, p.pos, p.event_id, m.document_id, m.responds_to "
            "FROM event_mentions AS m JOIN placed AS p ON m.batch = p.batch AND m.id = p.id "
            "WHERE m.responds_to IS NOT NULL"
        )
        run(
            "CREATE OR REPLACE TABLE aims AS SELECT DISTINCT m.id, m.document_id, "
            f"coalesce(j.event_id, h.event_id) AS target FROM event_mentions AS m "
            "SEMI JOIN replies AS r ON m.id = r.responds_to AND m.document_id = r.document_id "
            "LEFT JOIN joined AS j ON j.id = m.id AND j.document_id = m.document_id "
            f"LEFT JOIN held AS h ON h.key = {KEY.format('m')}"
        )
        run(
            "CREATE OR REPLACE TABLE answered AS SELECT r.g, arg_min(a.target, r.pos) AS target "
            "FROM replies AS r JOIN aims AS a ON a.id = r.responds_to AND a.document_id = r.document_id "
            "WHERE a.target <> r.event_id GROUP BY r.g"
        )
        run(
            "CREATE OR REPLACE TABLE moved AS SELECT j.id, j.document_id, j.event_id FROM joined AS j "
            "JOIN held AS h USING (key) WHERE j.event_id <> h.event_id"
        )
        run(
            "CREATE OR REPLACE TABLE dependents AS SELECT h.event_id, arg_min(v.event_id, h.pos) AS target "
            "FROM event_mentions AS m "
            "JOIN moved AS v ON m.responds_to = v.id AND m.document_id = v.document_id "
            f"JOIN held AS h ON h.key = {KEY.format('m')} ANTI JOIN joined AS j ON j.key = h.key "
            "GROUP BY h.event_id"
        )


class Conclusions:
    """The events of the groups, written into a recording as far as they differ from those that stand."""

    def __init__(self, snapshot: Snapshot, recording: Recording, index: IndexWriter) -> None:
        self.snapshot = snapshot
        self.connection = snapshot.connection
        self.recording = recording
        self.index = index
        self.before = self.affected()
        self.kept: set[str] = set()
        self.endings: list[Ending] = []
        self.sides: set[str] = set()
        self.new = self.changed = self.ended = self.merged = 0

    def affected(self) -> dict[str, tuple[str, str]]:
        """The events that hold any of the mentions in hand, or of those that are gone: row and digest."""
        query = (
            'SELECT DISTINCT event_id, "row", digest FROM held SEMI JOIN '
            "(SELECT key FROM joined UNION SELECT key FROM gone) USING (key)"
        )
        return {name: (row, digest) for name, row, digest in self.snapshot.rows(query)}

    def write(self, run: Run) -> None:
        """Concludes, and writes what is new or differs."""
        waiting: list[tuple[pa.Table, Future[Any]]] = []
        held: list[Lot] = []

        def take_first() -> None:
            mentions, future = waiting.pop(0)
            events = self.take(from_bytes(future.result()))
            if events.num_rows:
                held.append((events, mentions))

        for table in self.rows():
            waiting.append((table.select(KEPT), run("conclude", to_bytes(table.drop_columns(SHOWN_ONLY)))))
            if len(waiting) >= AHEAD:
                take_first()
            if sum(events.num_rows for events, _ in held) >= LOT:
                self.put(held)
        while waiting:
            take_first()
        self.put(held)

    def rows(self) -> Iterator[pa.Table]:
        """The mentions with their places, a few thousand at a time, no event cut in two."""
        query = (
            'SELECT p.g, p.pos, p.key, p."to", p.relation, p.why, p.score AS join_score, '
            f"a.target AS answered, p.batch, m.* EXCLUDE ({NOT_NEEDED}), s.passage, s.dateline, s.copy_of, "
            "s.near "
            "FROM placed AS p JOIN event_mentions AS m ON p.batch = m.batch AND p.id = m.id "
            "JOIN pages AS s ON p.batch = s.batch AND p.id = s.id LEFT JOIN answered AS a ON a.g = p.g "
            "ORDER BY p.g, p.pos"
        )
        cursor = self.connection.cursor()
        rest: pa.Table | None = None
        with told(self.snapshot.folder, "reading the corpus"):
            for batch in cursor.sql(query).to_arrow_reader(AT_ONCE):
                table = pa.Table.from_batches([batch])
                table = pa.concat_tables([rest, table]) if rest is not None else table
                last = pc.index(table["g"], table["g"][-1]).as_py()
                if last:
                    yield table.slice(0, last)
                rest = table.slice(last)
        if rest is not None and rest.num_rows:
            yield rest

    def take(self, table: pa.Table) -> pa.Table:
        """Those of the events that differ from what stands; the others stay as they are."""
        chosen = []
        for name, digest, mentions in zip(
            table["id"].to_pylist(), table["digest"].to_pylist(), table["mentions"].to_pylist(), strict=True
        ):
            row, old = self.before.get(name, (None, None))
            self.kept.add(name) if row is not None else None
            chosen.append(old != digest)
            if old == digest:
                continue
            self.merged += mentions - 1
            if row is None:
                self.new += 1
            else:
                self.changed += 1
                self.endings.append(Ending("events", row, name, name))
        return table.filter(pa.array(chosen, pa.bool_()))

    def put(self, held: list[Lot]) -> None:
        """Writes the events, and empties the list."""
        if not held:
            return
        rows, mentions = (pa.concat_tables(one) for one in zip(*held, strict=True))
        held.clear()
        for sides in rows["tie_sides"].to_pylist():
            self.sides.update(sides)
        recording = self.recording
        names = pc.binary_join_element_wise(rows["id"], pa.scalar(recording.batch), "@")
        run_id = pa.array([recording.writer.run_id], pa.string()).take(pa.array([0] * rows.num_rows))
        batch = pa.array([recording.batch], pa.string()).take(pa.array([0] * rows.num_rows))
        for name, values in (("row", names), ("run_id", run_id), ("batch", batch)):
            place = rows.schema.get_field_index(name)
            rows = rows.set_column(place, EVENTS.field(name), values)
        recording.put("events", rows)
        self.index.add(rows, mentions)

    def write_answers(self) -> None:
        """Writes anew the events that answer a mention that is now of another event."""
        query = (
            "SELECT e.*, d.target FROM events AS e JOIN dependents AS d ON e.id = d.event_id "
            "WHERE e.responds_to IS DISTINCT FROM d.target AND d.target <> e.id ORDER BY e.id"
        )
        found = [row for row in self.snapshot.records(query) if row["id"] not in self.before]
        rows: list[dict[str, Any]] = []
        for row in found:
            self.endings.append(Ending("events", row["row"], row["id"], row["id"]))
            self.sides.update(row["tie_sides"] or ())
            new = {name: row[name] for name in EVENTS.names if name not in (*STAMPS, "digest")}
            new["responds_to"] = row["target"]
            rows.append({**new, "digest": digest_of(new)})
        self.changed += len(rows)
        if rows:
            table = self.recording.add("events", rows)
            self.index.add(table, mentions_of(self.snapshot, table))

    def end(self) -> None:
        """Writes that states stand no longer, with what now holds most of their mentions."""
        lost = [(row, name) for name, (row, _) in sorted(self.before.items()) if name not in self.kept]
        self.ended = len(lost)
        keep(
            self.connection, "lost", pa.table({"event_id": pa.array([name for _, name in lost], pa.string())})
        )
        heirs = dict(
            self.snapshot.rows(
                "SELECT before, arg_max(after, (shared, after)) FROM (SELECT h.event_id AS before, "
                "j.event_id AS after, count(*) AS shared FROM held AS h SEMI JOIN lost USING (event_id) "
                "JOIN joined AS j USING (key) GROUP BY ALL) GROUP BY before"
            )
        )
        self.endings += [Ending("events", row, name, heirs.get(name)) for row, name in lost]
        keep(
            self.connection,
            "ending",
            pa.table({"row": pa.array([one.row for one in self.endings], pa.string())}),
        )
        query = 'SELECT DISTINCT unnest(tie_sides) FROM events SEMI JOIN ending USING ("row")'
        self.sides.update(side for (side,) in self.snapshot.rows(query))
        self.recording.end(self.endings)
