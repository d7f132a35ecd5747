"""A coder without models that leaves traces: who loaded it, and what each process coded."""

from __future__ import annotations

import os
import time
from pathlib import Path

from dragoman.records import Coded, Document
from wordcoder import WordCoder


class PacedCoder(WordCoder):
    """Notes its process and the documents in a folder, and takes its time."""

    def __init__(self, folder: str, seconds: float = 0.0) -> None:
        self.traces = Path(folder)
        self.seconds = seconds
        with (self.traces / f"{os.getpid()}.loaded").open("a", encoding="utf-8") as lines:
            lines.write("loaded\n")

    def record(self, document: Document) -> Coded:
        """The same, with a trace; ends its process where the text asks for it."""
        if "end yourself" in document.text:
            os._exit(9)
        time.sleep(self.seconds)
        with (self.traces / f"{os.getpid()}.coded").open("a", encoding="utf-8") as lines:
            lines.write(f"{document.id}\n")
        return WordCoder.record(self, document)


def loads(folder: Path) -> list[int]:
    """How often each process loaded the coder."""
    return [len(path.read_text(encoding="utf-8").split()) for path in sorted(folder.glob("*.loaded"))]


def coded(folder: Path) -> list[str]:
    """Every document that was coded, as often as it was."""
    return [one for path in folder.glob("*.coded") for one in path.read_text(encoding="utf-8").split()]


def busy(folder: Path) -> list[int]:
    """The processes that have coded something, the last one first."""
    paths = sorted(folder.glob("*.coded"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [int(path.stem) for path in paths]
