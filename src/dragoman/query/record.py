"""The door for Python: questions to a corpus, answered in data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.query.actors import who
from dragoman.query.comparing import compare
from dragoman.query.dyads import dyad
from dragoman.query.filters import Filters
from dragoman.query.finding import find
from dragoman.query.flattening import flat_dealing, flat_event, flat_lists, flat_step, flat_tie
from dragoman.query.ground import Ground, Moment, Row, open_ground
from dragoman.query.ties import history, list_ties
from dragoman.query.timelines import timeline
from dragoman.query.tracing import Trace, why

if TYPE_CHECKING:
    import pandas as pd

    Frames = dict[str, pd.DataFrame]

DAYS = ("start", "end", "bin", "first", "last", "first_reported", "last_reported", "opened", "last_confirmed")
FLAT: dict[str, Callable[[Row], Row]] = {
    "latest": flat_event,
    "weightiest": flat_event,
    "telling": flat_event,
    "ties": flat_tie,
    "dealings": flat_dealing,
}
"""How the rows of an answer's parts become flat; the others have single values or lists of them."""


class Record:
    """What a corpus holds of events and ties, at one version, with what people say of it laid over.

    Countries are given by code or name; days as ``date`` or as text (2020-10-25, 2020-10, 2020).
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @classmethod
    def open(
        cls,
        path: str | Path,
        version: int | None = None,
        as_of: Moment | None = None,
        reviews: bool = True,
    ) -> Record:
        """The record as it is, or was at that version or time; without ``reviews`` as the program made it."""
        return cls(open_ground(path, version, as_of, reviews))

    @property
    def version(self) -> int:
        """The corpus' version that is read."""
        return self.ground.snapshot.version

    def events(self, *, sort: str = "-date", limit: int | None = None, **filters: Any) -> pd.DataFrame:
        """A row an event, with the words that show it best; ``filters`` are the fields of ``Filters``."""
        rows, _ = find(self.ground, Filters(**filters), sort, limit)
        return frame(map(flat_event, rows))

    def dyad(self, first: str, second: str, *, limit: int = 5, **filters: Any) -> Frames:
        """What two do to each other: ``counts``, ``sums``, ``latest``, ``weightiest`` and ``ties``."""
        answer = dyad(self.ground, first, second, Filters(**filters), limit)
        return frames(answer, ("counts", "sums", "latest", "weightiest", "ties"))

    def timeline(
        self, *, by: str = "month", directed: bool = False, fill: bool = False, **filters: Any
    ) -> pd.DataFrame:
        """A row a bin (and direction); ``attrs`` has how many events no bin holds: coarser, undated."""
        answer = timeline(self.ground, Filters(**filters), by, directed, fill)
        found = frame(answer.rows)
        found.attrs.update(coarser=answer.coarser, undated=answer.undated)
        return found

    def compare(
        self,
        first: str,
        second: str,
        with_: str,
        *,
        on: str | date | None = None,
        limit: int = 6,
        by: str | None = None,
        **filters: Any,
    ) -> Frames:
        """Two states beside each other in what they have with a third.

        ``dealings`` (what each took, refused, asked for, …), ``acts``, ``balance``, ``sums``, ``ties``,
        ``telling`` and ``differences``.
        """
        answer = compare(self.ground, first, second, with_, Filters(**filters), on, limit, by)
        return frames(answer, ("dealings", "acts", "balance", "sums", "ties", "telling", "differences"))

    def why(self, given: str) -> Trace:
        """All that an event stands on; ``given`` is its id, that of a mention, or the beginning of one."""
        return why(self.ground, given)

    def who(self, name: str, *, limit: int = 5, **filters: Any) -> Frames:
        """An actor's record: ``counts``, ``sums``, ``partners``, ``roles``, ``latest`` and ``weightiest``."""
        answer = who(self.ground, name, Filters(**filters), limit)
        return frames(answer, ("counts", "sums", "partners", "roles", "others", "latest", "weightiest"))

    def ties(self, between: tuple[str, str] | None = None, **wanted: Any) -> pd.DataFrame:
        """A row a tie; ``party``, ``on`` (a day), ``kind`` and ``changed`` (a month) narrow them."""
        return frame(map(flat_tie, list_ties(self.ground, between, **wanted)))

    def tie_steps(self, between: tuple[str, str] | None = None, **wanted: Any) -> pd.DataFrame:
        """A row a step in the life of the ties, with the event or statement that shows it."""
        rows = list_ties(self.ground, between, **wanted)
        return frame(flat_step(step) for row in rows for step in history(row))

    def sql(self, query: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """What DuckDB answers over ``record`` (events, reviews laid over) and the corpus' tables."""
        found: pd.DataFrame = self.ground.snapshot.sql(query, parameters).df()
        return found


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as a data frame; days become days of pandas."""
    import pandas as pd

    found = pd.DataFrame(list(rows))
    for name in found.columns:
        if name in DAYS or isinstance(found[name].dropna().head(1).squeeze(), datetime | date):
            found[name] = pd.to_datetime(found[name])
    return found


def frames(answer: object, names: Sequence[str]) -> Frames:
    """Parts of an answer, each as a data frame."""
    return {name: frame(map(FLAT.get(name, flat_lists), getattr(answer, name))) for name in names}
