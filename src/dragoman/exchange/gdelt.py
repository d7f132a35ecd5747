"""GDELT's events (61 columns in version 2, 57 or 58 in version 1) and mentions (16), tabs, no header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from dragoman.exchange import cameo
from dragoman.exchange.formats import Cells, Format, as_date, as_float, as_int, cell, coded, on_day
from dragoman.exchange.happenings import Cited, Happening, Side, Site, number_of, pairs
from dragoman.exchange.icews import code_for, is_coded
from dragoman.exchange.systems import english, fips_code, from_cameo, from_english, from_fips, to_cameo

BITS = 62
ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code "
    "Type1Code Type2Code Type3Code"
).split()
GEO = "Type Fullname CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
GEOS = ("Actor1Geo", "Actor2Geo", "ActionGeo")
HEAD = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split()
MIDDLE = (
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources "
    "NumArticles AvgTone"
).split()


def columns(geo: list[str], tail: list[str]) -> tuple[str, ...]:
    """The columns of a version: it differs in what it tells of places, and in the last ones."""
    actors = [f"Actor{number}{one}" for number in (1, 2) for one in ACTOR]
    places = [f"{name}_{one}" for name in GEOS for one in geo]
    return (*HEAD, *actors, *MIDDLE, *places, *tail)


COLUMNS = columns(GEO, ["DATEADDED", "SOURCEURL"])
OLD_COLUMNS = columns([one for one in GEO if one != "ADM2Code"], ["DATEADDED", "SOURCEURL"])
MENTION_COLUMNS = tuple(
    "GlobalEventID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras".split()
)
AMERICAN = {"country": "1", "admin1": "2", "city": "3", "point": "3"}
OTHER = {"country": "1", "city": "4", "point": "4", "admin1": "5"}
PRECISIONS = {"1": "country", "2": "admin1", "3": "city", "4": "city", "5": "admin1"}


def write(happening: Happening) -> Cells:
    """The row of an event; what Dragoman has no figure for (tone, places of the parties) stays empty."""
    code, day = code_for(happening), happening.start
    return {
        "GLOBALEVENTID": number_of(happening.id, BITS),
        **day_cells(day),
        **party(1, happening.actor),
        **party(2, happening.recipient),
        "IsRootEvent": "1",
        "EventCode": code,
        "EventBaseCode": cameo.base_of(code),
        "EventRootCode": cameo.root_of(code),
        "QuadClass": cameo.quad_number(code),
        "GoldsteinScale": cameo.goldstein(code),
        "NumMentions": cell(happening.mentions),
        "NumSources": cell(happening.origins),
        "NumArticles": cell(happening.documents),
        "AvgTone": "",
        **geo("Actor1Geo", None),
        **geo("Actor2Geo", None),
        **geo("ActionGeo", happening.site),
        "DATEADDED": stamp(happening.reported),
        "SOURCEURL": cell(happening.report.address),
    }


def write_old(happening: Happening) -> Cells:
    """The same as version 1 has it."""
    made = write(happening)
    made["DATEADDED"] = made["DATEADDED"][:8]
    return {name: made[name] for name in OLD_COLUMNS}


def day_cells(day: date | None) -> Cells:
    """The day in the four forms that GDELT gives it."""
    if day is None:
        return dict.fromkeys(HEAD[1:], "")
    # GDELT's fraction of a year counts months of 30 days in a year of 365.
    fraction = min(((day.month - 1) * 30 + day.day) / 365, 0.9999)
    return {
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Year": f"{day:%Y}",
        "FractionDate": f"{day.year + fraction:.4f}",
    }


def stamp(day: date | None) -> str:
    """Midnight of a day, UTC."""
    return f"{day:%Y%m%d}000000" if day else ""


def party(number: int, side: Side) -> Cells:
    """The cells of one side."""
    code = cameo.actor_code(side)
    roles = [code[at : at + 3] for at in range(3, len(code), 3)] if side.country else [code[:3]]
    states = to_cameo(side.country) if len(to_cameo(side.country)) == 3 else ""
    made = {
        "Code": code,
        "Name": cell(side.name).upper(),
        "CountryCode": states,
        "Type1Code": roles[0] if roles else "",
        "Type2Code": roles[1] if len(roles) > 1 else "",
        "Type3Code": roles[2] if len(roles) > 2 else "",
    }
    return {f"Actor{number}{one}": made.get(one, "") for one in ACTOR}


def geo(prefix: str, site: Site | None) -> Cells:
    """The cells of a place, whose country is in FIPS 10-4."""
    types = AMERICAN if site and site.country == "USA" else OTHER
    kind = types.get(site.precision, "0") if site else "0"
    if site is None or kind == "0":
        return {f"{prefix}_{one}": "0" if one == "Type" else "" for one in GEO}
    fips = fips_code(site.country)
    names = [site.name, *([site.admin1] if kind in "34" and site.admin1 else []), english(site.country)]
    made = {
        "Type": kind,
        "Fullname": ", ".join(cell(one) for one in (names if kind != "1" else names[-1:])),
        "CountryCode": fips,
        "ADM1Code": fips if kind == "1" else "",
        "Lat": cell(site.lat),
        "Long": cell(site.lon),
    }
    return {f"{prefix}_{one}": made.get(one, "") for one in GEO}


def read(row: Mapping[str, Any]) -> Happening:
    """The event of a row."""
    code = cameo.tidy_code(row["EventCode"])
    kind, mode, contexts = cameo.plover_of(code)
    address, reported = row.get("SOURCEURL", ""), as_date(row["DATEADDED"][:8])
    return Happening(
        id=row["GLOBALEVENTID"],
        contexts=contexts,
        cameo=code,
        actors=sides(row, 1),
        recipients=sides(row, 2),
        site=place(row),
        mentions=as_int(row["NumMentions"]),
        documents=as_int(row["NumArticles"]),
        origins=as_int(row["NumSources"]),
        reported=reported,
        cited=(Cited(address=address),) if address else (),
        **coded(kind, mode),
        **on_day(row["SQLDATE"]),
    )


def sides(row: Mapping[str, Any], number: int) -> tuple[Side, ...]:
    """One side of a row; ``Actor1CountryCode`` is CAMEO's, not FIPS."""
    name, code = row[f"Actor{number}Name"], row[f"Actor{number}Code"]
    known = from_english(name)
    name = english(known) if known and english(known).upper() == name else name
    found = cameo.read_actor(code, name)
    country = found.country or from_cameo(row[f"Actor{number}CountryCode"])
    found = replace(found, country=country) if country else found
    return (found,) if found else ()


