"""The pages: questions to the record, answered in HTML."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from dragoman.query import Filters, code_of, find, name_of, timeline, why, why_none
from dragoman.query.actors import named
from dragoman.query.corrections import FIELDS, in_words, value_of
from dragoman.query.finding import SORTS
from dragoman.query.overview import overview
from dragoman.query.whereabouts import whereabouts
from dragoman.web.asking import Filtered, Leafed, Paging, Read, Set
from dragoman.web.library import Reading
from dragoman.web.places import drawing
from dragoman.web.rendering import page, when
from dragoman.web.trust import csrf_of, knows_token, remember

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
Id = Annotated[str, Path(max_length=100)]
DRAWN = 300
"""Places that the small map has at most."""
Sort = Annotated[str, Query(max_length=20)]


@pages.get("/")
def front(request: Request, reading: Read) -> Response:
    """The record at one look."""
    return page(request, "overview.html", "Overview", **reading.once("front", front_of, warm=True))


def front_of(reading: Reading) -> dict[str, Any]:
    """What the first page shows."""
    told = overview(reading.ground)
    line = timeline(reading.ground, Filters(), told.by, fill=True)
    return {"told": told, "line": line, "where": places(reading)}


def places(reading: Reading) -> dict[str, Any]:
    """What the small map shows, and how many events it can't."""
    told = whereabouts(reading.ground, Filters(), DRAWN)
    return {"picture": drawing(told.rows), "untold": told.untold}


@pages.get("/search")
def search(request: Request, reading: Read, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Events by words, actors by name."""
    asked = " ".join(q.split())
    code = code_of(asked) if asked else None
    actors = named(reading.ground, asked)[:20] if len(asked) > 1 else []
    rows, total = find(reading.ground, Filters(text=asked), "-date", 20) if asked else ([], 0)
    return page(request, "search.html", "Search", q=asked, code=code, actors=actors, rows=rows, total=total)


@pages.get("/events")
def events(
    request: Request, reading: Read, filters: Filtered, paged: Leafed, sort: Sort = "-date"
) -> Response:
    """The events that fit."""
    rows, total = find(reading.ground, filters, sort, paged.limit, paged.offset)
    none = "" if rows else told_none(reading, filters)
    return page(
        request,
        "events.html",
        "Events",
        rows=rows,
        total=total,
        none=none,
        sort=sort,
        sorts=SORTS,
        paged=paged,
        around=around(request, paged, total),
    )


def told_none(reading: Read, filters: Filters) -> str:
    """Why nothing fits, without naming folders of the server."""
    if not reading.ground.snapshot.is_assembled:
        return "event mentions were added that are in no event yet; they have to be assembled"
    return why_none(reading.ground, filters)


def around(request: Request, paged: Paging, total: int) -> dict[str, str | None]:
    """The addresses of the pages before and after."""
    before, after = paged.offset - paged.limit, paged.offset + paged.limit
    here = request.url
    return {
        "before": query(here.include_query_params(offset=max(before, 0))) if paged.offset else None,
        "after": query(here.include_query_params(offset=after)) if after < total else None,
    }


def query(address: Any) -> str:
    """The query of an address, with its mark."""
    return f"?{address.query}"


@pages.get("/events/{event}")
def event(request: Request, event: Id, reading: Read, settings: Set) -> Response:
    """All that an event stands on."""
    trace = reading.once(("why", event), lambda one: why(one.ground, event))
    row = trace.event
    if event != row["id"]:
        address = f"/events/{row['id']}" + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{address}#m-{trace.mention}" if trace.mention else address, 307)
    may_write = not settings.read_only and knows_token(request) and not reading.fixed
    found = page(
        request,
        "event.html",
        f"{row['event_type'].capitalize()}, {when(row)}",
        trace=trace,
        event=row,
        permanent=f"/events/{row['id']}?version={reading.shelf.version}",
        citation=citation(settings.name, row, reading.shelf.version),
        orders={one["id"]: number for number, one in enumerate(row["cited"], start=1)},
        may_write=may_write,
        csrf=csrf_of(request) if may_write else "",
        reviewer=settings.reviewer,
        fields=[(name, in_words(name, value_of(row, name))) for name in FIELDS] if may_write else [],
    )
    return remember(request, found) if may_write else found


def citation(corpus: str, row: dict[str, Any], version: int) -> str:
    """How a paper names the event."""
    sides = [codes_of(row[f"{side}_countries"]) for side in SIDES]
    what = f"{row['event_type']}, {' > '.join(sides)}, {when(row)}"
    return f"Dragoman, corpus “{corpus}”, version {version}, event {row['id']} ({what})."


def codes_of(countries: str | None) -> str:
    """'Armenia, Azerbaijan' for 'ARM AZE'."""
    return ", ".join(name_of(code) for code in (countries or "").split()) or "none named"


SIDES = ("actor", "recipient")


@pages.get("/api")
def interface(request: Request) -> Response:
    """What the programming interface has."""
    found = request.app.openapi()["paths"]
    routes = [
        {
            "path": path,
            "method": method.upper(),
            "summary": one.get("summary", ""),
            "takes": [field["name"] for field in one.get("parameters", ())],
        }
        for path, methods in found.items()
        for method, one in methods.items()
    ]
    return page(request, "api.html", "Programming interface", routes=routes)
