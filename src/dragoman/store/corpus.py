"""A corpus: a folder of Delta tables with a small file that says which version of their schema they have."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from dragoman.errors import CorpusError
from dragoman.store.faults import told
from dragoman.store.ledger import Commit, Ledger
from dragoman.store.liveness import FOLDER as WRITERS
from dragoman.store.migrations import migrate
from dragoman.store.schemas import SCHEMA_VERSION, SINCE, TABLES
from dragoman.store.snapshots import Snapshot
from dragoman.store.sorting import put_in_order
from dragoman.store.tables import Table

MANIFEST = "corpus.json"
FORMAT = "dragoman/corpus"
UNFIT = re.compile(r"[\[\]^|\\]|%[0-9A-Fa-f]{2}")
KEEP_HOURS = 24
"""Hours for which files stay that a compaction has replaced: somebody may be reading them."""


class Corpus:
    """A corpus on disk; many may read it while several write."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.folder = folder
        self.schema = int(manifest["schema"])
        self.migrated = int(manifest.get("made_with", self.schema)) != SCHEMA_VERSION
        self.ledger = Ledger(folder)
        self.tables = {
            name: Table(folder, name, schema, is_new=SINCE.get(name, 1) > self.schema)
            for name, schema in TABLES.items()
        }
        self.tables["batches"] = self.ledger.table

    @classmethod
    def open(cls, path: str | Path) -> Corpus:
        """The corpus in that folder, for reading; raises ``CorpusError`` where there is none."""
        folder = Path(path)
        check_name(folder)
        if not folder.is_dir():
            raise CorpusError(f"there is no corpus {folder}", f"make one: dragoman code … --into {folder}")
        return cls(folder, read_manifest(folder))

    @classmethod
    def create(cls, path: str | Path) -> Corpus:
        """The corpus in that folder, ready to be written to: made where there is none, brought up to date.

        Raises ``CorpusError`` for a folder that holds other things.
        """
        folder = Path(path)
        check_name(folder)
        if not (folder / MANIFEST).exists():
            make(folder)
        corpus = cls.open(folder)
        corpus.migrate()
        return corpus

    def migrate(self) -> None:
        """Brings the tables up to the schema that this program writes."""
        while self.schema < SCHEMA_VERSION:
            self.schema = migrate(self.tables, self.schema)
            made = read_manifest(self.folder).get("made_with", self.schema)
            write_manifest(self.folder, {"schema": self.schema, "made_with": made})

    def at(self, version: int | None = None, as_of: datetime | None = None) -> Snapshot:
        """The corpus as it is now, or was at that version or time."""
        self.ledger.load()
        commits = self.ledger.until(version, as_of)
        for table in self.tables.values():
            table.refresh()
        return Snapshot(self.tables, commits, self.migrated)

    def versions(self) -> tuple[Commit, ...]:
        """Every version, oldest first."""
        return self.ledger.load()

    def tidy(self, keep_hours: int = KEEP_HOURS) -> list[dict[str, Any]]:
        """Puts small files together; every version stays readable. One row of figures a table."""
        return [table.compact(keep_hours) for table in self.tables.values()]

    def compact(self, keep_hours: int = KEEP_HOURS) -> list[dict[str, Any]]:
        """The same, and puts event mentions and events in the order of their days first."""
        sizes = {name: table.size() for name, table in self.tables.items() if not table.is_missing}
        for table in self.tables.values():
            put_in_order(table, self.migrated)
        figures = self.tidy(keep_hours)
        for one in figures:
            if one["table"] in sizes:
                one["files_before"], one["bytes_before"] = sizes[one["table"]]
        return figures


def check_name(folder: Path) -> None:
    """Raises ``CorpusError`` for a path that Delta Lake can't take: it reads paths as addresses."""
    found = UNFIT.search(folder.absolute().as_posix())
    if found:
        raise CorpusError(
            f"a corpus can't lie in a folder with {found[0]} in its name ({folder})", "name another folder"
        )


def make(folder: Path) -> None:
    """Makes the tables; the file that makes the folder a corpus is written last."""
    with told(folder, "making the corpus"):
        folder.mkdir(parents=True, exist_ok=True)
        allowed = {*TABLES, WRITERS, MANIFEST}
        names = sorted(path.name for path in folder.iterdir())
    others = [name for name in names if name not in allowed and not name.startswith((".", "_"))]
    if others:
        raise CorpusError(
            f"{folder} is no corpus, and holds other things ({others[0]})", "name a new or an empty folder"
        )
    for name, schema in TABLES.items():
        Table(folder, name, schema).create()
    write_manifest(folder, {"schema": SCHEMA_VERSION, "made_with": SCHEMA_VERSION})


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the file says; raises ``CorpusError`` if the folder is no corpus, or one of a newer program."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        manifest: dict[str, Any] = json.loads(text)
        schema = int(manifest["schema"])
    except FileNotFoundError:
        raise CorpusError(
            f"{folder} is no corpus: it has no {MANIFEST}", "check the path, or make it with --into"
        ) from None
    except OSError as fault:
        raise CorpusError(f"{folder / MANIFEST} can't be read: {fault.strerror}", "check it") from None
    except (ValueError, KeyError, TypeError):
        raise CorpusError(
            f"{folder / MANIFEST} is damaged",
            f'write into it: {{"format": "{FORMAT}", "schema": {SCHEMA_VERSION}}}',
        ) from None
    if schema > SCHEMA_VERSION:
        raise CorpusError(
            f"{folder} was written by a newer Dragoman (schema {schema}, this one knows {SCHEMA_VERSION})",
            "upgrade Dragoman",
        )
    return manifest


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Puts the file in place in one step."""
    part = folder / f".{MANIFEST}.{os.getpid()}"
    with told(folder, "writing corpus.json"):
        part.write_text(json.dumps({"format": FORMAT, **content}) + "\n", encoding="utf-8")
        part.replace(folder / MANIFEST)
