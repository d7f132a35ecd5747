"""ICEWS' events: 20 columns with a header, CAMEO codes, countries by English names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.exchange import cameo
from dragoman.exchange.formats import Cells, Format, as_float, as_int, cell, coded, on_day
from dragoman.exchange.happenings import Cited, Happening, Side, Site, number_of, pairs
from dragoman.exchange.systems import english, from_english

COLUMNS = tuple(
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,"
    "Target Name,Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,"
    "Country,Latitude,Longitude".split(",")
)
BITS = 31
"""Loaders take ids for whole numbers of R."""
CLOSE = ("point", "city")


def code_for(happening: Happening) -> str:
    """The code of CAMEO: that which it came with, or the nearest."""
    return happening.cameo or cameo.choose(happening.event_type, happening.mode, happening.contexts)


def is_coded(happening: Happening) -> str:
    """Why CAMEO can't tell it; empty if it can."""
    return "" if code_for(happening) else "left out: CAMEO has no code for it"


def write(happening: Happening) -> Cells:
    """The row of an event."""
    code, site, report = code_for(happening), happening.site or Site(), happening.report
    city = site.name if site.precision in CLOSE else ""
    return {
        "Event ID": number_of(happening.id, BITS),
        "Event Date": happening.start.isoformat() if happening.start else "",
        **party("Source", happening.actor),
        "Event Text": label(code),
        "CAMEO Code": code,
        "Intensity": cameo.goldstein(code),
        **party("Target", happening.recipient),
        "Story ID": number_of(report.document_id, BITS) if report.document_id else "",
        "Sentence Number": cell(report.sentence),
        "Publisher": cell(report.outlet),
        "City": cell(city),
        "District": cell(site.admin2),
        "Province": cell(site.admin1 or (site.name if site.precision == "admin1" else "")),
        "Country": english(site.country),
        "Latitude": cell(site.lat),
        "Longitude": cell(site.lon),
    }


def label(code: str) -> str:
    """CAMEO's words for a code."""
    row = cameo.events().get(code)
    return row.label if row else ""


def party(prefix: str, side: Side) -> Cells:
    """The cells of one side."""
    return {
        f"{prefix} Name": cell(side.name),
        f"{prefix} Sectors": cameo.codes_of("icews").get(side.sector, ""),
        f"{prefix} Country": english(side.country),
    }


def read(row: Mapping[str, Any]) -> Happening:
    """The event of a row."""
    code = cameo.tidy_code(row["CAMEO Code"])
    kind, mode, contexts = cameo.plover_of(code)
    report = Cited(
        document_id=row["Story ID"], outlet=row["Publisher"], sentence=as_int(row["Sentence Number"])
    )
    return Happening(
        id=row["Event ID"],
        contexts=contexts,
        cameo=code,
        actors=sides(row, "Source"),
        recipients=sides(row, "Target"),
        site=place(row),
        cited=(report,) if report != Cited() else (),
        **coded(kind, mode),
        **on_day(row["Event Date"]),
    )


def sides(row: Mapping[str, Any], prefix: str) -> tuple[Side, ...]:
    """One side of a row."""
    names = [one.strip() for one in row[f"{prefix} Sectors"].split(",")]
    known = cameo.sectors_by("icews")
    sector = next((known[one] for one in names if one in known), "")
    found = Side(row[f"{prefix} Name"], from_english(row[f"{prefix} Country"]), sector)
    return (found,) if found else ()


def place(row: Mapping[str, Any]) -> Site | None:
    """Where the event of a row happened."""
    city, province, country = row["City"], row["Province"], from_english(row["Country"])
    if not (city or province or country):
        return None
    precision = "city" if city else "admin1" if province else "country"
    name = city or province or english(country)
    return Site(
        name,
        country,
        province if city else "",
        row["District"],
        as_float(row["Latitude"]),
        as_float(row["Longitude"]),
        precision=precision,
    )


ICEWS = Format(
    "icews",
    COLUMNS,
    write,
    read,
    explode=pairs,
    fits=is_coded,
    bits=BITS,
    id_column="Event ID",
)
