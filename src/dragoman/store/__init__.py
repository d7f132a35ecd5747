"""The corpus on disk: Delta tables that several processes write and read, at any version.

Doors: ``Corpus.create`` and ``Corpus.open``, ``Corpus.at`` (a ``Snapshot`` to ask with DuckDB), ``Writer``
(batches in, each wholly or not at all), ``Recording``
(events and ties), ``Importing`` (events of other datasets),
``write_reviews``, ``check`` (what is damaged), ``describe`` and ``compare``.
"""

from dragoman.store.checking import Finding, check
from dragoman.store.comparing import compare
from dragoman.store.corpus import KEEP_HOURS, Corpus
from dragoman.store.describing import by_run, describe, list_problems
from dragoman.store.event_rows import event_in, event_row, tie_in, tie_row
from dragoman.store.importing import Importing
from dragoman.store.index import IndexWriter
from dragoman.store.ledger import Commit, current
from dragoman.store.recording import Ending, Recording, write_reviews
from dragoman.store.rows import Entry
from dragoman.store.schemas import BATCHED, SCHEMA_VERSION, TABLES
from dragoman.store.snapshots import Snapshot
from dragoman.store.writing import STOPPED, Batch, RunInfo, Writer

__all__ = [
    "BATCHED",
    "KEEP_HOURS",
    "SCHEMA_VERSION",
    "STOPPED",
    "TABLES",
    "Batch",
    "Commit",
    "Corpus",
    "Ending",
    "Entry",
    "Finding",
    "Importing",
    "IndexWriter",
    "Recording",
    "RunInfo",
    "Snapshot",
    "Writer",
    "by_run",
    "check",
    "compare",
    "current",
    "describe",
    "event_in",
    "event_row",
    "list_problems",
    "tie_in",
    "tie_row",
    "write_reviews",
]
