"""PLOVER's JSON, one event a line, with the fields of its manual (section Data fields).

What the manual has no field for (status, how exact the date is, ranges of the dead) stands in ``comment``
as 'status=planned; precision=month'.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.exchange.formats import Cells, Format, as_date, coded
from dragoman.exchange.happenings import Cited, Happening, Side, Site
from dragoman.records import Status

COLUMNS = tuple(
    "id has_event date time enddate endtime actor recipient event event_loc event_text quad_code event_scale "
    "mode context link text text_info size cite_info coder coded_date coded_time comment".split()
)
CODER = "dragoman"


def write(happening: Happening) -> Cells:
    """The object of an event; fields that are not told are left out."""
    report = happening.report
    made: Cells = {
        "id": happening.id,
        "has_event": True,
        "date": happening.start.isoformat() if happening.start else None,
        "enddate": happening.end.isoformat() if happening.end else None,
        "actor": [party(one) for one in happening.actors],
        "recipient": [party(one) for one in happening.recipients],
        "event": happening.event_type,
        "event_loc": site(happening.site) if happening.site else None,
        "event_text": happening.title,
        "quad_code": happening.quad,
        "event_scale": happening.score,
        "mode": happening.mode,
        "context": list(happening.contexts),
        "text": report.words,
        "text_info": told(sequence=report.sentence, start=report.start, end=report.end),
        "size": told(dead=least(happening.killed), injured=least(happening.injured)),
        "cite_info": told(
            corpus=report.document_id,
            citation=report.outlet,
            url=report.address,
            title=report.headline,
            date=report.published.isoformat() if report.published else None,
        ),
        "coder": CODER,
        "comment": comment(happening),
    }
    return {name: made[name] for name in COLUMNS if made.get(name) not in (None, "", [], {})}


def told(**values: Any) -> Cells:
    """An object of what is told."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def least(count: tuple[int, int | None] | None) -> int | None:
    """The number that is sure."""
    return count[0] if count else None


def party(side: Side) -> Cells:
    """An actor or recipient."""
    return told(
        code=side.country,
        sector=side.sector,
        entity_text=side.text,
        identifier_text=side.name,
        office=side.role,
    )


def site(place: Site) -> Cells:
    """Where it happened."""
    return told(
        name=place.name,
        country=place.country,
        admin1=place.admin1,
        admin2=place.admin2,
        lat=place.lat,
        lon=place.lon,
        geonames_id=place.geonames_id,
        precision=place.precision,
    )


def comment(happening: Happening) -> str:
    """What has no field of its own."""
    said = {
        "status": happening.status,
        "precision": happening.precision,
        "dead": ranged(happening.killed),
        "injured": ranged(happening.injured),
        "mentions": happening.mentions,
        "documents": happening.documents,
        "origins": happening.origins,
        "denials": happening.denials,
        "confidence": happening.confidence,
        "reported": happening.reported,
        "reports": len(happening.cited) if len(happening.cited) > 1 else None,
    }
    return "; ".join(f"{name}={value}" for name, value in said.items() if value not in (None, ""))


def ranged(count: tuple[int, int | None] | None) -> str:
    """A range that is more than one number: '20-50', '20-'."""
    if count is None or count[0] == count[1]:
        return ""
    return f"{count[0]}-{'' if count[1] is None else count[1]}"


def read(row: Mapping[str, Any]) -> Happening:
    """The event of an object."""
    said = dict(one.split("=", 1) for one in str(row.get("comment") or "").split("; ") if "=" in one)
    start, end = as_date(row.get("date")), as_date(row.get("enddate"))
    size = row.get("size") or {}
    return Happening(
        id=str(row.get("id", "")),
        contexts=tuple(listed(row.get("context"))),
        status=said.get("status", str(Status.ASSERTED)),
        actors=sides(row.get("actor")),
        recipients=sides(row.get("recipient")),
        start=start,
        end=end or start,
        precision=said.get("precision", "day" if start and not end else ""),
        site=Site(**row["event_loc"]) if isinstance(row.get("event_loc"), dict) else None,
        killed=count(size.get("dead"), said.get("dead", "")),
        injured=count(size.get("injured"), said.get("injured", "")),
        title=row.get("event_text", ""),
        mentions=number(said.get("mentions")),
        documents=number(said.get("documents")),
        origins=number(said.get("origins")),
        denials=number(said.get("denials")),
        confidence=float(said["confidence"]) if "confidence" in said else None,
        reported=as_date(said.get("reported")),
        cited=reports(row),
        **coded(str(row.get("event", "")).upper(), row.get("mode") or ""),
    )


def number(text: str | None) -> int | None:
    """A whole number."""
    return int(text) if text else None


def listed(value: Any) -> list[str]:
    """A list, or the one thing of it."""
    return [value] if isinstance(value, str) and value else list(value or ())


def count(least: int | None, range_of: str) -> tuple[int, int | None] | None:
    """A number of people."""
    if least is None:
        return None
    if not range_of:
        return least, least
    high = range_of.partition("-")[2]
    return least, int(high) if high else None


def sides(parties: Any) -> tuple[Side, ...]:
    """Those of one side."""
    return tuple(
        Side(
            one.get("identifier_text", ""),
            one.get("code", ""),
            one.get("sector", ""),
            one.get("office", ""),
            one.get("entity_text", ""),
        )
        for one in ([parties] if isinstance(parties, dict) else parties or ())
    )


def reports(row: Mapping[str, Any]) -> tuple[Cited, ...]:
    """The report that an object cites."""
    cite, info = row.get("cite_info") or {}, row.get("text_info") or {}
    found = Cited(
        document_id=cite.get("corpus", ""),
        outlet=cite.get("citation", ""),
        published=as_date(cite.get("date")),
        address=cite.get("url", ""),
        headline=cite.get("title", ""),
        words=row.get("text", ""),
        sentence=info.get("sequence"),
        start=info.get("start"),
        end=info.get("end"),
    )
    return (found,) if found != Cited() else ()


PLOVER = Format(
    "plover-jsonl",
    COLUMNS,
    write,
    read,
    kind="jsonl",
    dated=False,
    statuses=tuple(str(one) for one in Status),
    id_column="id",
)
