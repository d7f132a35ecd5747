"""What the tests of the corpus share: documents, and what is in a corpus apart from times and runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dragoman.records import Document
from dragoman.store import Batch, Corpus, Entry, RunInfo, Writer
from wordcoder import WordCoder

CODER = WordCoder()
RUN = RunInfo("code", "words/1")
PASSING = {"run_id", "batch", "added_at", "row", "at", "version", "started", "ended"}


def report(number: int, recalled: int = 1) -> Document:
    """A made-up report with so many events."""
    text = f"Report {number}: " + "Norway recalled its envoy. " * recalled
    return Document(hashlib.sha256(text.encode()).hexdigest()[:32], text, path=f"{number}.txt")


def entry(document: Document) -> Entry:
    """The report as coded."""
    return Entry(document, document.published, tuple(CODER.code(document)))


def fill(corpus: Corpus, numbers: Iterable[int], run: RunInfo = RUN) -> None:
    """Adds reports as one batch."""
    with Writer(corpus, run) as writer:
        writer.write(Batch(tuple(entry(report(number)) for number in numbers)))


def content(
    path: Path, tables: Sequence[str] = ("documents", "event_mentions", "problems")
) -> dict[str, Any]:
    """The rows of the tables as readers see them, sorted, without what differs from run to run."""
    snapshot = Corpus.open(path).at()
    return {name: rows(snapshot.sql(f"SELECT * FROM {name}").to_arrow_table()) for name in tables}


def raw_rows(path: Path, name: str) -> list[str]:
    """All rows of a table on disk, whether committed or not."""
    table = Corpus.open(path).tables[name]
    return rows(table.delta.to_pyarrow_table())


def rows(table: Any) -> list[str]:
    """The rows as texts, sorted, without what differs from run to run."""
    kept = table.drop_columns([name for name in table.column_names if name in PASSING])
    names = sorted(kept.column_names)
    return sorted(repr([(name, row[name]) for name in names]) for row in kept.to_pylist())
