"""Writes events of other datasets: all of one file as one batch, beside the corpus' own, never among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.errors import CorpusError
from dragoman.store.ledger import IMPORT, Commit
from dragoman.store.rows import Row, to_table
from dragoman.store.schemas import IMPORTED_EVENTS
from dragoman.store.writing import ATTEMPTS, Writer, now


@dataclass
class Importing:
    """A file of another dataset on its way into the corpus; nobody sees its rows before ``commit``."""

    writer: Writer
    batch: str = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        self.writer.batches += 1
        self.batch = f"{self.writer.run_id}.{self.writer.batches:06d}"

    def known(self, rows: Sequence[str]) -> set[str]:
        """Those of the names of rows that the corpus has already."""
        self.writer.corpus.ledger.load()
        return self.writer._among("imported_events", '"row"', rows)

    def add(self, rows: Iterable[Row]) -> None:
        """Writes rows of ``imported_events``, not yet of any batch."""
        stamp = {"run_id": self.writer.run_id, "batch": self.batch}
        table = to_table(({**row, **stamp} for row in rows), IMPORTED_EVENTS)
        self.writer.corpus.tables["imported_events"].append(table)
        self.count += table.num_rows

    def commit(self) -> Commit | None:
        """Shows everyone what was written; ``None`` if that is nothing."""
        if not self.count:
            return None
        ledger = self.writer.corpus.ledger
        for _ in range(ATTEMPTS):
            ledger.load()
            commit = Commit(
                id=self.batch,
                version=ledger.version + 1,
                at=now(),
                run_id=self.writer.run_id,
                kind=IMPORT,
                coder=self.writer.info.coder,
                origin=self.batch,
                replaces=None,
                imported=self.count,
            )
            if ledger.append(commit):
                self.writer.counted(commit)
                return commit
        raise CorpusError(
            f"{self.writer.corpus.folder}: other runs commit all the time", "let them end; then again"
        )
