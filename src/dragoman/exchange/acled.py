"""ACLED's export of 31 columns, as it is since March 2023; the order of its actors carries no direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from dragoman.exchange.formats import Cells, Format, as_float, as_int, cell, coded, on_day
from dragoman.exchange.happenings import Cited, Happening, Side, Site
from dragoman.exchange.systems import english, from_english
from dragoman.exchange.ucdp import CIVIL
from dragoman.lexicon import read_table

COLUMNS = tuple(
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country "
    "admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities "
    "tags timestamp".split()
)
INTER = {"GOV": "1", "MIL": "1", "COP": "1", "SPY": "1", "JUD": "1", "LEG": "1", "REB": "2", "PRM": "3",
         "PTY": "3", "UAF": "3", "CRM": "3"}  # fmt: skip
INTER_WORDS = {
    "State forces": "1",
    "Rebel group": "2",
    "Rebel groups": "2",
    "Political militia": "3",
    "Political militias": "3",
    "Identity militia": "4",
    "Identity militias": "4",
    "Rioters": "5",
    "Protesters": "6",
    "Civilians": "7",
    "External/Other forces": "8",
    "Other forces": "8",
}
SECTORS = {"1": "MIL", "2": "REB", "3": "UAF", "4": "UAF", "5": "CVL", "6": "CVL", "7": "CVL"}
GRAIN = {"day": "1", "week": "2", "month": "3", "season": "3", "year": "3", "decade": "3"}
GRAINS = {"1": "day", "2": "week", "3": "month"}
NEAR = {"point": "1", "city": "1", "admin1": "3", "region": "3", "country": "3"}


@dataclass(frozen=True, slots=True)
class TypeRow:
    """What a type and mode of PLOVER is in ACLED; ``civilians`` says whom it must hit: yes, no or any."""

    event: str
    mode: str
    civilians: str
    event_type: str
    sub_event_type: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """The number of a country in ISO 3166."""

    iso3: str
    number: str


@cache
def types() -> tuple[TypeRow, ...]:
    """The rows of the table."""
    return tuple(read_table("acled_types.tsv", TypeRow))


@cache
def numbers() -> dict[str, str]:
    """Numbers of ISO 3166 by code, without zeros at their head, as ACLED has them."""
    return {row.iso3: str(int(row.number)) for row in read_table("iso_numbers.tsv", NumberRow)}


def row_for(happening: Happening) -> TypeRow | None:
    """What the event is in ACLED; ``None`` for what it does not collect."""
    hit = "yes" if any(one.sector in CIVIL for one in happening.recipients) else "no"
    for mode in (happening.mode, ""):
        for row in types():
            if (row.event, row.mode) == (happening.event_type, mode) and row.civilians in (hit, "any"):
                return row
    return None


def fits(happening: Happening) -> str:
    """Why it is none of ACLED's events; empty if it is."""
    return "" if row_for(happening) else "left out: ACLED does not collect events of this kind"


def disorder(row: TypeRow) -> str:
    """The class above the types."""
    if row.event_type in ("Protests", "Riots"):
        return "Political violence" if row.sub_event_type == "Mob violence" else "Demonstrations"
    return row.event_type if row.event_type == "Strategic developments" else "Political violence"


def group(side: Side, event_type: str) -> str:
    """The number of ACLED's kinds of actors."""
    if event_type in ("Protests", "Riots") and side.sector in (*CIVIL, ""):
        return "6" if event_type == "Protests" else "5"
    if side.sector in CIVIL:
        return "7"
    return INTER.get(side.sector, "1" if side.country else "8")


