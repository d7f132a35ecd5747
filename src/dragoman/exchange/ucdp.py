"""UCDP's georeferenced events: 49 columns of CSV, deaths as best, high and low, Gleditsch-Ward numbers.

What is written is like it, and is not UCDP's: its conflicts and dyads have numbers of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dragoman.exchange.formats import Cells, Format, as_date, as_float, as_int, cell, coded
from dragoman.exchange.happenings import Cited, Happening, Side, Site, number_of, pairs
from dragoman.exchange.systems import english, from_english, from_gw, gw_number

COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id "
    "side_b number_of_sources source_article source_office source_date source_headline source_original "
    "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b "
    "deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)
BITS = 31
ARMS = ("GOV", "MIL", "COP", "SPY", "PRM", "")
CIVIL = ("CVL", "JRN", "REF", "EDU", "MED", "REL", "SOC", "AGR", "LAB", "BUS", "OPP", "ELI", "LEG", "PTY")
GOVERNMENT = "Government of "
WHERE = {"point": "1", "city": "1", "admin1": "4", "region": "5", "country": "6"}
PLACES = {"1": "city", "2": "city", "3": "admin1", "4": "admin1", "5": "region", "6": "country"}
GRAIN = {"day": "1", "week": "3", "month": "4", "season": "5", "year": "5", "decade": "5"}
GRAINS = {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}


def fits(happening: Happening) -> str:
    """Why it is none of UCDP's events; empty if it is."""
    if happening.event_type != "ASSAULT":
        return "left out: UCDP has events of deadly violence alone"
    if not happening.killed or not (happening.killed[0] or happening.killed[1]):
        return "left out: no death is told, and UCDP has events with deaths alone"
    return ""


def is_state(side: Side) -> bool:
    """Whether it is the armed arm of a state."""
    return bool(side.country) and side.sector in ARMS


def violence(happening: Happening) -> str:
    """1 where a state fights, 2 where none does, 3 where civilians are attacked."""
    if happening.recipient.sector in CIVIL:
        return "3"
    return "1" if is_state(happening.actor) or is_state(happening.recipient) else "2"


def title(side: Side) -> str:
    """A party as UCDP names it."""
    if is_state(side):
        return GOVERNMENT + english(side.country)
    return "Civilians" if side.sector in CIVIL else side.name or english(side.country)


def write(happening: Happening) -> Cells:
    """The row of an event."""
    one, other, day = happening.actor, happening.recipient, happening.start
    site, report = happening.site or Site(), happening.report
    first, second = title(one), title(other)
    outlets = list(dict.fromkeys(cited.outlet for cited in happening.cited if cited.outlet))
    made = {
        "id": number_of(happening.id, BITS),
        "relid": happening.id,
        "year": cell(day and day.year),
        "type_of_violence": violence(happening),
        "conflict_name": f"{first} - {second}",
        "dyad_name": f"{first} - {second}",
        "side_a": first,
        "side_b": second,
        "number_of_sources": cell(happening.documents),
        "source_article": "; ".join(source(cited) for cited in happening.cited),
        "source_office": ";".join(outlets),
        "source_date": cell(report.published),
        "source_headline": cell(report.headline),
        "source_original": chain(report),
        **where(site),
        "country": english(site.country),
        "country_id": gw_number(site.country, day),
        "event_clarity": "1",
        "date_prec": GRAIN.get(happening.precision, ""),
        "date_start": cell(day),
        "date_end": cell(happening.end),
        **deaths(happening),
        "gwnoa": gw_number(one.country, day) if is_state(one) else "",
        "gwnob": gw_number(other.country, day) if is_state(other) else "",
    }
    return {name: made.get(name, "") for name in COLUMNS}


def source(cited: Cited) -> str:
    """A report as UCDP cites it: '"Reuters,2020-10-17,Rockets hit Ganja"'."""
    return f'"{",".join(cell(one) for one in (cited.outlet, cited.published, cited.headline))}"'


