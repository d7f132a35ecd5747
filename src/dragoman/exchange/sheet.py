"""Events as a plain sheet, with everything that a sheet can hold: CSV, and Parquet with types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dragoman.exchange.formats import Cells
from dragoman.exchange.happenings import Happening, Side, Site
from dragoman.exchange.systems import cow_number, gw_number


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type in Arrow and in Frictionless, what it holds, and how it is got."""

    name: str
    type: pa.DataType
    kind: str
    told: str
    get: Callable[[Happening], Any]


TEXT, NUMBER, REAL, DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()


def listed(values: Any) -> str:
    """A list in one cell, parted by ';'."""
    parts = [str(one or "").replace(";", ",") for one in values]
    return ";".join(parts) if any(parts) else ""


def of_side(side: str, field: str) -> Callable[[Happening], str]:
    """A field of all on one side."""
    return lambda happening: listed(getattr(one, field) for one in getattr(happening, side))


def numbers(side: str, number: Callable[..., str]) -> Callable[[Happening], str]:
    """The numbers of all on one side, on the event's day."""
    return lambda happening: listed(number(one.country, happening.start) for one in sides(happening, side))


def sides(happening: Happening, side: str) -> tuple[Side, ...]:
    """Those on one side."""
    found: tuple[Side, ...] = getattr(happening, side)
    return found


def of_site(field: str) -> Callable[[Happening], Any]:
    """A field of the place."""
    return lambda happening: getattr(happening.site or Site(), field) or None


def bound(field: str, at: int) -> Callable[[Happening], int | None]:
    """A bound of a number of people."""
    return lambda happening: (getattr(happening, field) or (None, None))[at]


def party(name: str) -> list[Column]:
    """The columns of one side."""
    side, who = f"{name}s", f"who {'acts' if name == 'actor' else 'undergoes'}"
    return [
        Column(f"{side}", TEXT, "string", f"Names of {who}, parted by ';'.", of_side(side, "name")),
        Column(f"{name}_countries", TEXT, "string", f"ISO 3166 codes of {who}, in step.",
               of_side(side, "country")),
        Column(f"{name}_sectors", TEXT, "string", f"PLOVER sectors of {who}, in step.",
               of_side(side, "sector")),
        Column(f"{name}_cow", TEXT, "string", f"Correlates of War numbers of {who} on that day, in step.",
               numbers(side, cow_number)),
        Column(f"{name}_gw", TEXT, "string", f"Gleditsch-Ward numbers of {who} on that day, in step.",
               numbers(side, gw_number)),
    ]  # fmt: skip


def people(name: str) -> list[Column]:
    """The columns of a number of people."""
    return [
        Column(f"{name}_low", NUMBER, "integer", f"People {name}, at least.", bound(name, 0)),
        Column(f"{name}_high", NUMBER, "integer", f"People {name}, at most; empty if open.", bound(name, 1)),
    ]


def plain(name: str, type_: pa.DataType, kind: str, told: str) -> Column:
    """A column with the field of that name."""
    return Column(name, type_, kind, told, lambda happening: getattr(happening, name))


COLUMNS = (
    plain("id", TEXT, "string", "Id of the event; stays as evidence grows."),
    plain("start", DAY, "date", "First day on which it may have happened; empty if no date is told."),
    plain("end", DAY, "date", "Last day on which it may have happened."),
    plain("precision", TEXT, "string", "Grain of the date: day, week, month, season, year or decade."),
    plain("event_type", TEXT, "string", "PLOVER type."),
    plain("mode", TEXT, "string", "PLOVER mode."),
    Column("contexts", TEXT, "string", "PLOVER contexts, parted by ';'.", lambda one: listed(one.contexts)),
    plain("status", TEXT, "string", "asserted, negated, possible, planned, requested, denied or unknown."),
    *party("actor"),
    *party("recipient"),
    Column("place", TEXT, "string", "Where it happened.", of_site("name")),
    Column("place_country", TEXT, "string", "ISO 3166 code of where it happened.", of_site("country")),
    Column("place_admin1", TEXT, "string", "First level of administration.", of_site("admin1")),
    Column("geonames_id", NUMBER, "integer", "The place in GeoNames.", of_site("geonames_id")),
    Column("lat", REAL, "number", "Degrees north (WGS 84); of points and towns alone.", of_site("lat")),
    Column("lon", REAL, "number", "Degrees east.", of_site("lon")),
    Column("place_precision", TEXT, "string", "point, city, admin1, country or region.",
           of_site("precision")),
    *people("killed"),
    *people("injured"),
    plain("score", REAL, "number", "PLOVER score, -10 (conflict) to 10 (cooperation)."),
    plain("quad", TEXT, "string", "Quad class."),
    plain("mentions", NUMBER, "integer", "Passages that tell it."),
    plain("documents", NUMBER, "integer", "Reports that tell it."),
    plain("origins", NUMBER, "integer", "Independent origins that vouch for it."),
    plain("denials", NUMBER, "integer", "Origins that deny it; empty for none."),
    plain("confidence", REAL, "number", "How often events like this one are right, 0 to 1."),
    plain("reported", DAY, "date", "Day of the first report."),
    plain("title", TEXT, "string", "Telling words of its best mention."),
    Column("outlets", TEXT, "string", "Who printed it, parted by ';'.",
           lambda one: listed(dict.fromkeys(each.outlet for each in one.cited))),
    Column("says", TEXT, "string", "Who says so in the first report, innermost first, parted by ' < '.",
           lambda one: " < ".join([*(each[0] for each in one.report.chain), one.report.outlet])),
    Column("words", TEXT, "string", "The passage of the first report.", lambda one: one.report.words),
    Column("address", TEXT, "string", "Where the first report stands.", lambda one: one.report.address),
    Column("document_id", TEXT, "string", "The first report's document.", lambda one: one.report.document_id),
)  # fmt: skip
SCHEMA = pa.schema([(one.name, one.type) for one in COLUMNS])
FORMULA = ("=", "+", "-", "@")


def cells(happening: Happening) -> Cells:
    """The event as a row with types; nothing is ``None``."""
    return {one.name: value if (value := one.get(happening)) != "" else None for one in COLUMNS}


def texts(happening: Happening) -> list[str]:
    """The event as cells of text; no spreadsheet takes one for a formula."""
    return [written(value) for value in cells(happening).values()]


def written(value: Any) -> str:
    """The value in a cell."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else str(value)