def place(row: Mapping[str, Any]) -> Site | None:
    """Where the event of a row happened, told by ``ActionGeo``: UP there is Ukraine."""
    precision = PRECISIONS.get(row["ActionGeo_Type"], "")
    if not precision:
        return None
    names = [one.strip() for one in row["ActionGeo_Fullname"].split(",")]
    country = from_fips(row["ActionGeo_CountryCode"]) or from_english(names[-1])
    admin1 = names[-2] if precision == "city" and len(names) > 2 else ""
    lat, lon = as_float(row["ActionGeo_Lat"]), as_float(row["ActionGeo_Long"])
    return Site(names[0], country, admin1, lat=lat, lon=lon, precision=precision)


def mentions(happening: Happening) -> Iterator[Happening]:
    """An event for each pair of parties and report."""
    for one in pairs(happening):
        for cited in happening.cited:
            yield replace(one, cited=(cited,))


def write_mention(happening: Happening) -> Cells:
    """The row of a report that tells an event."""
    one = happening.report
    is_web = "://" in one.address
    confidence = "" if one.confidence is None else str(round(one.confidence * 100))
    return {
        "GlobalEventID": number_of(happening.id, BITS),
        "EventTimeDate": stamp(happening.reported),
        "MentionTimeDate": stamp(one.published),
        "MentionType": "1" if is_web else "2",
        "MentionSourceName": cell(one.outlet or (urlsplit(one.address).hostname if is_web else "")),
        "MentionIdentifier": cell(one.address or one.document_id),
        "SentenceID": cell(one.sentence),
        "Actor1CharOffset": "-1",
        "Actor2CharOffset": "-1",
        "ActionCharOffset": cell(one.start) or "-1",
        "InRawText": "1",
        "Confidence": confidence,
        "MentionDocLen": "",
        "MentionDocTone": "",
        "MentionDocTranslationInfo": "",
        "Extras": "",
    }


def read_mention(row: Mapping[str, Any]) -> Happening:
    """What a row tells of an event: that a report has it."""
    address, confidence = row["MentionIdentifier"], as_int(row["Confidence"])
    offset = as_int(row["ActionCharOffset"])
    is_web = "://" in address
    report = Cited(
        document_id="" if is_web else address,
        outlet=row["MentionSourceName"],
        published=as_date(row["MentionTimeDate"][:8]),
        address=address if is_web else "",
        sentence=as_int(row["SentenceID"]),
        start=None if offset in (None, -1) else offset,
        confidence=None if confidence is None else confidence / 100,
    )
    return Happening(
        id=row["GlobalEventID"],
        status="",
        reported=as_date(row["EventTimeDate"][:8]),
        cited=(report,),
    )


def repair_old(cells: list[str]) -> list[str]:
    """A row of version 1 with 58 cells; the oldest files have 57, without the address.

    Version 1 has a feature's number, and no second level of administration; where a row has the latter's
    code in the place of a latitude, it is no row of version 1.
    """
    return cells if len(cells) == 58 else [*cells, ""]


GDELT = Format(
    "gdelt", COLUMNS, write, read, header=False, explode=pairs, fits=is_coded, bits=BITS,
    id_column="GLOBALEVENTID",
)  # fmt: skip
GDELT1 = Format(
    "gdelt1", OLD_COLUMNS, write_old, read, header=False, explode=pairs, fits=is_coded, bits=BITS,
    id_column="GLOBALEVENTID",
)  # fmt: skip
MENTIONS = Format(
    "gdelt-mentions", MENTION_COLUMNS, write_mention, read_mention, header=False, explode=mentions,
    fits=is_coded, bits=BITS, id_column="GlobalEventID",
)  # fmt: skip