def write(happening: Happening) -> Cells:
    """The row of an event."""
    row, day = row_for(happening), happening.start
    site, sides = happening.site or Site(), (happening.actors, happening.recipients)
    kind = row.event_type if row else ""
    first, second = (group(ones[0], kind) if ones else "" for ones in sides)
    made = {
        "event_id_cnty": happening.id,
        "event_date": cell(day),
        "year": cell(day and day.year),
        "time_precision": GRAIN.get(happening.precision, ""),
        "disorder_type": disorder(row) if row else "",
        "event_type": kind,
        "sub_event_type": row.sub_event_type if row else "",
        **named("1", happening.actors, first),
        **named("2", happening.recipients, second),
        "interaction": "".join(sorted(first + (second or "0"), key=lambda one: (one == "0", one))),
        "civilian_targeting": "Civilian targeting" if second == "7" else "",
        "iso": numbers().get(site.country, ""),
        "country": english(site.country),
        "admin1": cell(site.admin1),
        "admin2": cell(site.admin2),
        "location": cell(site.name),
        "latitude": cell(site.lat),
        "longitude": cell(site.lon),
        "geo_precision": NEAR.get(site.precision, ""),
        "source": "; ".join(cell(one.outlet).replace(";", ",") for one in happening.cited),
        "notes": cell(happening.report.words or happening.title),
        "fatalities": str(happening.killed[0]) if happening.killed else "0",
        "timestamp": seconds(happening.reported),
    }
    return {name: made.get(name, "") for name in COLUMNS}


def named(number: str, sides: tuple[Side, ...], inter: str) -> Cells:
    """The cells of one side; all but the first are associated actors."""
    names = [cell(one.name or english(one.country)) for one in sides]
    return {
        f"actor{number}": names[0] if names else "",
        f"assoc_actor_{number}": "; ".join(names[1:]),
        f"inter{number}": inter or ("0" if number == "2" else ""),
    }


def seconds(day: date | None) -> str:
    """Midnight of the day in seconds since 1970."""
    return str(int(datetime.combine(day, time(), UTC).timestamp())) if day else ""


def read(row: Mapping[str, Any]) -> Happening:
    """The event of a row."""
    kind = next(
        (
            one
            for one in types()
            if (one.event_type, one.sub_event_type) == (row["event_type"], row["sub_event_type"])
        ),
        None,
    )
    deaths, stamp = as_int(row["fatalities"]), as_int(row["timestamp"])
    when = on_day(row["event_date"])
    if when:
        when["precision"] = GRAINS.get(row["time_precision"], "day")
    reports = tuple(Cited(outlet=one) for one in row["source"].split("; ") if one)
    return Happening(
        id=row["event_id_cnty"],
        actors=sides(row, "1"),
        recipients=sides(row, "2"),
        site=place(row),
        killed=(deaths, deaths) if deaths else None,
        title=row["notes"],
        reported=datetime.fromtimestamp(stamp, UTC).date() if stamp else None,
        cited=reports,
        **(coded(kind.event, kind.mode) if kind else {}),
        **when,
    )


def sides(row: Mapping[str, Any], number: str) -> tuple[Side, ...]:
    """One side of a row: 'Military Forces of Armenia (2018-)' is Armenia's."""
    first = row[f"actor{number}"]
    inter = row[f"inter{number}"]
    sector = SECTORS.get(INTER_WORDS.get(inter, inter), "")
    others = [one for one in row[f"assoc_actor_{number}"].split("; ") if one]
    if not first:
        return ()
    return (Side(first, country_in(first), sector), *(Side(one, country_in(one)) for one in others))


def country_in(name: str) -> str:
    """The country whose name ends the actor's, or is it, or stands in brackets; empty if none does."""
    plain = name.partition(" (")[0]
    inside = name.partition(" (")[2].rstrip(")")
    for part in (plain, plain.rpartition(" of ")[2], inside):
        found = from_english(part)
        if found:
            return found
    return ""


def place(row: Mapping[str, Any]) -> Site | None:
    """Where the event of a row happened."""
    country = from_english(row["country"])
    if not (country or row["location"]):
        return None
    lat, lon = as_float(row["latitude"]), as_float(row["longitude"])
    is_near = row["geo_precision"] in ("1", "2")
    precision = "city" if is_near else "admin1" if row["admin1"] else "country"
    return Site(row["location"], country, row["admin1"], row["admin2"], lat, lon, precision=precision)


ACLED = Format("acled-like", COLUMNS, write, read, kind="csv", fits=fits, id_column="event_id_cnty")
