"""What a format of the field is: its columns, how an event becomes a row, and how a row is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from dragoman.exchange.happenings import ASSERTED, Happening, Loss, flat, shown
from dragoman.lexicon.codebook import load_codebook, quad_of, score_of

Cells = dict[str, Any]
SKIPPED = ("cameo", "actors.code", "recipients.code")
"""What a format adds to an event, and what says nothing more of it."""
WHY = {
    "end": "the format has one day",
    "precision": "the format does not say how exact a date is",
    "status": "the format holds only what is said to have happened",
    "event_type": "the nearest code of the format is of another type",
    "mode": "the nearest code of the format is of another mode",
    "contexts": "the nearest code of the format has other contexts",
}
NO_PLACE = "the format has no place for it"


def everything(happening: Happening) -> str:
    """For formats that hold any event."""
    return ""


def alone(happening: Happening) -> Iterator[Happening]:
    """For formats with a row an event."""
    yield happening


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the field.

    ``explode`` gives the events of which each makes a row; ``fits`` why an event can't be in it, or nothing.
    ``dated`` says that it needs a day; ``statuses`` are those that it can tell apart. ``bits`` is how large
    a number it takes for an id, 0 if it takes any text.
    """

    name: str
    columns: tuple[str, ...]
    write: Callable[[Happening], Cells]
    read: Callable[[Mapping[str, Any]], Happening]
    kind: str = "tsv"
    header: bool = True
    explode: Callable[[Happening], Iterable[Happening]] = alone
    fits: Callable[[Happening], str] = everything
    dated: bool = True
    statuses: tuple[str, ...] = (ASSERTED,)
    bits: int = 0
    id_column: str = ""

    def cells(self, happening: Happening) -> Cells:
        """The row of an event; what it kept of a row of this format stands where it stood."""
        made = self.write(happening)
        return {**made, **happening.extra} if happening.form == self.name else made

    def take(self, row: Mapping[str, Any]) -> Happening:
        """The event of a row, with the cells that its fields do not give."""
        found = self.read(row)
        made = self.write(found)
        extra = {name: value for name, value in row.items() if value != made.get(name)}
        return replace(found, extra=extra, form=self.name)

    def rows(self, happening: Happening) -> tuple[list[Cells], list[Loss]]:
        """The rows of an event, none where it can't be told in this format, and what they do not hold."""
        if happening.form == self.name:
            return [self.cells(happening)], []
        why = self.unfit(happening)
        if why:
            return [], [Loss(happening.id, "event", happening.event_type, why)]
        parts = list(self.explode(happening))
        rows = [self.cells(one) for one in parts]
        losses = [
            loss for one, row in zip(parts, rows, strict=True) for loss in lost(one, self.read(row), one.id)
        ]
        if self.bits and rows:
            losses += [
                Loss(one.id, "id", str(row[self.id_column]), "the format numbers events")
                for one, row in zip(parts, rows, strict=True)
                if row[self.id_column] != one.id
            ]
        if len(parts) > 1:
            losses.append(
                Loss(happening.id, "rows", str(len(parts)), "the format has a row for each of these")
            )
        return rows, losses

    def unfit(self, happening: Happening) -> str:
        """Why the event can't be told in this format; empty if it can."""
        if happening.status not in self.statuses:
            return f"left out: {happening.status}, and {WHY['status']}"
        if self.dated and happening.start is None:
            return "left out: no date is told, and the format needs one"
        return self.fits(happening)


def lost(before: Happening, after: Happening, name: str) -> list[Loss]:
    """What of an event is not what is read again from its row."""
    told, read = flat(before), flat(after)
    return [
        Loss(name, one, shown(told.get(one)), reason(one, one in told, shown(read.get(one))))
        for one in sorted({*told, *read})
        if one not in SKIPPED and told.get(one) != read.get(one)
    ]


def reason(field: str, was_told: bool, becomes: str) -> str:
    """Why a field is lost."""
    if not was_told:
        return f"the format says {becomes!r} where nothing is told"
    if not becomes:
        return NO_PLACE
    return f"becomes {becomes!r}" + (f": {WHY[field]}" if field in WHY else "")


def coded(event_type: str, mode: str) -> dict[str, Any]:
    """Type, mode, score and quad class as the codebook has them; empty for what it does not know."""
    if event_type not in load_codebook().types:
        return {}
    mode = mode if mode in load_codebook().modes_of(event_type) else ""
    return {
        "event_type": event_type,
        "mode": mode,
        "score": score_of(event_type, mode or None),
        "quad": quad_of(event_type),
    }


DATE_FORMS = ("%Y-%m-%d", "%Y%m%d", "%m/%d/%Y", "%d %B %Y", "%d-%b-%Y", "%m/%d/%y")


def as_date(cell: Any) -> date | None:
    """The day of a cell: 2017-12-01, 20171201, 12/1/2017 (month first) or 1 December 2017."""
    text = str(cell or "").strip()
    for form, size in zip(DATE_FORMS, (10, 8, 99, 99, 99, 99), strict=True):
        try:
            return datetime.strptime(text[:size], form).date()
        except ValueError:
            continue
    return None


def on_day(cell: Any) -> dict[str, Any]:
    """The fields of an event on that day."""
    day = as_date(cell)
    return {"start": day, "end": day, "precision": "day"} if day else {}


def as_float(cell: Any) -> float | None:
    """The number of a cell; ``None`` for none."""
    try:
        return float(cell) if str(cell).strip() not in ("", "None", "NA", "NULL") else None
    except ValueError:
        return None


def as_int(cell: Any) -> int | None:
    """The whole number of a cell; ``None`` for none."""
    found = as_float(cell)
    return int(found) if found is not None and found == found else None


def cell(value: Any) -> str:
    """The value as it stands in a cell: one line, no tabs; nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        return str(value)
    return " ".join(str(value).split())


def whole(value: float | None) -> str:
    """A number without '.0'."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else str(value)
