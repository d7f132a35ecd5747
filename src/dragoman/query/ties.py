"""Standing ties as the register has them: on a day, in a month, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.query.countries import code_of, country, name_of
from dragoman.query.filters import Where, both
from dragoman.query.ground import Ground, Row, as_day
from dragoman.store.event_rows import tie_in

UNKNOWN = "unknown"
COLUMNS = "id, kind, first_side, second_side, subject, state, spans, changes, last_confirmed"


def list_ties(
    ground: Ground,
    between: tuple[str, str] | None = None,
    party: str | None = None,
    on: str | date | None = None,
    kind: str | None = None,
    changed: str | None = None,
) -> list[Row]:
    """The ties that fit; ``on`` adds how each stood on that day, ``changed`` keeps those with a step then.

    ``changed`` is a day, month or year. A tie that had not begun on the day is left out.
    """
    from dragoman.ties import kind_of, tie_kinds

    name = kind and kind_of(kind)
    if kind and not name:
        raise InputError(f"there is no tie {kind!r}", f"there are: {', '.join(tie_kinds())}")
    where = both(
        [
            sides(*(country(one) for one in between)) if between else Where(""),
            on_a_side(country(party)) if party else Where(""),
            Where("kind = ?", (name,)) if name else Where(""),
        ]
    )
    rows = ground.rows(f"SELECT {COLUMNS} FROM ties WHERE {where.sql}", where.values)
    if changed:
        rows = [row for row in rows if changes_in(row, as_day(changed), as_day(changed, last=True))]
    order = {one: number for number, one in enumerate(tie_kinds())}
    rows.sort(
        key=lambda row: (row["first_side"], row["second_side"], order.get(row["kind"], 99), row["subject"])
    )
    return dress(rows, as_day(on, last=True))


def sides(one: str, other: str) -> Where:
    """Between these two, whichever way round."""
    either = "(first_side = ? AND second_side = ?) OR (first_side = ? AND second_side = ?)"
    return Where(either, (one, other, other, one))


def on_a_side(one: str) -> Where:
    """With this country."""
    return Where("first_side = ? OR second_side = ?", (one, one))


def ties_between(ground: Ground, one: str, other: str, on: date | None = None) -> list[Row]:
    """The ties of two countries; none where one of the two is a person or a body."""
    if not (code_of(one) and code_of(other)):
        return []
    return list_ties(ground, (one, other), on=on)


def dress(rows: Iterable[Row], on: date | None) -> list[Row]:
    """The ties with what is shown of them: title, first day, and how they stood on the day, and why."""
    from dragoman.ties import state_on

    found = []
    for row in rows:
        row["title"] = title_of(row)
        row["opened"] = first_day(row["spans"], "opened")
        if on is None:
            found.append(row)
        elif (standing := state_on(tie_in(row), on)).state != UNKNOWN:
            row |= {"state_on": standing.state, "sure": standing.sure, "why": standing.why}
            row["by"] = last_step(row, on)
            found.append(row)
    return found


def last_step(row: Row, on: date) -> Row | None:
    """The last step of the tie up to the day, or the first at all where none is dated before it."""
    steps = [one for one in row["changes"] if day_of(one["date"], on) <= on]
    return steps[-1] if steps else None


def day_of(when: Row | None, unknown: date) -> date:
    """The first day of a date."""
    start: date | None = when["start"] if when else None
    return start or unknown


def title_of(row: Row) -> str:
    """'arms supply of Israel to Azerbaijan'."""
    from dragoman.ties import tie_kinds

    kind, what = tie_kinds().get(row["kind"]), row["kind"].replace("_", " ")
    first, second = name_of(row["first_side"]), name_of(row["second_side"])
    about = f" ({row['subject']})" if row["subject"] else ""
    link = f"{first} > {second}" if kind is None or kind.is_directed else f"{first} - {second}"
    return f"{what}{about}: {link}"


def first_day(spans: Iterable[Row], bound: str) -> date | None:
    """The earliest day on which a span opened or closed."""
    days = [one[bound]["start"] for one in spans if one[bound] and one[bound]["start"]]
    return min(days, default=None)


def changes_in(row: Row, first: date | None, last: date | None) -> list[Row]:
    """The steps of a tie within those days, other than that it was seen once more."""
    assert first is not None
    assert last is not None
    return [
        one
        for one in row["changes"]
        if one["step"] != "confirmed" and first <= day_of(one["date"], date.max) <= last
    ]


def history(row: Row) -> list[dict[str, Any]]:
    """The steps of a tie, oldest first, each with its evidence."""
    return [{"tie": row["id"], "title": row["title"], **one} for one in row["changes"]]
