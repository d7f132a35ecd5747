"""Codes a corpus again with another coder, batch by batch; older versions keep the old mentions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace

from dragoman.processes import AHEAD
from dragoman.records import Document, Problem
from dragoman.running.adding import never
from dragoman.running.batching import REPORT
from dragoman.running.plans import Coders, Outcome, Plan, Summary, open_coders
from dragoman.store import STOPPED, Batch, Commit, Corpus, Entry, Snapshot, Writer, current


def recode(
    corpus: Corpus,
    plan: Plan,
    *,
    stop: Callable[[], bool] = never,
    on_progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Codes again every batch that another coder coded, and says how many documents that were.

    With ``plan.any_language``, documents in other languages that were kept and not coded are coded, too.
    It can be broken off at any point and begun again: batches that are done are not done twice.
    """
    summary = Summary()
    with Writer(corpus, plan.info) as writer:
        snapshot = corpus.at()
        summary.version = snapshot.version
        todo = to_recode(snapshot, plan)
        with open_coders(plan) as coders:
            coming: deque[Coming] = deque()
            held: list[Coming] = []
            for item in documents_of(snapshot, todo, plan, stop, summary):
                coming.append(begun(item, coders))
                while coming and (len(coming) > AHEAD * plan.jobs or not coming[0].document):
                    settle(coming.popleft(), held, writer, snapshot, summary, plan.any_language)
                if on_progress is not None:
                    on_progress(summary)
            while coming:
                settle(coming.popleft(), held, writer, snapshot, summary, plan.any_language)
        if summary.stopped:
            writer.state = STOPPED
    return summary


@dataclass(frozen=True, slots=True)
class Coming:
    """A document of a batch on its way through a coder; without a document, the end of the batch."""

    batch: Commit
    document: Document | None = None
    outcome: Future[Outcome] | None = None


def begun(item: Coming, coders: Coders) -> Coming:
    """The item with its document handed to a coder, which has no use for what the text was taken from."""
    if item.document is None:
        return item
    return replace(item, outcome=coders.code(replace(item.document, original=None)))


def to_recode(snapshot: Snapshot, plan: Plan) -> list[Commit]:
    """The batches that another coder coded, or that hold documents in languages that are wanted now."""
    uncoded: set[str] = set()
    if plan.any_language:
        rows = snapshot.rows("SELECT DISTINCT batch FROM documents WHERE NOT coded")
        uncoded = {batch for (batch,) in rows}
    standing = current(snapshot.commits)
    return [one for one in standing if one.coder != plan.info.coder or one.origin in uncoded]


def documents_of(
    snapshot: Snapshot, todo: list[Commit], plan: Plan, stop: Callable[[], bool], summary: Summary
) -> Iterator[Coming]:
    """The documents of each batch that are to be coded, and the batch's end after them."""
    which = "batch = ?" if plan.any_language else "batch = ? AND coded"
    for batch in todo:
        for document in snapshot.read_documents(which, [batch.origin]):
            if stop():
                summary.stopped = True
                return
            yield Coming(batch, document)
        yield Coming(batch)


def settle(
    item: Coming,
    held: list[Coming],
    writer: Writer,
    snapshot: Snapshot,
    summary: Summary,
    all_coded: bool,
) -> None:
    """Holds a coded document until its batch is whole, and then commits that."""
    if item.document is not None:
        summary.documents += 1
        summary.words += len(item.document.text.split())
        held.append(item)
        return
    entries, problems = [], []
    for one in held:
        assert one.document is not None
        assert one.outcome is not None
        outcome = one.outcome.result()
        if outcome.fault is None:
            entries.append(
                Entry(one.document, outcome.published, outcome.mentions, statements=outcome.statements)
            )
            continue
        # A document that the new coder falls over keeps the mentions of the old one.
        kept, kept_statements = (
            tuple(snapshot.records(f"SELECT * FROM {name} WHERE document_id = ?", [one.document.id]))
            for name in ("event_mentions", "tie_statements")
        )
        entries.append(Entry(one.document, kept=kept, kept_statements=kept_statements))
        name = one.document.path or one.document.id
        problems.append(Problem(name, f"it could not be coded again ({outcome.fault})", REPORT))
    held.clear()
    commit = writer.write(Batch(tuple(entries), tuple(problems), replaces=item.batch, all_coded=all_coded))
    if commit is not None:
        summary.added += commit.documents
        summary.coded += commit.documents - len(problems)
        summary.mentions += commit.mentions
        summary.problems += len(problems)
        summary.version = commit.version
