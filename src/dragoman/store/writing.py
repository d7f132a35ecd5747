"""Writes batches into a corpus so that each is there wholly or not at all, and no document twice."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from dragoman.errors import CorpusError
from dragoman.records import Problem
from dragoman.store.corpus import Corpus
from dragoman.store.event_rows import statement_rows
from dragoman.store.faults import told
from dragoman.store.ledger import ADD, RECODE, RECODE_ALL, Commit, current
from dragoman.store.liveness import hold, is_alive, let_go, living
from dragoman.store.rows import Entry, Stamp, document_row, mention_rows, problem_row, to_table
from dragoman.store.schemas import (
    BATCHED,
    COUNTED,
    DOCUMENTS,
    EVENT_MENTIONS,
    PROBLEMS,
    RUNS,
    TIE_STATEMENTS,
)
from dragoman.store.snapshots import connect, keep, scan

TIDY = 64
"""After how many of its batches a run puts the small files together."""
ATTEMPTS = 200
RUNNING, DONE, STOPPED, FAILED, KILLED = "running", "done", "stopped", "failed", "killed"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run says of itself: what it does, with which coder, and how."""

    kind: str
    coder: str
    program: str = ""
    model: str = ""
    tables: str = ""
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents with their mentions, and problems, that are to be there together or not at all.

    With ``replaces``, the mentions stand in for those of that batch, and its documents are not added again;
    ``all_coded`` says that those in other languages were coded, too.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    replaces: Commit | None = None
    all_coded: bool = False

    @property
    def kind(self) -> str:
        """What the batch does."""
        if self.replaces is None:
            return ADD
        return RECODE_ALL if self.all_coded or self.replaces.kind == RECODE_ALL else RECODE


