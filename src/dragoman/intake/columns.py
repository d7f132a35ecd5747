"""Which columns of a table hold a report's parts: as told, or by their names and what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from dragoman.errors import InputError
from dragoman.intake.days import needs_order, order_of, read_day
from dragoman.intake.terms import Columns
from dragoman.lexicon import read_table

Values = Mapping[str, Any]
FIELDS = ("text", "title", "date", "outlet", "id", "url", "modified")
LEAST_TEXT = 40
"""Characters that a column of reports has on average at least; headlines may be coded, too."""
PROSE = 100
"""The same for a column whose name says nothing."""
SHARE = 0.5
ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
SPELL = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A name that people give a column, and the part of a report that it then holds."""

    id: str
    field: str
    name: str
    example: str
    but_not: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns that were told or found; ``order`` is that of day and month in '03/04/2021'."""

    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    id: str | None = None
    url: str | None = None
    modified: str | None = None
    order: str | None = None
    guessed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def describe(self) -> str:
        """The mapping in words, and how to change it."""
        parts = [(name, getattr(self, name)) for name in FIELDS if getattr(self, name)]
        told = ", ".join(f'{name} from "{column}"' for name, column in parts)
        order = f" ({'day' if self.order == 'dmy' else 'month'} first)" if self.order and self.date else ""
        hint = f"; guessed: change it with --{self.guessed[0]}-column" if self.guessed else ""
        rest = f"; not read: {listed(self.unread)}" if self.unread else ""
        return f"reads {told}{order}{rest}{hint}"


@lru_cache(maxsize=1)
def known_names() -> dict[str, tuple[str, ...]]:
    """The spelled names for each part of a report, likeliest first."""
    rows = read_table("column_names.tsv", ColumnRow)
    return {field: tuple(row.name for row in rows if row.field == field) for field in FIELDS}


def spell(name: str) -> str:
    """A column's name without capitals, spaces and signs: 'Publication_Date' as 'publicationdate'."""
    return SPELL.sub("", name.lower())


def map_columns(names: Sequence[str], sample: Sequence[Values], told: Columns) -> ColumnMap:
    """Which column holds what; raises ``InputError`` where none has text, or a told one is not there."""
    found: dict[str, str | None] = {
        one.name: named_column(names, getattr(told, one.name), one.name) for one in fields(told)
    }
    guessed = [name for name, column in found.items() if column is None]
    taken = {column for column in found.values() if column}
    for name in ("text", "url", "title", "date", "outlet", "id", "modified"):
        if found.get(name) is None:
            found[name] = guess(name, [one for one in names if one not in taken], sample)
            taken.add(found[name] or "")
    text = found.pop("text")
    if text is None:
        raise no_text(names)
    dates = column_values(sample, found["date"])
    read = {text, *found.values()}
    return ColumnMap(
        text,
        **found,
        order=order_of(dates),
        guessed=tuple(name for name in guessed if name == "text" or found.get(name)),
        unread=tuple(name for name in names if name not in read),
    )


def named_column(names: Sequence[str], told: str | None, what: str) -> str | None:
    """The column that the user named, exactly, but for capitals and signs, or by its number."""
    if told is None:
        return None
    for test in (told.__eq__, lambda name: spell(name) == spell(told)):
        if match := next((name for name in names if test(name)), None):
            return match
    if told.isdecimal() and 0 < int(told) <= len(names):
        return names[int(told) - 1]
    raise InputError(
        f"there is no column {told!r}; the columns are {listed(names)}", f"give another --{what}-column"
    )


def guess(field: str, names: Sequence[str], sample: Sequence[Values]) -> str | None:
    """The column that is that part by its name, and has the like in it; for the text, by that alone."""
    spelled: dict[str, str] = {}
    for name in names:
        spelled.setdefault(spell(name), name)
    for known in known_names()[field]:
        named = spelled.get(known)
        if named is not None and holds(field, column_values(sample, named)):
            return named
    if field == "text":
        sizes = {name: mean_length(column_values(sample, name)) for name in names}
        longest = max(sizes, key=lambda name: sizes[name], default=None)
        return longest if longest is not None and sizes[longest] >= PROSE else None
    return None


def holds(field: str, values: list[str]) -> bool:
    """Whether the values are such as a column of that part has."""
    if not values:
        return False
    if field == "text":
        return mean_length(values) >= LEAST_TEXT
    if field in ("date", "modified"):
        readable = sum(read_day(value) is not None or needs_order(value) for value in values)
        return readable > SHARE * len(values)
    if field == "url":
        return sum(bool(ADDRESS.match(value)) for value in values) > SHARE * len(values)
    if field == "id":
        return len(set(values)) == len(values)
    return mean_length(values) <= 500


def column_values(sample: Sequence[Values], name: str | None) -> list[str]:
    """What stands in the column in the sample, without the empty cells."""
    if name is None:
        return []
    words = (as_words(row.get(name)) for row in sample)
    return [one for one in words if one.strip()]


def as_words(value: Any) -> str:
    """A cell as text; the strings of a list are paragraphs."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool | dict):
        return ""
    if isinstance(value, list | tuple):
        return "\n\n".join(one for one in value if isinstance(one, str))
    return str(value)


def mean_length(values: Iterable[str]) -> float:
    """How many characters the values have on average; addresses count as nothing."""
    sizes = [0 if ADDRESS.match(value) and " " not in value.strip() else len(value) for value in values]
    return sum(sizes) / len(sizes) if sizes else 0.0


def no_text(names: Sequence[str]) -> InputError:
    """The error for a table in which no column looks like reports."""
    return InputError(
        f"no column has the text of reports; the columns are {listed(names)}", "name it with --text-column"
    )


def listed(names: Sequence[str]) -> str:
    """The columns' names for a message; the first dozen of many."""
    shown = ", ".join(repr(name[:60]) for name in names[:12])
    return shown + (", …" if len(names) > 12 else "") if names else "none"
