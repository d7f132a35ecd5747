"""Gathers what is coded into batches of bounded size, and commits them."""

from __future__ import annotations

import time
from collections.abc import Callable

from dragoman.records import Document, Problem
from dragoman.running.plans import Outcome, Plan, Summary
from dragoman.store import Batch, Entry, Writer

REPORT = "report it, with the text; the rest of the run is not touched"


class Gathering:
    """The batch in hand."""

    def __init__(self, plan: Plan, writer: Writer, summary: Summary, on_commit: Callable[[], None]) -> None:
        self.plan = plan
        self.writer = writer
        self.summary = summary
        self.on_commit = on_commit
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.characters = 0
        self.since = time.monotonic()

    def take(self, document: Document, outcome: Outcome, copy: tuple[str, float] | None) -> None:
        """Adds a coded document; one that the coder fell over becomes a problem, and is tried next time."""
        if outcome.fault is not None:
            name = document.path or document.address or document.id
            self.refuse(Problem(name, f"it could not be coded ({outcome.fault})", REPORT))
            return
        self.add(
            Entry(document, outcome.published, outcome.mentions, copy=copy, statements=outcome.statements)
        )

    def add(self, entry: Entry) -> None:
        """Adds a document, and commits if the batch is full."""
        if not self.entries and not self.problems:
            self.since = time.monotonic()
        self.entries.append(entry)
        self.characters += len(entry.document.text) + len(entry.document.original or "")
        self.summary.words += len(entry.document.text.split())
        if self.is_full():
            self.commit()

    def refuse(self, problem: Problem) -> None:
        """Adds a problem."""
        self.problems.append(problem)
        if len(self.problems) >= self.plan.most_documents:
            self.commit()

    def is_full(self) -> bool:
        """Whether the batch is to be committed."""
        plan = self.plan
        return (
            len(self.entries) >= plan.most_documents
            or self.characters >= plan.most_characters
            or time.monotonic() - self.since >= plan.most_seconds
        )

    def commit(self) -> None:
        """Commits what is in hand, if anything."""
        batch = Batch(tuple(self.entries), tuple(self.problems))
        self.entries, self.problems, self.characters = [], [], 0
        if batch.entries or batch.problems:
            done = self.writer.write(batch)
            self.count(batch, done.documents if done else 0, done.version if done else 0)
        self.on_commit()

    def count(self, batch: Batch, added: int, version: int) -> None:
        """Adds the batch to the summary; documents that another run has added meanwhile are known ones."""
        summary = self.summary
        summary.added += added
        summary.known += len(batch.entries) - added
        summary.problems += len(batch.problems)
        summary.mentions = self.writer.counts["mentions"]
        summary.version = version or summary.version
        for entry in batch.entries:
            summary.copies += entry.copy is not None
            if entry.why_not is None:
                summary.coded += 1
            else:
                summary.not_coded[entry.why_not] += 1
