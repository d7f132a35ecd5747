"""What is remembered between rounds and runs: a small SQLite database in the corpus' folder.

Not a table of the corpus: it changes with every answer of every feed, one row at a time, is read by nobody
else, and tells nothing about the news. As a Delta table it would add a version to the corpus each time,
among which a paper could not find the one that it cites. SQLite changes rows in place, and what it has
confirmed outlives a killed process and a power cut.

The order of two steps makes it safe to be killed at any time. A feed's tags (ETag, Last-Modified) are
written in one transaction with its new entries: so no entry is lost behind 'nothing changed'. An entry is
settled after the corpus has its document: if that is all that was not done, its page is fetched once more,
and the corpus knows the document already.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from dragoman.errors import InputError
from dragoman.watching.entries import Entry, Pending
from dragoman.watching.lists import Feed

FILE = "watch.sqlite"
VERSION = 1
FURTHEST = 8 * 86_400.0
"""Seconds: a date further ahead than anybody sets one comes from a clock that was wrong."""
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|ocid|at_\w+|cmpid|ns_\w+)=[^&]*", re.IGNORECASE)

TABLES = """
CREATE TABLE feeds (
    address TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, checked_at REAL, not_before REAL NOT NULL,
    failures INTEGER NOT NULL, fault TEXT
) WITHOUT ROWID;
CREATE TABLE pending (
    id INTEGER PRIMARY KEY AUTOINCREMENT, feed TEXT NOT NULL, key TEXT NOT NULL, address TEXT, title TEXT,
    published TEXT, updated TEXT, content TEXT, outlet TEXT, tries INTEGER NOT NULL, not_before REAL NOT NULL
);
CREATE INDEX pending_when ON pending (not_before);
CREATE TABLE seen (key BLOB PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is remembered of a feed; times are seconds since 1970."""

    etag: str | None = None
    last_modified: str | None = None
    checked_at: float | None = None
    not_before: float = 0.0
    failures: int = 0
    fault: str | None = None

    def is_due(self, now: float, every: float | None) -> bool:
        """Whether the feed may be asked: its failures lie far enough back and, with ``every``, its last time.

        ``every`` is the number of seconds between two rounds.
        """
        if now < self.not_before < now + FURTHEST:
            return False
        return every is None or self.checked_at is None or not 0 <= now - self.checked_at < 0.9 * every


class State:
    """The memory of one watch; nobody else opens it meanwhile."""

    def __init__(self, folder: Path) -> None:
        """Opens the memory in the folder, or makes it; raises ``InputError`` if another has it open."""
        self.path = folder / FILE
        with self.told():
            self.database = sqlite3.connect(self.path, timeout=1.0, isolation_level=None)
        try:
            self.begin()
        except BaseException:
            self.database.close()
            raise

    def begin(self) -> None:
        """Takes the database for this process alone, and makes its tables if it is new."""
        with self.told():
            self.database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.database.execute("PRAGMA synchronous = FULL")
            self.database.execute("BEGIN EXCLUSIVE")
            (version,) = self.database.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for command in TABLES.split(";"):
                    self.database.execute(command)
                self.database.execute(f"PRAGMA user_version = {VERSION}")
            self.database.execute("COMMIT")
        if version > VERSION:
            raise InputError(f"{self.path} was written by a later version", "update dragoman")

    def __enter__(self) -> State:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets others have it."""
        self.database.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turns the errors of the database into words for the one who runs this."""
        try:
            yield
        except sqlite3.Error as fault:
            said = str(fault)
            if "locked" in said:
                reason = f"another 'dragoman watch' is at work on {self.path.parent}"
                raise InputError(reason, "end it first; all feeds can stand in one list") from None
            if "full" in said:
                reason = f"{self.path}: the disk is full"
                remedy = "make room; nothing that was kept is lost, and the same command goes on"
                raise InputError(reason, remedy) from None
            if isinstance(fault, sqlite3.OperationalError):
                raise InputError(f"{self.path} can't be used ({said})", "check the folder") from None
            remedy = "take it away: feeds are read from their beginning then, and no document is added twice"
            raise InputError(f"{self.path} is damaged ({said})", remedy) from None

    @contextmanager
    def at_once(self) -> Iterator[sqlite3.Connection]:
        """All that is written within is kept together, or not at all."""
        with self.told():
            self.database.execute("BEGIN IMMEDIATE")
            try:
                yield self.database
            except BaseException:
                if self.database.in_transaction:  # a full disk has ended it already
                    self.database.execute("ROLLBACK")
                raise
            self.database.execute("COMMIT")

    def feed(self, address: str) -> Asked:
        """What is remembered of a feed; blank if it was never asked."""
        with self.told():
            row = self.database.execute(
                "SELECT etag, last_modified, checked_at, not_before, failures, fault FROM feeds "
                "WHERE address = ?",
                (address,),
            ).fetchone()
        return Asked(*row) if row else Asked()

    def note_answer(self, feed: Feed, asked: Asked, entries: Iterable[Entry] = ()) -> int:
        """Keeps what a feed answered, with the entries that are new, and gives back how many those are."""
        with self.at_once() as database:
            new = [entry for entry in entries if self.is_new(feed, entry)]
            database.executemany(
                "INSERT INTO pending (feed, key, address, title, published, updated, content, outlet, tries, "
                "not_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                [pending_row(feed, entry) for entry in new],
            )
            database.execute(
                "INSERT OR REPLACE INTO feeds (address, etag, last_modified, checked_at, not_before, "
                "failures, fault) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    feed.address,
                    asked.etag,
                    asked.last_modified,
                    asked.checked_at,
                    asked.not_before,
                    asked.failures,
                    asked.fault,
                ),
            )
        return len(new)

    def is_new(self, feed: Feed, entry: Entry) -> bool:
        """Whether neither the entry's name in its feed nor its address was seen; both are from now on."""
        keys = [(digest(feed.address, entry.key),)]
        if entry.address:
            keys.append((digest("", bare(entry.address)),))
        known = any(self.database.execute("SELECT 1 FROM seen WHERE key = ?", key).fetchone() for key in keys)
        self.database.executemany("INSERT OR IGNORE INTO seen VALUES (?)", keys)
        return not known

    def pending(self, now: float, after: int = 0, most: int = 20_000) -> list[Pending]:
        """The next entries that may be fetched, from the one after that id, oldest first."""
        with self.told():
            rows = self.database.execute(
                "SELECT id, feed, key, address, title, published, updated, content, outlet, tries "
                "FROM pending WHERE id > ? AND (not_before <= ? OR not_before > ?) ORDER BY id LIMIT ?",
                (after, now, now + FURTHEST, most),
            ).fetchall()
        return [to_pending(row) for row in rows]

    def count_pending(self) -> int:
        """How many entries are still to be fetched, now or later."""
        with self.told():
            (number,) = self.database.execute("SELECT count(*) FROM pending").fetchone()
        return int(number)

    def settle(self, ids: Sequence[int]) -> None:
        """These entries are done with."""
        if ids:
            with self.at_once() as database:
                database.executemany("DELETE FROM pending WHERE id = ?", [(one,) for one in ids])

    def postpone(self, one: Pending, until: float, *, failed: bool) -> None:
        """The entry is to be tried again, not before that time."""
        with self.at_once() as database:
            database.execute(
                "UPDATE pending SET not_before = ?, tries = tries + ? WHERE id = ?", (until, failed, one.id)
            )


def pending_row(feed: Feed, entry: Entry) -> tuple[str | None, ...]:
    """A row of an entry that was just found."""
    published, updated = (day.isoformat() if day else None for day in (entry.published, entry.updated))
    return (
        feed.address,
        entry.key,
        entry.address,
        entry.title,
        published,
        updated,
        entry.content,
        feed.outlet,
    )


def to_pending(row: tuple[Any, ...]) -> Pending:
    """The entry that a row holds."""
    number, feed, key, address, title, published, updated, content, outlet, tries = row
    first, last = (date.fromisoformat(day) if day else None for day in (published, updated))
    return Pending(number, feed, Entry(key, address, title, first, last, content), outlet, tries)


def digest(where: str, key: str) -> bytes:
    """What stands for a key: short enough that years of news fit."""
    return hashlib.sha256(f"{where}\n{key}".encode("utf-8", "surrogatepass")).digest()[:16]


def bare(address: str) -> str:
    """The address without what only tells how one came there, so that two feeds' links to a page are one."""
    address = address.partition("#")[0]
    path, mark, query = address.partition("?")
    query = TRACKING.sub("", query).strip("&") if mark else ""
    return re.sub(r"^https?://", "", f"{path}?{query}" if query else path).rstrip("/")
