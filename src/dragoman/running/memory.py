"""What finds reprints among the documents of a corpus, kept in a file beside it from run to run.

The file is only a short cut: where it is missing, damaged or behind, the memory is made from the documents.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path

from dragoman.copies import CopyFinder
from dragoman.errors import InputError
from dragoman.records import Document
from dragoman.store import Corpus

FILE = "_copies"
HEAD = struct.Struct("<Q")
"""The version of the corpus that the memory holds."""


class CopyMemory:
    """A ``CopyFinder`` over all documents of the corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.path = corpus.folder / FILE
        snapshot = corpus.at()
        since, self.finder = load(self.path, snapshot.version)
        query = (
            "SELECT documents.id AS id, text FROM documents JOIN batches ON documents.batch = batches.id "
            "WHERE batches.version > ?"
        )
        for row in snapshot.records(query, [since]):
            self.finder.remember(row["id"], row["text"])
        self.version = snapshot.version

    def seen(self, document: Document) -> tuple[str, float] | None:
        """The earlier document that this one repeats, and what share of this one that is."""
        return self.finder.seen(document)

    def keep(self, version: int, commits: int) -> None:
        """Writes the file, if all that was committed up to this version came by here."""
        if version != self.version + commits or not commits:
            return
        part = self.path.with_name(f".{FILE}.{os.getpid()}")
        with suppress(OSError):
            part.write_bytes(HEAD.pack(version) + self.finder.to_bytes())
            part.replace(self.path)
            self.version = version


def load(path: Path, version: int) -> tuple[int, CopyFinder]:
    """The memory in the file and the version that it holds; an empty one where there is none that fits."""
    with suppress(OSError, InputError, struct.error):
        data = path.read_bytes()
        (since,) = HEAD.unpack_from(data)
        if since <= version:
            return since, CopyFinder.from_bytes(data[HEAD.size :])
    return 0, CopyFinder()
