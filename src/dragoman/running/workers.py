"""The heavy steps of assembling, as functions of tables: they run in this process or in several."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from typing import Any, cast

import pyarrow as pa

from dragoman.assemble import (
    LOW,
    Sketch,
    Telling,
    block_keys,
    consolidate,
    event_id,
    group,
    judge,
    near,
    sketch_of,
    telling_words,
)
from dragoman.processes import processes, this_process
from dragoman.records import Day, Event, EventMention, Join, Precision, Span, Status, TimeRef
from dragoman.store import event_row
from dragoman.store.rows import mention_in, to_table
from dragoman.store.schemas import EVENTS, TEXT
from dragoman.ties import TieEvidence, evidence_of, steps_of

Row = Mapping[str, Any]
Task = tuple[str, Any]
Run = Callable[[str, Any], "Future[Any]"]
FEATURES = [one.name for one in fields(Sketch)]
SETS = [place for place, one in enumerate(fields(Sketch)) if "frozenset" in str(one.type)]
PAIRS = [FEATURES.index("killed"), FEATURES.index("injured")]
PAGE = pa.schema(
    [
        ("batch", TEXT),
        ("id", TEXT),
        ("document_id", TEXT),
        ("key", TEXT),
        ("day", pa.int32()),
        ("blocks", pa.list_(pa.uint64())),
        ("sketch", TEXT),
        ("passage", TEXT),
        ("dateline", TEXT),
        ("copy_of", TEXT),
        ("near", pa.list_(pa.int64())),
    ]
)
"""What is kept of a mention so that it need not be worked out again: a pure function of its row."""
JOINED = pa.schema(
    [
        ("g", pa.int32()),
        ("pos", pa.int32()),
        ("n", pa.int64()),
        ("id", TEXT),
        ("document_id", TEXT),
        ("key", TEXT),
        ("event_id", TEXT),
        ("to", TEXT),
        ("relation", TEXT),
        ("why", pa.list_(TEXT)),
        ("score", pa.float64()),
    ]
)
"""A mention's place in an event."""


@contextmanager
def open_workers(jobs: int) -> Iterator[Run]:
    """What takes a step and its input and gives back what will hold its result."""
    make = cast(Any, make_worker)
    with processes(make, jobs) if jobs > 1 else this_process(make) as submit:
        yield lambda name, given: submit(cast(Any, (name, given)))


def make_worker() -> Callable[[Task], Any]:
    """What does a step."""
    steps: dict[str, Callable[[Any], Any]] = {
        "sketch": sketch_rows,
        "judge": judge_pairs,
        "group": group_parts,
        "conclude": conclude,
    }
    return lambda task: steps[task[0]](task[1])


def to_bytes(table: pa.Table) -> bytes:
    """The table to be sent to another process, without the rows that it is a slice of."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue().to_pybytes())


def from_bytes(data: bytes) -> pa.Table:
    """The table again."""
    return pa.ipc.open_stream(data).read_all()


def sketch_rows(data: bytes) -> bytes:
    """Rows of mentions with their passages to rows of ``PAGE``."""
    return to_bytes(pa.Table.from_pylist([page_row(row) for row in from_bytes(data).to_pylist()], PAGE))


def page_row(row: Row) -> dict[str, Any]:
    """What is kept of a mention."""
    sketch = sketch_of(row)
    day = sketch.start if sketch.start is not None else sketch.published
    return {
        "batch": row["batch"],
        "id": row["id"],
        "document_id": row["document_id"],
        "key": sketch.key,
        "day": day or 0,
        "blocks": [number_of(key) for key in block_keys(sketch)],
        "sketch": pack(sketch),
        "passage": row["passage"],
        "dateline": row["dateline"],
        "copy_of": row["copy_of"],
        "near": row["near"],
    }


def number_of(key: str) -> int:
    """A block key as a number of 64 bits; if two keys ever have the same one, no harm is done."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def pack(sketch: Sketch) -> str:
    """The sketch as text."""
    values: list[Any] = [getattr(sketch, name) for name in FEATURES]
    for place in SETS:
        values[place] = sorted(values[place])
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"))


def unpack(text: str) -> Sketch:
    """The sketch again."""
    values = json.loads(text)
    for place in SETS:
        values[place] = frozenset(values[place])
    for place in PAIRS:
        values[place] = tuple(values[place]) if values[place] else None
    return Sketch(*values)


def judge_pairs(given: tuple[bytes, bytes]) -> bytes:
    """Of pairs (``a``, ``b``) of sketches (``n``, ``sketch``) those that hang together."""
    sketches, pairs = map(from_bytes, given)
    by_number = dict(zip(sketches["n"].to_pylist(), map(unpack, sketches["sketch"].to_pylist()), strict=True))
    kept = [
        (a, b)
        for a, b in zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), strict=True)
        if hang_together(by_number[a], by_number[b])
    ]
    return to_bytes(
        pa.table(
            {"a": pa.array([a for a, _ in kept], pa.int64()), "b": pa.array([b for _, b in kept], pa.int64())}
        )
    )


def hang_together(a: Sketch, b: Sketch) -> bool:
    """Whether the two are to be grouped together or apart."""
    if a.key == b.key:
        return True
    if not near(a, b):
        return False
    found = judge(a, b)
    return found is not None and found.score >= LOW


