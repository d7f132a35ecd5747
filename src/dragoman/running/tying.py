"""The ties of those pairs of states whose events or statements changed, worked out anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import pyarrow as pa

from dragoman.running.workers import day_of, evidence_back, pair_of
from dragoman.store import Commit, Corpus, Ending, Recording, Snapshot, tie_row
from dragoman.store.event_rows import statement_in
from dragoman.store.ledger import ASSEMBLE
from dragoman.store.rows import Row
from dragoman.store.snapshots import keep
from dragoman.store.writing import now
from dragoman.ties import register

PAIR = "least(first_side, second_side) || ' ' || greatest(first_side, second_side)"


class Tying:
    """What an assembling does to ties; ``sides`` are the pairs that its events touch ('NOR SWE')."""

    def __init__(
        self, corpus: Corpus, snapshot: Snapshot, recording: Recording, sides: Iterable[str]
    ) -> None:
        self.corpus = corpus
        self.snapshot = snapshot
        self.recording = recording
        self.sides = set(sides)

    def write(self, new: Sequence[str], gone: Sequence[str]) -> int:
        """Writes the ties that are new or changed, and says how many are new, changed or ended.

        ``new`` and ``gone`` are the batches whose statements came or went.
        """
        keep(
            self.snapshot.connection,
            "came_or_went",
            pa.table({"batch": pa.array([*new, *gone], pa.string())}),
        )
        query = f"SELECT DISTINCT {PAIR} FROM all_statements SEMI JOIN came_or_went USING (batch)"
        self.sides |= {pair for (pair,) in self.snapshot.rows(query)}
        if not self.sides:
            return 0
        made = self.worked_out(self.after())
        keep(self.snapshot.connection, "touched", self.touched())
        query = f'SELECT id, "row", digest FROM ties WHERE {PAIR} IN (SELECT pair FROM touched)'
        before = {name: (row, digest) for name, row, digest in self.snapshot.rows(query)}
        differ = [row for row in made if before.get(row["id"], ("", ""))[1] != row["digest"]]
        names = {row["id"] for row in made}
        endings = [
            Ending("ties", before[row["id"]][0], row["id"], row["id"])
            for row in differ
            if row["id"] in before
        ]
        lost = [
            Ending("ties", row, name, None) for name, (row, _) in sorted(before.items()) if name not in names
        ]
        self.recording.add("ties", differ)
        self.recording.end([*endings, *lost])
        return len(differ) + len(lost)

    def touched(self) -> pa.Table:
        """The pairs as a table."""
        return pa.table({"pair": pa.array(sorted(self.sides), pa.string())})

    def after(self) -> Snapshot:
        """The corpus as it will be once the recording is committed, apart from its ties."""
        for name in ("events", "endings"):
            self.corpus.tables[name].refresh()
        writer = self.recording.writer
        commit = Commit(
            id=self.recording.batch,
            version=self.snapshot.version + 1,
            at=now(),
            run_id=writer.run_id,
            kind=ASSEMBLE,
            coder=writer.info.coder,
            origin=self.recording.batch,
            replaces=None,
            **self.recording.counts,
        )
        return Snapshot(self.corpus.tables, [*self.snapshot.commits, commit], self.corpus.migrated)

    def worked_out(self, after: Snapshot) -> list[Row]:
        """The ties of the pairs, as rows."""
        keep(after.connection, "touched", self.touched())
        query = (
            "SELECT DISTINCT id, tie_evidence FROM (SELECT id, tie_evidence, unnest(tie_sides) AS pair FROM "
            "events) SEMI JOIN touched USING (pair) ORDER BY id"
        )
        evidence = [evidence_back(one) for _, data in after.rows(query) if data for one in json.loads(data)]
        query = f"SELECT * FROM tie_statements WHERE {PAIR} IN (SELECT pair FROM touched) ORDER BY id"
        rows = list(after.records(query))
        days = {row["document_id"]: day_of(row["published_start"], row["published_end"]) for row in rows}
        ties = register(evidence, map(statement_in, rows), days)
        return [tie_row(one) for one in ties if pair_of(one.sides) in self.sides]