class Writer:
    """One run's way into a corpus; use it in a ``with`` statement, which keeps the row of the run.

    On entering, what a killed run has left half-written is taken out. ``state`` is how the run ended, to be
    set before leaving.
    """

    def __init__(self, corpus: Corpus, info: RunInfo) -> None:
        self.corpus = corpus
        self.info = info
        self.started = now()
        self.run_id = f"{self.started:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        self.state = DONE
        self.counts = {"documents": 0, "known": 0, "mentions": 0, "problems": 0}
        self.batches = 0
        self.commits = 0
        self.connection: duckdb.DuckDBPyConnection
        self.lock: FileLock

    def __enter__(self) -> Writer:
        with told(self.corpus.folder, "opening the corpus for writing"):
            self.lock = hold(self.corpus.folder, self.run_id)
        self.connection = connect("256MB")
        self.connection.execute("SET threads = 1")
        try:
            repair(self.corpus)
            self.note(RUNNING)
        except BaseException:
            let_go(self.corpus.folder, self.run_id, self.lock)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if fault is None:
                self.note(self.state)
            else:
                self.note_quietly(STOPPED if isinstance(fault, KeyboardInterrupt) else FAILED)
        finally:
            self.connection.close()
            let_go(self.corpus.folder, self.run_id, self.lock)

    def note(self, state: str) -> None:
        """Writes the run's row as it now stands."""
        row = {
            "id": self.run_id,
            "kind": self.info.kind,
            "state": state,
            "coder": self.info.coder,
            "program": self.info.program,
            "model": self.info.model,
            "tables": self.info.tables,
            "options": json.dumps(self.info.options, sort_keys=True, default=str),
            **self.counts,
            "started": self.started,
            "ended": None if state == RUNNING else now(),
            "at": now(),
        }
        self.corpus.tables["runs"].append(to_table([row], RUNS))

    def note_quietly(self, state: str) -> None:
        """The same on the way out of an error, which must not be hidden by another."""
        try:
            self.note(state)
        except CorpusError:
            return

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that the corpus has a document of."""
        self.corpus.ledger.load()
        return self._among("documents", "id", ids)

    def _among(self, name: str, key: str, values: Sequence[str]) -> set[str]:
        """The values that committed rows of a table have in a column (or in an expression)."""
        table = self.corpus.tables[name]
        table.refresh()
        if not values or not table.files():
            return set()
        commits = self.corpus.ledger.commits
        batches = pa.table({"batch": pa.array([one.id for one in commits], pa.string())})
        # Most often all rows are of committed batches, and need not be asked for theirs.
        all_of_them = committed_rows(commits, name) == table.rows()
        which = "true" if all_of_them else "batch IN (SELECT batch FROM committed)"
        with told(self.corpus.folder, f"reading the table {name}"):
            keep(self.connection, "wanted", pa.table({"value": pa.array(list(values), pa.string())}))
            keep(self.connection, "committed", batches)
            rows = scan(table, self.connection, self.corpus.migrated)
            found = self.connection.execute(
                f"SELECT DISTINCT value FROM wanted SEMI JOIN (SELECT {key} AS value FROM ({rows}) "
                f"WHERE {which}) USING (value)"
            ).fetchall()
        return {value for (value,) in found}

    def without_known(self, batch: Batch) -> Batch:
        """What of the batch is new to the corpus, each document and problem once."""
        problems = list(dict.fromkeys(batch.problems))
        told_of = self._among("problems", "path || chr(31) || reason", [key_of(one) for one in problems])
        kept = tuple(one for one in problems if key_of(one) not in told_of)
        if batch.replaces is not None:
            return replace(batch, problems=kept)
        once = {entry.document.id: entry for entry in reversed(batch.entries)}
        have = self._among("documents", "id", list(once))
        entries = tuple(entry for entry in reversed(once.values()) if entry.document.id not in have)
        return replace(batch, entries=entries, problems=kept)

    def write(self, batch: Batch) -> Commit | None:
        """Commits what of the batch is new; ``None`` if nothing is.

        Where another run commits at the same time, it is looked again what is new, so that of two runs over
        the same documents each adds some and none is there twice.
        """
        for _ in range(ATTEMPTS):
            self.corpus.ledger.load()
            if self.is_overtaken(batch):
                return None
            new = self.without_known(batch)
            if not new.entries and not new.problems and new.replaces is None:
                return None
            commit = self._commit(new, self._put(new))
            if commit is not None:
                self.counted(commit)
                return commit
        raise CorpusError(f"{self.corpus.folder}: other runs commit all the time", "let them end; then again")

    def _commit(self, batch: Batch, commit: Commit) -> Commit | None:
        """Shows the batch to everyone; ``None``, and its rows taken out, if another run was there before."""
        for _ in range(ATTEMPTS):
            if self.corpus.ledger.append(commit):
                return commit
            self.corpus.ledger.load()
            if self.is_overtaken(batch) or self.without_known(batch) != batch:
                break
            commit = replace(commit, version=self.corpus.ledger.version + 1, at=now())
        self.discard(commit.id)
        return None

    def is_overtaken(self, batch: Batch) -> bool:
        """Whether another run has recoded what this batch recodes."""
        return batch.replaces is not None and batch.replaces.id not in {
            commit.id for commit in current(self.corpus.ledger.commits)
        }

    def _put(self, batch: Batch) -> Commit:
        """Writes the rows, which nobody sees yet, and gives back the commit that will show them."""
        self.batches += 1
        batch_id = f"{self.run_id}.{self.batches:06d}"
        stamp = Stamp(self.run_id, batch_id, self.info.coder, now())
        rows = (row for entry in batch.entries for row in mention_rows(entry, stamp))
        mentions = to_table(rows, EVENT_MENTIONS)
        tables = self.corpus.tables
        tables["event_mentions"].append(mentions)
        if batch.replaces is None:
            tables["documents"].append(
                to_table((document_row(entry, stamp) for entry in batch.entries), DOCUMENTS)
            )
        statements = to_table(
            (row for entry in batch.entries for row in statement_rows(entry, stamp)), TIE_STATEMENTS
        )
        tables["tie_statements"].append(statements)
        tables["problems"].append(to_table((problem_row(one, stamp) for one in batch.problems), PROBLEMS))
        return Commit(
            id=batch_id,
            version=self.corpus.ledger.version + 1,
            at=now(),
            run_id=self.run_id,
            kind=batch.kind,
            coder=self.info.coder,
            origin=batch_id if batch.replaces is None else batch.replaces.origin,
            replaces=batch.replaces.id if batch.replaces else None,
            documents=len(batch.entries),
            mentions=mentions.num_rows,
            problems=len(batch.problems),
            tie_statements=statements.num_rows,
        )

    def discard(self, batch_id: str) -> None:
        """Takes the rows of a batch out again that is not to be committed."""
        for name in BATCHED:
            self.corpus.tables[name].delete([batch_id])

    def counted(self, commit: Commit) -> None:
        """Takes note of a commit of this run, and puts small files together now and then."""
        self.commits += 1
        for name in ("documents", "mentions", "problems"):
            self.counts[name] += getattr(commit, name)
        if self.commits % TIDY == 0:
            self.corpus.tidy()


def key_of(problem: Problem) -> str:
    """What makes two problems the same."""
    return f"{problem.path}\x1f{problem.reason}"


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def orphans(corpus: Corpus) -> dict[str, list[str]]:
    """By table, the batches of which it has rows that were never committed, and whose run lives no more.

    The order matters: first the rows, then who lives, then what is committed. A run that has ended before it
    was looked for has committed all that it ever will.
    """
    found = {name: batches_in(corpus, name) for name in BATCHED}
    dead = {run for run in {run_of(one) for ones in found.values() for one in ones} if not alive(corpus, run)}
    committed = {commit.id for commit in corpus.ledger.load()}
    return {
        name: sorted(one for one in ones if one not in committed and run_of(one) in dead)
        for name, ones in found.items()
    }


def alive(corpus: Corpus, run_id: str) -> bool:
    """Whether the run still writes."""
    return is_alive(corpus.folder, run_id)


def committed_rows(commits: Sequence[Commit], name: str) -> int:
    """How many rows of a table the batches account for."""
    return sum(getattr(one, COUNTED[name]) for one in commits if name != "documents" or one.kind == ADD)


def batches_in(corpus: Corpus, name: str) -> set[str]:
    """The batches of which a table has rows; nothing where all its rows are accounted for."""
    table = corpus.tables[name]
    table.refresh()
    if committed_rows(corpus.ledger.load(), name) == table.rows():
        return set()
    connection = connect("256MB")
    with told(corpus.folder, f"reading the table {name}"):
        rows = scan(table, connection, corpus.migrated)
        found = connection.execute(f"SELECT DISTINCT batch FROM ({rows})").fetchall()
    return {batch for (batch,) in found}


def run_of(batch_id: str) -> str:
    """The run that a batch belongs to."""
    return batch_id.rpartition(".")[0]


def repair(corpus: Corpus) -> None:
    """Takes out what killed runs have left half-written, and says of their rows that they were killed."""
    for name, batches in orphans(corpus).items():
        if batches:
            corpus.tables[name].delete(batches)
    mark_killed(corpus)


def mark_killed(corpus: Corpus) -> None:
    """Gives each run that neither lives nor ended a last row."""
    table = corpus.tables["runs"]
    table.refresh()
    if not table.files():
        return
    with told(corpus.folder, "reading the table runs"):
        rows = pa.concat_tables(pq.read_table(path, schema=RUNS) for path in table.files()).to_pylist()
    newest = {row["id"]: row for row in sorted(rows, key=lambda row: (row["ended"] is not None, row["at"]))}
    alive_now = set(living(corpus.folder))
    ended = [row for row in newest.values() if row["state"] == RUNNING and row["id"] not in alive_now]
    if ended:
        last = {commit.run_id: commit.at for commit in corpus.ledger.commits}
        done = [killed_row(row, corpus.ledger.commits, last.get(row["id"])) for row in ended]
        table.append(to_table(done, RUNS))


def killed_row(row: Mapping[str, Any], commits: Sequence[Commit], last: datetime | None) -> dict[str, Any]:
    """The last row of a run that was killed: what it had committed by then."""
    mine = [commit for commit in commits if commit.run_id == row["id"]]
    counts = {name: sum(getattr(one, name) for one in mine) for name in ("documents", "mentions", "problems")}
    return {**row, **counts, "state": KILLED, "ended": last or row["started"], "at": now()}
