"""What queries stand on: a corpus at one version, with or without what people say of its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.query.overlay import lay_over
from dragoman.store import Corpus, Snapshot

Row = dict[str, Any]
Moment = str | date | datetime


@dataclass(frozen=True, slots=True)
class Ground:
    """A snapshot with the view ``record``; ``reviews`` says whether reviews are laid over it."""

    snapshot: Snapshot
    reviews: bool = True

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows that DuckDB answers, as dictionaries."""
        return list(self.snapshot.records(query, parameters))

    def number(self, query: str, parameters: Sequence[object] = ()) -> int:
        """The one number that DuckDB answers."""
        ((found,),) = self.snapshot.rows(query, parameters)
        return int(found or 0)


def open_ground(
    path: str | Path,
    version: int | None = None,
    as_of: Moment | None = None,
    reviews: bool = True,
    index: bool = True,
) -> Ground:
    """The corpus at that version or time; raises ``CorpusError`` where there is none.

    Without ``index`` all is read from the tables themselves, which takes longer.
    """
    snapshot = Corpus.open(path).at(version, as_moment(as_of))
    lay_over(snapshot, reviews, index=index)
    return Ground(snapshot, reviews)


def as_moment(value: Moment | None) -> datetime | None:
    """A time, or the end of a day; times without a zone are UTC. Raises ``InputError`` for anything else."""
    if value is None:
        return None
    if isinstance(value, str):
        day_alone = len(value) <= len("2026-11-24")
        value = read_moment(value)
        value = value.date() if day_alone else value
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.max)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def read_moment(text: str) -> datetime:
    """The time that the text tells."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"the time {text!r} can't be read", "give it as 2026-11-24 or 2026-11-24T15:30"
        ) from None


def as_day(value: str | date | None, last: bool = False) -> date | None:
    """A day; of a month or a year ('2020-10', '2020') its first, or its last."""
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    parts = value.split("-")
    try:
        year, month, day = (int(part) for part in (*parts, *"00"[: 3 - len(parts)]))
        if len(parts) == 3:
            return date(year, month, day)
        if not last:
            return date(year, month or 1, 1)
        following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)
    except (ValueError, OverflowError):
        raise InputError(
            f"the day {value!r} can't be read", "give it as 2020-10-25, 2020-10 or 2020"
        ) from None
