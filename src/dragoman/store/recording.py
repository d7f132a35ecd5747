"""Writes what was concluded (events, ties) and what people say of it (reviews): each as one batch.

Rows may be written over many minutes; nobody sees them before the batch is committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from dragoman.errors import CorpusError
from dragoman.records import Review
from dragoman.store.event_rows import review_row, stamped
from dragoman.store.ledger import ASSEMBLE, REVIEW, Commit, assembled
from dragoman.store.rows import Row, Stamp, to_table
from dragoman.store.schemas import ENDINGS, REVIEWS, TABLES
from dragoman.store.writing import ATTEMPTS, Writer, now


@dataclass(frozen=True, slots=True)
class Ending:
    """One state of an event or tie that stands no longer.

    ``table`` is ``events`` or ``ties``, ``row`` names the state. ``superseded_by`` is the thing that now
    holds most of its evidence: its own id if only its state changed, ``None`` if nothing does.
    """

    table: str
    row: str
    id: str
    superseded_by: str | None


@dataclass
class Recording:
    """An assembling on its way into the corpus; ``base`` is the version that it was worked out from."""

    writer: Writer
    base: int
    batch: str = field(init=False)
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.writer.batches += 1
        self.batch = f"{self.writer.run_id}.{self.writer.batches:06d}"
        self.counts = {"events": 0, "ties": 0, "endings": 0}

    def add(self, name: str, rows: Iterable[Row]) -> pa.Table:
        """Writes rows of ``events`` or ``ties``, as ``event_row`` and ``tie_row`` make them."""
        table = to_table(stamped(rows, self.batch, self.writer.run_id), TABLES[name])
        self.put(name, table)
        return table

    def end(self, endings: Iterable[Ending]) -> None:
        """Writes that states stand no longer."""
        rows = [
            {
                "table": one.table,
                "row": one.row,
                "id": one.id,
                "superseded_by": one.superseded_by,
                "run_id": self.writer.run_id,
                "batch": self.batch,
            }
            for one in endings
        ]
        self.put("endings", to_table(rows, ENDINGS))

    def put(self, name: str, rows: pa.Table) -> None:
        """Writes rows that bear the batch already."""
        self.writer.corpus.tables[name].append(rows)
        self.counts[name] += rows.num_rows

    def commit(self, upto: int) -> Commit | None:
        """Shows everyone all that was written: mentions of batches up to this version are now in events.

        ``None``, and the rows taken out, if another assembling or review came in between.
        """
        ledger = self.writer.corpus.ledger
        for _ in range(ATTEMPTS):
            since = [one for one in ledger.load() if one.version > self.base]
            if any(one.kind in (ASSEMBLE, REVIEW) for one in since):
                self.writer.discard(self.batch)
                return None
            commit = Commit(
                id=self.batch,
                version=ledger.version + 1,
                at=now(),
                run_id=self.writer.run_id,
                kind=ASSEMBLE,
                coder=self.writer.info.coder,
                origin=self.batch,
                replaces=None,
                assembled=max(upto, assembled(ledger.commits)),
                **self.counts,
            )
            if ledger.append(commit):
                self.writer.counted(commit)
                return commit
        raise CorpusError(
            f"{self.writer.corpus.folder}: other runs commit all the time", "let them end; then again"
        )


def write_reviews(writer: Writer, reviews: Sequence[Review]) -> Commit | None:
    """Commits the reviews as one batch; ``None`` if there are none."""
    if not reviews:
        return None
    writer.batches += 1
    batch = f"{writer.run_id}.{writer.batches:06d}"
    stamp = Stamp(writer.run_id, batch, writer.info.coder, now())
    writer.corpus.tables["reviews"].append(to_table([review_row(one, stamp) for one in reviews], REVIEWS))
    ledger = writer.corpus.ledger
    for _ in range(ATTEMPTS):
        ledger.load()
        commit = Commit(
            id=batch,
            version=ledger.version + 1,
            at=now(),
            run_id=writer.run_id,
            kind=REVIEW,
            coder=writer.info.coder,
            origin=batch,
            replaces=None,
            reviews=len(reviews),
        )
        if ledger.append(commit):
            writer.counted(commit)
            return commit
    raise CorpusError(f"{writer.corpus.folder}: other runs commit all the time", "let them end; then again")
