"""POLECAT's events: 40 columns with a header; PLOVER codes, lists parted by '; ', 'None' for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from dragoman.exchange.formats import Cells, Format, as_date, as_float, as_int, cell, coded, on_day, whole
from dragoman.exchange.happenings import Cited, Happening, Side, Site
from dragoman.exchange.systems import cow_number, english, from_english

COLUMNS = tuple(
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,"
    "Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,"
    "Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,"
    "Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,"
    "Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,"
    "Story Organizations,Story Locations,Language,Version".split(",")
)
NONE = "None"
OLD_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
             "YIELD": "CONCEDE"}  # fmt: skip
"""Types of PLOVER's older versions, under which older files stand."""
FEATURES = {"point": "S", "city": "P", "admin1": "A", "country": "PCLI", "region": "L"}
PRECISIONS = {"S": "point", "P": "city", "A": "admin1", "PCLI": "country", "L": "region"}


def write(happening: Happening) -> Cells:
    """The row of an event."""
    site, report = happening.site or Site(), happening.report
    published = report.published or happening.reported
    near = site.precision in ("city", "point")
    made = {
        "Event ID": happening.id,
        "Event Date": happening.start.isoformat() if happening.start else "",
        "Event Type": happening.event_type,
        "Event Mode": happening.mode,
        "Intensity": whole(happening.score),
        "Quad Code": happening.quad.replace("_", " ").upper(),
        "Contexts": joined(happening.contexts),
        **parties("Actor", happening.actors, happening),
        **parties("Recipient", happening.recipients, happening),
        "Placename": site.name,
        "City": site.name if near else "",
        "District": site.admin2,
        "Province": site.admin1,
        "Country": site.country,
        "Latitude": cell(site.lat),
        "Longitude": cell(site.lon),
        "GeoNames ID": cell(site.geonames_id),
        "Raw Placename": site.name,
        "Feature Type": FEATURES.get(site.precision, ""),
        "Source": report.outlet,
        "Publication Date": published.isoformat() if published else "",
        "Language": "English" if happening.id else "",
        "Version": "",
    }
    return {name: cell(made.get(name)) or NONE for name in COLUMNS}


def parties(prefix: str, sides: tuple[Side, ...], happening: Happening) -> Cells:
    """The cells of one side; the lists run in step."""
    return {
        f"{prefix} Name": joined(one.name for one in sides),
        f"{prefix} Country": joined(one.country for one in sides),
        f"{prefix} COW": joined(cow_number(one.country, happening.start) for one in sides),
        f"Primary {prefix} Sector": sides[0].sector if sides else "",
        f"{prefix} Sectors": joined(one.sector for one in sides),
        f"{prefix} Title": joined(one.role for one in sides),
        f"{prefix} Name Raw": joined(one.text for one in sides),
    }


def joined(values: Iterable[str]) -> str:
    """A list in one cell; empty where nothing is in it."""
    parts = [" ".join(one.replace(";", ",").split()) for one in values]
    return "; ".join(one or NONE for one in parts) if any(parts) else ""


def listed(text: Any) -> list[str]:
    """The parts of such a cell."""
    parts = [one.strip() for one in str(text).split(";")]
    return ["" if one == NONE else one for one in parts] if text not in ("", NONE) else []


def single(row: Mapping[str, Any], name: str) -> str:
    """A cell without the word for nothing."""
    value = str(row.get(name) or "")
    return "" if value == NONE else value


def read(row: Mapping[str, Any]) -> Happening:
    """The event of a row."""
    kind = single(row, "Event Type").upper()
    kind, mode = OLD_TYPES.get(kind, kind), single(row, "Event Mode").lower()
    published = as_date(single(row, "Publication Date"))
    report = Cited(outlet=single(row, "Source"), published=published)
    return Happening(
        id=single(row, "Event ID"),
        contexts=tuple(one for one in listed(row.get("Contexts", "")) if one),
        actors=sides(row, "Actor"),
        recipients=sides(row, "Recipient"),
        site=place(row),
        reported=published,
        cited=(report,) if report != Cited() else (),
        **coded(kind, mode),
        **on_day(single(row, "Event Date")),
    )


def sides(row: Mapping[str, Any], prefix: str) -> tuple[Side, ...]:
    """One side of a row."""
    names = ("Name", "Country", "Sectors", "Title", "Name Raw")
    lists = [listed(row.get(f"{prefix} {one}", "")) for one in names]
    if not lists[2]:
        lists[2] = listed(row.get(f"Primary {prefix} Sector", ""))
    found = [
        Side(name, from_english(country), sector, role, text)
        for name, country, sector, role, text in zip_longest(*lists, fillvalue="")
    ]
    return tuple(one for one in found if one)


def place(row: Mapping[str, Any]) -> Site | None:
    """Where the event of a row happened."""
    name, city = single(row, "Placename"), single(row, "City")
    province, country = single(row, "Province"), from_english(single(row, "Country"))
    if not (name or city or province or country):
        return None
    told = PRECISIONS.get(single(row, "Feature Type"), "")
    precision = told or ("city" if city else "admin1" if province else "country")
    return Site(
        name or city or province or english(country),
        country,
        province,
        single(row, "District"),
        as_float(single(row, "Latitude")),
        as_float(single(row, "Longitude")),
        as_int(single(row, "GeoNames ID")),
        precision,
    )


POLECAT = Format("polecat", COLUMNS, write, read, id_column="Event ID")