def chain(cited: Cited) -> str:
    """Whom a report cites."""
    return cited.chain[0][0] if cited.chain else ""


def where(site: Site) -> Cells:
    """The cells of a place."""
    is_placed = site.lat is not None and site.lon is not None
    return {
        "where_prec": WHERE.get(site.precision, ""),
        "where_coordinates": cell(site.name),
        "where_description": cell(site.name),
        "adm_1": cell(site.admin1),
        "adm_2": cell(site.admin2),
        "latitude": cell(site.lat),
        "longitude": cell(site.lon),
        "geom_wkt": f"POINT ({site.lon} {site.lat})" if is_placed else "",
        "priogrid_gid": grid(site.lat, site.lon),
    }


def grid(lat: float | None, lon: float | None) -> str:
    """The cell of PRIO's grid of half degrees, which counts from the south-west, 720 to a row."""
    if lat is None or lon is None:
        return ""
    return str(min(int((lat + 90) * 2), 359) * 720 + min(int((lon + 180) * 2), 719) + 1)


def deaths(happening: Happening) -> Cells:
    """The numbers of the dead; where a range is told, the lower bound is the best estimate."""
    low, high = happening.killed or (0, 0)
    civil = happening.recipient.sector in CIVIL
    return {
        "deaths_a": "0",
        "deaths_b": "0",
        "deaths_civilians": str(low) if civil else "0",
        "deaths_unknown": "0" if civil else str(low),
        "best": str(low),
        "high": str(low if high is None else high),
        "low": str(low),
    }


def read(row: Mapping[str, Any]) -> Happening:
    """The event of a row; ``best`` stays beside low and high."""
    day, until = as_date(row["date_start"]), as_date(row["date_end"])
    low, high = as_int(row["low"]), as_int(row["high"])
    if low is None:
        low = as_int(row["best"])
    is_civil = row["type_of_violence"] == "3" or row["side_b"] == "Civilians"
    return Happening(
        id=row["relid"] or row["id"],
        actors=sides(row, "a", False),
        recipients=sides(row, "b", is_civil),
        start=day,
        end=until or day,
        precision=GRAINS.get(row["date_prec"], ""),
        site=place(row),
        killed=None if low is None else (low, low if high is None else high),
        documents=as_int(row["number_of_sources"]),
        cited=reports(row),
        **coded("ASSAULT", ""),
    )


def sides(row: Mapping[str, Any], letter: str, is_civil: bool) -> tuple[Side, ...]:
    """One side of a row."""
    name, country = row[f"side_{letter}"], from_gw(row[f"gwno{letter}"])
    if name.startswith(GOVERNMENT):
        state = name.removeprefix(GOVERNMENT).partition(" (")[0]
        country = country or from_english(state)
        return (Side(english(country) or state, country, "GOV"),)
    sector = "CVL" if is_civil else "REB"
    return (Side(name, country, sector),) if name else ()


def place(row: Mapping[str, Any]) -> Site | None:
    """Where the event of a row happened."""
    country = from_gw(row["country_id"]) or from_english(row["country"])
    name = row["where_coordinates"]
    if not (country or name):
        return None
    lat, lon = as_float(row["latitude"]), as_float(row["longitude"])
    precision = PLACES.get(row["where_prec"], "")
    return Site(name or row["adm_1"], country, row["adm_1"], row["adm_2"], lat, lon, precision=precision)


def reports(row: Mapping[str, Any]) -> tuple[Cited, ...]:
    """The reports of a row, as far as they are told apart."""
    outlets = [one for one in row["source_office"].split(";") if one]
    published: date | None = as_date(row["source_date"])
    if not outlets and not row["source_headline"]:
        return ()
    first = Cited(outlet=outlets[0] if outlets else "", published=published, headline=row["source_headline"])
    return (first, *(Cited(outlet=one) for one in outlets[1:]))


UCDP = Format(
    "ucdp-like", COLUMNS, write, read, kind="csv", explode=pairs, fits=fits, bits=BITS, id_column="id"
)
