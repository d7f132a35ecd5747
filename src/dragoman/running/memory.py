"""What finds reprints among the documents of a corpus, kept in a folder beside it from run to run.

The folder is only a short cut: where it is missing, damaged or behind, the memory is made from the documents.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from dragoman.copies import CopyFinder
from dragoman.errors import InputError
from dragoman.records import Document
from dragoman.store import Corpus
from dragoman.store.faults import told

FOLDER = "_copies"


class CopyMemory:
    """A ``CopyFinder`` over all documents of the corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus.folder
        self.folder = corpus.folder / FOLDER
        snapshot = corpus.at()
        self.finder, since = load(self.folder, snapshot.version)
        query = (
            "SELECT documents.id AS id, text FROM documents JOIN batches ON documents.batch = batches.id "
            "WHERE batches.version > ?"
        )
        for row in snapshot.records(query, [since]):
            self.finder.remember(row["id"], row["text"])
        self.version = snapshot.version

    def seen(self, document: Document) -> tuple[str, float] | None:
        """The earlier document that this one repeats, and what share of this one that is."""
        with told(self.corpus, "remembering what was read"):
            return self.finder.seen(document)

    def keep(self, version: int, commits: int) -> None:
        """Keeps the memory, if all that was committed up to this version came by here."""
        if version != self.version + commits or not commits:
            return
        with suppress(OSError):
            if self.folder.is_file():
                self.folder.unlink()
            self.finder.save(self.folder, version)
            self.version = version


def load(folder: Path, version: int) -> tuple[CopyFinder, int]:
    """The memory in the folder, and the version that it holds; an empty one where there is none that fits."""
    with suppress(OSError, InputError):
        finder, since = CopyFinder.load(folder, folder.parent)
        if since <= version:
            return finder, since
    return CopyFinder(folder.parent), 0
