"""The corpus on disk: Delta tables that several processes write and read, at any version.

Doors: ``Corpus.create`` and ``Corpus.open``, ``Corpus.at`` (a ``Snapshot`` to ask with DuckDB), ``Writer``
(batches in, each wholly or not at all), ``check`` (what is damaged), ``describe`` and ``compare``.
"""

from dragoman.store.corpus import KEEP_HOURS, Corpus
from dragoman.store.ledger import Commit, current
from dragoman.store.rows import Entry
from dragoman.store.schemas import SCHEMA_VERSION, TABLES
from dragoman.store.snapshots import Snapshot
from dragoman.store.writing import STOPPED, Batch, RunInfo, Writer

__all__ = [
    "KEEP_HOURS",
    "SCHEMA_VERSION",
    "STOPPED",
    "TABLES",
    "Batch",
    "Commit",
    "Corpus",
    "Entry",
    "RunInfo",
    "Snapshot",
    "Writer",
    "current",
]
