"""Phoenix' events: 26 tab-separated columns without a header, CAMEO codes, lists parted by ';'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.exchange import cameo
from dragoman.exchange.formats import Cells, Format, as_float, cell, coded, on_day
from dragoman.exchange.happenings import Cited, Happening, Side, Site, pairs
from dragoman.exchange.icews import code_for, is_coded
from dragoman.exchange.systems import from_cameo, to_cameo

COLUMNS = tuple(
    "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute "
    "TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode "
    "PentaClass GoldsteinScore Issues Lat Lon LocationName StateName CountryCode SentenceID URLs "
    "NewsSources".split()
)


def write(happening: Happening) -> Cells:
    """The row of an event."""
    code, site, day = code_for(happening), happening.site or Site(), happening.start
    return {
        "EventID": happening.id,
        "Date": f"{day:%Y%m%d}" if day else "",
        "Year": cell(day and day.year),
        "Month": cell(day and day.month),
        "Day": cell(day and day.day),
        **party("Source", happening.actor),
        **party("Target", happening.recipient),
        "EventCode": code,
        "EventRootCode": cameo.root_of(code),
        "PentaClass": cameo.penta(code),
        "GoldsteinScore": cameo.goldstein(code),
        "Issues": "",
        "Lat": cell(site.lat),
        "Lon": cell(site.lon),
        "LocationName": cell(site.name),
        "StateName": cell(site.admin1),
        "CountryCode": site.country,
        "SentenceID": ";".join(sentence_id(one) for one in happening.cited),
        "URLs": ";".join(cell(one.address).replace(";", "%3B") for one in happening.cited),
        "NewsSources": ";".join(cell(one.outlet).replace(";", ",") for one in happening.cited),
    }


def sentence_id(one: Cited) -> str:
    """Which sentence of which report."""
    return f"{one.document_id}_{one.sentence}" if one.document_id and one.sentence else one.document_id


def party(prefix: str, side: Side) -> Cells:
    """The cells of one side."""
    full = cameo.actor_code(side)
    plain = to_cameo(side.country)
    entity, rest = (plain, full[len(plain) :]) if full.startswith(plain) else (full[:3], full[3:])
    return {
        f"{prefix}ActorFull": full,
        f"{prefix}ActorEntity": entity,
        f"{prefix}ActorRole": rest[:3],
        f"{prefix}ActorAttribute": ";".join(rest[at : at + 3] for at in range(3, len(rest), 3)),
    }


def read(row: Mapping[str, Any]) -> Happening:
    """The event of a row."""
    code = cameo.tidy_code(row["EventCode"])
    kind, mode, contexts = cameo.plover_of(code)
    return Happening(
        id=row["EventID"],
        contexts=contexts,
        cameo=code,
        actors=tuple(one for one in [cameo.read_actor(row["SourceActorFull"])] if one),
        recipients=tuple(one for one in [cameo.read_actor(row["TargetActorFull"])] if one),
        site=place(row),
        cited=reports(row),
        **coded(kind, mode),
        **on_day(row["Date"]),
    )


def reports(row: Mapping[str, Any]) -> tuple[Cited, ...]:
    """The reports of a row."""
    lists = [str(row[name]).split(";") for name in ("SentenceID", "URLs", "NewsSources")]
    found = []
    for at in range(max(map(len, lists))):
        told, address, outlet = (ones[at] if at < len(ones) else "" for ones in lists)
        document, _, number = told.rpartition("_")
        is_known = bool(document) and number.isdigit()
        found.append(
            Cited(
                document_id=document if is_known else told,
                sentence=int(number) if is_known else None,
                address=address.replace("%3B", ";"),
                outlet=outlet,
            )
        )
    return tuple(found) if any(one != Cited() for one in found) else ()


def place(row: Mapping[str, Any]) -> Site | None:
    """Where the event of a row happened."""
    name, province, country = row["LocationName"], row["StateName"], from_cameo(row["CountryCode"])
    if not (name or province or country):
        return None
    lat, lon = as_float(row["Lat"]), as_float(row["Lon"])
    precision = "city" if lat is not None else "admin1" if province else "country"
    return Site(name, country, province, lat=lat, lon=lon, precision=precision)


PHOENIX = Format(
    "phoenix", COLUMNS, write, read, header=False, explode=pairs, fits=is_coded, id_column="EventID"
)
