"""The table ``batches``: one row a batch, one batch a version of the corpus.

Rows of documents, mentions and problems are written first and bear their batch's id; the commit that adds the
batch's row here makes all of them visible at once. Rows whose batch has no row here are seen by no reader. So
a version is a number of batches, whatever became of files meanwhile, and can be read after any compaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.errors import CorpusError
from dragoman.store.faults import told
from dragoman.store.schemas import BATCHES, COUNTED
from dragoman.store.tables import Table

COUNTS = frozenset(COUNTED.values())
MARK = "dragoman/version"
ADD, RECODE, RECODE_ALL, ASSEMBLE, REVIEW = "add", "recode", "recode-all", "assemble", "review"
IMPORT = "import"
"""What a batch does; ``recode-all`` says that documents in other languages were coded, too."""
CODING = (ADD, RECODE, RECODE_ALL)
"""Batches with mentions of documents."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One version of the corpus: what its batch added.

    ``origin`` is the batch that added the documents whose mentions these are (its own id unless it recodes),
    ``replaces`` the batch whose mentions these stand in for. ``documents`` counts those added, or recoded.
    ``assembled`` is the version up to which an assembling took in mentions, ``None`` for other batches.
    """

    id: str
    version: int
    at: datetime
    run_id: str
    kind: str
    coder: str
    origin: str
    replaces: str | None
    documents: int = 0
    mentions: int = 0
    problems: int = 0
    tie_statements: int = 0
    events: int = 0
    ties: int = 0
    endings: int = 0
    reviews: int = 0
    assembled: int | None = None
    imported: int = 0


class Ledger:
    """The committed batches, in the order of their versions."""

    def __init__(self, folder: Path) -> None:
        self.table = Table(folder, "batches", BATCHES)
        self.files: dict[str, list[Commit]] = {}
        self.commits: tuple[Commit, ...] = ()

    @property
    def version(self) -> int:
        """The last version; 0 for a corpus to which nothing was added."""
        return self.commits[-1].version if self.commits else 0

    def load(self) -> tuple[Commit, ...]:
        """The batches committed by now; only files that are new are read."""
        self.table.refresh()
        paths = self.table.files()
        with told(self.table.folder, "reading the table batches"):
            self.files = {path: self.files.get(path) or read(path) for path in paths}
        found = {commit.id: commit for commits in self.files.values() for commit in commits}
        self.commits = tuple(sorted(found.values(), key=lambda commit: commit.version))
        return self.commits

    def append(self, commit: Commit) -> bool:
        """Commits the batch as the next version, unless somebody else has committed since the last load."""
        row = pa.Table.from_pylist([asdict(commit)], schema=BATCHES)
        return self.table.append_as(row, MARK, commit.version)

    def until(self, version: int | None = None, as_of: datetime | None = None) -> tuple[Commit, ...]:
        """The batches of that version, or of the last one at that time; raises ``CorpusError`` if none is."""
        if version is not None and not 0 <= version <= self.version:
            raise CorpusError(
                f"there is no version {version}", f"the corpus has versions 0 to {self.version}"
            )
        return tuple(
            commit
            for commit in self.commits
            if (version is None or commit.version <= version) and (as_of is None or commit.at <= as_of)
        )


def read(path: str) -> list[Commit]:
    """The batches of one file."""
    rows: list[dict[str, Any]] = pq.read_table(path, schema=BATCHES).to_pylist()
    # What an older version did not count was not there.
    nothing: dict[str, Any] = dict.fromkeys(COUNTS, 0)
    return [Commit(**{**row, **{name: row[name] or 0 for name in nothing}}) for row in rows]


def adding(commits: Iterable[Commit]) -> list[str]:
    """The batches that added documents."""
    return [commit.id for commit in commits if commit.kind == ADD]


def current(commits: Sequence[Commit]) -> list[Commit]:
    """The batches whose mentions stand: those that no later one replaces."""
    replaced = {commit.replaces for commit in commits}
    return [commit for commit in commits if commit.kind in CODING and commit.id not in replaced]


def assembled(commits: Sequence[Commit]) -> int:
    """The version up to which all mentions were taken into events; 0 before the first assembling."""
    return max((commit.assembled or 0 for commit in commits), default=0)
