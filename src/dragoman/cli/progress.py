"""How far a run is, on standard error: how many documents, how fast, and how long it will take."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

from dragoman.cli.exits import complain
from dragoman.intake import file_name
from dragoman.records import Document

if TYPE_CHECKING:
    from dragoman.running import Summary

SAID = 100
"""Problems that are said before the rest is only counted."""
OPEN = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".warc", ".tar", ".mbox")
"""Files whose documents are about as long as what they take up in the file."""
EARLY = 5.0
"""Seconds before which the time left is not told."""


class Meter:
    """Draws one line while it is used in a ``with`` statement, where a person looks on.

    The share that is done is told from the sizes of the files that are behind, and within a file of many
    documents from the lengths of those read; files are read ahead of what is coded.
    """

    def __init__(self, paths: Sequence[str] = ()) -> None:
        self.total = sum(map(size, paths))
        self.behind = 0
        self.inside = 0
        self.within = 0
        self.read = 0
        self.done = 0
        self.ahead: deque[tuple[int, int]] = deque()
        self.said = 0
        self.started = time.monotonic()
        self.live: Live | None = None
        self.summary: Summary | None = None

    def __enter__(self) -> Meter:
        if sys.stderr.isatty():
            self.live = Live(
                console=Console(stderr=True), get_renderable=self.line, refresh_per_second=2, transient=True
            )
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live is not None:
            self.live.stop()

    def passing(self, paths: Iterable[str]) -> Iterator[str]:
        """The paths; each that is behind counts as done."""
        for path in paths:
            self.inside = 0
            self.within = size(path) if path.lower().endswith(OPEN) else 0
            yield path
            self.inside = self.within = 0
            self.behind += size(path)

    def count(self, document: Document) -> None:
        """Takes note of a document that was read, and where that is in the files."""
        self.read += 1
        self.inside += max(len(document.text), len(document.original or ""))
        self.ahead.append((self.read, self.behind + min(self.inside, self.within)))

    def show(self, summary: Summary) -> None:
        """Takes note of what the run has done."""
        self.summary = summary
        while self.ahead and self.ahead[0][0] <= summary.documents:
            _, self.done = self.ahead.popleft()

    def line(self) -> Text:
        """The line as it now is."""
        if self.summary is None:
            return Text("beginning …")
        return Text(progress_line(self.summary, self.share(), time.monotonic() - self.started))

    def share(self) -> float:
        """What share of the bytes is done, 0 to 1."""
        return self.done / self.total if self.total else 0.0

    def tell(self, path: str | None, message: str) -> None:
        """Says something about an input, and at last only that there is more."""
        self.said += 1
        if self.said <= SAID:
            complain(f"{'standard input' if path in (None, '-') else file_name(str(path))}: {message}")
        elif self.said == SAID + 1:
            complain("there is more to be said of the inputs; 'dragoman corpus problems' has it all")


def progress_line(summary: Summary, share: float, seconds: float) -> str:
    """'1,204 documents (200 known) · 3,310 words a second · 0:12:08 left'."""
    known = f" ({summary.known:,} known)" if summary.known else ""
    parts = [f"{summary.documents:,} documents{known}"]
    if summary.words and seconds > 0:
        parts.append(f"{summary.words / seconds:,.0f} words a second")
    if share > 0 and seconds > EARLY:
        parts.append(f"{clock(seconds / share - seconds)} left")
    else:
        parts.append(f"{clock(seconds)} so far")
    return " · ".join(parts)


def clock(seconds: float) -> str:
    """'1:02:03'."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def size(path: str) -> int:
    """Bytes of a file; 1 for what is none."""
    try:
        return max(1, os.stat(path).st_size)  # noqa: PTH116
    except (OSError, ValueError):
        return 1
