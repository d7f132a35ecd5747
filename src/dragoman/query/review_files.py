"""Reviews in files, to be passed from corpus to corpus, or written in a spreadsheet: CSV or JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from dragoman.errors import InputError
from dragoman.output.cleaning import one_line
from dragoman.output.sheet import guarded
from dragoman.query.corrections import read_value
from dragoman.query.ground import Ground
from dragoman.query.reviewing import KEY, LINKS, LONGEST, to_plain
from dragoman.query.verdicts import EVENT_ID, MENTION_KEY
from dragoman.records import Review
from dragoman.reviews import CORRECTED, VERDICTS, review_id

COLUMNS = tuple(one.name for one in fields(Review))
NEEDED = ("about", "verdict")
MOST = 1_000_000
"""Lines of a file that are read."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: the reviews of what the corpus has, and the number of those of what it has not."""

    reviews: tuple[Review, ...]
    strange: int


def form_of(path: Path) -> str:
    """'csv' or 'jsonl', by the file's name; raises ``InputError`` for others."""
    form = path.suffix.lower().lstrip(".")
    if form not in ("csv", "jsonl"):
        raise InputError(f"{path} is neither .csv nor .jsonl", "name the file so")
    return form


def write_reviews(stream: TextIO, reviews: Iterable[Review], form: str) -> int:
    """Writes the reviews, and says how many there are; no spreadsheet takes a cell for a formula."""
    number = 0
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    if form == "csv":
        writer.writeheader()
    for number, one in enumerate(map(to_plain, reviews), start=1):  # noqa: B007
        if form == "csv":
            writer.writerow({name: guarded(one_line(one[name] or "")) for name in COLUMNS})
        else:
            stream.write(json.dumps(one, ensure_ascii=False) + "\n")
    return number


def read_reviews(path: Path, ground: Ground, by: str | None) -> Read:
    """The reviews of a file, each checked; ``by`` stands where a row names no reviewer.

    Raises ``InputError`` with the line of the first row that can't be taken: then none is.
    """
    rows = list(csv_rows(path) if form_of(path) == "csv" else jsonl_rows(path))
    types = types_of(ground, {str(row.get("about") or "") for _, row in rows})
    known, found = set(types), []
    for number, row in rows:
        review = read_row(path, number, row, by, types)
        if review.field == "event_type" and review.value:
            types[review.about] = json.loads(review.value)
        found.append(review)
    known |= set(types_of(ground, {one.other for one in found if one.other}))
    mine = [one for one in found if one.about in known and (one.other is None or one.other in known)]
    return Read(tuple(mine), len(found) - len(mine))


def csv_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows with the numbers of their lines."""
    with open_text(path) as lines:
        try:
            reader = csv.DictReader(lines, strict=True)
            check_header(path, list(reader.fieldnames or []))
            for row in reader:
                if None in row or None in row.values():
                    raise InputError(f"{path}:{reader.line_num}: too many or too few cells", "check the row")
                check_length(path, reader.line_num)
                yield reader.line_num, {name: unguarded(value) for name, value in row.items()}
        except (csv.Error, UnicodeDecodeError) as fault:
            raise InputError(f"{path} can't be read as CSV: {fault}", "save it as CSV in UTF-8") from None


def check_header(path: Path, names: list[str]) -> None:
    """Raises ``InputError`` for columns that there are not, and where one is missing."""
    wrong = [name for name in names if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in names]
    if wrong or missing or len(set(names)) != len(names):
        what = f"has no column {missing[0]}" if missing else f"has a column {(wrong or names)[0]!r} too many"
        raise InputError(f"{path}:1: {what}", f"the columns are {', '.join(COLUMNS)}")


def jsonl_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """The objects with the numbers of their lines."""
    with open_text(path) as lines:
        try:
            for number, line in enumerate(lines, start=1):
                check_length(path, number)
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise ValueError("no object")
                    check_header(path, list(row))
                    yield number, row
        except (ValueError, RecursionError) as fault:
            raise InputError(f"{path}: a line is no JSON object: {fault}", "see docs/reviews.md") from None


def open_text(path: Path) -> TextIO:
    """The file, as UTF-8 with or without a byte order mark."""
    try:
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as fault:
        raise InputError(f"{path} can't be read: {fault.strerror}", "check the path") from None


def check_length(path: Path, number: int) -> None:
    """Raises ``InputError`` where a file is too long to be one of reviews."""
    if number > MOST:
        raise InputError(f"{path} has more than {MOST:,} lines", "take it apart")


def unguarded(cell: str) -> str:
    """The cell without the sign that keeps spreadsheets from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and guarded(cell[1:]) == cell else cell


def types_of(ground: Ground, abouts: set[str]) -> dict[str, str]:
    """By event id or mention key, the event type; only what the corpus has, or had once."""
    ids = sorted(one for one in abouts if EVENT_ID.fullmatch(one))
    keys = sorted(one for one in abouts if MENTION_KEY.fullmatch(one))
    wanted = "IN (SELECT unnest(?::VARCHAR[]))"
    ever, now, corrected, told = (
        ground.rows(
            f"SELECT DISTINCT {name} AS id, event_type AS type FROM {table} WHERE {name} {wanted}", [ones]
        )
        for name, table, ones in (
            ("id", "all_events", ids),
            ("id", "events", ids),
            ("id", "record", ids),
            (KEY, "all_mentions", keys),
        )
    )
    return {row["id"]: row["type"] for row in (*ever, *now, *corrected, *told)}


def read_row(path: Path, number: int, row: Row, by: str | None, types: Mapping[str, str]) -> Review:
    """The review of a row; raises ``InputError`` that names the line."""
    try:
        return checked({name: text_of(row.get(name)) for name in COLUMNS}, by, types)
    except InputError as fault:
        raise InputError(f"{path}:{number}: {fault.reason}", fault.remedy) from None


def text_of(value: object) -> str:
    """A cell as text."""
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def checked(row: Mapping[str, str], by: str | None, types: Mapping[str, str]) -> Review:
    """The review, where all that it says holds together."""
    verdict = row["verdict"] or (CORRECTED if row["field"] else "")
    if verdict not in VERDICTS:
        raise InputError(f"{verdict!r} is no verdict", f"give one of {', '.join(VERDICTS)}")
    reviewer = row["reviewer"] or by
    if not reviewer:
        raise InputError("nobody is named as reviewer", "fill the column, or give --by")
    if not row["about"] or ((verdict in LINKS) != bool(row["other"]) and verdict != "withdrawn"):
        raise InputError(
            "what it is about is not told, or told twice", "fill about; other for same and different"
        )
    if (verdict == CORRECTED) != bool(row["field"]) and verdict != "withdrawn":
        raise InputError("a correction needs a field, and nothing else may have one", "fill field and value")
    if max(len(row["reason"]), len(reviewer), len(row["sample"]), len(row["about"])) > LONGEST:
        raise InputError("a cell is too long", f"leave it at {LONGEST} characters")
    value = None
    if verdict == CORRECTED:
        value = read_value(row["field"], row["value"], types.get(row["about"], ""))
    review = Review(
        id="",
        about=row["about"],
        verdict=verdict,
        reviewer=one_line(reviewer),
        at=moment(row["at"]),
        reason=row["reason"],
        field=row["field"] or None,
        value=value,
        other=row["other"] or None,
        sample=row["sample"] or None,
    )
    return replace(review, id=review_id(review))


def moment(text: str) -> datetime:
    """The time, now if there is none; raises ``InputError`` for what is no time."""
    if not text:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        raise InputError(f"{text[:40]!r} is no time", "give it as 2026-11-24T15:30:00+00:00") from None