def group_parts(given: tuple[bytes, list[tuple[str, str]], list[tuple[str, str]]]) -> bytes:
    """Groups the mentions of components (rows ``part``, ``n``, ``sketch``, ``came``, in order of the part).

    Gives rows of ``JOINED`` whose ``g`` counts from 0.
    """
    data, must, must_not = given
    rows: list[dict[str, Any]] = []
    count = 0
    for part in by(from_bytes(data).to_pylist(), "part"):
        sketches = [unpack(row["sketch"]) for row in part]
        numbers = {one.mention_id: row["n"] for one, row in zip(sketches, part, strict=True)}
        came = {one.mention_id: row["came"] for one, row in zip(sketches, part, strict=True)}
        twice = [(one.key, one.key) for one in sketches]
        for made in group(sketches, [*must, *twice], must_not, came):
            rows += joined(count, made.keys, made.joins, numbers)
            count += 1
    return to_bytes(pa.Table.from_pylist(rows, JOINED))


def joined(
    g: int, keys: Sequence[str], joins: Sequence[Join], numbers: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """The rows of one group."""
    name = event_id(keys[0])
    for pos, (key, join) in enumerate(zip(keys, joins, strict=True)):
        yield {
            "g": g,
            "pos": pos,
            "n": numbers[join.mention_id],
            "id": join.mention_id,
            "document_id": join.document_id,
            "key": key,
            "event_id": name,
            "to": join.to,
            "relation": join.relation,
            "why": list(join.why),
            "score": join.score,
        }


def by(rows: Iterable[dict[str, Any]], name: str) -> Iterator[list[dict[str, Any]]]:
    """Rows that follow each other and have one value there, together."""
    held: list[dict[str, Any]] = []
    for row in rows:
        if held and held[0][name] != row[name]:
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def conclude(data: bytes) -> bytes:
    """Rows of mentions with their places in events, in order, to rows of ``events`` without a batch."""
    made = [conclude_one(rows) for rows in by(from_bytes(data).to_pylist(), "g")]
    return to_bytes(to_table(made, EVENTS))


def conclude_one(rows: Sequence[Row]) -> dict[str, Any]:
    """The event of these mentions."""
    tellings = [telling_of(row) for row in rows]
    joins = [
        Join(row["id"], row["document_id"], row["to"], row["relation"], tuple(row["why"]), row["join_score"])
        for row in rows
    ]
    event = consolidate(tellings, joins, rows[0]["answered"])
    evidence: list[dict[str, Any]] = []
    pairs: set[str] = set()
    for row, telling in zip(rows, tellings, strict=True):
        for found in evidence_in(event, telling.mention, row):
            if steps := steps_of(found):
                evidence.append(evidence_out(found))
                pairs.update(pair_of(step.sides) for step in steps)
    sides = sorted(pairs)
    told = json.dumps(evidence, ensure_ascii=False) if sides else None
    return event_row(event, [row["key"] for row in rows], telling_words(tellings), sides, told)


def pair_of(sides: tuple[str, str]) -> str:
    """Two sides whichever way round: 'NOR SWE'."""
    return " ".join(sorted(sides))


def telling_of(row: Row) -> Telling:
    """A mention with what is known about its document."""
    return Telling(
        mention=mention_in(row),
        outlet=row["outlet"],
        published_start=row["published_start"],
        published_end=row["published_end"],
        copy_of=row["copy_of"],
        trigger=row["trigger"]["text"] or "",
        passage=row["passage"] or "",
        dateline=row["dateline"] or "",
    )


def evidence_in(event: Event, mention: EventMention, row: Row) -> list[TieEvidence]:
    """What the register of ties reads of one mention."""
    at = mention.span.start
    # The words of the passage where they stand in the document; of the rest nothing is read.
    text = " " * at + (row["passage"] or "")
    marks = row["near"] or []
    others = [Span(start, end) for start, end in zip(marks[::2], marks[1::2], strict=True)]
    days = {mention.document_id: day_of(row["published_start"], row["published_end"])}
    return evidence_of(event, [mention], {mention.document_id: text}, days, {mention.document_id: others})


def day_of(start: Day | None, end: Day | None) -> Day | None:
    """The day of publication, where it is known to a day."""
    return end if start == end else None


def evidence_out(one: TieEvidence) -> dict[str, Any]:
    """The evidence as plain data."""
    told = asdict(one)
    told["reported"] = one.reported and one.reported.isoformat()
    if one.date is not None:
        told["date"] = {
            "start": one.date.start and one.date.start.isoformat(),
            "end": one.date.end and one.date.end.isoformat(),
            "precision": str(one.date.precision),
            "rule": one.date.rule,
            "text": one.date.text,
            "span": [one.date.span.start, one.date.span.end] if one.date.span else None,
        }
    return told


def evidence_back(told: dict[str, Any]) -> TieEvidence:
    """The evidence again."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    when = told["date"]
    if when:
        values["date"] = TimeRef(
            day_in(when["start"]),
            day_in(when["end"]),
            Precision(when["precision"]),
            when["rule"],
            when["text"],
            Span(*when["span"]) if when["span"] else None,
        )
    values["reported"] = day_in(told["reported"])
    values["status"] = Status(told["status"])
    return TieEvidence(**values)


def day_in(text: str | None) -> Day | None:
    """The day."""
    return date.fromisoformat(text) if text else None
