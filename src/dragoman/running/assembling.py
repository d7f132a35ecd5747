"""Event mentions of a corpus to events and ties; only what is new, and what it touches, is worked on.

The result is that of all mentions in one go, in whatever pieces and order they came: links between mentions
depend on the two alone, and what hangs together is always grouped as a whole.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

import dragoman
from dragoman.lexicon import tables
from dragoman.reviews import constraints
from dragoman.running.closing import Closing
from dragoman.running.concluding import Answers, Conclusions, record_groups
from dragoman.running.sketchbook import Sketchbook
from dragoman.running.tying import Tying
from dragoman.running.workers import JOINED, Run, from_bytes, open_workers, to_bytes
from dragoman.store import (
    STOPPED,
    Commit,
    Corpus,
    IndexWriter,
    Recording,
    RunInfo,
    Snapshot,
    Writer,
    current,
)
from dragoman.store.index import FOLDER, complete, let_go
from dragoman.store.ledger import ASSEMBLE
from dragoman.store.snapshots import keep

STEP = 2_000_000
"""New mentions that one version takes in, so that memory and the time that can be lost stay bounded."""
FEW = 3_000
"""New mentions up to which no other process is worth its start."""
SHARE = 0.2
"""From which share of new mentions on everything is laid out in memory before it is searched."""
GROUPED = 20_000
"""Mentions that are grouped in one go."""
CODE = ("assemble", "ties", "running", "reviews")
Pair = tuple[str, str]


@dataclass
class Assembled:
    """What an assembling has done.

    ``new``, ``changed`` and ``ended`` count events, ``merged`` the mentions of new or changed events that
    were joined to another, ``ties`` those new, changed or ended. ``version`` is that of the corpus.
    """

    mentions: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0
    merged: int = 0
    ties: int = 0
    version: int = 0
    stopped: bool = False
    stage: str = "looking"
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.started


def never() -> bool:
    """No."""
    return False


def assemble(
    corpus: Corpus,
    *,
    jobs: int = 1,
    on_progress: Callable[[Assembled], None] | None = None,
    stop: Callable[[], bool] = never,
    anew: bool = False,
    step: int = STEP,
) -> Assembled:
    """Brings events and ties up to date with the mentions of the corpus, and says what changed.

    If ``stop`` says yes, what is in hand is dropped, and the next assembling does it. With ``anew``, or after
    a change of the program, all is worked out again; what comes out the same is not written again.
    """
    done = Assembled()
    info = identify_assembling({"jobs": jobs})
    say = on_progress or (lambda _: None)
    for _ in range(10_000):
        snapshot = corpus.at()
        done.version = snapshot.version
        work = None if done.stopped else plan_step(snapshot, info.coder, anew, step)
        if work is None:
            if not done.stopped:
                done.stage = "indexing"
                complete(corpus)
            return done
        with Writer(corpus, info) as writer:
            commit = Step(corpus, snapshot, writer, work, done, say, stop).do(jobs)
            if done.stopped:
                writer.state = STOPPED
        if commit is None:
            done.mentions -= work.mentions
        anew = anew and commit is None
    return done


@dataclass(frozen=True, slots=True)
class Work:
    """What an assembling has to take in.

    ``standing`` are the batches whose mentions count, ``new`` those among them not assembled yet, ``gone``
    those assembled and since replaced. ``upto`` is the version assembled afterwards.
    """

    standing: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    upto: int
    mentions: int
    must: frozenset[Pair]
    must_not: frozenset[Pair]
    touched: frozenset[str]


def plan_step(snapshot: Snapshot, coder: str, anew: bool, most: int) -> Work | None:
    """The next step, ``None`` if nothing is left to be done."""
    assemblings = [one for one in snapshot.commits if one.kind == ASSEMBLE]
    last = assemblings[-1] if assemblings else None
    anew = anew or (last is not None and last.coder != coder)
    done = snapshot.assembled
    standing = current(snapshot.commits)
    earlier = {one.id for one in current([one for one in snapshot.commits if one.version <= done])}
    fresh = [one for one in standing if one.version > done]
    taken, upto, mentions = first_of(fresh, most, done)
    old = [one for one in standing if one.version <= done]
    if not [one for one in fresh if one not in taken]:
        upto = max(upto, *(one.version for one in snapshot.commits), 0)
    stays = {one.id for one in standing}
    gone = tuple(sorted(earlier - stays))
    reviews = list(snapshot.read_reviews())
    must, must_not = constraints(reviews)
    touched = touched_by_reviews(snapshot, last, must, must_not)
    if anew:
        taken, old, mentions = [*old, *taken], [], mentions + sum(one.mentions for one in old)
    if not taken and not gone and not touched:
        return None
    names = tuple(one.id for one in [*old, *taken])
    return Work(names, tuple(one.id for one in taken), gone, upto, mentions, must, must_not, touched)


def first_of(fresh: Sequence[Commit], most: int, done: int) -> tuple[list[Commit], int, int]:
    """The first of the new batches, with at most so many mentions; the version they reach; how many."""
    taken: list[Commit] = []
    mentions = 0
    for one in fresh:
        if taken and mentions + one.mentions > most:
            break
        taken.append(one)
        mentions += one.mentions
        done = one.version
    return taken, done, mentions


def touched_by_reviews(
    snapshot: Snapshot, last: Commit | None, must: frozenset[Pair], must_not: frozenset[Pair]
) -> frozenset[str]:
    """The keys of mentions of which reviewers say something else than at the last assembling."""
    known = last.version if last else 0
    query = "batch IN (SELECT id FROM batches WHERE version <= ?)"
    before, before_not = constraints(snapshot.read_reviews(query, [known]))
    return frozenset(key for pair in (must ^ before) | (must_not ^ before_not) for key in pair)


class StopAskedError(Exception):
    """Somebody wants to stop."""


class Step:
    """One version's worth of assembling."""

    def __init__(
        self,
        corpus: Corpus,
        snapshot: Snapshot,
        writer: Writer,
        work: Work,
        done: Assembled,
        say: Callable[[Assembled], None],
        stop: Callable[[], bool],
    ) -> None:
        self.corpus = corpus
        self.snapshot = snapshot
        self.connection = snapshot.connection
        self.writer = writer
        self.work = work
        self.done = done
        self.say = say
        self.stop = stop
        self.recording: Recording | None = None
        self.index: IndexWriter | None = None

    def do(self, jobs: int) -> Commit | None:
        """Does it; ``None`` if it was stopped, or somebody else was there first."""
        self.done.mentions += self.work.mentions
        try:
            with open_workers(jobs if self.work.mentions > FEW else 1) as submit:

                def run(name: str, given: Any) -> Future[Any]:
                    self.unless_stopped()
                    return submit(name, given)

                return self.steps(run)
        except StopAskedError:
            self.done.stopped = True
            if self.recording is not None:
                self.writer.discard(self.recording.batch)
            if self.index is not None:
                self.index.drop()
            return None

    def unless_stopped(self) -> None:
        """Raises ``StopAskedError`` once somebody wants to stop."""
        if self.stop():
            raise StopAskedError

    def begin(self, stage: str) -> None:
        """Goes on to the next stage, unless somebody wants to stop."""
        self.done.stage = stage
        self.say(self.done)
        self.unless_stopped()

    def steps(self, run: Run) -> Commit | None:
        """From sketches to the commit."""
        work, snapshot = self.work, self.snapshot
        self.begin("sketching")
        book = Sketchbook(self.corpus, f"{version_of('assemble')}/1")
        book.complete(snapshot, [*work.standing, *work.gone], run)
        self.lay_out(book)
        self.begin("comparing")
        parts = self.parts(run)
        self.begin("grouping")
        record_groups(snapshot, self.grouped(parts, run))
        self.begin("concluding")
        self.recording = recording = Recording(self.writer, snapshot.version)
        self.index = IndexWriter(self.corpus.folder.absolute() / FOLDER)
        conclusions = Conclusions(snapshot, recording, self.index)
        Answers(snapshot).find()
        conclusions.write(run)
        conclusions.write_answers()
        conclusions.end()
        self.begin("tying")
        ties = Tying(self.corpus, snapshot, recording, conclusions.sides).write(work.new, work.gone)
        made = self.index.finish(snapshot.version + 1, {recording.batch: recording.counts["events"]})
        commit = recording.commit(work.upto)
        if commit is None and made is not None:
            let_go(made)
        if commit is not None:
            self.done.new += conclusions.new
            self.done.changed += conclusions.changed
            self.done.ended += conclusions.ended
            self.done.merged += conclusions.merged
            self.done.ties += ties
            self.done.version = commit.version
        return commit

    def lay_out(self, book: Sketchbook) -> None:
        """The views ``book`` (mentions that count), ``gone`` (those that do no more) and their blocks."""
        connection = self.connection
        book.view(self.snapshot, "pages", self.work.standing)
        book.view(self.snapshot, "gone", self.work.gone)
        if self.lies_in_memory():
            # In order of days, so that what belongs together lies together.
            connection.execute(
                "CREATE OR REPLACE TABLE book AS SELECT row_number() OVER (ORDER BY day, key, id) AS n, "
                "batch, id, document_id, key, blocks, sketch, came FROM pages"
            )
            connection.execute("CREATE OR REPLACE TABLE block AS SELECT n, unnest(blocks) AS h FROM book")
            connection.execute("ALTER TABLE book DROP COLUMN blocks")
        else:
            connection.execute("CREATE OR REPLACE VIEW book AS SELECT * FROM pages")
            connection.execute("CREATE OR REPLACE VIEW block AS SELECT n, unnest(blocks) AS h FROM book")
        connection.execute("CREATE OR REPLACE VIEW gone_block AS SELECT n, unnest(blocks) AS h FROM gone")
        keep(connection, "new_batches", pa.table({"batch": pa.array(self.work.new, pa.string())}))

    def lies_in_memory(self) -> bool:
        """Whether so much is new that the whole is laid out in memory."""
        counts = {one.id: one.mentions for one in self.snapshot.commits}
        total = sum(counts[one] for one in self.work.standing)
        return self.work.mentions >= SHARE * total

    def parts(self, run: Run) -> list[list[int]]:
        """The mentions to be grouped, in parts that hang together."""
        closing = Closing(self.snapshot, run, self.work.must)
        query = "SELECT n FROM book SEMI JOIN new_batches USING (batch)"
        seeds = {number for (number,) in self.snapshot.rows(query)}
        everything = set(self.work.new) == set(self.work.standing)
        if not everything:
            seeds |= closing.neighbours()
            touched = closing.with_keys(self.work.touched)
            seeds |= {number for numbers in touched.values() for number in numbers}
        return closing.close(seeds, everything)

    def grouped(self, parts: Sequence[Sequence[int]], run: Run) -> Iterator[pa.Table]:
        """Tables of ``JOINED`` with all groups of the parts, ``g`` counted through."""
        alone = [part[0] for part in parts if len(part) == 1]
        keep(self.connection, "alone", pa.table({"n": pa.array(alone, pa.int64())}))
        singles = self.connection.sql(
            "SELECT (row_number() OVER () - 1)::INTEGER AS g, 0::INTEGER AS pos, n, id, document_id, key, "
            "'e' || sha256(key)[1:16] AS event_id, NULL::VARCHAR AS \"to\", 'same' AS relation, "
            "[]::VARCHAR[] AS why, 1.0::DOUBLE AS score FROM book SEMI JOIN alone USING (n)"
        ).to_arrow_table()
        yield singles.cast(JOINED)
        count = singles.num_rows
        waiting = []
        for lot in in_lots([part for part in parts if len(part) > 1]):
            waiting.append(run("group", self.lot(lot)))
            if len(waiting) >= 4:
                table = shifted(from_bytes(waiting.pop(0).result()), count)
                count += groups_in(table)
                yield table
        for one in waiting:
            table = shifted(from_bytes(one.result()), count)
            count += groups_in(table)
            yield table

    def lot(self, parts: Sequence[Sequence[int]]) -> tuple[bytes, list[Pair], list[Pair]]:
        """What a worker needs to group these parts."""
        numbers = [(number, place) for place, part in enumerate(parts) for number in part]
        rows = pa.table(
            {
                "n": pa.array([number for number, _ in numbers], pa.int64()),
                "part": pa.array([place for _, place in numbers], pa.int64()),
            }
        )
        keep(self.connection, "lot", rows)
        table = self.connection.sql(
            "SELECT part, n, sketch, came, key FROM book JOIN lot USING (n) ORDER BY part, key, id"
        ).to_arrow_table()
        keys = set(table["key"].to_pylist())
        return (
            to_bytes(table.drop_columns(["key"])),
            among(self.work.must, keys),
            among(self.work.must_not, keys),
        )


