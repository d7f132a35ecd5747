"""What is damaged in a corpus: files that are missing or can't be read, and rows that don't fit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.errors import CorpusError
from dragoman.store.corpus import Corpus
from dragoman.store.ledger import ADD
from dragoman.store.snapshots import Snapshot
from dragoman.store.tables import Table, local
from dragoman.store.writing import orphans

RESTORE = "take it from a backup"
AGAIN = "code the same files into a new corpus"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; ``damage`` says that something is lost."""

    table: str
    what: str
    remedy: str
    damage: bool = True


def check(corpus: Corpus) -> list[Finding]:
    """Everything that is wrong; an empty list says that each file can be read and all rows fit together."""
    found = [finding for table in corpus.tables.values() for finding in check_files(table)]
    if found:
        return found
    try:
        return [*check_rows(corpus.at()), *check_leftovers(corpus)]
    except CorpusError as fault:
        return [Finding("", str(fault), RESTORE)]


def check_files(table: Table) -> Iterator[Finding]:
    """The files of a table: each there, of the size that the log says, and readable to the end."""
    try:
        table.refresh()
        actions = table.actions().select(["path", "size_bytes"])
    except CorpusError as fault:
        yield Finding(table.name, f"the table can't be opened: {fault}", RESTORE)
        return
    for row in actions.to_pylist():
        path = local(table.path, row["path"])
        if not path.exists():
            yield Finding(table.name, f"the file {path.name} is missing", RESTORE)
        elif path.stat().st_size != row["size_bytes"]:
            yield Finding(
                table.name, f"the file {path.name} has not the size that it was written with", RESTORE
            )
        elif damage := unreadable(path):
            yield Finding(table.name, f"the file {path.name} can't be read: {damage}", RESTORE)


def unreadable(path: Path) -> str | None:
    """What stops a file from being read to its end, a piece at a time."""
    try:
        with pq.ParquetFile(path) as file:
            for _ in file.iter_batches(batch_size=1000):
                pass
    except (OSError, pa.ArrowException) as fault:
        return str(fault).partition("\n")[0][:200]
    return None


RULES: tuple[tuple[str, str, str], ...] = (
    ("documents", "documents are there twice", "SELECT count(*) - count(DISTINCT id) FROM documents"),
    (
        "documents",
        "documents whose text is not the one that was coded",
        "SELECT count(*) FROM documents WHERE id SIMILAR TO '[0-9a-f]{32}' AND NOT contains(text, '?') "
        "AND sha256(text)[1:32] <> id",
    ),
    (
        "event_mentions",
        "mentions without their document",
        "SELECT count(*) FROM event_mentions ANTI JOIN documents ON document_id = documents.id",
    ),
    (
        "event_mentions",
        "mentions whose trigger is not what stands in the text",
        "SELECT count(*) FROM event_mentions AS m JOIN documents AS d ON m.document_id = d.id WHERE "
        'substring(d.text, m."trigger"."start" + 1, m."trigger"."end" - m."trigger"."start") '
        '<> m."trigger"."text"',
    ),
    (
        "event_mentions",
        "mentions are there twice",
        "SELECT count(*) - count(DISTINCT (id, batch)) FROM event_mentions",
    ),
)
WORKED_OUT: tuple[tuple[str, str, str], ...] = (
    ("events", "events are there twice", "SELECT count(*) - count(DISTINCT id) FROM events"),
    (
        "events",
        "mentions are in two events",
        "SELECT count(*) - count(DISTINCT (j.document_id, j.mention_id)) FROM "
        "(SELECT unnest(joins) AS j FROM events)",
    ),
    (
        "events",
        "events whose id does not come from their founding mention",
        "SELECT count(*) FROM events WHERE 'e' || sha256(keys[1])[1:16] <> id",
    ),
    (
        "events",
        "mentions of events are not in the corpus",
        "SELECT count(*) FROM (SELECT unnest(joins) AS j FROM events) AS e ANTI JOIN all_mentions AS m "
        "ON e.j.mention_id = m.id AND e.j.document_id = m.document_id",
    ),
    ("ties", "ties are there twice", "SELECT count(*) - count(DISTINCT id) FROM ties"),
    (
        "endings",
        "endings of states that are not there",
        'SELECT count(*) FROM endings WHERE "row" NOT IN (SELECT "row" FROM events_ever '
        'UNION ALL SELECT "row" FROM ties_ever)',
    ),
)
"""What must be so of events and ties, which can be worked out again."""
NOT_IN_EVENTS = (
    "SELECT count(*) FROM event_mentions AS m ANTI JOIN (SELECT unnest(joins) AS j FROM events) AS e "
    "ON e.j.mention_id = m.id AND e.j.document_id = m.document_id"
)
"""What must be nothing once all is assembled."""


def check_rows(snapshot: Snapshot) -> Iterator[Finding]:
    """The rows: as many as were committed, each document once, each mention's words in its text."""
    for table, counted in (
        ("documents", "documents"),
        ("all_mentions", "mentions"),
        ("events_ever", "events"),
        ("ties_ever", "ties"),
        ("endings", "endings"),
        ("reviews", "reviews"),
        ("problems", "problems"),
    ):
        counts = [one for one in snapshot.commits if table != "documents" or one.kind == ADD]
        expected = sum(getattr(one, counted) for one in counts)
        ((there,),) = snapshot.rows(f"SELECT count(*) FROM {table}")
        if there != expected:
            yield Finding(table, f"{there} rows are there, and {expected} were committed", RESTORE)
    for table, what, query in RULES:
        ((number,),) = snapshot.rows(query)
        if number:
            yield Finding(table, f"{number} {what}", AGAIN)
    assembled = ("event_mentions", "mentions are in no event", NOT_IN_EVENTS)
    for table, what, query in (*WORKED_OUT, *[assembled] * snapshot.is_assembled):
        ((number,),) = snapshot.rows(query)
        if number:
            yield Finding(table, f"{number} {what}", f"dragoman assemble --anew {snapshot.folder}")


def check_leftovers(corpus: Corpus) -> Iterator[Finding]:
    """What killed runs have left, which no one sees and the next run takes out."""
    for table, batches in orphans(corpus).items():
        if batches:
            what = f"rows that a killed run left half-written ({len(batches)} batches); nobody sees them"
            yield Finding(table, what, "the next run takes them out", damage=False)