def among(pairs: Collection[Pair], keys: set[str]) -> list[Pair]:
    """The pairs of which both keys are there."""
    return sorted(pair for pair in pairs if pair[0] in keys and pair[1] in keys)


def in_lots(parts: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """The parts in lots of some size."""
    held: list[Sequence[int]] = []
    total = 0
    for part in parts:
        held.append(part)
        total += len(part)
        if total >= GROUPED:
            yield held
            held, total = [], 0
    if held:
        yield held


def shifted(table: pa.Table, by: int) -> pa.Table:
    """The groups, counted on from that number."""
    import pyarrow.compute as pc

    place = table.schema.get_field_index("g")
    return table.set_column(place, JOINED.field("g"), pc.add(table["g"], pa.scalar(by, pa.int32())))


def groups_in(table: pa.Table) -> int:
    """How many groups the table has."""
    import pyarrow.compute as pc

    return int(pc.count_distinct(table["g"]).as_py())


def identify_assembling(options: Mapping[str, object]) -> RunInfo:
    """What a run that assembles says of itself: the program's version, and a digest of rules and tables."""
    program = version("dragoman")
    name = f"dragoman/{program} assembling/{version_of(*CODE)}"
    return RunInfo("assemble", name, program, options=options)


@cache
def version_of(*rooms: str) -> str:
    """Eight hexadecimal digits that change with the code of these rooms or with any table."""
    digest = hashlib.sha256()
    home = Path(dragoman.__file__).parent
    for path in [*(one for room in rooms for one in sorted((home / room).glob("*.py"))), *tables()]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]
